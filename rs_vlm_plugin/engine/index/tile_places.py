"""Where the tiles of an index are, in memory, for filters."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import chain
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..geometry import PolygonRings
from .footprints import HEADER_BYTES, RING_BYTES, header_bounds, rings_of
from .meeting import meets
from .parts import part_bounds
from .records import Filter, RasterEntry

_NUMBERS = "SELECT fid, raster_id, depth, gsd_m, col_off, row_off, width, height, leaf FROM tiles "
_COLUMNS = 9
# A tile without a place has an outline of zeros here, which no footprint begins with.
_OUTLINES = "SELECT ifnull(substr(geom, 1, {bytes}), zeroblob({bytes})) FROM tiles "
_SOME = "WHERE fid IN ({fids}) "
_IN_ORDER = "ORDER BY fid"
_AT_ONCE = 10_000


@dataclass(frozen=True)
class TilePlaces:
    """Where the tiles, or parts, of a level's rows are; arrays of one entry a row.

    `windows` [N, 4] are left, top, right, bottom in raster pixels, `lonlat` [N, 4] west, south,
    east, north (NaN where there is no such place), `gsd_m` metres per model pixel (NaN: unknown),
    `leaves` whether no finer tile shows the same place.
    """

    raster_ids: NDArray[np.int64]
    depths: NDArray[np.int64]
    gsd_m: NDArray[np.float64]
    windows: NDArray[np.float64]
    lonlat: NDArray[np.float64]
    leaves: NDArray[np.bool_]

    @classmethod
    def read(
        cls,
        connection: sqlite3.Connection,
        tile_fids: NDArray[np.int64],
        parts: Optional[NDArray[np.int64]] = None,
        few: bool = False,
    ) -> TilePlaces:
        """From the table of tiles.

        Args:
            connection: to the index.
            tile_fids: whose tile each row is.
            parts: which part of it; None where it is the whole.
            few: whether these are a few of all tiles, to be looked up one by one.

        Raises:
            ValueError, TypeError: a damaged outline, no tile for a row, or a part that a tile does
                not have.

        Note:
            Some 1.5 s of processor time for 1,000,000 tiles, a third of it for their outlines.
        """
        which = _SOME.format(fids=",".join(map(str, set(tile_fids.tolist())))) if few else ""
        numbers = connection.execute(_NUMBERS + which + _IN_ORDER)
        table = np.fromiter(chain.from_iterable(numbers), np.float64).reshape(-1, _COLUMNS)
        position = np.searchsorted(table[:, 0], tile_fids)
        if len(table) == 0 or not np.array_equal(
            table[np.minimum(position, len(table) - 1), 0], tile_fids
        ):
            raise ValueError("a vector without its tile")
        size = HEADER_BYTES if parts is None else RING_BYTES
        outlines = _outlines(connection, _OUTLINES.format(bytes=size) + which + _IN_ORDER, size)
        table, windows = table[position], table[position, 4:8]
        windows[:, 2:] += windows[:, :2]
        if parts is None:
            lonlat = header_bounds(outlines)[position]
        else:
            windows, lonlat = part_bounds(windows, rings_of(outlines)[position], parts)
        return cls(
            raster_ids=table[:, 1].astype(np.int64),
            depths=table[:, 2].astype(np.int64),
            gsd_m=table[:, 3],
            windows=windows,
            lonlat=lonlat,
            leaves=table[:, 8] != 0,
        )

    def kept(self, rows: Filter, rasters: Mapping[int, RasterEntry]) -> NDArray[np.bool_]:
        """Which rows a filter keeps `[N]`."""
        keep = np.ones(len(self.depths), dtype=bool)
        if rows.depths is not None:
            keep &= np.isin(self.depths, rows.depths)
        with np.errstate(invalid="ignore"):
            if rows.finest_m is not None:
                keep &= ~(self.gsd_m < rows.finest_m)
            if rows.coarsest_m is not None:
                keep &= ~(self.gsd_m > rows.coarsest_m)
        if rows.rasters is not None:
            chosen = [number for number, entry in rasters.items() if entry.uri in rows.rasters]
            keep &= np.isin(self.raster_ids, chosen)
        if rows.region is not None:
            keep &= self._meeting(rows, rasters)
        return keep

    def _meeting(self, rows: Filter, rasters: Mapping[int, RasterEntry]) -> NDArray[np.bool_]:
        if rows.region is None:
            return np.ones(len(self.depths), dtype=bool)
        if rows.region_is_lonlat:
            return meets(self.lonlat, rows.region.polygons)
        met = np.zeros(len(self.depths), dtype=bool)
        shapes: Dict[Any, Tuple[PolygonRings, ...]] = {}
        for number, entry in rasters.items():
            if entry.transform not in shapes:
                shapes[entry.transform] = rows.region.in_pixels(entry.transform)
            own = np.flatnonzero(self.raster_ids == number)
            met[own] = meets(self.windows[own], shapes[entry.transform])
        return met


def _outlines(connection: sqlite3.Connection, query: str, size: int) -> NDArray[np.uint8]:
    """The first bytes of each outline `[N, size]`. Raises `ValueError` for a shorter one."""
    found: List[NDArray[np.uint8]] = [np.zeros((0, size), dtype=np.uint8)]
    cursor = connection.execute(query)
    while True:
        rows: Sequence[Tuple[Any, ...]] = cursor.fetchmany(_AT_ONCE)
        if not rows:
            return np.concatenate(found)
        joined = b"".join(chain.from_iterable(rows))
        if len(joined) != size * len(rows):
            raise ValueError("a cut-off outline")
        found.append(np.frombuffer(joined, dtype=np.uint8).reshape(-1, size))
