"""The tiles of a plan widened, so that what lies on a seam is seen whole from one side at least."""

from __future__ import annotations

from dataclasses import replace
from typing import Tuple

from ..dris.plan import DrisPlan, Tile
from ..geometry import Window

MARGIN = 1 / 8
"""What is read around a tile on each side, as a share of that side."""


def with_margins(plan: DrisPlan, raster: Window, input_size: int) -> Tuple[Tile, ...]:
    """The plan's tiles, each read with a margin around its own window, inside the raster.

    A plan of one tile has no seam and needs no margin.
    """
    margin = MARGIN if len(plan.tiles) > 1 else 0.0
    return tuple(widened(tile, raster, input_size, margin) for tile in plan.tiles)


def least_side(plan: DrisPlan, index: int, place: Tuple[float, float]) -> float:
    """The longer side, in raster pixels, from which an object at a place is a tile's business.

    0 on the tile's ground. In the window of a tile that refines this one, what is smaller than
    twice that one's margin is seen whole by it.

    Args:
        plan: the tiles.
        index: of the tile that saw the object.
        place: column and row of its middle.
    """
    for child in plan.children[index]:
        window = plan.tiles[child].window
        if window.holds(*place):
            return 2 * MARGIN * max(window.width, window.height)
    return 0.0


def widened(tile: Tile, raster: Window, input_size: int, margin: float = MARGIN) -> Tile:
    """One tile, read with a margin of that share of its sides."""
    own, read = tile.window, tile.read_window
    if max(read.width, read.height) > input_size:
        # Surroundings that cost resolution help to name a place, not to find what is in it.
        read = own
    across, down = round(own.width * margin), round(own.height * margin)
    left = min(read.col_off, own.col_off - across)
    top = min(read.row_off, own.row_off - down)
    right = max(read.col_end, own.col_end + across)
    bottom = max(read.row_end, own.row_end + down)
    wide = Window(left, top, right - left, bottom - top).intersection(raster)
    return replace(tile, read_window=wide, scale=max(wide.width, wide.height) / input_size)
