"""Pasted objects are counted and placed exactly, and never hide one that is there."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from model_training.data.copy_paste import (
    BARE_SCENES,
    COMPACT,
    SHARES,
    SIZE_CHANGE,
    Cutout,
    cut_objects,
    is_bare,
    paste_objects,
)
from model_training.data.image_text import ImageText, LabelledBox
from model_training.data.pixels import pixel_cache
from model_training.data.records import read_all, read_split

DATA = Path(os.environ.get("RSVLM_SHARED", Path(__file__).parents[3] / "shared")) / "data"

needs_data = pytest.mark.skipif(not (DATA / "vhr10").is_dir(), reason="the data pack is not here")


def encoded(rgb: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(rgb).save(buffer, format="PNG")
    return buffer.getvalue()


def signs(*boxes: tuple[int, int, int, int]) -> ImageText:
    """A dark image of 200 x 160 pixels with red airplanes, as they are boxed."""
    rgb = np.full((160, 200, 3), 40, dtype=np.uint8)
    for left, top, width, height in boxes:
        rgb[top : top + height, left : left + width] = (220, 30, 30)
    labelled = tuple(LabelledBox("airplane", *box) for box in boxes)
    return ImageText("s/1", "", (), encoded(rgb), boxes=labelled)


@pytest.fixture(scope="module")
def airplane() -> Cutout:
    return next(c for c in cut_objects([signs((80, 60, 40, 20))]) if c.category)


def generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def red(pixels: torch.Tensor) -> torch.Tensor:
    return (pixels[0] > 150) & (pixels[1] < 90)


def test_an_object_is_cut_with_ground_that_fades(airplane: Cutout) -> None:
    left, top, right, bottom = (round(value) for value in airplane.inner)
    assert (right - left, bottom - top) == (40, 20)
    assert (airplane.alpha[top:bottom, left:right] == 1).all()
    assert airplane.alpha[0].max() < 0.2
    assert airplane.alpha.min() >= 0
    assert airplane.pixels.shape[1] > bottom - top


def test_objects_that_touch_are_not_cut_apart() -> None:
    crowded = signs((20, 20, 40, 20), (50, 30, 40, 20), (140, 100, 30, 30))
    objects = [c for c in cut_objects([crowded]) if c.category]
    assert len(objects) == 1
    assert round(objects[0].inner[2] - objects[0].inner[0]) == 30


def test_bare_ground_holds_no_object() -> None:
    grounds = [c for c in cut_objects([signs((80, 60, 40, 20))]) if not c.category]
    assert grounds
    assert not any(red(ground.pixels).any() for ground in grounds)
    assert all(ground.alpha[0].max() < 0.2 for ground in grounds)


@pytest.mark.parametrize("count", [0, 1, 4])
def test_boxes_are_what_was_pasted(airplane: Cutout, count: int) -> None:
    field = torch.full((3, 192, 192), 90, dtype=torch.uint8)
    for seed in range(8):
        pasted = paste_objects(field, (), [airplane] * count, generator(seed))
        assert len(pasted.boxes) == count
        covered = torch.zeros(192, 192, dtype=torch.bool)
        for box in pasted.boxes:
            assert (
                SHARES[0] * 0.4 < max(box.width, box.height) / 192 < SHARES[1] * (1 + SIZE_CHANGE)
            )
            left, top = round(box.x_min), round(box.y_min)
            covered[top : top + round(box.height), left : left + round(box.width)] = True
        shown = red(pasted.pixels)
        if count:
            assert (shown & covered).sum() / (shown | covered).sum() > 0.65
        else:
            assert not shown.any()
    assert (field == 90).all()


def test_nothing_that_is_boxed_is_hidden(airplane: Cutout) -> None:
    there = signs((20, 20, 60, 40), (120, 90, 60, 50))
    pixels = torch.from_numpy(there.rgb().transpose(2, 0, 1).copy())
    for seed in range(8):
        pasted = paste_objects(pixels, there.boxes, [airplane] * 6, generator(seed))
        assert pasted.boxes[:2] == there.boxes
        assert len(pasted.boxes) > 2
        for box in there.boxes:
            rows = slice(int(box.y_min), int(box.y_min + box.height))
            columns = slice(int(box.x_min), int(box.x_min + box.width))
            assert torch.equal(pasted.pixels[:, rows, columns], pixels[:, rows, columns])
        corners = [(b.x_min, b.y_min, b.x_min + b.width, b.y_min + b.height) for b in pasted.boxes]
        for i, a in enumerate(corners):
            for b in corners[i + 1 :]:
                assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_what_finds_no_room_is_not_counted(airplane: Cutout) -> None:
    whole = LabelledBox("airplane", 0, 0, 64, 64)
    pasted = paste_objects(torch.zeros(3, 64, 64, dtype=torch.uint8), (whole,), [airplane] * 3)
    assert pasted.boxes == (whole,)


def test_the_generator_decides(airplane: Cutout) -> None:
    field = torch.full((3, 96, 96), 90, dtype=torch.uint8)
    first, again, other = (
        paste_objects(field, (), [airplane] * 2, generator(seed)) for seed in (7, 7, 8)
    )
    assert first.boxes == again.boxes
    assert torch.equal(first.pixels, again.pixels)
    assert first.boxes != other.boxes


def test_bare_images_are_told_by_scene_and_words() -> None:
    assert is_bare(ImageText("x", "desert", ("a large yellow desert",), b""))
    assert not is_bare(ImageText("x", "desert", ("a plane is on the desert",), b""))
    assert not is_bare(ImageText("x", "airport", ("many cars",), b""))
    assert "airport" not in BARE_SCENES


@needs_data
def test_real_aircraft_are_pasted_onto_real_fields() -> None:
    cutouts = cut_objects(read_all(DATA, "hrplanes", "val")[:12])
    objects = [c for c in cutouts if c.category == "airplane"]
    fields = [r for r in read_split(DATA, "ucm", "val") if is_bare(r)][:5]
    assert len(objects) > 10
    assert len(fields) == 5
    for number, pixels in enumerate(torch.from_numpy(pixel_cache(fields, 192))):
        pasted = paste_objects(pixels, (), objects[number : number + 3], generator(number))
        assert len(pasted.boxes) == 3
        changed = (pasted.pixels != pixels).any(dim=0)
        near = torch.zeros_like(changed)
        for box in pasted.boxes:
            left, top = round(box.x_min), round(box.y_min)
            right, bottom = round(box.x_min + box.width), round(box.y_min + box.height)
            assert changed[top:bottom, left:right].float().mean() > 0.9
            near[max(0, top - 20) : bottom + 20, max(0, left - 20) : right + 20] = True
        assert not changed[~near].any()


@needs_data
def test_real_objects_of_every_compact_category_are_cut() -> None:
    records = [r for r in read_all(DATA, "vhr10", "val") if r.boxes]
    assert {c.category for c in cut_objects(records)} - {""} == set(COMPACT)
