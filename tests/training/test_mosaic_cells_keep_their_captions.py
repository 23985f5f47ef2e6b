"""A mosaic's cells show the records they say, with their captions and their boxes in place."""

from __future__ import annotations

import io
from collections import Counter

import numpy as np
import pytest
import torch
from PIL import Image

from model_training.data.drawn import drawn_records
from model_training.data.image_text import ImageText, LabelledBox
from model_training.data.mosaic import GRIDS, compose_mosaic, draw_cells
from model_training.data.pixels import pixel_cache

SIDE = 48


def marked(number: int) -> ImageText:
    """An image of one grey, its number's, 60 x 40 pixels, with a white box off its middle."""
    rgb = np.full((40, 60, 3), 10 * number, dtype=np.uint8)
    rgb[5:15, 12:42] = 255
    buffer = io.BytesIO()
    Image.fromarray(rgb).save(buffer, format="PNG")
    scene = "field" if number < 13 else "town"
    box = LabelledBox("sign", 12, 5, 30, 10)
    return ImageText(f"m/{number}", scene, (f"sign {number}",), buffer.getvalue(), boxes=(box,))


@pytest.fixture(scope="module")
def records() -> list[ImageText]:
    return [marked(number) for number in range(20)]


@pytest.fixture(scope="module")
def pixels(records: list[ImageText]) -> torch.Tensor:
    return torch.from_numpy(pixel_cache(records, SIDE))


def generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("grid", GRIDS)
def test_each_cell_shows_its_record(
    records: list[ImageText], pixels: torch.Tensor, grid: int
) -> None:
    cells = draw_cells([r.scene for r in records], grid, generator(1))
    mosaic = compose_mosaic(records, pixels, cells, grid * SIDE, generator(2))
    assert len(set(cells)) == grid * grid
    assert mosaic.pixels.dtype == torch.uint8
    assert mosaic.pixels.shape == (3, grid * SIDE, grid * SIDE)
    for place, index in enumerate(cells):
        row, column = divmod(place, grid)
        cell = mosaic.pixels[:, row * SIDE : (row + 1) * SIDE, column * SIDE : (column + 1) * SIDE]
        values = Counter(cell[0].ravel().tolist())
        assert values.most_common(1)[0][0] == 10 * index
        assert mosaic.captions[place] == (f"sign {index}",)
        assert mosaic.scenes[place] == records[index].scene


def test_boxes_lie_on_their_objects(records: list[ImageText], pixels: torch.Tensor) -> None:
    turned = set()
    for seed in range(6):
        cells = draw_cells([r.scene for r in records], 3, generator(seed))
        mosaic = compose_mosaic(records, pixels, cells, 3 * SIDE, generator(seed))
        covered = torch.zeros(3 * SIDE, 3 * SIDE, dtype=torch.bool)
        for box in mosaic.boxes:
            turned.add(box.width > box.height)
            left, top = round(box.x_min), round(box.y_min)
            covered[top : top + round(box.height), left : left + round(box.width)] = True
        white = mosaic.pixels[0] > 240
        both = (white & covered).sum() / (white | covered).sum()
        assert len(mosaic.boxes) == 9
        assert both > 0.75
    assert turned == {True, False}


def test_the_generator_decides(records: list[ImageText], pixels: torch.Tensor) -> None:
    scenes = [r.scene for r in records]
    state = torch.get_rng_state()
    mosaics = [
        compose_mosaic(records, pixels, draw_cells(scenes, 2, g), 96, g)
        for g in (generator(3), generator(3), generator(4))
    ]
    assert torch.equal(mosaics[0].pixels, mosaics[1].pixels)
    assert mosaics[0].records == mosaics[1].records != mosaics[2].records
    assert torch.equal(torch.get_rng_state(), state)


def test_odd_cells_stand_on_one_ground(records: list[ImageText]) -> None:
    scenes = [r.scene for r in records]
    places = set()
    for seed in range(12):
        cells = draw_cells(scenes, 3, generator(seed), odd=1)
        shown = [scenes[index] for index in cells]
        assert Counter(shown) == {"field": 8, "town": 1}
        places.add(shown.index("town"))
    assert len(places) > 4


def test_what_cannot_be_composed_is_refused(records: list[ImageText], pixels: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="do not fill"):
        draw_cells(["a"] * 3, 2)
    with pytest.raises(ValueError, match="No scene"):
        draw_cells(["a", "b", "c", "d"], 2, odd=1)
    with pytest.raises(ValueError, match="do not fill"):
        compose_mosaic(records, pixels, (1, 2, 3, 4), 97)
    with pytest.raises(ValueError, match="do not fill"):
        compose_mosaic(records, pixels, (1, 2, 3), 96)


def test_drawn_scenes_of_other_sizes_fit() -> None:
    drawn, _ = drawn_records(10, seed=1)
    cached = torch.from_numpy(pixel_cache(drawn, 64))
    mosaic = compose_mosaic(drawn, cached, (0, 1, 2, 3), 160, generator(0))
    assert mosaic.pixels.float().std() > 10
    assert all(b.x_min >= 0 and b.x_min + b.width <= 160.01 for b in mosaic.boxes)
