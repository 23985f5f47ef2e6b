"""What the vision graph makes of images, and where on an image its tokens lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple

import numpy as np
from numpy.typing import NDArray

from ..knowledge.base import UsedEntry
from .level_spec import LevelSpec

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class LevelEncoding:
    """What a model of three levels sees in B images besides the whole.

    `regions` [B,R,D] and `objects` [B,Q,D] are embeddings of unit length; `fine` [B,M,d] are tokens
    of the fine map in row order, `fine_cells` [B,M,D] their embeddings of unit length, `boxes`
    [B,M,4] the object each would be the centre of: centre x, centre y, width, height in image
    sides, from the top left.
    """

    regions: Floats
    objects: Floats
    fine: Floats
    fine_cells: Floats
    boxes: Floats


@dataclass(frozen=True)
class Encoding:
    """What the vision graph makes of B images.

    `tokens` [B,N,d] feed the decoder, with retrieved knowledge in them where the model retrieves;
    `embedding` [B,D] has unit length; `cells` [B,C,D] lie in the embedding's space, one per grid
    cell in row order, not normalised. `levels` is None for a model of the global level only, `used`
    holds the knowledge entries that each image's tokens were made with.
    """

    tokens: Floats
    embedding: Floats
    cells: Floats
    levels: Optional[LevelEncoding] = None
    used: Tuple[Tuple[UsedEntry, ...], ...] = ()


def attention_on_cells(
    attention: Floats, cells: Tuple[int, int], levels: Optional[LevelSpec]
) -> Floats:
    """The decoder's attention over N tokens as a map of the cells: `[rows, columns]`, sum 1.

    A region's share is spread over its cells. What went to the image as a whole or to object tokens
    has no place, and is left out.
    """
    rows, columns = cells
    if levels is None:
        return attention.reshape(rows, columns)
    count = rows * columns
    placed = attention[levels.whole - count : levels.whole].reshape(rows, columns).copy()
    region_rows, region_columns = levels.regions
    shares = attention[levels.whole : levels.whole + region_rows * region_columns]
    down = np.minimum((np.arange(rows) + 0.5) * region_rows / rows, region_rows - 1).astype(int)
    across = np.minimum(
        (np.arange(columns) + 0.5) * region_columns / columns, region_columns - 1
    ).astype(int)
    spread = shares.reshape(region_rows, region_columns)[np.ix_(down, across)]
    placed += spread * (region_rows * region_columns / count)
    total = float(placed.sum())
    return placed / total if total > 0 else np.full((rows, columns), 1 / count, dtype=np.float32)


def unit_rows(vectors: Floats) -> Floats:
    """Rows made unit length."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Floats = (vectors / np.maximum(norms, 1e-12)).astype(np.float32)
    return unit
