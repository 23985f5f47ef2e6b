"""A large scene of different quarters, for the demo, screenshots and tests of tiling."""

from __future__ import annotations

import numpy as np

from . import built_up, landscapes
from .canvas import Canvas
from .scene import Scene
from .scenes import finish
from .stage import Stage

GSD_M = 0.5
VERGE_M = 7.0
"""Ground left to the main roads between quarters, on each side."""


def draw_mosaic(seed: int, size: int = 2048) -> Scene:
    """Draw harbour, airport, farmland and residential quarters, tanks and a wood between roads.

    Args:
        seed: any whole number not below 0.
        size: side in pixels of 0.5 m; at least 1024.

    Raises:
        ValueError: too small for the quarters to hold anything.
    """
    if size < 1024:
        raise ValueError("A mosaic needs 1024 pixels a side at least.")
    canvas = Canvas(size, size, GSD_M, np.random.default_rng(seed))
    side = canvas.width_m
    half = side / 2
    upper = 0.72 * half
    compositions = (
        (landscapes.farmland, 0.0, half, half, side),
        (built_up.residential, half, half, side, side),
        (built_up.airport, half, 0.0, side, half),
        (landscapes.forest, 0.0, upper, 0.55 * half, half),
        (built_up.storage_tanks, 0.55 * half, upper, half, half),
        (landscapes.harbour, 0.0, 0.0, half, upper),
    )
    stages = []
    for compose, left, top, right, bottom in compositions:
        left, top = left + VERGE_M * (left == half), top + VERGE_M * (top in (half, upper))
        right, bottom = (
            right - VERGE_M * (right == half),
            bottom - VERGE_M * (bottom in (half, upper)),
        )
        stage = Stage(canvas, left, top, right - left, bottom - top)
        canvas.clip_to(left, top, right - left, bottom - top)
        compose(stage)
        stages.append(stage)
    canvas.clip_to(0.0, 0.0, side, side)
    whole = Stage(canvas, 0.0, 0.0, side, side)
    whole.road([(0.0, upper), (half, upper)], 12.0)
    whole.road([(half, -5.0), (half, side + 5.0)], 14.0)
    whole.road([(-5.0, half), (side + 5.0, half)], 14.0)
    captions = (
        "a harbour, an airport, farmland and a residential area are divided by wide roads",
        "planes are parked at an airport beside a harbour with many ships",
        "many houses and fields lie on two sides of a wide road",
    )
    return finish(canvas, [*stages, whole], "town", captions)
