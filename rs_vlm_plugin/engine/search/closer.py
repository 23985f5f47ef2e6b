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
from ..feedback import Feedback
from ..find.sightings import sighting
from ..geometry import GeoJson, PolygonRings, Window
from ..index.meeting import meets
from ..model.encoding import Floats, unit_rows
from ..model.grounding import FoundObject
from ..model.vlm import TURNS, VisionLanguageModel
from ..outline import Rectangle, outline
from ..raster.normalise import Stretch
from ..raster.source import RasterSource
from ..tile_images import BATCH, TileImage, read_tile, stacked
from .relevance import Scorer

_MOST_STEPS = 3
# A closer look is worth its tile while the model sees at most this many times its pixels.
_MOST_ENLARGED = 1.25


@dataclass(frozen=True)
class View:
    """A tile looked at: what it is worth, and the boxes of the things looked for, where the model
    is sure of some, else the cells that show them."""

    tile: Tile
    similarity: float
    relevance: float
    rectangles: Tuple[Rectangle, ...]

    def geometry(self, source: RasterSource) -> GeoJson:
        """The outline of those in the raster's CRS."""
        return outline(self.rectangles, source.info.transform)


def closest_views(
    source: RasterSource,
    tiles: Sequence[Tile],
    stretch: Stretch,
    model: VisionLanguageModel,
    scorer: Scorer,
    region: Optional[Sequence[PolygonRings]],
    feedback: Feedback,
) -> Tuple[List[Optional[View]], int]:
    """Look at tiles, then at half their width around the best cell, as long as that is better.

    Args:
        source: the raster of all tiles.
        tiles: what was found.
        stretch: from `fit_stretch` on the same raster.
        model: looks.
        scorer: of the query.
        region: in pixels; cells outside it do not count. None for no limit.
        feedback: may end it before each batch; then there is no view of any tile, because views
            half looked at would be ranked beside others.

    Returns:
        For each tile its best view, None where none of its cells counts; and the tile evaluations
        spent, at most 4 a tile, and 3 more where the bundle is fitted for a second look: the best
        view is then seen from all four sides.

    Raises:
        RasterNotReadable: the file refuses.
        InferenceFailed: onnxruntime failed on every provider.
    """
    best: Dict[int, _Seen] = {}
    waiting = list(enumerate(tiles))
    spent = 0
    for _ in range(1 + _MOST_STEPS):
        closer: List[Tuple[int, Tile]] = []
        for start in range(0, len(waiting), BATCH):
            if feedback.is_cancelled():
                return [None] * len(tiles), spent
            batch = waiting[start : start + BATCH]
            images = [
                read_tile(source, number, tile, None, model.input_size, stretch)
                for number, tile in batch
            ]
            spent += len(batch)
            for number, seen in zip(
                (number for number, _ in batch), _views(images, model, scorer, region)
            ):
                known = best.get(number)
                if seen is None or (known is not None and seen.similarity <= known.similarity):
                    continue
                best[number] = seen
                tile = _around_best(source, seen, model)
                if tile is not None:
                    closer.append((number, tile))
        waiting = closer
    views: List[Optional[View]] = [None] * len(tiles)
    found = list(best.items())
    for start in range(0, len(found), BATCH):
        numbers, chosen = zip(*found[start : start + BATCH])
        relevance, turns = _relevance(chosen, model, scorer)
        spent += turns
        for number, seen, worth in zip(numbers, chosen, relevance):
            gsd = source.ground_sample_distance(seen.image.tile.window)
            trust = familiarity(gsd, seen.image.tile, model.bundle.manifest.gsd_range_m)
            tile = seen.image.tile
            views[number] = View(tile, seen.similarity, worth * trust, seen.rectangles)
    return views, spent


@dataclass(frozen=True)
class _Seen:
    """A tile as the model saw it; `best` is the middle of the cell most like the query."""

    image: TileImage
    embedding: Floats
    tokens: Floats
    similarity: float
    rectangles: Tuple[Rectangle, ...]
    best: Tuple[float, float]


