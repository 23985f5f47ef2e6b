"""Windows seen in both images: what the model makes of them, kept without their pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Dict, FrozenSet, List, Optional, Sequence, Tuple

import numpy as np

from ..cells import cell_rectangles
from ..describe.seen import SeenTile, seen_tile
from ..find.finding import least_score
from ..find.seeking import Seeker
from ..model.encoding import Encoding
from ..model.vlm import VisionLanguageModel
from ..outline import Rectangle
from ..phrases import default_vocabulary
from ..tile_images import TileImage, stacked
from .change import Distances, Scale, distances, fit_scale, rendered_again, visible
from .objects import DOUBT, Located, located
from .pair import Pair


@dataclass(frozen=True)
class View:
    """A window in both images: its number in the plan, what was said of it, how far apart the
    embeddings of each of its cells are, and the pixels each cell stands for."""

    index: int
    before: SeenTile
    after: SeenTile
    apart: Distances
    rectangles: Tuple[Rectangle, ...]


class Viewer:
    """Looks at the windows of a pair, batch after batch.

    `views` are those seen so far, roots and leaves of the plan; `scale` is there from the first
    batch on. `finds` says whether the model finds objects: those of `grounded` kinds, by the
    vocabulary's names. A bundle that does not say which kinds boxes taught it looks for what any
    caption so far has named, in both images alike, so that nothing is gained only by being looked
    for.

    Args:
        pair: the looks at both images.
        again: how many tiles of the first are rendered again, to know what no change looks like.
    """

    def __init__(self, pair: Pair, again: int) -> None:
        self.pair = pair
        self.views: List[View] = []
        self.evaluations = 0
        self.scale: Optional[Scale] = None
        self._again = again
        self._grid = self.model.bundle.manifest.vision.cells
        self._vocabulary = default_vocabulary()
        self.finds = "find" in self.model.bundle.manifest.actions
        self.threshold = least_score(self.model, None) if self.finds else 1.0
        levels = self.model.bundle.manifest.levels
        taught = levels.names if levels is not None else ()
        # Without phrases a seeker only encodes.
        phrases = (taught or self._vocabulary.names) if self.finds else ()
        least = DOUBT * self.threshold
        self._before = Seeker(pair.before, phrases, least)
        self._after = Seeker(pair.after, phrases, least)
        self._called = tuple(self._name(phrase) for phrase in phrases)
        self.grounded: FrozenSet[str] = frozenset(self._called)
        # A dictionary, because it keeps the order of first mention.
        self._sought: Dict[int, None] = dict.fromkeys(range(len(taught)))

    @property
    def model(self) -> VisionLanguageModel:
        """The model that looks."""
        return self.pair.before.origin.model

    @property
    def order(self) -> List[int]:
        """The tiles that are looked at, coarse ones first. Those between roots and leaves only show
        objects that are too large for the leaves."""
        roots = self.pair.before.roots
        if not self.finds:
            return [*roots, *self.pair.before.closer]
        return [*roots, *sorted(set(range(len(self.pair.plan.tiles))) - set(roots))]

    def look(
        self, batch: Sequence[Tuple[TileImage, TileImage]], should_stop: Callable[[], bool]
    ) -> None:
        """See a batch of windows in both images.

        Raises:
            Cancelled: `should_stop` said so while captions were written.
            InferenceFailed: onnxruntime failed.
        """
        befores, afters = [first for first, _ in batch], [second for _, second in batch]
        earlier, later = self._before.encode(befores), self._after.encode(afters)
        self.evaluations += 2 * len(batch)
        if self.scale is None:
            self.scale = self._fit(befores[: self._again], earlier)
        told = {*self.pair.before.roots, *self.pair.plan.leaves}
        rows = [row for row, image in enumerate(befores) if image.index in told]
        if rows:
            said = self._say(self._before, befores, earlier, rows, should_stop)
            says = self._say(self._after, afters, later, rows, should_stop)
            for row, before, after in zip(rows, said, says):
                apart = distances(earlier.cells[row], later.cells[row])
                apart[~visible(befores[row].pixels, afters[row].pixels, self._grid)] = 0.0
                self._keep(befores[row], before, after, apart)
        if self.finds:
            only = list(self._sought)
            self._before.seek(befores, earlier, only)
            self._after.seek(afters, later, only)

    def found(self) -> Tuple[List[Located], List[Located]]:
        """The objects seen so far before and after, also those that the model is in doubt of."""
        return located(self._before, self._called), located(self._after, self._called)

    def notes(self) -> Tuple[str, ...]:
        """A sentence where much of the region was looked at from afar only."""
        return self._before.notes() if self.finds else ()

    def _name(self, phrase: str) -> str:
        named = self._vocabulary.find(phrase)
        return named[0].name if named else phrase

    def _say(
        self,
        seeker: Seeker,
        images: Sequence[TileImage],
        encoding: Encoding,
        rows: List[int],
        should_stop: Callable[[], bool],
    ) -> List[SeenTile]:
        embeddings = encoding.embedding[rows]
        captions = self.model.caption(encoding.tokens[rows], should_stop, embeddings)
        return [
            seen_tile(images[row], embedding, caption, self._grid, seeker.trust(images[row].tile))
            for row, embedding, caption in zip(rows, embeddings, captions)
        ]

    def _keep(
        self,
        image: TileImage,
        before: SeenTile,
        after: SeenTile,
        apart: Distances,
    ) -> None:
        chosen, rectangles = self._cells(image)
        self.views.append(View(image.index, before, after, apart[chosen], rectangles))
        for seen in (before, after):
            for phrase in self._vocabulary.find(seen.caption.text):
                if phrase.name in self.grounded:
                    self._sought[self._called.index(phrase.name)] = None

    def _cells(self, image: TileImage) -> Tuple[List[int], Tuple[Rectangle, ...]]:
        """Numbers of the cells that show the region, and the pixels each stands for."""
        cells, rectangles = cell_rectangles(image, self._grid)
        return [row * self._grid[1] + column for row, column in cells], rectangles

    def _fit(self, images: Sequence[TileImage], encoding: Encoding) -> Scale:
        pixels = rendered_again(stacked(images))
        again = self._before.encode(
            [replace(image, pixels=own) for image, own in zip(images, pixels)]
        )
        self.evaluations += len(images)
        places, rendered = [], []
        for row, image in enumerate(images):
            chosen, _ = self._cells(image)
            places.append(encoding.cells[row][chosen])
            rendered.append(again.cells[row][chosen])
        return fit_scale(np.concatenate(places), np.concatenate(rendered))
