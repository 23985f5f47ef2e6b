"""What QGIS says of a task that the user stopped: not that it failed."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsProject, QgsTask

from rs_vlm_plugin.background_task import BackgroundTask
from rs_vlm_plugin.engine.errors import BadRequest, Cancelled
from rs_vlm_plugin.gui.search.project_index import IndexPlan
from tests import rasters
from tests.qgis.search_scene import SECONDS


class Worker(BackgroundTask):
    """Works until it is stopped, or fails at once."""

    def __init__(self, error=None):
        super().__init__("Work hard", "Working stopped unexpectedly.")
        self.error = error

    def work(self):
        self.step_reached.emit("working")
        while self.error is None:
            if self.isCanceled():
                raise Cancelled
        raise self.error


@pytest.fixture
def ended():
    """Description and status of each task that ends, as QGIS hears of it to notify the user."""
    manager = QgsApplication.taskManager()
    heard = []

    def hear(number, status):
        if status in (QgsTask.TaskStatus.Complete, QgsTask.TaskStatus.Terminated):
            heard.append((manager.task(number).description(), status))

    manager.statusChanged.connect(hear)
    yield heard
    manager.statusChanged.disconnect(hear)


def test_a_stopped_task_is_called_stopped(qgis_app, qtbot, ended):
    task = Worker()
    with qtbot.waitSignal(task.step_reached, timeout=SECONDS):
        QgsApplication.taskManager().addTask(task)
    with qtbot.waitSignal(task.concluded, timeout=SECONDS):
        task.cancel()
    assert task.problem is None
    assert ended == [("Work hard (stopped)", QgsTask.TaskStatus.Complete)]


@pytest.mark.parametrize("error", [BadRequest("No."), ZeroDivisionError()])
def test_a_failed_task_is_called_failed(qgis_app, qtbot, ended, error):
    task = Worker(error)
    with qtbot.capture_exceptions(), qtbot.waitSignal(task.concluded, timeout=SECONDS):
        QgsApplication.taskManager().addTask(task)
    assert str(task.problem) in ("No.", "Working stopped unexpectedly.")
    assert ended == [("Work hard", QgsTask.TaskStatus.Terminated)]


def test_stopping_an_index_is_no_failure(dock, qtbot, ended, tmp_path):
    scene = rasters.make_raster(tmp_path / "a.tif", size=(3000, 3000), pattern="noise")
    dock.show_search()
    control = dock.search.control
    control.build(IndexPlan(tmp_path / "i.gpkg", (str(scene),), "fixed", 5000))
    bar = dock.search.index_bar
    qtbot.waitUntil(lambda: "tiles looked at" in bar.summary.text(), timeout=SECONDS)
    with qtbot.waitSignal(dock.search.index_concluded, timeout=SECONDS):
        bar.cancel_button.click()
    assert ended == [("Build search index (stopped)", QgsTask.TaskStatus.Complete)]
    QgsProject.instance().clear()
