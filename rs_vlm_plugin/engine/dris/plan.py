"""What a plan is: the tiles to look at, coarse to fine, and the budget they were chosen under."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import List, Optional, Tuple

from ..geometry import Window


@dataclass(frozen=True)
class Tile:
    """One model input.

    `window` is the tile's share of the region in raster pixels; `read_window` is what is read for
    it (the same, or larger where the share is too small to be recognised on its own). `scale` is
    raster pixels per model pixel along the longer side, `level` 0 the coarsest. `score` is the gain
    the policy expected when it chose this tile, `reason` says so in a few words. `parent` is the
    index in the plan of the tile this one refines. `valid_fraction` is the share of `window` inside
    the region and not nodata.
    """

    window: Window
    read_window: Window
    scale: float
    level: int
    score: float
    reason: str
    valid_fraction: float
    parent: Optional[int] = None


@dataclass(frozen=True)
class DrisPlan:
    """Tiles in the order they are worth looking at; a parent stands before its children.

    A tile may be refined wholly or in parts. Its *ground* is its window minus the windows of its
    children: what no tile sees closer. `leaves` are the tiles with a valid pixel on their ground,
    so a tile refined in parts is a leaf for the rest of it.

    Invariants: the windows of the level-0 tiles cover the valid part of the region without overlap;
    a tile's children lie in its window and do not overlap; so the grounds of the leaves partition
    the valid part of the region. `len(tiles) <= budget`; the same input gives the same plan; a
    window without a valid pixel is no tile's.

    `shown` is the smallest window that holds all that the region shows, as far as the coarse view
    tells; None for a plan that was not made from one.
    """

    tiles: Tuple[Tile, ...]
    leaves: Tuple[int, ...]
    policy: str
    budget: int
    shown: Optional[Window] = None

    @property
    def used(self) -> int:
        """Tile evaluations this plan costs."""
        return len(self.tiles)

    @cached_property
    def children(self) -> Tuple[Tuple[int, ...], ...]:
        """Of each tile the indices of those that refine it."""
        found: List[List[int]] = [[] for _ in self.tiles]
        for index, tile in enumerate(self.tiles):
            if tile.parent is not None:
                found[tile.parent].append(index)
        return tuple(map(tuple, found))

    def lineage(self, index: int) -> Tuple[int, ...]:
        """A tile and those that it refines, finest first."""
        found = [index]
        while (parent := self.tiles[found[-1]].parent) is not None:
            found.append(parent)
        return tuple(found)

    def ground(self, index: int) -> Tuple[Window, ...]:
        """A tile's ground, as windows that do not overlap; none where its children cover it."""
        taken = [self.tiles[child].window for child in self.children[index]]
        return remainder(self.tiles[index].window, taken)

    def ground_area(self, index: int) -> float:
        """Valid pixels on a tile's ground, as far as the tiles' valid fractions tell."""
        own, *finer = (
            self.tiles[number].window.area * self.tiles[number].valid_fraction
            for number in (index, *self.children[index])
        )
        return max(0.0, own - sum(finer))


def remainder(window: Window, taken: List[Window]) -> Tuple[Window, ...]:
    """What other windows leave of a window, as windows that do not overlap."""
    parts: Tuple[Window, ...] = (window,)
    for other in taken:
        parts = tuple(left for part in parts for left in part.minus(other))
    return parts
