"""One scene a seed: chooses a class, lets it compose itself, and writes down what is true of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from . import built_up, landscapes
from .canvas import Canvas
from .scene import Scene, SceneObject
from .stage import Stage
from .wording import questions, sentence

COMPOSITIONS: dict[str, tuple[Callable[[Stage], tuple[str, ...]], float, float]] = {
    "airport": (built_up.airport, 150, 230),
    "residential": (built_up.residential, 95, 140),
    "storage tanks": (built_up.storage_tanks, 100, 160),
    "tennis courts": (built_up.tennis_courts, 90, 135),
    "parking lot": (built_up.parking_lot, 70, 95),
    "farmland": (landscapes.farmland, 150, 240),
    "forest": (landscapes.forest, 110, 200),
    "river": (landscapes.river, 120, 200),
    "beach": (landscapes.beach, 110, 180),
    "harbour": (landscapes.harbour, 130, 200),
}
"""Scene class -> its composition and the range of metres its images span."""

SCENE_CLASSES = tuple(COMPOSITIONS)


def draw_scene(seed: int, size: int = 128, scene_class: str | None = None) -> Scene:
    """Draw a square scene; the same seed and size give the same scene.

    Args:
        seed: any whole number not below 0.
        size: side in pixels. What is shown spans some 70 to 240 m, so 128 gives about 1 m a pixel.
        scene_class: one of `SCENE_CLASSES`; by the seed where None.

    Returns:
        The scene. Boxes hold what was drawn, without shadows, clipped to the image; things whose
        middle lies outside have none.

    Raises:
        ValueError: no such scene class.

    Note:
        Some 5 to 15 ms at 128 px.
    """
    rng = np.random.default_rng(seed)
    drawn = SCENE_CLASSES[int(rng.integers(len(SCENE_CLASSES)))]
    name = drawn if scene_class is None else scene_class
    if name not in COMPOSITIONS:
        raise ValueError(
            f"There is no scene class {name!r}; choose one of {', '.join(SCENE_CLASSES)}."
        )
    compose, least_m, most_m = COMPOSITIONS[name]
    span_m = float(rng.uniform(least_m, most_m))
    canvas = Canvas(size, size, span_m / size, rng)
    stage = Stage(canvas, 0.0, 0.0, canvas.width_m, canvas.height_m)
    captions = compose(stage)
    return finish(canvas, [stage], name, captions)


def finish(canvas: Canvas, stages: Sequence[Stage], name: str, captions: Sequence[str]) -> Scene:
    """Make the scene of what lies on the canvas: image, boxes in pixels, sentences, questions."""
    height, width = canvas.pixels.shape[:2]
    objects = tuple(
        SceneObject(category, box)
        for stage in stages
        for category, metres in stage.objects
        if (box := _in_pixels(metres, canvas.gsd_m, width, height)) is not None
    )
    surfaces = tuple(dict.fromkeys(surface for stage in stages for surface in stage.surfaces))
    return Scene(
        image=canvas.image(),
        gsd_m=canvas.gsd_m,
        scene_class=name,
        objects=objects,
        surfaces=surfaces,
        captions=tuple(sentence(text) for text in captions),
        qa=questions(name, objects, surfaces, (width, height), canvas.rng),
    )


def _in_pixels(
    box: tuple[float, float, float, float], gsd_m: float, width: int, height: int
) -> tuple[float, float, float, float] | None:
    xmin, ymin, xmax, ymax = (value / gsd_m for value in box)
    if not (0 <= (xmin + xmax) / 2 < width and 0 <= (ymin + ymax) / 2 < height):
        return None
    return max(0.0, xmin), max(0.0, ymin), min(float(width), xmax), min(float(height), ymax)
