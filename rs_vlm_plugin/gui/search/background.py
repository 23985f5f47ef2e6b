"""One thread that does the newest job asked for; what it was overtaken by while waiting is dropped.

Typing asks for more searches than anybody wants answered. A task of QGIS's manager for each would
also show in the status bar and queue behind a raster being indexed.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Callable, Optional

from qgis.core import Qgis, QgsMessageLog
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...engine.errors import Cancelled, RsVlmError
from ..messages import TITLE


class Turn:
    """One job's turn: an engine `Feedback` that says stop as soon as a newer job was asked for."""

    def __init__(self) -> None:
        self._over = False

    def report(self, fraction: float, message: str) -> None:
        """Nobody watches a job that takes less than a second."""

    def is_cancelled(self) -> bool:
        """Whether the answer is wanted no more."""
        return self._over

    def end(self) -> None:
        """Say that the answer is wanted no more."""
        self._over = True


class NewestJob(QObject):
    """Runs jobs `job(turn) -> answer` in a thread of its own; only the newest one's end is told.

    `answered` carries the answer, `failed` an `RsVlmError`; both arrive on the main thread, and
    never after `forget` or a newer `ask`.
    """

    answered = pyqtSignal(object)
    failed = pyqtSignal(object)
    _ended = pyqtSignal(object, object)

    def __init__(self, name: str, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"rsvlm-{name}")
        self._turn: Optional[Turn] = None
        self._ended.connect(self._tell)

    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._turn is not None

    def ask(self, job: Callable[[Turn], Any]) -> None:
        """Do this instead of whatever was asked for before. Main thread only."""
        self.forget()
        turn = self._turn = Turn()
        future = self._executor.submit(_run, job, turn)
        future.add_done_callback(lambda done: self._report(turn, done))

    def forget(self) -> None:
        """Want no answer any more."""
        if self._turn is not None:
            self._turn.end()
            self._turn = None

    def dispose(self, wait: bool = True) -> None:
        """End the thread; wait for the job in hand where what it uses is about to go."""
        self.forget()
        self._executor.shutdown(wait=wait)

    def _report(self, turn: Turn, done: Future[Any]) -> None:
        # In the background thread. After `dispose` this object may be gone.
        if not turn.is_cancelled():
            self._ended.emit(turn, done)

    def _tell(self, turn: Turn, done: Future[Any]) -> None:
        if turn is not self._turn:
            return
        self._turn = None
        error = done.exception()
        if error is None:
            self.answered.emit(done.result())
        elif isinstance(error, Cancelled):
            return
        elif isinstance(error, RsVlmError):
            self.failed.emit(error)
        else:
            log_unforeseen(done)
            self.failed.emit(
                RsVlmError(
                    self.tr("The search stopped unexpectedly."),
                    self.tr("The log messages panel says more."),
                )
            )


def log_unforeseen(done: Future[Any]) -> None:
    """Write an error that nobody foresaw into QGIS's log; in any thread."""
    error = done.exception()
    if error is not None:
        QgsMessageLog.logMessage(repr(error), TITLE, Qgis.MessageLevel.Critical)


def _run(job: Callable[[Turn], Any], turn: Turn) -> Any:
    if turn.is_cancelled():
        raise Cancelled
    return job(turn)
