"""Parts of a tile, which have vectors of their own: where they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Tuple

import numpy as np
from numpy.typing import NDArray

from ..dris.quadtree import split
from ..geometry import Window
from .footprints import RING_POINTS
from .records import TileRow

_MOST_PARTS = 4
# A footprint's corners and the middles of its sides, see `footprints`, as a grid; 8 is its middle.
_RING_AS_GRID = ((0, 1, 2), (7, 8, 3), (6, 5, 4))


def part_windows(window: Window) -> Tuple[Window, ...]:
    """The parts of a tile in the order of their numbers: quadrants in reading order, or the two
    halves of a tile at least 1.5 times as long as wide."""
    return split(window, 1)


def part_row(row: TileRow, part: int) -> TileRow:
    """A part as a tile of its own, seen as its tile was. Raises `ValueError` for no such part."""
    tile = row.tile
    window = _part(tile.window, part)
    outline = None
    if row.outline is not None:
        grid = ring_grids(np.array(row.outline, dtype=np.float64)[None])[0]
        top, bottom, left, right = _halves(window, tile.window)
        corners = ((top, left), (top, right), (bottom, right), (bottom, left), (top, left))
        outline = tuple((float(grid[at][0]), float(grid[at][1])) for at in corners)
    seen = replace(tile, window=window, read_window=window)
    return replace(row, tile=seen, outline=outline)


def part_bounds(
    windows: NDArray[np.float64], rings: NDArray[np.float64], parts: NDArray[np.int64]
) -> Tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where parts of tiles are: `[N, 4]` left, top, right, bottom in pixels, and `[N, 4]` west,
    south, east, north.

    Args:
        windows: the tiles' `[N, 4]` left, top, right, bottom.
        rings: of their footprints `[N, 9, 2]`, NaN where a tile has none.
        parts: a number of a part for each `[N]`.

    Raises:
        ValueError: a part that its tile does not have.
    """
    sizes = (windows[:, 2:] - windows[:, :2]).astype(np.int64)
    if ((parts < 0) | (parts >= _MOST_PARTS)).any():
        raise ValueError("a part that its tile does not have")
    # Far fewer sizes than tiles. One number for each, because rows are told apart more slowly.
    keys = (sizes[:, 0] << 32 | sizes[:, 1]) * _MOST_PARTS + parts
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    grids = ring_grids(rings)
    pixels = windows[:, [0, 1, 0, 1]]
    lonlat = np.empty((len(parts), 4))
    for own in np.split(order, starts[1:]) if len(order) else ():
        whole = Window(0, 0, *sizes[own[0]].tolist())
        window = _part(whole, int(parts[own[0]]))
        pixels[own] += window.col_off, window.row_off, window.col_end, window.row_end
        top, bottom, left, right = _halves(window, whole)
        corners = grids[own, top : bottom + 1, left : right + 1]
        lonlat[own, :2] = corners.min(axis=(1, 2))
        lonlat[own, 2:] = corners.max(axis=(1, 2))
    return pixels, lonlat


def ring_grids(rings: NDArray[np.float64]) -> NDArray[np.float64]:
    """Corners, middles of sides and middles of tiles `[N, 3, 3, 2]` from their footprints' rings
    `[N, 9, 2]`; the middle is taken to be the mean of the others. Raises `ValueError` for rings of
    another length."""
    if rings.shape[1:] != (RING_POINTS, 2):
        raise ValueError("an outline of a wrong length")
    around = rings[:, :-1]
    points = np.concatenate([around, around.mean(axis=1, keepdims=True)], axis=1)
    grids: NDArray[np.float64] = points[:, np.array(_RING_AS_GRID)]
    return grids


def _part(window: Window, part: int) -> Window:
    parts = part_windows(window)
    if not 0 <= part < len(parts):
        raise ValueError("a part that its tile does not have")
    return parts[part]


def _halves(part: Window, whole: Window) -> Tuple[int, int, int, int]:
    """Top, bottom, left, right of a part in halves of the whole, 0 to 2."""
    return (
        int(part.row_off > whole.row_off),
        2 if part.row_end == whole.row_end else 1,
        int(part.col_off > whole.col_off),
        2 if part.col_end == whole.col_end else 1,
    )
