"""Names, questions and queries in any script of the world are text like any other."""

# ruff: noqa: F811  # fixtures are named where they are used

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt

from rs_vlm_plugin.engine.ask import ask
from rs_vlm_plugin.engine.errors import BadRequest
from rs_vlm_plugin.engine.find import find
from rs_vlm_plugin.gui.region_chooser import RegionKind
from rs_vlm_plugin.layers.raster_file_source import open_raster_file
from rs_vlm_plugin.session import session
from rs_vlm_plugin.session.export import SessionExport
from tests.qgis.analyst import SECONDS, add_raster, result_groups, warnings_of
from tests.qgis.level_scene import level_bundle, planes  # noqa: F401
from tests.qgis.search_scene import indexed, make_scene, typed
from tests.qgis.session_scene import level_model  # noqa: F401

NAMES = {"arabic": "صورة_الميناء", "hebrew": "נמל ‏2", "chinese": "港口影像", "emoji": "🛰️ é"}
QUERIES = {
    "arabic": "طائرات على المدرج",
    "hebrew": "מטוסים",
    "chinese": "跑道上的飞机",
    "mixed": "planes طائرات",
    "controls": "\u202eplanes\u202c",
    "emoji": "✈️✈️",
}


@pytest.fixture
def log():
    session().clear()
    yield session()
    session().clear()


@pytest.mark.parametrize("script", NAMES)
def test_an_image_of_any_name_is_described_and_reported(
    dock, log, make_raster, tmp_path, qtbot, qgis_iface, analyst_settings, script
):
    name = NAMES[script]
    add_raster(make_raster(f"{name}.tif", size=(64, 48)), name)
    dock.chooser.set_kind(RegionKind.LAYER)
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
    assert warnings_of(qgis_iface) == []
    assert [name in group for group in result_groups()] == [True]
    (package,) = Path(analyst_settings.results_folder).glob("*.gpkg")
    assert QgsVectorLayer(f"{package}|layername=scene", "scene", "ogr").featureCount() == 1
    path = tmp_path / f"{name}.html"
    export = SessionExport(log.entries(), path, QgsProject.instance())
    with qtbot.waitSignal(export.concluded, timeout=SECONDS):
        export.start()
    assert f"{name}.tif" in path.read_text(encoding="utf-8")


@pytest.fixture
def panel(dock, tmp_path, tiny_bundle, qtbot):
    from rs_vlm_plugin.engine.model.bundle import load_bundle
    from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

    scene = make_scene(tmp_path / "scene.tif")
    add_raster(scene)
    indexed(tmp_path / "i.gpkg", scene, VisionLanguageModel(load_bundle(tiny_bundle), "cpu"))
    with qtbot.waitSignal(dock.search.control.state_changed, timeout=SECONDS):
        dock.search.control.look()
    dock.show_search()
    return dock.search


def test_a_query_in_any_script_is_answered_in_a_sentence(panel, qtbot):
    for text in QUERIES.values():
        typed(qtbot, panel, text)
        assert panel.query_line.text() == text
        assert panel.status.text().strip().endswith((".", "?", "!", '"'))


def test_a_right_to_left_interface_can_be_read(panel, qapp, qtbot):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        typed(qtbot, panel, "trees")
        assert panel.list.isRightToLeft()
        picture = panel.list.grab().toImage()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    across, down = range(0, picture.width(), 3), range(0, min(90, picture.height()), 3)
    colours = {picture.pixel(x, y) for x in across for y in down}
    assert panel.model.hits()
    assert len(colours) > 5


@pytest.mark.parametrize("script", ["arabic", "hebrew", "chinese"])
def test_a_question_or_phrase_in_a_script_the_model_does_not_know_is_said(
    level_model, planes, script
):
    text = QUERIES[script]
    with closing(open_raster_file(str(planes))) as source:
        with pytest.raises(BadRequest) as refused:
            find(source, None, [text], level_model, "fixed", 4)
        assert "English" in refused.value.sentence()
        reply = ask(source, None, f"{text}?", level_model, "fixed", 4)
    assert reply.abstained
    assert reply.text.startswith("cannot tell")
