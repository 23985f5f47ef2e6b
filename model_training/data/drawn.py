"""Scenes the project draws itself, as records: the smoke configuration trains on them anywhere."""

from __future__ import annotations

import io

from PIL import Image

from ..synthetic import draw_scene
from .records import ImageText, LabelledBox

SCENE_SIZE = 128
VALIDATION_SHARE = 10


def drawn_records(count: int, seed: int) -> tuple[list[ImageText], dict[str, list[ImageText]]]:
    """Draw `count` scenes; one in ten validates. Deterministic in `seed`."""
    records = [_record(seed * 1_000_003 + index) for index in range(count)]
    held = records[::VALIDATION_SHARE]
    kept = [record for index, record in enumerate(records) if index % VALIDATION_SHARE]
    return kept, {"drawn": held}


def _record(seed: int) -> ImageText:
    scene = draw_scene(seed, SCENE_SIZE)
    buffer = io.BytesIO()
    Image.fromarray(scene.image).save(buffer, format="PNG")
    return ImageText(
        f"drawn/{seed}",
        scene.scene_class,
        tuple(scene.captions),
        buffer.getvalue(),
        questions=scene.qa,
        metres=scene.gsd_m,
        boxes=tuple(
            LabelledBox(item.category, left, top, right - left, bottom - top)
            for item in scene.objects
            for left, top, right, bottom in [item.bbox]
        ),
    )
