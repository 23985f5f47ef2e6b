"""Seeking where what was seen so far is most like the phrases: DRIS's policy `query`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Sequence

from ..dris.model_looker import QUERY, Promise, Promises
from ..dris.plan import Tile
from ..dris.planner import plan_looking
from ..feedback import Feedback
from ..look import Look
from ..tile_images import BATCH, read_tile
from .overlap import widened
from .seeking import Seeker

_NOT_LOOKED_AT = Promise((), 0.0)


@dataclass
class _SeekingLooker:
    """Reads, encodes and seeks each tile as it enters the plan; once cancelled it sees nothing."""

    look_of: Look
    seeker: Seeker
    promises: Promises
    feedback: Feedback
    seen: int = 0

    name = QUERY
    reason = staticmethod(Promises.reason)

    def look(self, tiles: Sequence[Tile]) -> List[Promise]:
        found: List[Promise] = []
        for start in range(0, len(tiles), BATCH):
            if self.feedback.is_cancelled():
                break
            found += self._batch(tiles[start : start + BATCH])
        return found + [_NOT_LOOKED_AT] * (len(tiles) - len(found))

    def _batch(self, tiles: Sequence[Tile]) -> List[Promise]:
        origin = self.look_of.origin
        size, raster = origin.model.input_size, origin.source.info.window
        images = [
            read_tile(
                origin.source,
                self.seen + number,
                widened(tile, raster, size),
                origin.region,
                size,
                self.look_of.stretch,
            )
            for number, tile in enumerate(tiles)
        ]
        encoding = self.seeker.encode(images)
        self.seeker.seek(images, encoding)
        self.seen += len(images)
        budget = self.look_of.plan.budget
        self.feedback.report(
            min(1.0, self.seen / budget), f"{self.seen} of {budget} tiles searched"
        )
        return [self.promises.of(image, encoding, row) for row, image in enumerate(images)]


def seek_guided(look: Look, seeker: Seeker, phrases: Sequence[str], feedback: Feedback) -> int:
    """Plan while seeking, and tell the seeker the plan.

    Args:
        look: without a plan, of policy `query`.
        seeker: of that look; remembers what is found.
        phrases: what is looked for; of several the most similar counts.
        feedback: hears of progress, and may cancel.

    Returns:
        How many of the plan's first tiles were looked at: all, but where the user stopped it.

    Raises:
        BadRequest, EmptyRegion, RasterNotReadable, InferenceFailed: see `dris.look_for`.
    """
    origin = look.origin
    vectors = origin.model.encode_texts(phrases)
    promises = Promises(origin.source, origin.region, vectors, origin.model)
    looker = _SeekingLooker(look, seeker, promises, feedback)
    looked = plan_looking(
        origin.source,
        origin.region,
        looker,
        look.plan.budget,
        origin.model.input_size,
        look.finest,
        look.stretch,
    )
    seeker.planned(looked.plan)
    return looker.seen
