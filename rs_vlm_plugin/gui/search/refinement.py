"""What refines a search: places shown as wanted or not, drawn examples, a learnt concept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Dict, Optional, Tuple

from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...engine.errors import RsVlmError
from .background import NewestJob
from .concept_store import save_concept
from .drawn_example import DrawnExample
from .result_model import LIKED, UNLIKED, hit_key
from .searching import Example, SearchRequest, wanted_of

if TYPE_CHECKING:
    from ...engine.search import Concept, Hit


class Refinement(QObject):
    """The concept and the examples that a search starts from or is moved by.

    `changed` follows each change that asks for another search, `learned` a concept that was kept;
    `failed` carries an `RsVlmError`.
    """

    changed = pyqtSignal()
    learned = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self, canvas: QgsMapCanvas, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.concept: Optional[Concept] = None
        self._examples: Dict[object, Example] = {}
        self.drawing = DrawnExample(canvas, self)
        self.drawing.drawn.connect(self._drawn)
        self._learner = NewestJob("learn", self)
        self._learner.answered.connect(self._keep)
        self._learner.failed.connect(self.failed)

    def dispose(self) -> None:
        """End what runs, and take the tool off the canvas."""
        self.drawing.dispose()
        self._learner.dispose()

    def examples(self) -> Tuple[Example, ...]:
        """All places shown, wanted or not."""
        return tuple(self._examples.values())

    def is_empty(self) -> bool:
        """Whether words alone are searched for."""
        return self.concept is None and not self._examples

    def votes(self) -> Dict[object, int]:
        """What was said of which place, for the list."""
        return {key: LIKED if each.wanted else UNLIKED for key, each in self._examples.items()}

    def vote(self, hit: Hit, vote: int) -> None:
        """Say that a place is wanted or not; saying it twice takes it back."""
        key = hit_key(hit)
        known = self._examples.get(key)
        if known is not None and known.wanted == (vote == LIKED):
            del self._examples[key]
        else:
            self._examples[key] = Example(key, hit.match.embedding, vote == LIKED)
        self.changed.emit()

    def choose(self, concept: Optional[Concept]) -> None:
        """Start from a concept; None from words again. Examples are forgotten either way."""
        self.drop(concept)
        self.changed.emit()

    def drop(self, concept: Optional[Concept] = None) -> None:
        """Forget, or start from a concept, without asking for a search."""
        self.concept = concept
        self._examples.clear()

    def learn(self, request: SearchRequest, name: str) -> None:
        """Keep what a request means under a name, in the background."""
        self._learner.ask(lambda _turn: _learnt(request, name))

    def _keep(self, concept: Concept) -> None:
        try:
            save_concept(concept)
        except RsVlmError as error:
            self.failed.emit(error)
            return
        self.learned.emit(concept)

    def _drawn(self, key: object, embedding: object) -> None:
        if isinstance(embedding, RsVlmError):
            self.failed.emit(embedding)
            return
        self._examples[key] = Example(key, embedding, True)
        self.changed.emit()


def _learnt(request: SearchRequest, name: str) -> object:
    from ...model_cache import shared_model

    model = shared_model(request.bundle_path, request.device)
    return wanted_of(request, model, name)
