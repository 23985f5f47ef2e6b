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
RING_POINTS = 9
"""Of an outline: corners and middles of the sides, closed."""
_MAGIC = b"GP\0\3"
_POINTS_AT = 53
HEADER_BYTES = 40
"""Of a geometry, up to the end of its envelope."""
RING_BYTES = _POINTS_AT + 16 * RING_POINTS
"""Of a whole geometry with such an outline."""


def lonlat_outlines(source: RasterSource, windows: Sequence[Window]) -> List[Optional[LonLatRing]]:
    """Each window's outline as a closed ring of longitude and latitude; None without such a place.

    A window across the 180th meridian keeps its shape: its western part lies beyond 180.
    """
    if not windows:
        return []
    points = _around(source.info.transform, windows)
    places = source.to_lonlat(points.reshape(-1, 2)).reshape(points.shape)
    known = np.isfinite(places).all(axis=(1, 2))
    with np.errstate(invalid="ignore"):
        places[:, :, 0] = _unwrapped(places[:, :, 0])
    closed = np.concatenate([places, places[:, :1]], axis=1).tolist()
    return [
        tuple((lon, lat) for lon, lat in ring) if there else None
        for ring, there in zip(closed, known)
    ]


def _around(transform: GeoTransform, windows: Sequence[Window]) -> NDArray[np.float64]:
    """Corners and middles of the sides of each window, clockwise in pixels: `[N, 8, 2]` on the
    map."""
    left, top, right, bottom = np.array(
        [(w.col_off, w.row_off, w.col_end, w.row_end) for w in windows], dtype=np.float64
    ).T
    # A straight side of a tile is a curve in longitude and latitude: its middle is a corner too.
    middle, centre = (left + right) / 2, (top + bottom) / 2
    cols = np.stack([left, middle, right, right, right, middle, left, left], axis=1)
    rows = np.stack([top, top, top, centre, bottom, bottom, bottom, centre], axis=1)
    return np.stack(transform.to_map(cols, rows), axis=-1)


def _unwrapped(longitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitudes `[N, P]` of N outlines, each in one piece."""
    span = np.ptp(longitudes, axis=1)
    eastward = np.where(longitudes < 0, longitudes + 360, longitudes)
    # A picture of the whole world is not made narrower by this; one of Fiji is.
    crossing = (span > 180) & (np.ptp(eastward, axis=1) < span / 2)
    return np.where(crossing[:, None], eastward, longitudes)


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
    polygon = struct.pack("<BI", _LITTLE_ENDIAN, _POLYGON)
    if len(blob) < _POINTS_AT or blob[:4] != _MAGIC or blob[HEADER_BYTES:45] != polygon:
        raise ValueError("not a polygon written by this plugin")
    (count,) = struct.unpack_from("<I", blob, 49)
    values: Tuple[float, ...] = ()
    if len(blob) >= _POINTS_AT + 16 * count:
        values = struct.unpack_from(f"<{2 * count}d", blob, _POINTS_AT)
    if not values:
        raise ValueError("a cut-off polygon")
    return tuple(zip(values[::2], values[1::2]))


def header_bounds(headers: NDArray[np.uint8]) -> NDArray[np.float64]:
    """West, south, east, north `[N, 4]` from the first bytes of geometries `[N, HEADER_BYTES]`.

    Zeros stand for a tile without a place and give NaN.

    Raises:
        ValueError: not the beginning of a geometry written by this plugin.
    """
    bounds = _doubles(headers, _known(headers, _MAGIC), 8)
    return bounds[:, [0, 2, 1, 3]]


def rings_of(blobs: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The rings `[N, RING_POINTS, 2]` of geometries `[N, RING_BYTES]`, as `header_bounds`."""
    known = _known(blobs, _MAGIC)
    _known(blobs[:, HEADER_BYTES:], struct.pack("<BIII", _LITTLE_ENDIAN, _POLYGON, 1, RING_POINTS))
    return _doubles(blobs, known, _POINTS_AT).reshape(-1, RING_POINTS, 2)


def _known(blobs: NDArray[np.uint8], beginning: bytes) -> NDArray[np.bool_]:
    """Which blobs are no zeros; all those must begin with some bytes."""
    known: NDArray[np.bool_] = blobs.any(axis=1)
    begun = (blobs[:, : len(beginning)] == np.frombuffer(beginning, dtype=np.uint8)).all(axis=1)
    if not (begun | ~known).all():
        raise ValueError("not a polygon written by this plugin")
    return known


def _doubles(blobs: NDArray[np.uint8], known: NDArray[np.bool_], start: int) -> NDArray[np.float64]:
    values = np.ascontiguousarray(blobs[:, start:]).view("<f8").astype(np.float64)
    values[~known] = np.nan
    return values
