"""Areas that look like what a phrase names, where no box taught the model to find it one by one."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Callable, List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..cells import cell_rectangles
from ..dris.every_scale import seen_at_every_scale
from ..dris.model_looker import QUERY, Promise, Promises
from ..dris.plan import DrisPlan, Tile
from ..dris.planner import plan_looking
from ..dris.quadtree import split
from ..familiarity import familiarity
from ..feedback import Feedback
from ..geometry import Window
from ..look import Look
from ..model.encoding import unit_rows
from ..outline import Rectangle, connected, outline
from ..search.query import Query
from ..search.relevance import TextScorer
from ..sentence import say
from ..tile_images import BATCH, TileImage, read_tile, stacked
from .measure import area_m2
from .results import ObjectFound

_SHARE_OF_BEST = 0.3
"""An area goes as far as places are so likely, against its likeliest one. On validation mosaics
(`python -m benchmarks.find_areas --mosaics 4 --policies query`) 48 % of what is there is outlined
so, at a precision of 90 %; with 0.5 it is 39 % at 90 %, by likely places alone 31 % at 93 %."""


@dataclass(frozen=True)
class _Seen(Promise):
    """A tile that was looked at: its cells as unit vectors [N, D], which of them show the region
    and where those lie."""

    cells: NDArray[np.float16]
    rectangles: Tuple[Rectangle, ...]


_NOT_SEEN = _Seen((), 0.0, np.zeros((0, 0), np.float16), ())


class AreaHunt:
    """A `Hunt` for places that look like what phrases name, by the similarity of the model's coarse
    cells with the words, each place as the tiles of every scale saw it.

    How likely a place is to show a thing is its name's share among all names of the object
    vocabulary (see `TextScorer`): a name has to fit better than others do, not just well.

    Args:
        look, phrases, asked, min_score: see `Hunt`.
    """

    name = QUERY
    parts = staticmethod(split)
    reason = staticmethod(Promises.reason)

    def __init__(
        self, look: Look, phrases: Sequence[str], asked: Sequence[str], min_score: float
    ) -> None:
        self._look = look
        self._phrases = tuple(phrases)
        self._min_score = min_score
        origin = look.origin
        self._model = origin.model
        self._grid = origin.model.bundle.manifest.vision.cells
        self._scorers = [TextScorer(Query(text, text), origin.model) for text in asked]
        vectors = np.stack([scorer.vector for scorer in self._scorers])
        self._promises = Promises(origin.source, origin.region, vectors, origin.model)
        self._gsd = origin.source.ground_sample_distance(origin.window)
        self._feedback: Optional[Feedback] = None
        self._on_seen: Optional[Callable[[], None]] = None
        self._tiles: List[Tile] = []
        self._seen: List[_Seen] = []
        self._planned = len(look.plan.tiles) or look.plan.budget

    @property
    def tiles(self) -> Sequence[Tile]:
        """See `Hunt.tiles`."""
        return self._tiles

    @property
    def planned(self) -> int:
        """See `Hunt.planned`."""
        return self._planned

    def seek(self, feedback: Feedback, on_seen: Callable[[], None]) -> None:
        """See `Hunt.seek`."""
        self._feedback, self._on_seen = feedback, on_seen
        plan = self._look.plan
        if plan.policy != QUERY:
            with closing(self._look.batches(range(len(plan.tiles)))) as batches:
                for batch in batches:
                    if feedback.is_cancelled():
                        return
                    self._see(batch, [plan.tiles[image.index] for image in batch])
            return
        origin = self._look.origin
        looked = plan_looking(
            origin.source,
            origin.region,
            self,
            plan.budget,
            self._model.input_size,
            self._look.finest,
            self._look.stretch,
        )
        self._planned = len(looked.plan.tiles)

    def look(self, tiles: Sequence[Tile]) -> List[_Seen]:
        """As of `dris.seeing.Looker`; once cancelled it sees nothing."""
        found: List[_Seen] = []
        origin = self._look.origin
        for start in range(0, len(tiles), BATCH):
            if self._feedback is not None and self._feedback.is_cancelled():
                break
            batch = list(tiles[start : start + BATCH])
            images = [
                read_tile(
                    origin.source,
                    len(self._tiles) + number,
                    tile,
                    origin.region,
                    self._model.input_size,
                    self._look.stretch,
                )
                for number, tile in enumerate(batch)
            ]
            found += self._see(images, batch)
        return found + [_NOT_SEEN] * (len(tiles) - len(found))

    def _see(self, images: Sequence[TileImage], tiles: Sequence[Tile]) -> List[_Seen]:
        encoding = self._model.encode_images(stacked(images))
        seen = []
        for row, image in enumerate(images):
            promise = self._promises.of(image, encoding, row)
            _, rectangles = cell_rectangles(image, self._grid)
            cells = unit_rows(encoding.cells[row]).astype(np.float16)
            seen.append(_Seen(promise.levels, promise.uncertainty, cells, rectangles))
        before = len(self._tiles)
        self._tiles += tiles
        self._seen += seen
        count = len(self._tiles)
        if self._feedback is not None:
            self._feedback.report(
                min(1.0, count / self._planned),
                say("{done} of {total} tiles searched", done=count, total=self._planned),
            )
        # Tiles come one by one where planning looks.
        if self._on_seen is not None and before // BATCH < count // BATCH < self._planned / BATCH:
            self._on_seen()
        return seen

    def found(self) -> Tuple[ObjectFound, ...]:
        """See `Hunt.found`: areas, in what was seen so far."""
        rectangles, scores = self._places()
        areas = [
            self._area([rectangles[place] for place in places], phrase, score)
            for phrase, own in zip(self._phrases, scores)
            for places, score in _areas(rectangles, own, self._min_score)
        ]
        return tuple(areas)

    def notes(self) -> Tuple[str, ...]:
        """See `Hunt.notes`: all there is to say was said of the phrases."""
        return ()

    def _places(self) -> Tuple[List[Rectangle], NDArray[np.float64]]:
        """Places that do not overlap, [P] rectangles in pixels of the raster, and how likely each
        is to show what each phrase names, [phrases, P]."""
        count = len(self._tiles)
        plan = DrisPlan(tuple(self._tiles), tuple(range(count)), self.name, max(1, count))
        cells = [seen.cells for seen in self._seen]
        trained = self._model.bundle.manifest.gsd_range_m
        places: List[Rectangle] = []
        scores = [np.zeros((len(self._scorers), 0))]
        for leaf, seen in enumerate(self._seen):
            ground = plan.ground(leaf)
            own = [
                part
                for rectangle in seen.rectangles
                for part in (_common(rectangle, window) for window in ground)
                if part is not None
            ]
            if not own:
                continue
            left, top, right, bottom = np.array(own).T
            middles = np.stack([(left + right) / 2, (top + bottom) / 2], axis=1)
            vectors = seen_at_every_scale(
                middles, plan, leaf, self._grid, cells, self._model.input_size
            )
            trust = familiarity(self._gsd, self._tiles[leaf], trained)
            scores.append(trust * np.stack([one.shares(vectors) for one in self._scorers]))
            places += own
        return places, np.concatenate(scores, axis=1)

    def _area(self, rectangles: Sequence[Rectangle], phrase: str, score: float) -> ObjectFound:
        source = self._look.origin.source
        (rings,) = outline(rectangles, source.info.transform)["coordinates"]
        geometry = {"type": "Polygon", "coordinates": rings}
        return ObjectFound(phrase, score, geometry, area_m2(source, geometry), None, None)


def _areas(
    rectangles: Sequence[Rectangle], scores: NDArray[np.float64], least: float
) -> List[Tuple[List[int], float]]:
    """Connected places around each peak that is likely enough, and the peak's score."""
    found: List[Tuple[List[int], float]] = []
    likely = np.flatnonzero(scores >= _SHARE_OF_BEST * least)
    for group in connected([rectangles[place] for place in likely]):
        own = likely[group]
        kept = own[scores[own] >= _SHARE_OF_BEST * scores[own].max()]
        for part in connected([rectangles[place] for place in kept]):
            places = kept[part]
            best = float(scores[places].max())
            if best >= least:
                found.append((places.tolist(), best))
    return found


def _common(rectangle: Rectangle, window: Window) -> Optional[Rectangle]:
    """What a rectangle shares with a window; None for nothing."""
    left, top, right, bottom = rectangle
    left, top = max(left, window.col_off), max(top, window.row_off)
    right, bottom = min(right, window.col_end), min(bottom, window.row_end)
    return (left, top, right, bottom) if left < right and top < bottom else None
