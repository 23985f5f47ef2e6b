"""What the model said of one tile, without the tile's pixels, and whether it is fit to repeat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Tuple

import numpy as np
from numpy.typing import NDArray

from ..cells import cell_rectangles
from ..dris.plan import Tile
from ..model.captions import Caption
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
    return replace(caption, confidence=caption.confidence * familiarity, words=tuple(words))


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
    cells, rectangles = cell_rectangles(image, grid)
    caption = sound(tempered(caption, familiarity))
    if _is_flat(image):
        caption = Caption(ONE_COLOUR, 1.0, ())
    return SeenTile(image.tile, embedding, caption, cells, rectangles)


def _is_flat(image: TileImage) -> bool:
    # By planes: numpy works on those many times as fast as on three colours side by side.
    planes = image.pixels.transpose(2, 0, 1)
    values = planes.reshape(3, -1) if image.shown.all() else planes[:, image.shown]
    if not values.size:
        return True
    return float(values.std(axis=1, dtype=np.float32).max()) < _FLAT_DEVIATION
