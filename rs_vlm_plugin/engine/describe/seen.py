"""What the model said of one tile, without the tile's pixels, and whether it is fit to repeat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Tuple

import numpy as np
from numpy.typing import NDArray

from ..dris.plan import Tile
from ..model.vlm import Caption
from ..outline import Rectangle
from ..tile_images import TileImage

LEAST_CONFIDENCE = 0.2
MOST_REPEATS = 3
NOTHING_TO_NAME = "Nothing the model can name with confidence."
ONE_COLOUR = "Nothing to see but one flat colour."
# Grey levels; far below what compression or film grain makes of the calmest water.
_FLAT_DEVIATION = 0.5


@dataclass(frozen=True)
class SeenTile:
    """A tile, its embedding `[D]` and caption, and the pixel rectangles of the cells that count.

    `cells` are (row, column) of attention cells with image of the region in them; `rectangles` the
    pixels each stands for, cut to the tile's own window. `area` is the tile's share of valid
    pixels.
    """

    tile: Tile
    embedding: NDArray[np.float32]
    caption: Caption
    cells: Tuple[Tuple[int, int], ...]
    rectangles: Tuple[Rectangle, ...]

    @property
    def area(self) -> float:
        """Valid pixels of the tile's window."""
        return self.tile.window.area * self.tile.valid_fraction


def is_sound(caption: Caption) -> bool:
    """Whether a caption is worth repeating: not empty, not stuttering, not a mere guess."""
    if not caption.words or caption.confidence < LEAST_CONFIDENCE:
        return False
    words = [word.text.lower() for word in caption.words]
    return all(len(list(run)) <= MOST_REPEATS for _, run in groupby(words))


def sound(caption: Caption) -> Caption:
    """The caption, or an honest sentence in its place that names nothing."""
    if is_sound(caption):
        return caption
    return Caption(NOTHING_TO_NAME, caption.confidence, ())


def tempered(caption: Caption, familiarity: float) -> Caption:
    """The caption with its confidences multiplied by what they are worth; see `familiarity`."""
    words = (replace(word, confidence=word.confidence * familiarity) for word in caption.words)
    return Caption(caption.text, caption.confidence * familiarity, tuple(words))


def seen_tile(
    image: TileImage,
    embedding: NDArray[np.float32],
    caption: Caption,
    grid: Tuple[int, int],
    familiarity: float,
) -> SeenTile:
    """Keep of a tile what the result needs.

    Args:
        image: the tile as it was read.
        embedding: its global embedding.
        caption: what the decoder wrote. Of a tile without any pattern it is not kept: the decoder
            has a sentence for every input.
        grid: rows and columns of attention cells over the model's input.
        familiarity: what its confidence is multiplied by.
    """
    cells = []
    rectangles = []
    size = len(image.pixels)
    own, read = image.tile.window, image.tile.read_window
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
            if shown.any():
                cells.append((row, column))
                rectangles.append(rectangle)
    caption = sound(tempered(caption, familiarity))
    if _is_flat(image):
        caption = Caption(ONE_COLOUR, 1.0, ())
    return SeenTile(image.tile, embedding, caption, tuple(cells), tuple(rectangles))


def _is_flat(image: TileImage) -> bool:
    return float(image.pixels[image.shown].std(axis=0).max(initial=0)) < _FLAT_DEVIATION


def _edges(index: int, count: int, size: int, used: int) -> Tuple[float, float]:
    return min(index * size / count, used), min((index + 1) * size / count, used)
