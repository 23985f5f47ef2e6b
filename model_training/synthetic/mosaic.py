"""A large scene of different quarters, for the demo, screenshots and tests of tiling."""

from __future__ import annotations

import numpy as np

from . import built_up, landscapes
from .canvas import Canvas
from .scene import Scene
from .scenes import finish
from .stage import Stage

GSD_M = 0.5


def draw_mosaic(seed: int, size: int = 2048) -> Scene:
    """Draw harbour, airport, farmland and residential quarters, tanks and a wood, divided by main roads.

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
    compositions = (
        (landscapes.farmland, 0.0, half, half, half),
        (built_up.residential, half, half, half, half),
        (built_up.airport, half, 0.0, half, half),
        (landscapes.forest, 0.0, half - 0.28 * half, half * 0.55, half * 0.28),
        (built_up.storage_tanks, half * 0.55, half - 0.28 * half, half * 0.45, half * 0.28),
        (landscapes.harbour, 0.0, 0.0, half, half * 0.72),
    )
    stages = []
    for compose, left, top, width, height in compositions:
        stage = Stage(canvas, left, top, width, height)
        compose(stage)
        stages.append(stage)
    whole = Stage(canvas, 0.0, 0.0, side, side)
    whole.road([(0.0, half * 0.72), (half, half * 0.72)], 10.0)
    whole.road([(half, -5.0), (half, side + 5.0)], 14.0)
    whole.road([(-5.0, half), (side + 5.0, half)], 14.0)
    captions = (
        "a harbour, an airport, farmland and a residential area are divided by wide roads",
        "planes are parked at an airport beside a harbour with many ships",
        "many houses and fields lie on two sides of a wide road",
    )
    return finish(canvas, [*stages, whole], "town", captions)
