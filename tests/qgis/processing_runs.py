"""Runs algorithms as the toolbox does: in a fresh context, with feedback that can be read."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Tuple

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject


class RecordedFeedback(QgsProcessingFeedback):
    """Keeps what an algorithm says; cancels itself once `cancel_when` finds a message it knows."""

    def __init__(self, cancel_when: Optional[Callable[[str], bool]] = None) -> None:
        super().__init__(False)
        self.said: List[str] = []
        self.errors: List[str] = []
        self._cancel_when = cancel_when

    def setProgressText(self, text: str) -> None:
        self._hear(text)

    def pushInfo(self, info: str) -> None:
        self._hear(info)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N803
        self.errors.append(error)

    def _hear(self, text: str) -> None:
        self.said.append(text)
        if self._cancel_when is not None and self._cancel_when(text):
            self.cancel()


def run_algorithm(
    algorithm: Any, parameters: Dict[str, Any], feedback: Optional[RecordedFeedback] = None
) -> Tuple[Dict[str, Any], bool, RecordedFeedback, QgsProcessingContext]:
    """Outputs, whether it succeeded, what was said, and the context that owns temporary layers."""
    feedback = feedback or RecordedFeedback()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    context.setFeedback(feedback)
    outputs, ok = algorithm.create().run(parameters, context, feedback)
    return outputs, ok, feedback, context
