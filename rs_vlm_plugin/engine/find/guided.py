"""Seeking where what was seen so far leaves most in doubt: DRIS's policy `query`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, List, Optional, Sequence

import numpy as np

from ..dris.foveas import foveas
from ..dris.model_looker import QUERY
from ..dris.plan import DrisPlan, Tile
from ..dris.planner import plan_looking
from ..errors import BundleInvalid
from ..feedback import Feedback
from ..look import Look
from ..model.encoding import Floats
from ..sentence import say
from ..tile_images import BATCH, read_tile
from .evidence import Evidence, evidence
from .overlap import widened
from .seeking import Seeker

_NOT_LOOKED_AT = Evidence(np.zeros((0, 2)), np.zeros(0), np.zeros(0), 1.0, 1)


@dataclass
class _SeekingLooker:
    """Reads, encodes and seeks each tile as it enters the plan; once cancelled it sees nothing."""

    look_of: Look
    seeker: Seeker
    phrases: Floats
    feedback: Feedback
    on_seen: Optional[Callable[[int], None]]
    seen: List[Tile] = field(default_factory=list)

    name = QUERY
    parts = staticmethod(foveas)

    @staticmethod
    def reason(gain: float) -> str:
        """Why a tile was chosen."""
        return f"may show what is looked for (gain {gain:.2f})"

    def look(self, tiles: Sequence[Tile]) -> List[Evidence]:
        found: List[Evidence] = []
        for start in range(0, len(tiles), BATCH):
            if self.feedback.is_cancelled():
                break
            found += self._batch(tiles[start : start + BATCH])
        return found + [_NOT_LOOKED_AT] * (len(tiles) - len(found))

    def _batch(self, tiles: Sequence[Tile]) -> List[Evidence]:
        origin = self.look_of.origin
        model, raster = origin.model, origin.source.info.window
        images = [
            read_tile(
                origin.source,
                len(self.seen) + number,
                widened(tile, raster, model.input_size),
                origin.region,
                model.input_size,
                self.look_of.stretch,
            )
            for number, tile in enumerate(tiles)
        ]
        encoding = self.seeker.encode(images)
        self.seeker.seek(images, encoding)
        before = len(self.seen)
        self.seen += tiles
        self._tell(before)
        spec = model.bundle.manifest.levels
        if encoding.levels is None or spec is None:
            raise BundleInvalid("The model bundle cannot find objects.")
        return [
            evidence(image, encoding.levels, row, self.phrases, spec)
            for row, image in enumerate(images)
        ]

    def _tell(self, before: int) -> None:
        budget, count = self.look_of.plan.budget, len(self.seen)
        self.feedback.report(
            min(1.0, count / budget),
            say("{done} of {total} tiles searched", done=count, total=budget),
        )
        # Tiles come one by one; results are put together as often as of other policies.
        if self.on_seen is not None and count // BATCH > before // BATCH:
            # Leaves are only asked for what is worth saying at the end.
            self.seeker.planned(DrisPlan(tuple(self.seen), (), QUERY, budget))
            self.on_seen(count)


def seek_guided(
    look: Look,
    seeker: Seeker,
    phrases: Sequence[str],
    feedback: Feedback,
    on_seen: Optional[Callable[[int], None]] = None,
) -> int:
    """Plan while seeking, and tell the seeker the plan.

    Closer looks are put freely, see `foveas`, where the evidence says they clear up most.

    Args:
        look: without a plan, of policy `query`.
        seeker: of that look; remembers what is found.
        phrases: what is looked for.
        feedback: hears of progress, and may cancel.
        on_seen: hears now and then how many tiles were looked at; the seeker knows their plan.

    Returns:
        How many of the plan's first tiles were looked at: all, but where the user stopped it.

    Raises:
        BadRequest, EmptyRegion, RasterNotReadable, InferenceFailed: see `dris.planner.plan_looking`
            and `encode_images`.
    """
    origin = look.origin
    vectors = origin.model.encode_texts(phrases)
    looker = _SeekingLooker(look, seeker, vectors, feedback, on_seen)
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
    return len(looker.seen)
