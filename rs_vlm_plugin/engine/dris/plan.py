"""What a plan is: the tiles to look at, coarse to fine, and the budget they were chosen under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple

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

    Invariants: the level-0 tiles cover the valid part of the region; so do the leaves, without
    overlap; `len(tiles) <= budget`; the same input gives the same plan; cells without a valid pixel
    are left out.
    """

    tiles: Tuple[Tile, ...]
    leaves: Tuple[int, ...]
    policy: str
    budget: int

    @property
    def used(self) -> int:
        """Tile evaluations this plan costs."""
        return len(self.tiles)
