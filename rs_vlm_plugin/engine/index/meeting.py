"""Which of many rectangles share area with a region, at once."""

from __future__ import annotations

from typing import List, Sequence

import numpy as np
from numpy.typing import NDArray

from ..geometry import PolygonRings

Bounds = NDArray[np.float64]
"""Rows of left, top, right, bottom, top below bottom in value."""


def meets(rectangles: Bounds, polygons: Sequence[PolygonRings]) -> NDArray[np.bool_]:
    """Whether each rectangle shares area with any of some polygons.

    Two areas meet when the outline of one enters the other, or one lies in the other whole.

    Args:
        rectangles: `[N, 4]`; a row with NaN meets nothing.
        polygons: in the rectangles' coordinates, each an outer ring and its holes.

    Note:
        O(N x corners) time for the rectangles within the polygons' bounds.
    """
    met = np.zeros(len(rectangles), dtype=bool)
    for polygon in polygons:
        rings = [np.asarray(ring, dtype=np.float64) for ring in polygon]
        low, high = rings[0].min(axis=0), rings[0].max(axis=0)
        with np.errstate(invalid="ignore"):
            near = (rectangles[:, 0] < high[0]) & (rectangles[:, 2] > low[0])
            near &= (rectangles[:, 1] < high[1]) & (rectangles[:, 3] > low[1])
        candidates = np.flatnonzero(near & ~met)
        if len(candidates):
            chosen = rectangles[candidates]
            met[candidates] = _centre_inside(chosen, rings) | _entered(chosen, rings)
    return met


def _centre_inside(rectangles: Bounds, rings: List[NDArray[np.float64]]) -> NDArray[np.bool_]:
    """Even-odd rule for the rectangles' centres."""
    x = (rectangles[:, 0] + rectangles[:, 2]) / 2
    y = (rectangles[:, 1] + rectangles[:, 3]) / 2
    inside = np.zeros(len(rectangles), dtype=bool)
    for ring in rings:
        for (x0, y0), (x1, y1) in zip(ring[:-1], ring[1:]):
            if y0 == y1:
                continue
            crosses = (y0 > y) != (y1 > y)
            inside ^= crosses & (x < (x1 - x0) * (y - y0) / (y1 - y0) + x0)
    return inside


def _entered(rectangles: Bounds, rings: List[NDArray[np.float64]]) -> NDArray[np.bool_]:
    """Whether a piece of an outline runs through a rectangle's inside (Liang and Barsky, 1984)."""
    entered = np.zeros(len(rectangles), dtype=bool)
    for ring in rings:
        for start, end in zip(ring[:-1], ring[1:]):
            enter = np.zeros(len(rectangles))
            leave = np.ones(len(rectangles))
            for axis in (0, 1):
                low, high = rectangles[:, axis], rectangles[:, axis + 2]
                origin, step = float(start[axis]), float(end[axis] - start[axis])
                if step == 0:
                    leave = np.where((low < origin) & (origin < high), leave, -1.0)
                    continue
                near, far = (low - origin) / step, (high - origin) / step
                enter = np.maximum(enter, np.minimum(near, far))
                leave = np.minimum(leave, np.maximum(near, far))
            entered |= enter < leave
    return entered
