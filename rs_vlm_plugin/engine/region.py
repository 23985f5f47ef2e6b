"""Where a region lies on a raster: its pixel window, and which pixels of a read it covers."""

from __future__ import annotations

import math
from typing import List, Optional, Tuple

import numpy as np
from numpy.typing import NDArray

from .errors import BadRequest, EmptyRegion
from .geometry import GeoTransform, PolygonRings, Region, Window
from .raster.source import RasterInfo
from .sentence import say

# Map coordinates of pixel corners come back from floating point this far off, at worst.
_PIXEL_SNAP = 1e-5

Points = NDArray[np.float64]


def region_window(info: RasterInfo, region: Region) -> Window:
    """The whole pixels a region touches, clipped to the raster.

    Args:
        info: the raster.
        region: area in the raster's CRS; may be smaller than a pixel, or reach beyond the raster.

    Returns:
        At least one pixel.

    Raises:
        EmptyRegion: the region lies outside the raster.
        BadRequest: a coordinate is not a finite number.
    """
    rings = [ring for polygon in _in_pixels(region, info.transform) for ring in polygon]
    if not rings:
        raise EmptyRegion("The region is empty.", "Draw or select an area first.")
    points = np.concatenate(rings)
    (col, width), (row, height) = (
        _whole_pixels(points[:, axis].min(), points[:, axis].max()) for axis in (0, 1)
    )
    window = Window(col, row, width, height).intersection(info.window)
    if window.area == 0:
        raise EmptyRegion(
            say("The region lies outside {name}.", name=info.name), _what_was_meant(info, region)
        )
    return window


def coverage_mask(
    region: Region, transform: GeoTransform, window: Window, out_shape: Tuple[int, int]
) -> NDArray[np.bool_]:
    """Which pixels of a read lie in a region.

    A pixel lies in it when its centre does, by the even-odd rule within each polygon (holes are
    holes); of several polygons any will do. A region that slips between all centres (far smaller
    than a pixel, or a sliver) covers the pixels its outline runs through.

    Args:
        region: area in the raster's CRS.
        transform: the raster's pixel to map coordinates.
        window: the raster pixels read.
        out_shape: (height, width) they were read at.

    Returns:
        `[height, width]`, True inside.

    Note:
        O(corners + crossings of corners' edges with rows) time.
    """
    scale = np.array([out_shape[1] / window.width, out_shape[0] / window.height])
    offset = np.array([window.col_off, window.row_off], dtype=np.float64)
    polygons = [
        [(ring - offset) * scale for ring in polygon] for polygon in _in_pixels(region, transform)
    ]
    mask = np.zeros(out_shape, dtype=bool)
    for polygon in polygons:
        rectangle = _rectangle(polygon, out_shape)
        if rectangle is None:
            mask |= _even_odd(polygon, out_shape)
        else:
            mask[rectangle] = True
    if not mask.any():
        for polygon in polygons:
            for ring in polygon:
                _mark_outline(ring, mask)
    return mask


def _what_was_meant(info: RasterInfo, region: Region) -> str:
    """Advice to someone whose region misses the raster: mostly it is in the wrong unit."""
    corners = [point for polygon in region.polygons for ring in polygon for point in ring]
    like_degrees = all(abs(x) <= 360 and abs(y) <= 90 for x, y in corners)
    in_degrees = info.crs_wkt.startswith(("GEOG", "GEOD"))
    name = [*info.crs_wkt.split('"', 2), ""][1]
    if info.crs_wkt and like_degrees and not in_degrees:
        return say(
            "It looks like longitude and latitude; give it in the raster's CRS, {name}.", name=name
        )
    if in_degrees and not like_degrees:
        return say(
            "Its coordinates are not degrees; give it in the raster's CRS, {name}.", name=name
        )
    frame = info.transform.window_polygon(info.window)["coordinates"][0]
    xs, ys = zip(*frame)
    bounds = ",".join(f"{edge:.10g}" for edge in (min(xs), min(ys), max(xs), max(ys)))
    return say("Choose an area that the raster covers; it covers {bounds}.", bounds=bounds)


def _in_pixels(region: Region, transform: GeoTransform) -> List[List[Points]]:
    polygons: Tuple[PolygonRings, ...] = region.in_pixels(transform)
    arrays = [[np.array(ring, dtype=np.float64) for ring in polygon] for polygon in polygons]
    if not all(np.isfinite(ring).all() for polygon in arrays for ring in polygon):
        raise BadRequest("The region has a corner that is not a finite place on this raster.")
    return arrays


