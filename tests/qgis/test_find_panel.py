"""The Find tab: phrases to a filtered, editable layer and a list that leads to each object."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsCategorizedSymbolRenderer, QgsNullSymbolRenderer, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QTextBrowser

from rs_vlm_plugin.engine.find import FindResult
from rs_vlm_plugin.gui.find.found_model import OBJECTS
from rs_vlm_plugin.layers.result_layers import class_colours
from rs_vlm_plugin.phrase_list import split_phrases
from rs_vlm_plugin.session import session
from rs_vlm_plugin.settings import FIND_POLICIES, Settings, load_settings
from tests import rasters
from tests.qgis.analyst import SECONDS, add_raster, result_groups, warnings_of
from tests.qgis.level_dock import (  # noqa: F401
    choose_bundle,
    level_dock,
    only_layer_of,
    positions,
    slow_dock,
)
from tests.qgis.level_scene import level_bundle, planes  # noqa: F401

GROUP = "RS-VLM find: plane, river"


@pytest.fixture
def panel(level_dock):  # noqa: F811
    session().clear()
    level_dock.show_find()
    yield level_dock.find_panel
    session().clear()


@pytest.fixture
def found(panel, qtbot):
    def find(text: str = "plane, river"):
        with qtbot.waitSignal(panel.concluded, timeout=SECONDS):
            panel.phrase_edit.setPlainText(text)
            QTest.keyClick(panel.phrase_edit, Qt.Key.Key_Return)
        return panel.result()

    return find


def test_phrases_are_separated_by_commas_and_lines():
    assert split_phrases(" plane,storage   tank\nriver;plane,, ") == (
        *("plane", "storage tank", "river"),
    )
    assert split_phrases(" ,;\n") == ()


def test_return_finds_each_phrase_in_one_run(found, panel, qgis_iface):
    found()
    assert panel.model.counts() == {"plane": 3, "river": 0}
    assert "3 found with 50 % or more" in panel.summary.text()
    assert warnings_of(qgis_iface) == []
    (entry,) = session().entries()
    assert isinstance(entry.result, FindResult)
    assert len(entry.result.objects) == 3


def test_the_layer_has_a_colour_for_each_phrase_and_can_be_edited(found):
    found()
    layer = only_layer_of(GROUP)
    assert layer.crs().authid() == "EPSG:32633"
    assert layer.featureCount() == 3
    names = [field.name() for field in layer.fields()]
    assert {"phrase", "score", "area_m2", "length_m", "width_m"} <= set(names)
    renderer = layer.renderer()
    assert isinstance(renderer, QgsCategorizedSymbolRenderer)
    colours = class_colours(["plane", "river"])
    for category in renderer.categories():
        assert category.symbol().color().name() == colours[category.value()]
    assert layer.startEditing()
    feature = next(layer.getFeatures())
    assert layer.changeAttributeValue(
        feature.id(), layer.fields().lookupField("phrase"), "aeroplane"
    )
    assert layer.commitChanges()
    assert "aeroplane" in {each["phrase"] for each in layer.getFeatures()}


def test_the_slider_filters_list_and_layer_without_looking_again(found, panel, qtbot):
    result = found()
    layer = only_layer_of(GROUP)
    scores = sorted(item.score for item in result.objects)
    assert panel.score_slider.score() == 0.5
    assert result.min_score == 0.25
    least = round(scores[-2] * 1000)
    panel.score_slider.slider.setValue(least)
    expected = sum(score >= least / 1000 for score in scores)
    assert panel.model.counts()["plane"] == expected < 3
    qtbot.waitUntil(lambda: layer.featureCount() == expected, timeout=SECONDS)
    assert "less sure" in panel.summary.text()
    panel.score_slider.slider.setValue(1000)
    assert panel.model.counts()["plane"] == 0
    panel.score_slider.own_button.click()
    assert panel.model.counts()["plane"] == 3
    qtbot.waitUntil(lambda: layer.featureCount() == 3, timeout=SECONDS)
    assert panel.result() is result


def test_a_style_that_the_user_kept_in_the_file_comes_back(found, panel, qtbot):
    found()
    layer = only_layer_of(GROUP)
    layer.setRenderer(QgsNullSymbolRenderer())
    assert layer.saveStyleToDatabase("mine", "", True, "") == ""
    QgsProject.instance().removeMapLayer(layer.id())
    panel.layer_button.click()
    assert isinstance(only_layer_of(GROUP).renderer(), QgsNullSymbolRenderer)


def test_a_layer_being_edited_is_not_filtered_and_it_is_said(found, panel, qtbot):
    found()
    layer = only_layer_of(GROUP)
    layer.startEditing()
    panel.score_slider.slider.setValue(1000)
    qtbot.waitUntil(lambda: "being edited" in panel.status.text(), timeout=SECONDS)
    assert layer.featureCount() == 3
    layer.rollBack()
    panel.score_slider.slider.setValue(999)
    qtbot.waitUntil(lambda: "being edited" not in panel.status.text(), timeout=SECONDS)
    assert layer.featureCount() == 0


def test_the_list_leads_to_each_object(found, panel, qgis_canvas):
    result = found()
    phrase = panel.model.index(0, 0)
    first = panel.model.index(0, 0, phrase)
    assert first.data(OBJECTS) == (result.objects[0],)
    assert f"{round(100 * result.objects[0].score)} %" in first.data()
    assert phrase.data() == "plane  3"
    qgis_canvas.setExtent(QgsRectangle(0, 0, 100, 100))
    panel.tree.clicked.emit(first)
    ring = result.objects[0].geometry["coordinates"][0]
    shown = qgis_canvas.extent()
    assert all(shown.contains(QgsRectangle(x, y, x, y)) for x, y in ring)
    assert not shown.contains(only_layer_of(GROUP).extent())
    panel.tree.clicked.emit(phrase)
    assert qgis_canvas.extent().contains(only_layer_of(GROUP).extent())


def test_the_layer_comes_back(found, panel):
    found()
    QgsProject.instance().removeMapLayer(only_layer_of(GROUP).id())
    assert panel.layer() is None
    panel.score_slider.slider.setValue(999)
    panel.score_slider.own_button.click()
    panel.layer_button.click()
    assert panel.layer().featureCount() == 3


def test_the_older_result_is_unticked(found):
    found("plane")
    found("plane")
    assert result_groups() == ["RS-VLM find: plane (2)", "RS-VLM find: plane"]
    root = QgsProject.instance().layerTreeRoot()
    ticked = [group.itemVisibilityChecked() for group in root.findGroups()]
    assert ticked == [True, False]


def test_it_looks_where_things_may_be_unless_told_otherwise(panel, level_dock, found):  # noqa: F811
    assert (Settings().find_policy, Settings().find_budget) == ("query", 64)
    boxes = panel.options.policy_box
    assert [boxes.itemData(row) for row in range(boxes.count())] == list(FIND_POLICIES)
    # What Describe, Ask and Compare are told is another matter, and out of sight here.
    assert not level_dock.options.isVisible()
    boxes.setCurrentIndex(boxes.findData("query"))
    panel.options.budget_box.setValue(12)
    assert "in doubt" in boxes.toolTip()
    result = found("plane")
    assert (result.provenance.policy, result.provenance.budget) == ("query", 12)
    assert result.provenance.tile_evaluations <= 12
    kept = load_settings()
    assert (kept.find_policy, kept.find_budget) == ("query", 12)
    assert (kept.policy, kept.budget) == ("fixed", 50)
    level_dock.show_ask()
    assert level_dock.options.isVisible()


def test_nothing_found_is_a_sentence_and_no_layer(found, panel):
    assert found("river").objects == ()
    assert panel.first_page.hint.text() == "Nothing found of: river."
    assert panel.first_page.hint.isVisible()
    assert result_groups() == []


def test_an_example_finds_itself(panel, qtbot):
    button = panel.first_page.buttons[1]
    assert button.isVisible()
    with qtbot.waitSignal(panel.concluded, timeout=SECONDS):
        button.click()
        assert not button.isVisible()
    assert panel.phrase_edit.phrases() == split_phrases(button.text()) == ("plane", "ship")
    # To this small model a ship is no word, and it says so.
    assert "ship" in panel.status.text()


def test_a_run_that_comes_to_nothing_leaves_the_result_before(found, panel, qtbot):
    before = found()
    with qtbot.waitSignal(panel.concluded, timeout=SECONDS):
        panel.look_for(("river",))
        panel.busy_bar.cancel_button.click()
    assert panel.result() is before
    assert panel.model.counts() == {"plane": 3, "river": 0}
    assert panel.status.text() == "Cancelled."


def test_an_image_without_coordinates_gives_boxes_in_pixels(level_dock, tmp_path, qtbot):  # noqa: F811
    pixels = np.full((3, 64, 96), 20, dtype=np.uint8)
    pixels[:, 27:36, 44:53] = 240
    bare = rasters.make_raster(tmp_path / "bare.tif", pixels=pixels, crs=None)
    level_dock.picker.layer_box.setLayer(add_raster(bare, "bare"))
    level_dock.show_find()
    with qtbot.waitSignal(level_dock.find_panel.concluded, timeout=SECONDS):
        level_dock.find_panel.look_for(("plane",))
    layer = only_layer_of("RS-VLM find: plane")
    assert not layer.crs().isValid()
    (feature,) = layer.getFeatures()
    assert not feature["area_m2"]
    assert level_dock.find_panel.model.index(0, 0).data() == "plane  1"


def test_tab_goes_from_region_to_phrases_to_list(level_dock, found):  # noqa: F811
    found()
    wanted = [
        *("rsVlmRegionKind", "rsVlmPhrases", "rsVlmFindButton", "rsVlmFindScore"),
        *("rsVlmFindOwnScore", "rsVlmFound", "rsVlmFindLayer"),
    ]
    assert positions(level_dock, wanted) == sorted(positions(level_dock, wanted))


def test_shift_return_begins_a_line(panel):
    panel.phrase_edit.setPlainText("")
    QTest.keyClicks(panel.phrase_edit, "plane")
    QTest.keyClick(panel.phrase_edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(panel.phrase_edit, "river")
    assert panel.phrase_edit.phrases() == ("plane", "river")
    assert not panel.is_busy()


def test_no_phrase_is_said_at_once(panel):
    panel.phrase_edit.setPlainText(" , ")
    panel.find_button.click()
    assert not panel.is_busy()
    assert "Name what to find" in panel.status.text()


TOO_MANY = ", ".join(f"plane {number}" for number in range(70))


@pytest.mark.parametrize(
    ("text", "said"),
    [("x" * 10_000, "characters long"), ("飞机", "knows no word"), (TOO_MANY, "At most 64")],
)
def test_phrases_nobody_can_mean_are_a_sentence(found, panel, text, said):
    assert found(text) is None
    assert said in panel.status.text()
    assert not panel.is_busy()
    assert panel.phrase_edit.phrases() == split_phrases(text)


def test_cancel_keeps_what_was_found(slow_dock, qtbot):  # noqa: F811
    slow_dock.show_find()
    panel = slow_dock.find_panel
    panel.look_for(("plane",))
    qtbot.waitUntil(lambda: "searched" in panel.busy_bar.step_label.text(), timeout=SECONDS)
    with qtbot.waitSignal(panel.concluded, timeout=SECONDS):
        QTest.keyClick(panel.phrase_edit, Qt.Key.Key_Escape)
    assert panel.result().partial
    assert "Stopped" in panel.status.text()


def test_cancel_before_anything_was_seen_says_so(panel, qtbot):
    with qtbot.waitSignal(panel.concluded, timeout=SECONDS):
        panel.look_for(("plane",))
        panel.busy_bar.cancel_button.click()
    assert panel.result() is None
    assert panel.status.text() == "Cancelled."


def test_a_layer_removed_meanwhile_ends_it_with_a_sentence(slow_dock, qtbot):  # noqa: F811
    slow_dock.show_find()
    panel = slow_dock.find_panel
    panel.look_for(("plane",))
    qtbot.waitUntil(lambda: "searched" in panel.busy_bar.step_label.text(), timeout=SECONDS)
    with qtbot.waitSignal(panel.concluded, timeout=SECONDS):
        QgsProject.instance().removeMapLayer(slow_dock.picker.layer().id())
    assert "large was removed" in panel.status.text()


def test_closing_the_plugin_waits_for_the_task(slow_dock, qtbot):  # noqa: F811
    slow_dock.show_find()
    slow_dock.find_panel.look_for(("plane",))
    slow_dock.dispose()
    assert not slow_dock.find_panel.is_busy()
    assert result_groups() == []
    slow_dock.dispose = lambda: None


def test_a_closed_project_empties_the_tab(found, panel):
    found()
    QgsProject.instance().clear()
    assert panel.result() is None
    assert "Add a raster layer" in panel.first_page.hint.text()


def test_what_ends_after_its_project_is_not_in_the_next_one_s_log(slow_dock, qtbot):  # noqa: F811
    slow_dock.show_find()
    panel = slow_dock.find_panel
    panel.look_for(("plane",))
    qtbot.waitUntil(lambda: " of " in panel.busy_bar.step_label.text(), timeout=SECONDS)
    with qtbot.waitSignal(panel.concluded, timeout=SECONDS):
        QgsProject.instance().clear()
    assert session().entries() == ()


def test_results_that_cannot_be_written_keep_the_list(found, panel, tmp_path: Path):
    (tmp_path / "results").write_text("a file where the folder should be")
    assert len(found().objects) >= 3
    assert "cannot be written" in panel.status.text()
    assert not panel.layer_button.isEnabled()


def test_a_model_that_cannot_find_says_what_to_do(panel, level_dock, tiny_bundle):  # noqa: F811
    choose_bundle(level_dock, tiny_bundle)
    assert "cannot find" in panel.first_page.hint.text()
    assert not panel.phrase_edit.isEnabled()
    assert not panel.find_button.isEnabled()


def phrase_position(browser: QTextBrowser) -> QPoint:
    """A point on the first link."""
    for y in range(0, browser.viewport().height(), 4):
        for x in range(0, browser.viewport().width(), 4):
            if browser.anchorAt(QPoint(x, y)).startswith(("rsvlm:phrase", "rsvlm:object")):
                return QPoint(x, y)
    raise LookupError("The description has no link to a phrase.")


def test_a_phrase_of_a_description_finds_every_such_object(level_dock, level_bundle, qtbot):  # noqa: F811
    level_dock.show_describe()
    with qtbot.waitSignal(level_dock.concluded, timeout=SECONDS):
        level_dock.describe()
    results = level_dock.results
    at = phrase_position(results.browser)
    menu = results.menu_at(at)
    action = menu.actions()[0]
    name = action.text()[len("Find every ") :]
    assert name in results.browser.toPlainText()
    with qtbot.waitSignal(level_dock.find_panel.concluded, timeout=SECONDS):
        action.trigger()
    menu.deleteLater()
    assert level_dock.tabs.currentWidget() is level_dock.find_panel
    result = level_dock.find_panel.result()
    assert result is not None, level_dock.find_panel.status.text()
    assert result.phrases == (name,)
    assert result.provenance.region == results.description().provenance.region


def test_elsewhere_the_menu_offers_nothing_to_find(level_dock, tiny_bundle, qtbot):  # noqa: F811
    level_dock.show_describe()
    with qtbot.waitSignal(level_dock.concluded, timeout=SECONDS):
        level_dock.describe()
    results = level_dock.results
    at = phrase_position(results.browser)

    def offered(point: QPoint) -> bool:
        menu = results.menu_at(point)
        texts = [action.text() for action in menu.actions()]
        menu.deleteLater()
        return any(text.startswith("Find every") for text in texts)

    assert offered(at)
    assert not offered(QPoint(0, results.browser.viewport().height() - 1))
    choose_bundle(level_dock, tiny_bundle)
    level_dock._offer_actions()
    assert not offered(at)
