"""Processing's feedback as the engine's, and the engine's errors as Processing's."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Iterator

from qgis.core import QgsProcessingException, QgsProcessingFeedback
from qgis.PyQt.QtCore import QCoreApplication

from ..engine.errors import IndexNotFound, RsVlmError
from ..spoken import error_text, spoken


class ProcessingFeedback:
    """An `engine.feedback.Feedback` that fills a part of an algorithm's progress bar."""

    def __init__(
        self,
        feedback: QgsProcessingFeedback,
        begin: float = 0.0,
        end: float = 1.0,
        prefix: str = "",
    ) -> None:
        """Report to `feedback` from `begin` to `end` (0..1), messages led by `prefix`."""
        self._feedback = feedback
        self._begin = begin
        self._span = end - begin
        self._prefix = prefix
        self._said = ""

    def report(self, fraction: float, message: str) -> None:
        """Move the bar, and say what happens now where it is something new."""
        self._feedback.setProgress(100.0 * (self._begin + self._span * fraction))
        if message != self._said:
            self._said = message
            self._feedback.setProgressText(self._prefix + spoken(message))

    def is_cancelled(self) -> bool:
        """Whether Cancel was pressed."""
        return self._feedback.isCanceled()


@contextmanager
def processing_exceptions() -> Iterator[None]:
    """The rim: an error of ours ends the algorithm with its sentence in the log."""
    try:
        yield
    except IndexNotFound as error:
        way = _tr("Build one with the algorithm Build search index (rsvlm:buildindex).")
        raise QgsProcessingException(f"{spoken(error.message)} {way}") from error
    except RsVlmError as error:
        raise QgsProcessingException(error_text(error)) from error


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProcessingFeedback", text)
