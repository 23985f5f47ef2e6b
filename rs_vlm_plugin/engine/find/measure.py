"""Area and length on the ground, on the WGS 84 ellipsoid, whatever the raster's CRS.

Needs of a CRS library no more than longitude and latitude of points, which every raster source
gives, so that command line and QGIS measure alike. Areas come from the cylinder that keeps the
ellipsoid's areas (Snyder, Map Projections: A Working Manual, 1987, equation 3-12).
"""

from __future__ import annotations

import math
from typing import List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..geometry import GeoJson
from ..raster.gsd import ECCENTRICITY_SQUARED, SEMI_MAJOR_M, distance_m
from ..raster.source import RasterSource

# A straight side on the raster is a curve on the ground; so many pieces follow it.
_PIECES = 8


def area_m2(source: RasterSource, geometry: GeoJson) -> Optional[float]:
    """Area of a Polygon or MultiPolygon in square metres.

    Args:
        source: the raster in whose CRS the geometry is.
        geometry: outer rings and holes; no polygon may hold a pole.

    Returns:
        None where the raster has no CRS, or a corner no place on Earth.
    """
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    total = 0.0
    for polygon in polygons:
        for number, ring in enumerate(polygon):
            area = _ring_area(source.to_lonlat(_followed(ring)))
            if area is None:
                return None
            total += -area if number else area
    return total


def side_lengths_m(
    source: RasterSource, corners: Sequence[Tuple[float, float]]
) -> Optional[Tuple[float, float]]:
    """Longer and shorter side of a box in metres.

    Args:
        source: the raster in whose CRS the corners are.
        corners: four, in order around the box.

    Returns:
        None where the raster has no CRS, or the box no place on Earth.
    """
    places = source.to_lonlat(np.array([*corners, corners[0]], dtype=np.float64))
    if not np.isfinite(places).all():
        return None
    sides = [
        distance_m((first[0], first[1]), (second[0], second[1]))
        for first, second in zip(places.tolist(), places[1:].tolist())
    ]
    one, other = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    return max(one, other), min(one, other)


def _followed(ring: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """The corners of a closed ring with points along its sides, without the last corner."""
    points: List[NDArray[np.float64]] = []
    steps = np.arange(_PIECES)[:, None] / _PIECES
    for start, end in zip(np.array(ring)[:-1], np.array(ring)[1:]):
        points.append(start + steps * (end - start))
    return np.concatenate(points)


def _ring_area(places: NDArray[np.float64]) -> Optional[float]:
    """Area within longitudes and latitudes `[N, 2]` in degrees."""
    if not np.isfinite(places).all():
        return None
    longitude = np.radians(places[:, 0])
    # Over the dateline longitudes go on beyond 180 degrees.
    longitude = longitude[0] + (longitude - longitude[0] + math.pi) % (2 * math.pi) - math.pi
    x = SEMI_MAJOR_M * longitude
    y = SEMI_MAJOR_M * _authalic(np.radians(places[:, 1]))
    # From the first corner, so that what is small is not lost in large numbers.
    x, y = x - x[0], y - y[0]
    return abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))) / 2


def _authalic(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """Height over the equator on the cylinder of equal area, in semi-major axes."""
    e = math.sqrt(ECCENTRICITY_SQUARED)
    sine = np.sin(latitude)
    height: NDArray[np.float64] = (1 - ECCENTRICITY_SQUARED) * (
        sine / (1 - ECCENTRICITY_SQUARED * sine**2) / 2 + np.arctanh(e * sine) / (2 * e)
    )
    return height
