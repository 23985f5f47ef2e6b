"""The model as the one who looks: closer where the query may be answered, or where detail pays."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..cells import cell_rectangles
from ..errors import ActionUnsupported, BadRequest
from ..geometry import Region, Window
from ..model.encoding import Encoding, LevelEncoding
from ..model.vlm import VisionLanguageModel
from ..raster.normalise import Stretch
from ..raster.source import RasterSource
from ..region import region_window
from ..tile_images import BATCH, TileImage, read_tile, stacked
from .plan import Tile
from .planner import plan_looking
from .quadtree import split
from .seeing import Looked

QUERY = "query"
LEARNED = "learned"
LOOKING_POLICIES = (QUERY, LEARNED)
"""Policies that need the model while they plan."""

# Halving the resolution changes a cell's best similarity by about this many logits (cosine times
# the bundle's logit scale): standard deviations of 3.6 on mosaics of UC Merced's training images
# and of 2.9 on VHR-10's, with the conventional reference model.
_LOGITS_A_HALVING = 3.0


@dataclass(frozen=True)
class CellScores:
    """Scores [N] of cells that lie at `rectangles` [N, 4]: left, top, right, bottom, in raster
    pixels."""

    rectangles: NDArray[np.float64]
    scores: NDArray[np.float64]

    def within(self, window: Window) -> Tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Scores of the cells that a window meets, and the area shared with each."""
        left, top, right, bottom = self.rectangles.T
        across = np.minimum(right, window.col_end) - np.maximum(left, window.col_off)
        down = np.minimum(bottom, window.row_end) - np.maximum(top, window.row_off)
        areas = np.clip(across, 0, None) * np.clip(down, 0, None)
        meets = areas > 0
        return self.scores[meets], areas[meets]


@dataclass(frozen=True)
class Promise:
    """What a tile promises for a query: `levels` hold the similarity of each level's cells,
    `uncertainty` how much more a closer look may show, both as cosines."""

    levels: Tuple[CellScores, ...]
    uncertainty: float

    def gains(self, windows: Sequence[Window]) -> NDArray[np.float64]:
        """Of each window the upper bound of the similarity: the best cell's, meaned over the
        levels, plus the uncertainty; put from -1..1 into 0..1."""
        return np.array([self._gain(window) for window in windows])

    def _gain(self, window: Window) -> float:
        best = [
            scores.max()
            for scores, _ in (cells.within(window) for cells in self.levels)
            if len(scores)
        ]
        if not best:
            return 0.0
        return float(np.clip((1 + np.mean(best) + self.uncertainty) / 2, 0.0, 1.0))


@dataclass(frozen=True)
class QuerySight(Promise):
    """A tile looked at for a query, kept with its image and encoding."""

    image: TileImage
    encoding: Encoding


@dataclass(frozen=True)
class DetailSight:
    """A tile looked at for detail: `reduction` is the loss reduction that the detail head expects
    of refining each cell, in 0..1, and `region_area` the region's pixels."""

    image: TileImage
    encoding: Encoding
    reduction: CellScores
    region_area: float

    def gains(self, windows: Sequence[Window]) -> NDArray[np.float64]:
        """Of each window the mean reduction times the square root of its share of the region, as
        `content` weighs area."""
        return np.array([self._gain(window) for window in windows])

    def _gain(self, window: Window) -> float:
        scores, areas = self.reduction.within(window)
        if not len(scores):
            return 0.0
        share = min(1.0, float(areas.sum()) / self.region_area)
        return float(np.average(scores, weights=areas)) * share**0.5


def look_for(
    source: RasterSource,
    region: Region,
    vectors: NDArray[np.float32],
    model: VisionLanguageModel,
    budget: int,
    stretch: Stretch,
) -> Looked[QuerySight]:
    """Search a region for a query, most promising part first (policy `query`).

    Optimistic search of a tree: the quarter with the highest upper bound is looked at next, the
    bound being its best cell's similarity plus what a look at the finest resolution may add (Munos
    2011, "Optimistic optimization of a deterministic function"). With h halvings left until then,
    each changing the similarity independently by about a standard deviation s, that is s * sqrt(h).

    Args:
        source: raster to read.
        region: area of interest in the raster's CRS.
        vectors: the query as unit rows [K, D] or [D]; of several the most similar counts.
        model: looks; its input size and finest trained resolution bound the search.
        budget: most tile evaluations, at least 1.
        stretch: from `fit_stretch` on the same raster.

    Returns:
        Plan and, for each tile, its image and encoding.

    Raises:
        BadRequest: a budget below 1, or vectors of another length than the model's.
        EmptyRegion, RasterNotReadable, InferenceFailed: see `plan` and `encode_images`.
    """
    promises = Promises(source, region, vectors, model)
    looker = _QueryLooker(_Eyes(source, region, model, stretch), promises)
    finest = model.bundle.manifest.gsd_range_m[0]
    return plan_looking(source, region, looker, budget, model.input_size, finest, stretch)


def look_for_detail(
    source: RasterSource,
    region: Region,
    model: VisionLanguageModel,
    budget: int,
    stretch: Stretch,
) -> Looked[DetailSight]:
    """Look closer where the model's detail head expects most of it (policy `learned`).

    Arguments, result and errors as of `look_for`; `ActionUnsupported` where the bundle has no
    detail head.
    """
    looker = _DetailLooker(source, region, model, stretch)
    finest = model.bundle.manifest.gsd_range_m[0]
    return plan_looking(source, region, looker, budget, model.input_size, finest, stretch)


