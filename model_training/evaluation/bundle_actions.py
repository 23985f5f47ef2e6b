"""A bundle as one who answers and finds: through the engine's own Ask and Find, as users meet it.

A small image is one tile; a large one is looked at in tiles at one resolution, so that a score says
something of the model and not of what DRIS left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rs_vlm_plugin.engine.ask import Reply, ask
from rs_vlm_plugin.engine.errors import BadRequest
from rs_vlm_plugin.engine.find import find
from rs_vlm_plugin.engine.find.finding import checked_phrases
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from ..metrics import GivenAnswer
from .interfaces import Pixels
from .picture import AS_IS, PictureSource

POLICY = "fixed"
BUDGET = 64
LEAST_SCORE = 0.05
"""Far below any useful threshold: the evaluation chooses its own."""


@dataclass(frozen=True)
class FoundPlace:
    """A box found for a phrase; see `FoundLike`."""

    phrase: str
    bbox: tuple[float, float, float, float]
    score: float


class BundleAnswerer:
    """The `Answerer` that a bundle with the action "ask" is."""

    def __init__(self, model: VisionLanguageModel) -> None:
        self._model = model

    def answer(self, images: Sequence[Pixels], questions: Sequence[str]) -> list[GivenAnswer]:
        """See `Answerer.answer`; an answer that is held back keeps its words."""
        given = []
        for image, question in zip(images, questions, strict=True):
            reply = self.reply(image, question)
            text = reply.held_back if reply.abstained else reply.text
            given.append(GivenAnswer(text, reply.confidence, reply.abstained))
        return given

    def reply(self, image: Pixels, question: str) -> Reply:
        """All that the engine says."""
        return ask(PictureSource(image), None, question, self._model, POLICY, BUDGET, stretch=AS_IS)


class BundleGrounder:
    """The `Grounder` that a bundle with the action "find" is."""

    def __init__(self, model: VisionLanguageModel) -> None:
        self._model = model

    def find(self, image: Pixels, phrases: Sequence[str]) -> list[FoundPlace]:
        """See `Grounder.find`; a phrase whose words the model does not know finds nothing."""
        known = [phrase for phrase in phrases if self._knows(phrase)]
        if not known:
            return []
        result = find(
            PictureSource(image), None, known, self._model, POLICY, BUDGET, LEAST_SCORE,
            stretch=AS_IS,
        )  # fmt: skip
        places = []
        for item in result.objects:
            xs, ys = zip(*item.geometry["coordinates"][0], strict=True)
            places.append(FoundPlace(item.phrase, (min(xs), min(ys), max(xs), max(ys)), item.score))
        return places

    def _knows(self, phrase: str) -> bool:
        try:
            checked_phrases([phrase], self._model)
        except BadRequest:
            return False
        return True
