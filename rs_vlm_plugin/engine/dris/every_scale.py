"""What is seen of a place at every scale: tiles lie in each other, and each has its say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..geometry import Window
from ..model.encoding import Floats, unit_rows
from .plan import DrisPlan, Tile

Places = NDArray[np.float64]


@dataclass(frozen=True)
class PlaceCells:
    """Grid cells: centres (x, y) [P, 2] in raster pixels, and unit vectors [P, D]."""

    places: Places
    vectors: Floats


def cells_at_every_scale(
    plan: DrisPlan, grid: Tuple[int, int], cells: Sequence[Floats], input_size: int
) -> PlaceCells:
    """The cells of the leaves, each with what the coarser tiles around it saw of its place; see
    `seen_at_every_scale`.

    Args:
        plan: as made.
        grid: rows and columns of cells over the model's input.
        cells: of each of the plan's tiles its cells `[rows * columns, D]` in row order.
        input_size: pixels along the side of the model's input.

    Returns:
        Cells whose middle lies on their leaf's ground, leaf by leaf.
    """
    unit = [unit_rows(of_tile) for of_tile in cells]
    places, vectors = [], []
    for leaf in plan.leaves:
        middles = _middles(plan.tiles[leaf], grid, input_size)
        own = np.logical_or.reduce([within(middles, part) for part in plan.ground(leaf)])
        places.append(middles[own])
        vectors.append(seen_at_every_scale(middles[own], plan, leaf, grid, unit, input_size))
    return PlaceCells(np.concatenate(places), np.concatenate(vectors))


def seen_at_every_scale(
    places: Places,
    plan: DrisPlan,
    leaf: int,
    grid: Tuple[int, int],
    cells: Sequence[NDArray[Any]],
    input_size: int,
) -> Floats:
    """What a leaf and the coarser tiles around it saw of places in it: unit vectors [P, D].

    A name fits what it names at one scale: a quarter of a tennis court is grass or asphalt, a whole
    village of them is a town. Which scale that is nobody knows beforehand, so a place's vector is
    the mean of the cells over it, one of each tile. The coarser ones were looked at on the way to
    the leaf, so their say costs nothing.

    Args:
        places: (x, y) [P, 2] in raster pixels.
        plan, grid, input_size: see `cells_at_every_scale`.
        leaf: the number of the tile.
        cells: of each of the plan's tiles its cells, unit vectors of any precision.
    """
    # The mean but for its length.
    seen = np.zeros((len(places), cells[leaf].shape[1]), dtype=np.float32)
    for number in plan.lineage(leaf):
        seen += cells[number][_cells_over(places, plan.tiles[number], grid, input_size)]
    return unit_rows(seen)


def within(places: Places, window: Window) -> NDArray[np.bool_]:
    """Which places [P, 2] lie in a window."""
    x, y = places.T
    inside = (x >= window.col_off) & (x < window.col_end)
    return inside & (y >= window.row_off) & (y < window.row_end)


def _middles(tile: Tile, grid: Tuple[int, int], input_size: int) -> Places:
    """Centres [N, 2] of a tile's cells in raster pixels, in row order."""
    rows, columns = grid
    x, y = np.meshgrid(
        tile.read_window.col_off + (np.arange(columns) + 0.5) * input_size / columns * tile.scale,
        tile.read_window.row_off + (np.arange(rows) + 0.5) * input_size / rows * tile.scale,
    )
    return np.stack([x.ravel(), y.ravel()], axis=1)


def _cells_over(
    places: Places, tile: Tile, grid: Tuple[int, int], input_size: int
) -> NDArray[np.intp]:
    """The numbers [P] of the tile's cells that show places in it."""
    rows, columns = grid
    corner = (tile.read_window.col_off, tile.read_window.row_off)
    share = (places - corner) / (tile.scale * input_size)
    column, row = np.clip(share * (columns, rows), 0, (columns - 1, rows - 1)).astype(np.intp).T
    numbers: NDArray[np.intp] = row * columns + column
    return numbers
