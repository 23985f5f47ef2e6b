"""Mosaics of real images, made while training: each cell has captions that are true of it alone.

A mosaic gives exact pairs of a region and a text, and scenes of which only a part is interesting,
which no captioned data set holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from ..augment import random_views, transform_boxes
from .image_text import ImageText, LabelledBox

GRIDS = (2, 3, 4)


@dataclass(frozen=True)
class Mosaic:
    """`pixels` uint8 [3, S, S] of `grid` x `grid` cells, which are listed row by row.

    `records` are the cells' indices among the records drawn from, `captions` and `scenes` what is
    true of each cell, `boxes` all cells' objects in pixels of the mosaic.
    """

    pixels: Tensor
    grid: int
    records: tuple[int, ...]
    captions: tuple[tuple[str, ...], ...]
    scenes: tuple[str, ...]
    boxes: tuple[LabelledBox, ...]


def draw_cells(
    scenes: Sequence[str], grid: int, generator: torch.Generator | None = None, odd: int = 0
) -> tuple[int, ...]:
    """Choose records for the cells of a mosaic, each at most once.

    Args:
        scenes: the scene of each record.
        grid: cells a side.
        generator: decides; None is PyTorch's own.
        odd: if not 0, so many cells show other scenes than the rest, which all show one: a search
            must find them. Only scenes of enough records can be the ground.

    Returns:
        Indices into `scenes`, row by row.

    Raises:
        ValueError: too few records for a mosaic without repetition.
    """
    count = grid * grid
    if len(scenes) < count or odd >= count:
        raise ValueError(f"{len(scenes)} records do not fill a mosaic of {count} cells.")
    order = torch.randperm(len(scenes), generator=generator).tolist()
    if not odd:
        return tuple(order[:count])
    of_scene: dict[str, list[int]] = {}
    for index in order:
        of_scene.setdefault(scenes[index], []).append(index)
    # The order is random, so the first scene of enough records is a random one, weighted by size.
    ground = next((name for name, own in of_scene.items() if len(own) >= count - odd), None)
    others = [index for index in order if scenes[index] != ground]
    if ground is None or len(others) < odd:
        raise ValueError(f"No scene has {count - odd} records, and others {odd}.")
    cells = [*of_scene[ground][: count - odd], *others[:odd]]
    return tuple(cells[place] for place in torch.randperm(count, generator=generator).tolist())


def compose_mosaic(
    records: Sequence[ImageText],
    pixels: Tensor,
    cells: Sequence[int],
    size: int,
    generator: torch.Generator | None = None,
) -> Mosaic:
    """Put records side by side, each turned or mirrored at random.

    Args:
        records: what `cells` and `pixels` number.
        pixels: uint8 [N, 3, H, H], the records' cached pixels.
        cells: as of `draw_cells`; a square number of them.
        size: side of the mosaic in pixels; a multiple of the cells a side.
        generator: decides how cells are turned; None is PyTorch's own.

    Raises:
        ValueError: the cells are no square, or do not divide `size`.

    Note:
        Some five milliseconds for 2 x 2 cells of 96 pixels on one CPU core; no image is decoded,
        but the header of those with boxes is read.
    """
    grid = round(len(cells) ** 0.5)
    if grid * grid != len(cells) or size % grid:
        raise ValueError(f"{len(cells)} cells do not fill a square of {size} pixels.")
    side = size // grid
    small = functional.interpolate(
        pixels[list(cells)].float(),
        size=(side, side),
        mode="bilinear",
        antialias=True,
        align_corners=False,
    )
    views = random_views(len(cells), 1.0, small.device, generator=generator)
    # Whole images at their own size: the sampling only permutes pixels.
    places = functional.affine_grid(views, list(small.shape), align_corners=False)
    turned = functional.grid_sample(small, places, mode="nearest", align_corners=False)
    rows = turned.reshape(grid, grid, 3, side, side).permute(2, 0, 3, 1, 4)
    return Mosaic(
        pixels=rows.reshape(3, size, size).round().clamp(0, 255).to(torch.uint8),
        grid=grid,
        records=tuple(cells),
        captions=tuple(records[index].captions for index in cells),
        scenes=tuple(records[index].scene for index in cells),
        boxes=tuple(
            box
            for place, index in enumerate(cells)
            for box in _placed(records[index], views[place], place % grid, place // grid, side)
        ),
    )


def _placed(record: ImageText, view: Tensor, column: int, row: int, side: int) -> list[LabelledBox]:
    """A record's boxes in its cell of the mosaic."""
    if not record.boxes:
        return []
    moved, _ = transform_boxes(relative_boxes(record), view)
    centres, sides = moved[:, :2] * side, moved[:, 2:] * side
    low = centres - sides / 2 + torch.tensor([column * side, row * side])
    return [
        LabelledBox(box.category, *place, *extent)
        for box, place, extent in zip(record.boxes, low.tolist(), sides.tolist())
    ]


def relative_boxes(record: ImageText) -> Tensor:
    """A record's boxes in image sides: float32 [N, 4], centre x, centre y, width, height.

    They hold for the cached pixels too, which are the image squeezed into a square.
    """
    width, height = record.size
    return torch.tensor(
        [
            [
                (box.x_min + box.width / 2) / width,
                (box.y_min + box.height / 2) / height,
                box.width / width,
                box.height / height,
            ]
            for box in record.boxes
        ]
    ).reshape(-1, 4)
