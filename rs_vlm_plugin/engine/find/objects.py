"""Objects one by one, of the kinds that boxes taught the model."""

from __future__ import annotations

from contextlib import closing
from typing import Callable, Sequence, Tuple

from ..dris.model_looker import QUERY
from ..dris.plan import Tile
from ..feedback import Feedback
from ..look import Look
from ..sentence import say
from .guided import seek_guided
from .results import BOX_NOTE, ObjectFound
from .seeking import Seeker


class ObjectHunt:
    """A `Hunt` for objects, by the model's centres and boxes; see `Seeker`."""

    def __init__(
        self, look: Look, phrases: Sequence[str], asked: Sequence[str], min_score: float
    ) -> None:
        self._look = look
        self._asked = tuple(asked)
        self._seeker = Seeker(look, phrases, min_score, asked)
        self._seen = 0

    @property
    def tiles(self) -> Sequence[Tile]:
        """See `Hunt.tiles`."""
        return self._seeker.tiles[: self._seen]

    @property
    def planned(self) -> int:
        """See `Hunt.planned`."""
        return len(self._seeker.tiles)

    def seek(self, feedback: Feedback, on_seen: Callable[[], None]) -> None:
        """See `Hunt.seek`."""
        plan = self._look.plan

        def seen(count: int) -> None:
            self._seen = count
            if count < plan.budget:
                on_seen()

        if plan.policy == QUERY:
            self._seen = seek_guided(self._look, self._seeker, self._asked, feedback, seen)
            return
        with closing(self._seeker.batches()) as batches:
            for batch in batches:
                if feedback.is_cancelled():
                    return
                self._seeker.seek(batch, self._seeker.encode(batch))
                self._seen += len(batch)
                feedback.report(
                    self._seen / self.planned,
                    say("{done} of {total} tiles searched", done=self._seen, total=self.planned),
                )
                if self._seen < self.planned:
                    on_seen()

    def found(self) -> Tuple[ObjectFound, ...]:
        """See `Hunt.found`."""
        return self._seeker.found()

    def notes(self) -> Tuple[str, ...]:
        """See `Hunt.notes`."""
        return (*self._seeker.notes(), BOX_NOTE)
