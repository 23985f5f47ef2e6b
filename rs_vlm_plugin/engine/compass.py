"""Names for where something lies within a region: "north-west", "centre"."""

from __future__ import annotations

from typing import Tuple

from .geometry import GeoTransform, Window

Bounds = Tuple[float, float, float, float]

_ON_MAP = (
    ("north-west", "north", "north-east"),
    ("west", "centre", "east"),
    ("south-west", "south", "south-east"),
)
_ON_PICTURE = (("upper left", "top", "upper right"), ("left", "centre", "right"),
               ("lower left", "bottom", "lower right"))  # fmt: skip


def map_bounds(window: Window, transform: GeoTransform) -> Bounds:
    """xmin, ymin, xmax, ymax of a window of pixels in map coordinates."""
    xs, ys = zip(*transform.window_polygon(window)["coordinates"][0])
    return min(xs), min(ys), max(xs), max(ys)


def place_name(x: float, y: float, bounds: Bounds, y_down: bool) -> str:
    """In which ninth of a frame a point lies.

    Args:
        x: map coordinate of the point.
        y: map coordinate of the point.
        bounds: the frame's xmin, ymin, xmax, ymax.
        y_down: the coordinates are a picture's, so the names are top and bottom, not north and
            south.

    >>> place_name(1.0, 9.0, (0.0, 0.0, 10.0, 10.0), y_down=False)
    'north-west'
    >>> place_name(1.0, 9.0, (0.0, 0.0, 10.0, 10.0), y_down=True)
    'lower left'
    """
    xmin, ymin, xmax, ymax = bounds
    column = _third(x, xmin, xmax)
    row = _third(y, ymin, ymax)
    return _ON_PICTURE[row][column] if y_down else _ON_MAP[2 - row][column]


def ninth(x: float, y: float, bounds: Bounds) -> Bounds:
    """The frame of the ninth that `place_name` names.

    >>> ninth(1.0, 29.0, (0.0, 0.0, 30.0, 30.0))
    (0.0, 20.0, 10.0, 30.0)
    """
    xmin, ymin, xmax, ymax = bounds
    width, height = (xmax - xmin) / 3, (ymax - ymin) / 3
    left = xmin + width * _third(x, xmin, xmax)
    low = ymin + height * _third(y, ymin, ymax)
    return left, low, left + width, low + height


def _third(value: float, low: float, high: float) -> int:
    if high <= low:
        return 1
    return min(2, max(0, int(3 * (value - low) / (high - low))))
