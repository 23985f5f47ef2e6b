"""An index's vectors and places in memory, as the search wants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..geometry import PolygonRings
from .footprints import RING_POINTS, blob_bounds, blob_ring
from .meeting import meets
from .nearest import VectorMatrix
from .parts import part_bounds
from .records import Filter, RasterEntry

_AT_ONCE = 10_000


@dataclass(frozen=True)
class TilePlaces:
    """Where the tiles, or parts, of a level's rows are, for filters; arrays of one entry a row.

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
        tiles: Iterable[Sequence[Any]],
        tile_fids: NDArray[np.int64],
        parts: Optional[NDArray[np.int64]] = None,
    ) -> TilePlaces:
        """From rows of fid, raster_id, depth, gsd_m, col_off, row_off, width, height, leaf, geom.

        Args:
            tiles: the rows, in any order.
            tile_fids: whose tile each row of the level is.
            parts: which part of it; None where it is the whole.

        Raises:
            ValueError: a damaged outline, or a part that a tile does not have.
        """
        numbers: List[Tuple[Any, ...]] = []
        lonlat: List[Any] = []
        whole = parts is None
        nowhere = (np.nan,) * 4 if whole else ((np.nan,) * 2,) * RING_POINTS
        for fid, raster_id, depth, gsd_m, col, row, width, height, leaf, geom in tiles:
            known_gsd = np.nan if gsd_m is None else gsd_m
            window = (col, row, col + width, row + height)
            numbers.append((fid, raster_id, depth, known_gsd, *window, leaf))
            place = nowhere
            if geom is not None:
                place = blob_bounds(geom) if whole else blob_ring(geom)
            lonlat.append(place)
        table = np.array(numbers, dtype=np.float64).reshape(-1, 9)
        order = np.argsort(table[:, 0])
        position = order[np.searchsorted(table[order, 0], tile_fids)]
        table = table[position]
        windows = table[:, 4:8]
        if parts is None:
            places = np.array(lonlat, dtype=np.float64).reshape(-1, 4)[position]
        else:
            rings = np.array(lonlat, dtype=np.float64).reshape(-1, RING_POINTS, 2)
            windows, places = part_bounds(windows, rings[position], parts)
        return cls(
            raster_ids=table[:, 1].astype(np.int64),
            depths=table[:, 2].astype(np.int64),
            gsd_m=table[:, 3],
            windows=windows,
            lonlat=places,
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


@dataclass
class StoredLevel:
    """The vectors of one level in the order they were stored, and whose they are."""

    name: str
    matrix: VectorMatrix
    tile_fids: NDArray[np.int64]
    parts: NDArray[np.int64]
    places: Optional[TilePlaces] = None

    @classmethod
    def read(cls, name: str, cursor: Any, count: int, size: int) -> StoredLevel:
        """From a cursor over tile_fid, part, scale, vector.

        Raises:
            ValueError: a vector of another size than the model's, or whose scale is no number.
                One such row would be passed over by every search, as if nothing were there.
        """
        integers = np.empty((count, size), dtype=np.int8)
        scales = np.empty(count, dtype=np.float32)
        keys = np.empty((count, 2), dtype=np.int64)
        done = 0
        while True:
            rows = cursor.fetchmany(_AT_ONCE)
            if not rows:
                break
            end = done + len(rows)
            blob = b"".join(row[3] for row in rows)
            if len(blob) != len(rows) * size or end > count:
                raise ValueError("a vector of a wrong size")
            integers[done:end] = np.frombuffer(blob, dtype=np.int8).reshape(-1, size)
            scales[done:end] = [row[2] for row in rows]
            keys[done:end] = [row[:2] for row in rows]
            done = end
        # SQLite reads a NaN as NULL, and NumPy that as NaN again.
        if not (np.isfinite(scales[:done]) & (scales[:done] >= 0)).all():
            raise ValueError("a scale that is no number")
        matrix = VectorMatrix(integers[:done], scales[:done])
        return cls(name, matrix, keys[:done, 0].copy(), keys[:done, 1].copy())
