"""The background task: cancelling, layers and projects that go away, a GUI that stays alive."""

from __future__ import annotations

import gc
import time

import pytest
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QTimer

from rs_vlm_plugin import model_cache
from rs_vlm_plugin.gui.region_chooser import RegionKind
from rs_vlm_plugin.layers.raster_layer_source import QgsRasterLayerSource
from rs_vlm_plugin.tasks import DescribeTask, RegionRequest
from tests.qgis.analyst import (
    SECONDS,
    add_raster,
    result_groups,
    warnings_of,
)

LARGEST_GAP_MS = 250
"""50 ms is the aim; the rest is for a machine that is busy with something else."""


@pytest.fixture
def slow(dock, make_raster, qtbot):
    """A dock about to describe something that takes many seconds; a function that starts it.

    It returns once the first text is there, so that there is something to keep.
    """
    layer_id = add_raster(
        make_raster(size=(3000, 3000), pattern="noise", overviews=(2, 4, 8, 16))
    ).id()
    dock.chooser.set_kind(RegionKind.LAYER)
    dock.options.policy_box.setCurrentIndex(dock.options.policy_box.findData("fixed"))
    dock.options.budget_box.setValue(4000)

    def start() -> str:
        dock.describe()
        qtbot.waitUntil(lambda: dock.results.description() is not None, timeout=SECONDS)
        assert dock.is_busy()
        return layer_id

    return start


def test_cancel_ends_within_a_second_and_keeps_what_was_found(slow, dock, qtbot, qgis_iface):
    slow()
    begin = time.perf_counter()
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.run_bar.cancel_button.click()
        assert not dock.run_bar.cancel_button.isEnabled()
    took = time.perf_counter() - begin
    description = dock.results.description()
    assert description.partial
    assert result_groups()
    assert "kept" in dock.results.status.text()
    assert "Stopped early" in dock.results.browser.toPlainText()
    assert warnings_of(qgis_iface) == []
    assert took < 1.5


def test_a_removed_layer_ends_the_task_with_a_message_and_keeps_the_text(
    slow, dock, qtbot, qgis_iface
):
    layer_id = slow()
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        QgsProject.instance().removeMapLayer(layer_id)
    (warning,) = warnings_of(qgis_iface)
    assert "scene was removed" in warning
    assert dock.results.description().partial
    assert not dock.run_bar.describe_button.isEnabled()


def test_a_closed_project_ends_the_task_and_the_next_one_stays_clean(slow, dock, qtbot, qgis_iface):
    slow()
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        QgsProject.instance().clear()
    (warning,) = warnings_of(qgis_iface)
    assert "project was closed" in warning
    assert result_groups() == []


def test_closing_the_plugin_waits_for_the_task(slow, dock, qtbot):
    slow()
    begin = time.perf_counter()
    dock.dispose()
    assert time.perf_counter() - begin < 5
    assert not dock.is_busy()
    qtbot.waitUntil(lambda: QgsApplication.taskManager().countActiveTasks() == 0, timeout=SECONDS)
    assert result_groups() == []
    # The fixture disposes once more.
    dock.dispose = lambda: None


def test_file_that_cannot_be_written_keeps_the_text(
    dock, make_raster, qtbot, qgis_iface, analyst_settings, tmp_path
):
    (tmp_path / "results").write_text("a file where the folder should be")
    add_raster(make_raster())
    dock.chooser.set_kind(RegionKind.LAYER)
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
    assert len(warnings_of(qgis_iface)) == 1
    assert dock.results.description() is not None
    assert result_groups() == []
    assert dock.results.save_button.isEnabled()
    assert not dock.results.layers_button.isEnabled()


def test_an_error_nobody_foresaw_is_not_called_a_cancel(
    analyst_settings, make_raster, qgis_new_project, qtbot, tmp_path
):
    class Treacherous(QgsRasterLayerSource):
        looks = 0

        def read(self, window, out_shape, bands):
            self.looks += 1
            if self.looks > 6:
                raise ZeroDivisionError
            return super().read(window, out_shape, bands)

    layer = add_raster(make_raster(size=(600, 600), pattern="noise"))
    request = RegionRequest(
        region=None,
        policy="content",
        budget=64,
        bundle_path=analyst_settings.bundle(),
        device="cpu",
        results_folder=tmp_path,
    )
    task = DescribeTask(layer, Treacherous.from_layer(layer), request)
    with qtbot.capture_exceptions(), qtbot.waitSignal(task.concluded, timeout=SECONDS):
        QgsApplication.taskManager().addTask(task)
    assert task.description.partial
    assert "stopped unexpectedly" in str(task.problem)


def test_model_is_loaded_once_a_session(dock, make_raster, qtbot):
    add_raster(make_raster())
    dock.chooser.set_kind(RegionKind.LAYER)
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
    from rs_vlm_plugin.settings import load_settings

    settings = load_settings()
    first = model_cache.shared_model(settings.bundle(), settings.device)
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
    assert model_cache.shared_model(settings.bundle(), settings.device) is first
    assert model_cache.providers_in_use() == ("CPUExecutionProvider",)


def test_gui_thread_stays_alive_while_describing(dock, make_raster, qtbot, record_property):
    add_raster(make_raster(size=(2000, 2000), pattern="noise"))
    dock.chooser.set_kind(RegionKind.LAYER)
    dock.options.budget_box.setValue(64)
    gaps = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(1000 * (now - last))
        last = now

    timer = QTimer()
    timer.setInterval(2)
    timer.timeout.connect(tick)
    # Rubbish of earlier tests is not this one's to pay for.
    gc.collect()
    timer.start()
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        last = time.perf_counter()
        dock.describe()
    tick()
    timer.stop()
    worst = sorted(gaps)[-3:]
    record_property("largest_gui_gaps_ms", [round(gap) for gap in worst])
    print(f"largest gaps of the GUI thread: {[round(gap) for gap in worst]} ms of {len(gaps)}")
    assert max(gaps) < LARGEST_GAP_MS
