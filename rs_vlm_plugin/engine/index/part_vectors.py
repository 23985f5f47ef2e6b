"""Parts of a tile that have vectors of their own: as if finer tiles had been looked at.

A model of three levels sees, in one evaluation, the 4x4 regions of its input in the space of texts,
and its coarse cells are there too. A tile that was not split further gets one vector for each of
the cells it would have been split into: the mean of the regions in it plus the mean of the cells in
it, both of unit length. On validation mosaics (`python -m benchmarks search_recall`) such vectors
of tiles twice as wide find places as well as the tiles of full resolution that they stand for;
regions alone or cells alone do less well on one set or the other. Their cosines with texts are
spread like those of whole tiles: moving them by -0.04 to 0.02 changes nothing, so they share a list
as they are.
"""

from __future__ import annotations

from functools import lru_cache
from typing import List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..dris.quadtree import least_cut_side, split
from ..geometry import Window
from ..model.embedder import Embedded
from ..model.encoding import Floats
from ..model.manifest import BundleManifest
from ..tile_images import TileImage
from .parts import part_windows
from .records import RegionRows, TileRow


class PartMaker:
    """Makes the parts' vectors of one model; none for a model of the global level only."""

    def __init__(self, manifest: BundleManifest) -> None:
        self._size = manifest.vision.input_size
        self._finest_m = manifest.gsd_range_m[0]
        self._grids = None
        if manifest.levels is not None:
            self._grids = (manifest.levels.regions, manifest.vision.cells)

    def has_parts(self, row: TileRow) -> bool:
        """Whether parts of a tile get vectors: no finer tile shows its place, and one could."""
        if self._grids is None or not row.leaf:
            return False
        tile = row.tile
        gsd_m = None if row.gsd_m is None else row.gsd_m / tile.scale
        return bool(split(tile.window, least_cut_side(self._size, self._finest_m, gsd_m)))

    def of(
        self, rows: Sequence[TileRow], images: Sequence[TileImage], seen: Embedded
    ) -> Optional[RegionRows]:
        """Vectors of the parts of tiles that show any of the raster; None where there are none.

        Args:
            rows: the tiles.
            images: what was read for each.
            seen: what the model made of each.
        """
        if self._grids is None or seen.regions is None or seen.cells is None:
            return None
        keys: List[Tuple[int, int]] = []
        regions: List[Floats] = []
        cells: List[Floats] = []
        for number, (row, image) in enumerate(zip(rows, images)):
            if not self.has_parts(row):
                continue
            for part, window in enumerate(part_windows(row.tile.window)):
                top, bottom, left, right = _in_image(window, image)
                if not image.shown[_pixels(top, bottom), _pixels(left, right)].any():
                    continue
                share = tuple(side / self._size for side in (top, bottom, left, right))
                keys.append((number, part))
                regions.append(_mean(seen.regions[number], share, self._grids[0]))
                cells.append(_mean(seen.cells[number], share, self._grids[1]))
        if not keys:
            return None
        vectors = _unit(_unit(np.stack(regions)) + _unit(np.stack(cells)))
        return RegionRows(tuple(keys), vectors)


def _in_image(window: Window, image: TileImage) -> Tuple[float, float, float, float]:
    """Top, bottom, left, right of a part in the model's pixels."""
    read = image.tile.read_window
    down, across = image.height / read.height, image.width / read.width
    return (
        (window.row_off - read.row_off) * down,
        (window.row_end - read.row_off) * down,
        (window.col_off - read.col_off) * across,
        (window.col_end - read.col_off) * across,
    )


def _pixels(start: float, end: float) -> slice:
    return slice(int(start), max(int(start) + 1, round(end)))


def _mean(vectors: Floats, share: Tuple[float, ...], grid: Tuple[int, int]) -> Floats:
    """The mean `[D]` of a grid's vectors `[rows * columns, D]`, each by how much of it lies between
    `share`, (top, bottom, left, right) in 0..1."""
    # Not `@`: for so little, waking the linear algebra's threads costs ten times the sum.
    mean: Floats = np.einsum("c,cd->d", _weights(share, grid), vectors)
    return mean


# Nearly all tiles of a raster are cut alike.
@lru_cache(maxsize=256)
def _weights(share: Tuple[float, ...], grid: Tuple[int, int]) -> Floats:
    """How much of each cell of a grid lies between `share`, as parts of 1."""
    top, bottom, left, right = share
    weights = np.outer(_overlaps(grid[0], top, bottom), _overlaps(grid[1], left, right)).ravel()
    parts: Floats = (weights / weights.sum()).astype(np.float32)
    return parts


def _overlaps(count: int, start: float, end: float) -> NDArray[np.float64]:
    edges = np.arange(count + 1) / count
    overlaps: NDArray[np.float64] = np.clip(
        np.minimum(edges[1:], end) - np.maximum(edges[:-1], start), 0, None
    )
    return overlaps


def _unit(vectors: Floats) -> Floats:
    norms = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    unit: Floats = vectors / np.maximum(norms, 1e-12)[:, None]
    return unit
