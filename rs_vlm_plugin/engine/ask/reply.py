"""What Ask gives: an answer, how sure, what it rests on; or that nobody can tell, and why."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Dict, Optional, Tuple

from ..geometry import GeoJson
from ..results import Provenance


@dataclass(frozen=True)
class Evidence:
    """A place an answer rests on: what is seen there ("" for the picture as a whole), and how sure
    the model is of that, in 0..1."""

    geometry: GeoJson
    what: str
    score: float


@dataclass(frozen=True)
class Reply:
    """Answer of Ask.

    Attributes:
        question: as asked.
        kind: how it was understood; one of the names in `question`.
        text: the answer; "cannot tell: ..." where it is withheld.
        confidence: in 0..1. Calibrated where the closed answer of one tile is all there is to it.
        support: what decided whether the answer is withheld; see `Verdict.support`.
        abstained: whether the answer is withheld.
        reason: why it is withheld; empty otherwise.
        detail: what the answer was made from, in words; may be empty.
        evidence: places it rests on, surest first.
        held_back: the answer that was withheld; empty where there was none.
        partial: whether the user stopped it early.
    """

    question: str
    kind: str
    text: str
    confidence: float
    support: float
    abstained: bool
    reason: str
    detail: str
    evidence: Tuple[Evidence, ...]
    held_back: str
    provenance: Provenance = field(repr=False)
    partial: bool = False

    def to_json(self) -> Dict[str, Any]:
        """The command line's JSON object."""
        return {
            "raster": self.provenance.raster,
            "question": self.question,
            "kind": self.kind,
            "answer": self.text,
            "confidence": self.confidence,
            "abstained": self.abstained,
            "reason": self.reason,
            "detail": self.detail,
            "evidence": [asdict(item) for item in self.evidence],
            "partial": self.partial,
            "provenance": asdict(self.provenance),
        }


@dataclass(frozen=True)
class Verdict:
    """What a question's kind makes of what was seen; `text` is empty where nothing can be said, and
    `reason` then says why.

    `support` is what decides whether the answer is held back, where that is not its confidence:
    that a number is exact may be unlikely though it is surely about right, and of objects found
    the threshold of Find has decided already.
    """

    text: str
    confidence: float
    reason: str = ""
    detail: str = ""
    evidence: Tuple[Evidence, ...] = ()
    notes: Tuple[str, ...] = ()
    support: Optional[float] = None

    @property
    def sure_enough(self) -> float:
        """What is compared with the confidence that the model was calibrated to answer from."""
        return self.confidence if self.support is None else self.support


def nothing(reason: str, evidence: Optional[Tuple[Evidence, ...]] = None) -> Verdict:
    """A verdict that nothing can be said."""
    return Verdict("", 0.0, reason, evidence=evidence or ())
