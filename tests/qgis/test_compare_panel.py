"""The Compare tab: two images to a text with links and a change layer."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsPointXY, QgsProject
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtTest import QTest

from rs_vlm_plugin.gui.compare.comparison_html import comparison_html, linked_geometry
from rs_vlm_plugin.gui.region_chooser import RegionKind
from rs_vlm_plugin.session import session
from tests import rasters
from tests.qgis.analyst import SECONDS, add_raster, result_groups, warnings_of
from tests.qgis.compare_scene import after, before  # noqa: F401
from tests.qgis.level_dock import choose_bundle, level_dock, only_layer_of  # noqa: F401
from tests.qgis.level_scene import level_bundle, planes  # noqa: F401

GROUP = "RS-VLM compare: before and after"


@pytest.fixture
def panel(level_dock, before: Path, after: Path):  # noqa: F811
    """The two dates in the project, the earlier one chosen, all of it."""
    project = QgsProject.instance()
    project.removeMapLayers(list(project.mapLayers()))
    first = add_raster(before, "before")
    second = add_raster(after, "after")
    level_dock.picker.follow_button.setChecked(False)
    level_dock.picker.layer_box.setLayer(first)
    level_dock.compare_panel.after_box.setLayer(second)
    level_dock.chooser.set_kind(RegionKind.LAYER)
    level_dock.options.budget_box.setValue(60)
    session().clear()
    level_dock.show_compare()
    yield level_dock.compare_panel
    session().clear()


@pytest.fixture
def compared(panel, qtbot):
    def compare():
        with qtbot.waitSignal(panel.concluded, timeout=SECONDS):
            QTest.mouseClick(panel.compare_button, Qt.MouseButton.LeftButton)
        return panel.result()

    return compare


def test_what_came_is_said_and_drawn(compared, panel, qgis_iface):
    result = compared()
    assert {item.name: item.count for item in result.gained}["plane"] == 1
    text = panel.browser.toPlainText()
    assert "Before before.tif\n" in text
    assert "After after.tif\n" in text
    assert "1 plane" in text
    assert warnings_of(qgis_iface) == []
    layer = only_layer_of(GROUP)
    assert layer.crs().authid() == "EPSG:32633"
    assert layer.renderer().classAttribute() == "score"
    (new,) = [each for each in layer.getFeatures() if "1 plane" in each["gained"]]
    assert new.geometry().contains(QgsPointXY(500_805, 5_699_515))
    assert "Before: " in layer.metadata().abstract()
    (entry,) = session().entries()
    assert entry.result == result


def test_a_click_on_a_change_zooms_there(compared, panel, qgis_canvas):
    result = compared()
    number = next(n for n, change in enumerate(result.changes) if change.gained.get("plane"))
    assert f'href="change:{number}"' in comparison_html(result)
    panel.browser.anchorClicked.emit(QUrl(f"change:{number}"))
    shown = qgis_canvas.extent()
    assert shown.contains(QgsPointXY(500_805, 5_699_515))
    assert shown.width() < 960


def test_links_of_another_page_lead_nowhere(compared):
    result = compared()
    for link in ("change:99", "change:-1", "change:x", "other:0", ""):
        assert linked_geometry(result, link) is None
    assert linked_geometry(result, "gained:0") == result.gained[0].geometry


def test_swapping_makes_gains_losses(compared, panel, level_dock):  # noqa: F811
    QTest.mouseClick(panel.swap_button, Qt.MouseButton.LeftButton)
    assert (level_dock.picker.layer().name(), panel.after().name()) == ("after", "before")
    result = compared()
    assert {item.name: item.count for item in result.lost}["plane"] == 1


def test_an_image_is_not_offered_to_be_compared_with_itself(panel, level_dock):  # noqa: F811
    names = [panel.after_box.itemText(n) for n in range(panel.after_box.count())]
    assert names == ["after"]
    QgsProject.instance().removeMapLayer(panel.after().id())
    assert panel.after() is None
    assert not panel.compare_button.isEnabled()
    assert not panel.swap_button.isEnabled()
    assert "second raster layer" in panel.hint.text()


def test_images_apart_are_a_sentence(panel, qtbot, tmp_path):
    apart = add_raster(
        rasters.make_raster(tmp_path / "apart.tif", origin=(700_000, 5_700_000)), "apart"
    )
    panel.after_box.setLayer(apart)
    with qtbot.waitSignal(panel.concluded, timeout=SECONDS):
        panel.compare()
    assert "before and apart do not overlap" in panel.status.text()
    assert panel.result() is None
    assert panel.compare_button.isEnabled()


def test_cancel_keeps_what_was_seen(level_dock, qtbot, tmp_path):  # noqa: F811
    settings = {"size": (3000, 3000), "pattern": "noise", "overviews": (2, 4, 8, 16)}
    first = add_raster(rasters.make_raster(tmp_path / "one.tif", **settings), "one")
    second = add_raster(rasters.make_raster(tmp_path / "two.tif", **settings), "two")
    panel = level_dock.compare_panel
    level_dock.picker.layer_box.setLayer(first)
    panel.after_box.setLayer(second)
    level_dock.options.budget_box.setValue(4000)
    level_dock.show_compare()
    panel.compare()
    qtbot.waitUntil(lambda: panel.result() is not None, timeout=SECONDS)
    with qtbot.waitSignal(panel.concluded, timeout=SECONDS):
        QTest.mouseClick(panel.busy_bar.cancel_button, Qt.MouseButton.LeftButton)
    assert panel.result().partial
    assert "Stopped early" in panel.status.text()


def test_a_new_project_forgets(compared, panel):
    compared()
    assert GROUP in result_groups()
    QgsProject.instance().clear()
    assert panel.result() is None
    assert panel.pages.currentWidget() is panel.hint
    assert not panel.layer_button.isEnabled()


def test_the_layer_comes_back(compared, panel):
    compared()
    layer = only_layer_of(GROUP)
    QgsProject.instance().removeMapLayer(layer.id())
    QTest.mouseClick(panel.layer_button, Qt.MouseButton.LeftButton)
    assert only_layer_of(GROUP).featureCount() == len(panel.result().changes)


def test_text_from_files_is_escaped(compared):
    from dataclasses import replace

    result = compared()
    hostile = replace(result, before=replace(result.before, text="<img src=x> & co"))
    assert "<img" not in comparison_html(hostile)
    assert "&lt;img src=x&gt; &amp; co" in comparison_html(hostile)


def test_a_model_that_cannot_describe_says_so(panel, level_dock, tmp_path_factory):  # noqa: F811
    from tests.tiny_bundle import make_tiny_bundle

    bundle = make_tiny_bundle(tmp_path_factory.mktemp("search"), actions=("classify", "search"))
    choose_bundle(level_dock, bundle)
    panel.refresh()
    assert not panel.compare_button.isEnabled()
    assert "cannot describe" in panel.hint.text()