def _relevance(
    seen: Sequence[_Seen], model: VisionLanguageModel, scorer: Scorer
) -> Tuple[List[float], int]:
    """What tiles are worth with all that can be known of them, and the evaluations that took."""
    embeddings = np.stack([item.embedding for item in seen])
    turns = 0
    if model.bundle.manifest.relevance.second_look is not None:
        embeddings = model.embed_turned(stacked([item.image for item in seen]), embeddings)
        turns = (TURNS - 1) * len(seen)
    tokens = np.stack([item.tokens for item in seen])
    return scorer.confirmed(embeddings, tokens).tolist(), turns


def _views(
    images: Sequence[TileImage],
    model: VisionLanguageModel,
    scorer: Scorer,
    region: Optional[Sequence[PolygonRings]],
) -> List[Optional[_Seen]]:
    encoding = model.encode_images(stacked(images))
    grid = model.bundle.manifest.vision.cells
    views: List[Optional[_Seen]] = []
    for number, (image, embedding, tokens, cells) in enumerate(
        zip(images, encoding.embedding, encoding.tokens, encoding.cells)
    ):
        places, rectangles = cell_rectangles(image, grid)
        if region is not None and rectangles:
            inside = meets(np.array(rectangles), region)
            places = tuple(place for place, keep in zip(places, inside) if keep)
            rectangles = tuple(part for part, keep in zip(rectangles, inside) if keep)
        if not rectangles:
            views.append(None)
            continue
        numbers = [row * grid[1] + column for row, column in places]
        seen = unit_rows(cells[numbers])
        shows = scorer.shows(seen)
        shown = [part for part, show in zip(rectangles, shows) if show]
        best = rectangles[int(np.argmax(seen @ scorer.vector))]
        boxes = _boxes(image, scorer.objects(encoding, number), model, region)
        if boxes:
            shown = boxes
        left, top, right, bottom = best
        views.append(
            _Seen(
                image=image,
                embedding=embedding,
                tokens=tokens,
                similarity=float(embedding @ scorer.vector),
                rectangles=tuple(shown),
                best=((left + right) / 2, (top + bottom) / 2),
            )
        )
    return views


def _boxes(
    image: TileImage,
    objects: Sequence[FoundObject],
    model: VisionLanguageModel,
    region: Optional[Sequence[PolygonRings]],
) -> List[Rectangle]:
    """Of things seen in an image those that are on its tile's own ground, in pixels of the raster,
    the surest first."""
    levels = model.bundle.manifest.levels
    if levels is None:
        return []
    raster = image.tile.read_window
    seen = (sighting(thing, image, levels.fine, raster, 1.0) for thing in objects)
    boxes = [each.rectangle for each in seen if each is not None and not each.guest]
    if region is None or not boxes:
        return boxes
    inside = meets(np.array(boxes), region)
    return [box for box, keep in zip(boxes, inside) if keep]


def _around_best(source: RasterSource, seen: _Seen, model: VisionLanguageModel) -> Optional[Tile]:
    """Half the tile's sides around its best cell; None where that shows no more than was seen."""
    own = seen.image.tile.window
    width, height = -(-own.width // 2), -(-own.height // 2)
    finest = model.bundle.manifest.gsd_range_m[0]
    gsd = source.ground_sample_distance(own)
    pixels = float(model.input_size)
    if gsd:
        pixels = max(pixels, model.input_size * finest / gsd)
    if max(width, height) * _MOST_ENLARGED < pixels:
        return None
    window = Window(
        _started(seen.best[0], width, own.col_off, own.col_end),
        _started(seen.best[1], height, own.row_off, own.row_end),
        width,
        height,
    )
    read_window = grown(window, source.info.window, LEAST_READ_SIDE)
    return Tile(
        window=window,
        read_window=read_window,
        scale=max(read_window.width, read_window.height) / model.input_size,
        level=seen.image.tile.level + 1,
        score=seen.similarity,
        reason="closer look at a hit",
        valid_fraction=1.0,
    )


def _started(middle: float, length: int, low: int, high: int) -> int:
    return max(low, min(round(middle - length / 2), high - length))
