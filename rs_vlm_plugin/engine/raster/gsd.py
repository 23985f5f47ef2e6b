"""Ground sample distance: how many metres of ground a pixel covers, whatever the CRS."""

from __future__ import annotations

import math
from typing import Callable, Optional, Tuple

from ..geometry import GeoTransform, Window

SEMI_MAJOR_M = 6_378_137.0
ECCENTRICITY_SQUARED = 6.69437999014e-3

LonLat = Tuple[float, float]


def ground_sample_distance(
    transform: GeoTransform, window: Window, to_lonlat: Callable[[float, float], LonLat]
) -> Optional[float]:
    """Metres on the ground per pixel at the centre of a window.

    The centre pixel's edge midpoints are taken to longitude and latitude and the distances between
    opposite ones measured on the WGS 84 ellipsoid; their geometric mean is the answer. So pixels in
    degrees, Web Mercator's stretched metres, poles, the dateline and rotated grids need no special
    case.

    Args:
        transform: pixel to map coordinates.
        window: where on the raster to measure.
        to_lonlat: map (x, y) to (longitude, latitude) in degrees on WGS 84; not finite where the
            CRS has no such place.

    Returns:
        Metres per pixel, or None where the centre has no place on Earth.
    """
    col = window.col_off + window.width / 2
    row = window.row_off + window.height / 2
    sides = []
    for dcol, drow in ((0.5, 0.0), (0.0, 0.5)):
        ends = [to_lonlat(*transform.to_map(col + s * dcol, row + s * drow)) for s in (-1, 1)]
        if not all(math.isfinite(value) for end in ends for value in end):
            return None
        sides.append(distance_m(*ends))
    metres = math.sqrt(sides[0] * sides[1])
    return metres if metres > 0 else None


def distance_m(first: LonLat, second: LonLat) -> float:
    """Metres between two near places on the WGS 84 ellipsoid."""
    # The chord through the Earth, bent back to an arc: exact to 1e-6 for pixels and, unlike
    # differences of longitude, indifferent to the dateline and the poles.
    chord = math.dist(_geocentric(first), _geocentric(second))
    return 2 * SEMI_MAJOR_M * math.asin(min(1.0, chord / (2 * SEMI_MAJOR_M)))


def _geocentric(place: LonLat) -> Tuple[float, float, float]:
    lon = math.radians(place[0])
    lat = math.radians(max(-90.0, min(90.0, place[1])))
    normal = SEMI_MAJOR_M / math.sqrt(1 - ECCENTRICITY_SQUARED * math.sin(lat) ** 2)
    return (
        normal * math.cos(lat) * math.cos(lon),
        normal * math.cos(lat) * math.sin(lon),
        normal * (1 - ECCENTRICITY_SQUARED) * math.sin(lat),
    )
