"""A `QgsTask` of this plugin: what every one of them does at its end, good, bad or stopped."""

from __future__ import annotations

import threading
from typing import Optional

from qgis.core import QgsTask
from qgis.PyQt.QtCore import QCoreApplication, pyqtSignal

from .engine.errors import Cancelled, RsVlmError


class BackgroundTask(QgsTask):
    """Work in the background; afterwards `problem` is what failed.

    `step_reached` is emitted from the background thread and so arrives queued. `concluded` is
    emitted once, on the main thread; afterwards QGIS deletes the C++ half of the task, so that only
    what is documented as usable then may be used.
    """

    step_reached = pyqtSignal(str)
    concluded = pyqtSignal()

    def __init__(self, title: str, unexpected: str) -> None:
        """Prepare the task, on the main thread.

        Args:
            title: what QGIS calls it.
            unexpected: the sentence for an error that nobody foresaw.
        """
        super().__init__(title, QgsTask.Flag.CanCancel)
        self.problem: Optional[RsVlmError] = None
        self._title = title
        self._unexpected = unexpected
        self._stopped = threading.Event()

    def run(self) -> bool:
        """Do the work; in the background thread."""
        try:
            self.work()
        except Cancelled:
            pass
        except RsVlmError as error:
            self.problem = self.problem or error
        finally:
            self.let_go()
            self._stopped.set()
        # QGIS calls a task that returns False failed, which one is not that the user stopped.
        return self.problem is None

    def work(self) -> None:
        """All of it, for `run`; keeps its result in attributes.

        Raises:
            RsVlmError: nothing came of it; `Cancelled` among them.
        """
        raise NotImplementedError

    def let_go(self) -> None:
        """Close what was read from; in the background thread, however the work ended."""

    def cancel(self) -> None:
        """Stop soon, and be called stopped where QGIS says that a task of this name is over."""
        self.setDescription(_tr("{task} (stopped)").format(task=self._title))
        super().cancel()

    def finished(self, succeeded: bool) -> None:
        """Tell whoever waits; on the main thread."""
        if not succeeded and self.problem is None and not self.isCanceled():
            # An error nobody foresaw: QGIS has logged it with its traceback.
            self.problem = RsVlmError(self._unexpected, _tr("The log messages panel says more."))
        self.concluded.emit()

    def wait_until_stopped(self, seconds: float) -> bool:
        """Wait for the background thread to be done with everything of this plugin.

        `QgsTask.waitForFinished` holds the interpreter lock, which the background thread needs.
        """
        if self.status() in (QgsTask.TaskStatus.Queued, QgsTask.TaskStatus.OnHold):
            return True
        return self._stopped.wait(seconds)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BackgroundTask", text)
