"""What single tiles see of objects, and how that becomes one object each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..geometry import Window
from ..model.grounding import OVERLAP, FoundObject
from ..outline import Rectangle
from ..tile_images import TileImage

_CONTAINED = 0.7
"""Of two boxes of different tiles one is part of the other's object from this share of it on."""
_CUT_OVERLAP = 0.2
"""Two boxes that both end at a tile's edge are one object where they share this much."""
_CENTRES_APART = 0.5
"""Of the narrower box's side: sightings of different tiles whose middles are nearer are one."""
_COARSER = 1.2
_COARSE_JITTER = 0.5
"""Of the coarser tile's fine cells: how far the middles of one object lie apart where one of two
tiles sees it so many times as coarsely, as happens where a fine tile ends."""
_GUEST_REACH = 1.5
"""Fine cells around an object within which no object of a neighbour's core is a second one."""
_EDGE = 0.01


@dataclass(frozen=True)
class Sighting:
    """An object as one tile sees it.

    `phrase` is the number of what was asked for, `rectangle` its box in raster pixels, `tile` the
    tile's number, `cell` the side of the tile's fine cells in raster pixels. It is `cut` where the
    object may go on beyond what was read, and a `guest` where its centre lies just outside the
    tile's own window: there only for the case that the neighbour puts it on this side.
    """

    phrase: int
    score: float
    rectangle: Rectangle
    tile: int
    cell: float
    cut: bool
    guest: bool

    def large_enough(self, least_side: float) -> bool:
        """Whether it is its tile's business; see `overlap.least_side`."""
        left, top, right, bottom = self.rectangle
        longer = max(right - left, bottom - top)
        return not least_side or longer >= max(least_side, 2 * self.cell)

    @property
    def centre(self) -> Tuple[float, float]:
        """Column and row of its middle."""
        left, top, right, bottom = self.rectangle
        return (left + right) / 2, (top + bottom) / 2


def sighting(
    found: FoundObject,
    image: TileImage,
    grid: Tuple[int, int],
    raster: Window,
    trust: float,
) -> Optional[Sighting]:
    """A found object on the raster; None where it is another tile's, or nobody's.

    Args:
        found: from the model, on this image.
        image: the tile as it was read.
        grid: rows and columns of the model's fine map.
        raster: all of the raster.
        trust: what the score is multiplied by; see `familiarity`.
    """
    size = len(image.pixels)
    read, own = image.tile.read_window, image.tile.window
    across, down = read.width / image.width, read.height / image.height
    # What the mirror beyond the picture shows is no object.
    right_end, bottom_end = image.width / size, image.height / size
    x, y = (found.box[0] + found.box[2]) / 2, (found.box[1] + found.box[3]) / 2
    if x >= right_end or y >= bottom_end or not image.shown[int(y * size), int(x * size)]:
        return None
    left, right = (min(side, right_end) * size * across for side in (found.box[0], found.box[2]))
    top, bottom = (min(side, bottom_end) * size * down for side in (found.box[1], found.box[3]))
    cell = max(size / grid[0] * down, size / grid[1] * across)
    column, row = read.col_off + x * size * across, read.row_off + y * size * down
    beyond = max(own.col_off - column, column - own.col_end, own.row_off - row, row - own.row_end)
    inside = own.holds(column, row)
    if not inside and beyond > cell:
        return None
    cut = (
        (left <= _EDGE * read.width and read.col_off > 0)
        or (top <= _EDGE * read.height and read.row_off > 0)
        or (right >= (1 - _EDGE) * read.width and read.col_end < raster.width)
        or (bottom >= (1 - _EDGE) * read.height and read.row_end < raster.height)
    )
    rectangle = (
        read.col_off + left,
        read.row_off + top,
        read.col_off + right,
        read.row_off + bottom,
    )
    return Sighting(
        found.phrase, found.score * trust, rectangle, image.index, cell, cut, not inside
    )


def distinct(sightings: Sequence[Sighting]) -> List[Sighting]:
    """One sighting for each object, the surest first.

    What one tile tells apart stays apart. Sightings of different tiles are one object where their
    boxes overlap as the model's own duplicates do, where one lies in the other, or where both are
    cut and meet: these two become one box. Whole boxes come before cut ones; a guest counts only
    where nothing else is near.

    Note:
        O(n^2) time for the n sightings of one phrase.
    """
    kept: List[Sighting] = []
    for phrase in sorted({item.phrase for item in sightings}):
        own = [item for item in sightings if item.phrase == phrase]
        kept += _distinct(sorted(own, key=lambda item: (item.guest, item.cut, -item.score)))
    return sorted(kept, key=lambda item: -item.score)


def _distinct(sightings: Sequence[Sighting]) -> List[Sighting]:
    boxes = np.empty((len(sightings), 4))
    tiles = np.empty(len(sightings), dtype=np.int64)
    cells = np.empty(len(sightings))
    kept: List[Sighting] = []
    for item in sightings:
        count = len(kept)
        others = tiles[:count] != item.tile
        same = others & _is_same(item, kept, boxes[:count], cells[:count])
        if same.any():
            first = int(np.flatnonzero(same)[0])
            if item.cut and kept[first].cut and not item.guest:
                kept[first] = _joined(kept[first], item)
                boxes[first] = kept[first].rectangle
            continue
        boxes[count], tiles[count], cells[count] = item.rectangle, item.tile, item.cell
        kept.append(item)
    return kept


def _is_same(
    item: Sighting,
    kept: Sequence[Sighting],
    boxes: NDArray[np.float64],
    cells: NDArray[np.float64],
) -> NDArray[np.bool_]:
    box = np.array(item.rectangle)
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    shared = np.clip(sides, 0, None).prod(axis=1)
    area, areas = (box[2:] - box[:2]).prod(), (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    part = shared / np.maximum(np.minimum(area, areas), 1e-9)
    same = (shared >= OVERLAP * (area + areas - shared)) & (shared > 0)
    same |= part >= _CONTAINED
    if item.cut:
        same |= np.array([other.cut for other in kept], dtype=bool) & (part >= _CUT_OVERLAP)
    away = np.abs((boxes[:, :2] + boxes[:, 2:]) / 2 - np.array(item.centre)).max(axis=1)
    # Boxes of small objects jitter by much of their size; objects side by side are a side apart.
    narrower = np.minimum((box[2:] - box[:2]).min(), (boxes[:, 2:] - boxes[:, :2]).min(axis=1))
    same |= away <= _CENTRES_APART * narrower
    coarser, finer = np.maximum(cells, item.cell), np.minimum(cells, item.cell)
    same |= (coarser > _COARSER * finer) & (away <= _COARSE_JITTER * coarser)
    if item.guest:
        same |= (away <= _GUEST_REACH * item.cell) | (shared > 0)
    return same


def _joined(one: Sighting, other: Sighting) -> Sighting:
    first, second = one.rectangle, other.rectangle
    rectangle = (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )
    return replace(one, rectangle=rectangle, score=max(one.score, other.score))
