"""Results come into the project a layer per turn of the event loop: all of them, or none."""

from __future__ import annotations

import time

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject
from qgis.PyQt.QtCore import QTimer

from rs_vlm_plugin.layers.gradual_addition import GradualAddition
from rs_vlm_plugin.layers.result_layers import write_description
from tests.qgis.descriptions import make_description

SECONDS = 20_000


@pytest.fixture
def database(tmp_path):
    wkt = QgsCoordinateReferenceSystem("EPSG:32633").toWkt()
    return write_description(make_description(wkt), tmp_path / "result.gpkg")


def test_the_whole_group_arrives_at_once_after_some_turns(database, qgis_new_project, qtbot):
    project = QgsProject.instance()
    seen = []
    turns = QTimer()
    turns.timeout.connect(lambda: seen.append(len(project.mapLayers())))
    turns.start(0)
    addition = GradualAddition(database, project)
    with qtbot.waitSignal(addition.ended, timeout=SECONDS):
        assert project.mapLayers() == {}
    turns.stop()
    assert [node.name() for node in addition.group.findLayers()] == ["Objects", "Regions", "Scene"]
    assert addition.problem is None
    assert set(seen) <= {0, 3}
    assert seen.count(0) >= 2


def test_a_project_closed_in_between_stays_clean(database, qgis_new_project, qtbot):
    project = QgsProject.instance()
    addition = GradualAddition(database, project)
    with qtbot.waitSignal(addition.ended, timeout=SECONDS):
        QTimer.singleShot(0, project.clear)
    assert addition.group is None
    assert addition.problem is None
    assert project.mapLayers() == {}
    assert project.layerTreeRoot().children() == []


def test_a_missing_file_is_said_and_leaves_no_group(tmp_path, qgis_new_project, qtbot):
    addition = GradualAddition(tmp_path / "gone.gpkg", QgsProject.instance())
    with qtbot.waitSignal(addition.ended, timeout=SECONDS):
        pass
    assert "gone.gpkg" in addition.problem.sentence()
    assert QgsProject.instance().layerTreeRoot().children() == []


def test_stopping_twice_tells_once(database, qgis_new_project, qtbot):
    addition = GradualAddition(database, QgsProject.instance())
    told = []
    addition.ended.connect(lambda: told.append(time.monotonic()))
    addition.stop()
    addition.stop()
    assert len(told) == 1
    assert QgsProject.instance().mapLayers() == {}
