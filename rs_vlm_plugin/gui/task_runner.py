"""One background task at a time, with its progress in a bar, for the tabs that ask and find."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..tasks import RegionTask
from .busy_bar import BusyBar

STOP_SECONDS = 10.0


class TaskRunner(QObject):
    """`concluded` carries each task started that was not disposed of, good or bad, once."""

    concluded = pyqtSignal(object)

    def __init__(self, bar: BusyBar, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._task: Optional[RegionTask] = None
        bar.cancel_asked.connect(self._cancel)

    def dispose(self) -> None:
        """End what runs, and wait for it."""
        task, self._task = self._task, None
        if task is not None:
            task.concluded.disconnect(self._conclude)
            task.abandon()
            task.wait_until_stopped(STOP_SECONDS)

    def is_busy(self) -> bool:
        """Whether a task is under way."""
        return self._task is not None

    def start(self, task: RegionTask) -> None:
        """Run a task; only while none is under way."""
        self._task = task
        self._bar.begin()
        task.progressChanged.connect(self._bar.show_progress)
        task.step_reached.connect(self._bar.show_step)
        task.concluded.connect(self._conclude)
        QgsApplication.taskManager().addTask(task)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _conclude(self) -> None:
        task, self._task = self._task, None
        self._bar.end()
        self.concluded.emit(task)
