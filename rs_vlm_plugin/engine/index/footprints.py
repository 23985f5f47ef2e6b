"""Where a tile lies on Earth: its outline in longitude and latitude, as GeoPackage geometry."""

from __future__ import annotations

import struct
from typing import List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..geometry import GeoTransform, Window
from ..raster.source import RasterSource

LonLatRing = Tuple[Tuple[float, float], ...]
WGS84 = 4326
_LITTLE_ENDIAN = 1
_POLYGON = 3
# A straight side of a tile is a curve in longitude and latitude: its middle is a corner too.
_ALONG_A_SIDE = 2
RING_POINTS = 4 * _ALONG_A_SIDE + 1


def lonlat_outlines(source: RasterSource, windows: Sequence[Window]) -> List[Optional[LonLatRing]]:
    """Each window's outline as a closed ring of longitude and latitude; None without such a place.

    A window across the 180th meridian keeps its shape: its western part lies beyond 180.
    """
    points = np.array([_around(source.info.transform, window) for window in windows])
    if not len(points):
        return []
    places = source.to_lonlat(points.reshape(-1, 2)).reshape(points.shape)
    return [_ring(corners) for corners in places]


def _around(transform: GeoTransform, window: Window) -> List[Tuple[float, float]]:
    corners = [
        (window.col_off, window.row_off),
        (window.col_end, window.row_off),
        (window.col_end, window.row_end),
        (window.col_off, window.row_end),
        (window.col_off, window.row_off),
    ]
    points = []
    for (col0, row0), (col1, row1) in zip(corners, corners[1:]):
        for step in range(_ALONG_A_SIDE):
            share = step / _ALONG_A_SIDE
            col, row = col0 + (col1 - col0) * share, row0 + (row1 - row0) * share
            points.append(transform.to_map(col, row))
    return points


def _ring(places: NDArray[np.float64]) -> Optional[LonLatRing]:
    if not np.isfinite(places).all():
        return None
    ring = tuple(zip(_unwrapped(places[:, 0]).tolist(), places[:, 1].tolist()))
    return (*ring, ring[0])


def _unwrapped(longitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    span = np.ptp(longitudes)
    eastward = np.where(longitudes < 0, longitudes + 360, longitudes)
    # A picture of the whole world is not made narrower by this; one of Fiji is.
    return eastward if span > 180 and np.ptp(eastward) < span / 2 else longitudes


def bounds(ring: Sequence[Tuple[float, float]]) -> Tuple[float, float, float, float]:
    """West, south, east, north of a ring."""
    xs, ys = zip(*ring)
    return min(xs), min(ys), max(xs), max(ys)


def geometry_blob(ring: LonLatRing) -> bytes:
    """A ring as a GeoPackage polygon with its envelope (OGC 12-128r17, clause 2.1.3)."""
    west, south, east, north = bounds(ring)
    # Flags: little-endian header with an envelope of x and y.
    header = struct.pack("<2sBBi4d", b"GP", 0, 0b011, WGS84, west, east, south, north)
    body = struct.pack("<BIII", _LITTLE_ENDIAN, _POLYGON, 1, len(ring))
    return (
        header + body + struct.pack(f"<{2 * len(ring)}d", *(value for xy in ring for value in xy))
    )


def blob_ring(blob: bytes) -> LonLatRing:
    """The ring of a blob made by `geometry_blob`. Raises `ValueError` for any other."""
    if len(blob) < 53 or blob[:4] != b"GP\0\3" or blob[40:45] != struct.pack("<BI", 1, _POLYGON):
        raise ValueError("not a polygon written by this plugin")
    (count,) = struct.unpack_from("<I", blob, 49)
    values = struct.unpack_from(f"<{2 * count}d", blob, 53) if len(blob) >= 53 + 16 * count else ()
    if not values:
        raise ValueError("a cut-off polygon")
    return tuple(zip(values[::2], values[1::2]))


def blob_bounds(blob: bytes) -> Tuple[float, float, float, float]:
    """West, south, east, north from a blob's header. Raises `ValueError` for another blob."""
    if len(blob) < 40 or blob[:4] != b"GP\0\3":
        raise ValueError("not a polygon written by this plugin")
    west, east, south, north = struct.unpack_from("<4d", blob, 8)
    return west, south, east, north
