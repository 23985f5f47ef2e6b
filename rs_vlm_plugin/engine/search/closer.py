"""A closer look at tiles that were found: where in them is what was looked for?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..cells import cell_rectangles
from ..dris.plan import Tile
from ..dris.planner import LEAST_READ_SIDE
from ..dris.quadtree import grown
from ..familiarity import familiarity
from ..geometry import GeoJson, PolygonRings, Window
from ..index.meeting import meets
from ..model.vlm import VisionLanguageModel
from ..outline import Rectangle, outline
from ..raster.normalise import Stretch
from ..raster.source import RasterSource
from ..tile_images import BATCH, TileImage, read_tile
from .relevance import Scorer, unit_rows

_MOST_STEPS = 3
# A closer look is worth its tile while the model sees at most this many times its pixels.
_MOST_ENLARGED = 1.25


@dataclass(frozen=True)
class View:
    """A tile looked at: what it is worth, and the cells that show what is looked for."""

    tile: Tile
    similarity: float
    relevance: float
    rectangles: Tuple[Rectangle, ...]
    best: Tuple[float, float]

    def geometry(self, source: RasterSource) -> GeoJson:
        """The outline of those cells in the raster's CRS."""
        return outline(self.rectangles, source.info.transform)


def closest_views(
    source: RasterSource,
    tiles: Sequence[Tile],
    stretch: Stretch,
    model: VisionLanguageModel,
    scorer: Scorer,
    region: Optional[Sequence[PolygonRings]],
) -> Tuple[List[Optional[View]], int]:
    """Look at tiles, then at half their width around the best cell, as long as that is better.

    Args:
        source: the raster of all tiles.
        tiles: what was found.
        stretch: from `fit_stretch` on the same raster.
        model: looks.
        scorer: of the query.
        region: in pixels; cells outside it do not count. None for no limit.

    Returns:
        For each tile its best view, None where none of its cells counts; and the tile evaluations
        spent, at most 4 a tile.

    Raises:
        RasterNotReadable: the file refuses.
        InferenceFailed: onnxruntime failed on every provider.
    """
    best: Dict[int, View] = {}
    waiting = list(enumerate(tiles))
    spent = 0
    for _ in range(1 + _MOST_STEPS):
        closer: List[Tuple[int, Tile]] = []
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            images = [
                read_tile(source, number, tile, None, model.input_size, stretch)
                for number, tile in batch
            ]
            spent += len(batch)
            for number, view in zip(
                (number for number, _ in batch), _views(source, images, model, scorer, region)
            ):
                known = best.get(number)
                if view is None or (known is not None and view.similarity <= known.similarity):
                    continue
                best[number] = view
                tile = _around_best(source, view, model)
                if tile is not None:
                    closer.append((number, tile))
        waiting = closer
    return [best.get(number) for number in range(len(tiles))], spent


def _views(
    source: RasterSource,
    images: Sequence[TileImage],
    model: VisionLanguageModel,
    scorer: Scorer,
    region: Optional[Sequence[PolygonRings]],
) -> List[Optional[View]]:
    encoding = model.encode_images(np.stack([image.pixels for image in images]))
    spec = model.bundle.manifest
    relevance = scorer.confirmed(encoding.embedding, encoding.tokens).tolist()
    views: List[Optional[View]] = []
    for image, embedding, cells, worth in zip(
        images, encoding.embedding, encoding.cells, relevance
    ):
        places, rectangles = cell_rectangles(image, spec.vision.cells)
        if region is not None and rectangles:
            inside = meets(np.array(rectangles), region)
            places = tuple(place for place, keep in zip(places, inside) if keep)
            rectangles = tuple(part for part, keep in zip(rectangles, inside) if keep)
        if not rectangles:
            views.append(None)
            continue
        columns = spec.vision.cells[1]
        numbers = [row * columns + column for row, column in places]
        seen = unit_rows(cells[numbers])
        shows = scorer.shows(seen)
        left, top, right, bottom = rectangles[int(np.argmax(seen @ scorer.vector))]
        gsd = source.ground_sample_distance(image.tile.window)
        trust = familiarity(gsd, image.tile, spec.gsd_range_m)
        views.append(
            View(
                tile=image.tile,
                similarity=float(embedding @ scorer.vector),
                relevance=worth * trust,
                rectangles=tuple(part for part, show in zip(rectangles, shows) if show),
                best=((left + right) / 2, (top + bottom) / 2),
            )
        )
    return views


def _around_best(source: RasterSource, view: View, model: VisionLanguageModel) -> Optional[Tile]:
    """Half the tile's sides around its best cell; None where that shows no more than was seen."""
    own = view.tile.window
    width, height = -(-own.width // 2), -(-own.height // 2)
    finest = model.bundle.manifest.gsd_range_m[0]
    gsd = source.ground_sample_distance(own)
    pixels = float(model.input_size)
    if gsd:
        pixels = max(pixels, model.input_size * finest / gsd)
    if max(width, height) * _MOST_ENLARGED < pixels:
        return None
    window = Window(
        _started(view.best[0], width, own.col_off, own.col_end),
        _started(view.best[1], height, own.row_off, own.row_end),
        width,
        height,
    )
    read_window = grown(window, source.info.window, LEAST_READ_SIDE)
    return Tile(
        window=window,
        read_window=read_window,
        scale=max(read_window.width, read_window.height) / model.input_size,
        level=view.tile.level + 1,
        score=view.relevance,
        reason="closer look at a hit",
        valid_fraction=1.0,
    )


def _started(middle: float, length: int, low: int, high: int) -> int:
    return max(low, min(round(middle - length / 2), high - length))
