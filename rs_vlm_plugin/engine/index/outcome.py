"""What a build did, raster by raster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Tuple

INDEXED, UNCHANGED, FAILED, GONE, MOVED, UNREACHABLE, INTERRUPTED = (
    "indexed",
    "unchanged",
    "failed",
    "gone",
    "moved",
    "unreachable",
    "interrupted",
)


@dataclass(frozen=True)
class RasterOutcome:
    """What became of one raster.

    `what` is one of indexed, unchanged, failed, interrupted, gone (taken out), moved (found beside
    the index), unreachable (kept as it was); `problem` says why. `tiles` were looked at now, `kept`
    were there before. `notes` say what a reader of places found in it must know.
    """

    uri: str
    what: str
    tiles: int = 0
    kept: int = 0
    problem: str = ""
    notes: Tuple[str, ...] = ()


@dataclass(frozen=True)
class BuildReport:
    """A build's end. `cancelled` builds go on where they stopped when started again."""

    outcomes: Tuple[RasterOutcome, ...]
    tiles: int
    seconds: float
    cancelled: bool

    @property
    def failures(self) -> Tuple[RasterOutcome, ...]:
        """The rasters that could not be indexed."""
        return tuple(outcome for outcome in self.outcomes if outcome.what == FAILED)
