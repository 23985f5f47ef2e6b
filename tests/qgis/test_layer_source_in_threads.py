"""Files opened one after the other in a background thread, as an index build does."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from qgis.core import QgsRasterLayer
from qgis.PyQt.QtWidgets import QApplication

from rs_vlm_plugin.layers.raster_file_source import open_raster_file
from rs_vlm_plugin.layers.raster_layer_source import QgsRasterLayerSource
from tests import rasters

OPEN_FILES = Path("/proc/self/fd")


@pytest.fixture
def scene(tmp_path):
    return str(rasters.make_raster(tmp_path / "a.tif", size=(64, 64)))


def open_files() -> int:
    return len(os.listdir(OPEN_FILES))


def test_what_qt_says_late_of_one_raster_is_not_taken_for_another(scene):
    """PyQt hears of an object that a thread destroyed when the main thread next handles events, and
    then declares dead whatever lies at its address by now."""

    def open_where_another_was() -> QgsRasterLayerSource:
        gone = QgsRasterLayer(scene, "gone")
        assert gone.dataProvider().isValid()
        del gone
        return QgsRasterLayerSource.from_layer(layers[0])

    layers = []
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: layers.append(QgsRasterLayer(scene, "a"))).result()
        sources = [thread.submit(open_where_another_was).result() for _ in range(10)]
        QApplication.processEvents()
        for source in sources:
            values, valid = thread.submit(
                source.read, source.info.window, (8, 8), (1, 2, 3)
            ).result()
            assert values.shape == (3, 8, 8)
            assert valid.all()
            thread.submit(source.close).result()
        thread.submit(layers.clear).result()


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="counts the open files of Linux")
def test_no_file_stays_open(scene):
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: open_raster_file(scene).close()).result()
        before = open_files()
        for _ in range(20):
            thread.submit(lambda: open_raster_file(scene).close()).result()
    assert open_files() <= before


@pytest.mark.skipif(not OPEN_FILES.exists(), reason="counts the open files of Linux")
def test_no_file_stays_open_where_another_thread_closes(scene, qtbot):
    layer = QgsRasterLayer(scene, "a")
    before = open_files()
    with ThreadPoolExecutor(1) as thread:
        for _ in range(60):
            thread.submit(QgsRasterLayerSource.from_layer(layer).close).result()
    # A layer keeps some files that its clones had open for the next of them.
    qtbot.waitUntil(lambda: open_files() < before + 20)


def test_a_thread_opens_one_raster_after_the_other_while_the_window_lives(scene, qtbot):
    """What the main thread hears late may also come while a raster is still being opened."""

    def open_many() -> int:
        for _ in range(400):
            open_raster_file(scene).close()
        return 400

    with ThreadPoolExecutor(1) as thread:
        opened = thread.submit(open_many)
        qtbot.waitUntil(opened.done, timeout=60_000)
        assert opened.result() == 400