class _Eyes:
    """Reads and encodes tiles."""

    def __init__(
        self,
        source: RasterSource,
        region: Region,
        model: VisionLanguageModel,
        stretch: Stretch,
    ) -> None:
        self._source = source
        self._region = region
        self._model = model
        self._stretch = stretch

    def seen(self, tiles: Sequence[Tile]) -> List[Tuple[TileImage, Encoding]]:
        """Each tile as it was read, and its own encoding."""
        found: List[Tuple[TileImage, Encoding]] = []
        size = self._model.input_size
        for start in range(0, len(tiles), BATCH):
            images = [
                read_tile(self._source, start + number, tile, self._region, size, self._stretch)
                for number, tile in enumerate(tiles[start : start + BATCH])
            ]
            encoding = self._model.encode_images(stacked(images))
            found += [(image, _one(encoding, number)) for number, image in enumerate(images)]
        return found


class Promises:
    """Judges tiles by how alike their cells are to a query; see `look_for`.

    Args:
        source: raster that the tiles are of.
        region: area of interest in the raster's CRS.
        vectors: the query as unit rows [K, D] or [D]; of several the most similar counts.
        model: looks.

    Raises:
        BadRequest: vectors of another length than the model's.
    """

    def __init__(
        self,
        source: RasterSource,
        region: Region,
        vectors: NDArray[np.float32],
        model: VisionLanguageModel,
    ) -> None:
        manifest = model.bundle.manifest
        self._vectors = np.atleast_2d(vectors)
        if self._vectors.shape[1] != manifest.embedding_size["global"] or not len(self._vectors):
            raise BadRequest("The query was embedded by another model.")
        self._grids = [manifest.vision.cells]
        if manifest.levels is not None:
            self._grids += [manifest.levels.regions, manifest.levels.fine]
        gsd = source.ground_sample_distance(region_window(source.info, region))
        self._finest_scale = max(1.0, manifest.gsd_range_m[0] / gsd) if gsd else 1.0
        self._deviation = _LOGITS_A_HALVING / manifest.logit_scale

    def of(self, image: TileImage, encoding: Encoding, row: int = 0) -> Promise:
        """What a tile promises, which is that row of the encoding."""
        maps = [encoding.cells[row]]
        if encoding.levels is not None:
            maps += [encoding.levels.regions[row], encoding.levels.fine_cells[row]]
        found = []
        for grid, vectors in zip(self._grids, maps):
            norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
            similarity = ((vectors / norms) @ self._vectors.T).max(axis=1)
            found.append(_on_ground(image, grid, similarity))
        halvings = max(0.0, math.log2(image.tile.scale / self._finest_scale))
        return Promise(tuple(found), self._deviation * math.sqrt(halvings))

    @staticmethod
    def reason(gain: float) -> str:
        """Why a tile was chosen."""
        return f"may show what is looked for (up to {2 * gain - 1:.2f} similar)"


class _QueryLooker:
    name = QUERY
    reason = staticmethod(Promises.reason)
    parts = staticmethod(split)

    def __init__(self, eyes: _Eyes, promises: Promises) -> None:
        self._eyes = eyes
        self._promises = promises

    def look(self, tiles: Sequence[Tile]) -> List[QuerySight]:
        sights = []
        for image, encoding in self._eyes.seen(tiles):
            promise = self._promises.of(image, encoding)
            sights.append(QuerySight(promise.levels, promise.uncertainty, image, encoding))
        return sights


class _DetailLooker:
    name = LEARNED
    parts = staticmethod(split)

    def __init__(
        self,
        source: RasterSource,
        region: Region,
        model: VisionLanguageModel,
        stretch: Stretch,
    ) -> None:
        grid = model.detail_grid
        if grid is None:
            raise ActionUnsupported(
                "The model has not learnt where a closer look pays.",
                "Choose the policy content, or a model with a detail head.",
            )
        self._eyes = _Eyes(source, region, model, stretch)
        self._model = model
        self._grid = grid
        self._area = float(region_window(source.info, region).area)

    def look(self, tiles: Sequence[Tile]) -> List[DetailSight]:
        return [
            DetailSight(
                image,
                encoding,
                _on_ground(image, self._grid, self._model.detail(encoding)[0]),
                self._area,
            )
            for image, encoding in self._eyes.seen(tiles)
        ]

    def reason(self, gain: float) -> str:
        return f"detail is expected to pay (gain {gain:.2f})"


def _one(encoding: Encoding, number: int) -> Encoding:
    """One image's part of a batch's encoding."""
    own = slice(number, number + 1)
    levels: Optional[LevelEncoding] = None
    if encoding.levels is not None:
        levels = LevelEncoding(*(values[own] for values in vars(encoding.levels).values()))
    return Encoding(
        encoding.tokens[own],
        encoding.embedding[own],
        encoding.cells[own],
        levels,
        encoding.used[own],
    )


def _on_ground(image: TileImage, grid: Tuple[int, int], scores: NDArray[np.float32]) -> CellScores:
    """Scores of a grid in row order, where its cells show the region's ground."""
    places, rectangles = cell_rectangles(image, grid)
    numbers = [row * grid[1] + column for row, column in places]
    return CellScores(
        np.array(rectangles, dtype=np.float64).reshape(-1, 4),
        scores[numbers].astype(np.float64),
    )
