"""The cells of the model's grid over a tile, as pixel rectangles of the raster."""

from __future__ import annotations

from typing import List, Tuple

import numpy as np

from .outline import Rectangle
from .tile_images import TileImage


def cell_rectangles(
    image: TileImage, grid: Tuple[int, int]
) -> Tuple[Tuple[Tuple[int, int], ...], Tuple[Rectangle, ...]]:
    """The cells that count and the raster pixels each stands for, cut to the tile's own window.

    A cell counts where it shows image of the region, not mirror or nodata alone.

    Args:
        image: the tile as it was read.
        grid: rows and columns of cells over the model's input.

    Returns:
        (row, column) of each cell that counts, in reading order, and its rectangle.
    """
    cells: List[Tuple[int, int]] = []
    rectangles: List[Rectangle] = []
    size = len(image.pixels)
    own, read = image.tile.window, image.tile.read_window
    all_shown = bool(image.shown[: image.height, : image.width].all())
    for row in range(grid[0]):
        for column in range(grid[1]):
            # Cell edges in input pixels, cut to the part that is image and not mirror.
            top, bottom = _edges(row, grid[0], size, image.height)
            left, right = _edges(column, grid[1], size, image.width)
            if bottom - top < 0.5 or right - left < 0.5:
                continue
            rectangle = (
                max(float(own.col_off), read.col_off + left * read.width / image.width),
                max(float(own.row_off), read.row_off + top * read.height / image.height),
                min(float(own.col_end), read.col_off + right * read.width / image.width),
                min(float(own.row_end), read.row_off + bottom * read.height / image.height),
            )
            if rectangle[0] >= rectangle[2] or rectangle[1] >= rectangle[3]:
                continue
            shown = image.shown[int(top) : int(np.ceil(bottom)), int(left) : int(np.ceil(right))]
            if all_shown or shown.any():
                cells.append((row, column))
                rectangles.append(rectangle)
    return tuple(cells), tuple(rectangles)


def _edges(index: int, count: int, size: int, used: int) -> Tuple[float, float]:
    return min(index * size / count, used), min((index + 1) * size / count, used)