def _whole_pixels(low: float, high: float) -> Tuple[int, int]:
    """First pixel and number of pixels of an interval; at least one."""
    first = math.floor(low + _PIXEL_SNAP)
    end = math.ceil(high - _PIXEL_SNAP)
    if end <= first:
        first = math.floor((low + high) / 2)
        end = first + 1
    return first, end - first


def _even_odd(rings: List[Points], shape: Tuple[int, int]) -> NDArray[np.bool_]:
    """Scan lines: a centre is inside when an odd number of edges cross its row to its left."""
    height, width = shape
    starts = np.concatenate([ring[:-1] for ring in rings])
    ends = np.concatenate([ring[1:] for ring in rings])
    upper = np.where((starts[:, 1] <= ends[:, 1])[:, None], starts, ends)
    lower = np.where((starts[:, 1] <= ends[:, 1])[:, None], ends, starts)
    # Rows whose centre y + 0.5 lies in [upper, lower): half open, so that shared corners count
    # once.
    first = np.clip(np.ceil(upper[:, 1] - 0.5), 0, height).astype(np.int64)
    after = np.clip(np.ceil(lower[:, 1] - 0.5), 0, height).astype(np.int64)
    crossings = after - first
    edge = np.repeat(np.arange(len(starts)), crossings)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(crossings) - crossings, crossings)
    row = first[edge] + step
    slope = (lower[edge, 0] - upper[edge, 0]) / (lower[edge, 1] - upper[edge, 1])
    x = upper[edge, 0] + (row + 0.5 - upper[edge, 1]) * slope
    col = np.clip(np.ceil(x - 0.5), 0, width).astype(np.int64)
    # Whether a number is odd survives its overflow, and bytes are quickly summed.
    toggles = np.zeros((height, width + 1), dtype=np.uint8)
    np.add.at(toggles, (row, col), 1)
    inside: NDArray[np.bool_] = np.cumsum(toggles, axis=1, dtype=np.uint8)[:, :width] & 1 == 1
    return inside


def _rectangle(rings: List[Points], shape: Tuple[int, int]) -> Optional[Tuple[slice, slice]]:
    """The rows and columns whose centres lie in a polygon that is a rectangle along the pixels;
    None for any other. Views and whole rasters are rectangles, and asked for with every tile."""
    if len(rings) != 1 or len(rings[0]) != 5:
        return None
    first, (x1, y1), (x2, y2), (x3, y3), last = rings[0].tolist()
    x0, y0 = first
    upright = x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0
    level = y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0
    if last != first or not (upright or level):
        return None
    return _centres_between(y0, y2, shape[0]), _centres_between(x0, x2, shape[1])


def _centres_between(one: float, other: float, limit: int) -> slice:
    """The pixels of 0..limit along an axis whose centres lie between two places; of the edges the
    lower one counts, as in `_even_odd`."""
    low, high = (min(max(math.ceil(edge - 0.5), 0), limit) for edge in sorted((one, other)))
    return slice(low, high)


def _mark_outline(ring: Points, mask: NDArray[np.bool_]) -> None:
    """Set the pixels a ring runs through, sampled twice a pixel."""
    height, width = mask.shape
    for start, end in zip(ring[:-1], ring[1:]):
        part = _clipped(start, end, width, height)
        if part is None:
            continue
        start, end = part
        samples = 2 + int(2 * np.abs(end - start).max())
        points = start + np.linspace(0, 1, samples)[:, None] * (end - start)
        cols = np.clip(np.floor(points[:, 0]), 0, width - 1).astype(np.int64)
        rows = np.clip(np.floor(points[:, 1]), 0, height - 1).astype(np.int64)
        mask[rows, cols] = True


def _clipped(
    start: Points, end: Points, width: int, height: int
) -> Optional[Tuple[Points, Points]]:
    """The part of a line inside (0, 0, width, height), after Liang and Barsky; None without one."""
    direction = end - start
    enter, leave = 0.0, 1.0
    for axis, limit in ((0, width), (1, height)):
        # Python's floats: a nearly level line divides to infinity without a warning.
        origin, step = float(start[axis]), float(direction[axis])
        if step == 0:
            if not 0 <= origin < limit:
                return None
            continue
        near, far = sorted((-origin / step, (limit - origin) / step))
        enter, leave = max(enter, near), min(leave, far)
    if enter > leave:
        return None
    return start + enter * direction, start + leave * direction
