"""What finding asks of those who look for phrases of one sort."""

from __future__ import annotations

from typing import Callable, Protocol, Sequence, Tuple

from ..dris.plan import Tile
from ..feedback import Feedback
from ..look import Look
from .results import ObjectFound


class Hunt(Protocol):
    """Looks for phrases in a region, tile after tile.

    Args:
        look: region, model and budget; without a plan for the policy `query`, which plans while it
            looks.
        phrases: what is looked for.
        asked: what the model is asked for in place of each.
        min_score: what is less sure is left out.
    """

    def __init__(
        self, look: Look, phrases: Sequence[str], asked: Sequence[str], min_score: float
    ) -> None: ...

    @property
    def tiles(self) -> Sequence[Tile]:
        """Those looked at so far."""

    @property
    def planned(self) -> int:
        """How many tiles there are to look at, as far as is known."""

    def seek(self, feedback: Feedback, on_seen: Callable[[], None]) -> None:
        """Look at the tiles, until the feedback says stop.

        Args:
            feedback: hears of progress, and may cancel.
            on_seen: called after each batch but the last.

        Raises:
            BadRequest, EmptyRegion, RasterNotReadable, InferenceFailed: see
                `dris.planner.plan_looking` and `encode_images`.
        """

    def found(self) -> Tuple[ObjectFound, ...]:
        """What was found so far."""

    def notes(self) -> Tuple[str, ...]:
        """Sentences on what was found and how."""
