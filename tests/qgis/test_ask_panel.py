"""The Ask tab: from a question to an answer, its evidence on the map, and what goes wrong."""

from __future__ import annotations

import re

import pytest
from qgis.core import QgsDistanceArea, QgsProject, QgsRectangle, QgsSettings
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt, QUrl
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtTest import QTest

from rs_vlm_plugin.engine.ask import Reply
from rs_vlm_plugin.engine.ask.question import UNKNOWN, read_question
from rs_vlm_plugin.gui.ask.ask_panel import EXAMPLES
from rs_vlm_plugin.gui.ask.question_line import QuestionLine
from rs_vlm_plugin.gui.region_chooser import RegionKind
from rs_vlm_plugin.session import session
from tests.qgis.analyst import SECONDS, add_raster, result_groups, warnings_of
from tests.qgis.level_dock import (  # noqa: F401
    choose_bundle,
    level_dock,
    only_layer_of,
    positions,
    slow_dock,
)
from tests.qgis.level_scene import level_bundle, planes  # noqa: F401

COUNT = "How many planes are there?"


@pytest.fixture
def panel(level_dock):  # noqa: F811
    session().clear()
    level_dock.show_ask()
    yield level_dock.ask_panel
    session().clear()


@pytest.fixture
def asked(panel, qtbot):
    def ask(question: str):
        with qtbot.waitSignal(panel.answered, timeout=SECONDS):
            panel.question_line.setText(question)
            QTest.keyClick(panel.question_line, Qt.Key.Key_Return)
        return panel.exchanges()[-1].reply if panel.exchanges() else None

    return ask


def links(panel) -> list[str]:
    return re.findall(r'href="(rsvlm:[^"]+)"', panel.browser.toHtml())


def test_return_asks_and_the_answer_is_told_with_its_confidence(asked, panel, qgis_iface):
    reply = asked(COUNT)
    text = panel.browser.toPlainText()
    assert text.startswith("planes, whole layer: 96 × 64 px")
    assert (reply.text, reply.abstained) == ("3", False)
    assert f"{COUNT}\n3\nconfidence {round(100 * reply.confidence)} %" in text
    assert "3 found as objects" in text
    assert panel.question_line.text() == ""
    assert warnings_of(qgis_iface) == []
    assert [type(entry.result) for entry in session().entries()] == [Reply]


def test_evidence_is_a_layer_and_each_place_a_link(asked, panel, qgis_canvas):
    asked(COUNT)
    layer = only_layer_of("RS-VLM answers: planes")
    assert layer.name() == COUNT
    assert layer.featureCount() == 3
    assert {feature["answer"] for feature in layer.getFeatures()} == {"3"}
    assert links(panel) == ["rsvlm:answer/0", *(f"rsvlm:evidence/0/{n}" for n in range(3))]
    qgis_canvas.setExtent(QgsRectangle(0, 0, 100, 100))
    panel.browser.anchorClicked.emit(QUrl("rsvlm:answer/0"))
    assert qgis_canvas.extent().contains(layer.extent())
    qgis_canvas.setExtent(QgsRectangle(0, 0, 100, 100))
    panel.browser.anchorClicked.emit(QUrl("rsvlm:evidence/0/1"))
    assert qgis_canvas.extent().intersects(layer.extent())
    assert not qgis_canvas.extent().contains(layer.extent())


def test_only_the_layer_of_the_answer_in_question_is_ticked(asked, panel):
    asked(COUNT)
    asked("Where are the planes?")
    assert result_groups() == ["RS-VLM answers: planes"]
    root = QgsProject.instance().layerTreeRoot()
    newest, oldest = root.findGroup("RS-VLM answers: planes").findLayers()
    assert (newest.isVisible(), oldest.isVisible()) == (True, False)
    panel.browser.anchorClicked.emit(QUrl("rsvlm:answer/0"))
    assert (newest.isVisible(), oldest.isVisible()) == (False, True)


def test_what_cannot_be_told_has_a_reason(asked, panel):
    reply = asked("Who lives here?")
    assert reply.abstained
    assert f"Cannot tell: {reply.reason}" in panel.browser.toPlainText()
    assert "confidence" not in panel.browser.toPlainText()
    assert result_groups() == []


def test_sizes_come_from_geometry(asked, panel):
    reply = asked("How large is the plane?")
    boxes = only_layer_of("RS-VLM answers: planes")
    measure = QgsDistanceArea()
    measure.setEllipsoid("WGS84")
    measure.setSourceCrs(boxes.crs(), QgsProject.instance().transformContext())
    area = sum(measure.measureArea(each.geometry()) for each in boxes.getFeatures())
    value = float(re.search(r"about ([\d.,]+) ha", reply.text).group(1))
    assert value == pytest.approx(area / 1e4, rel=0.05)
    assert "boxes of 3 found, added up" in panel.browser.toPlainText()


def test_follow_ups_keep_the_view_of_the_first_question(asked, panel, level_dock, qgis_canvas):  # noqa: F811
    layer = level_dock.picker.layer()
    west = QgsRectangle(layer.extent())
    west.setXMaximum(west.xMinimum() + 330)
    qgis_canvas.setExtent(west)
    level_dock.chooser.set_kind(RegionKind.VIEW)
    first = asked("Is there a plane?").provenance
    assert "planes, what the map showed: " in panel.browser.toPlainText()
    assert panel.about.isVisible()
    qgis_canvas.setExtent(QgsRectangle(0, 0, 100, 100))
    qgis_canvas.extentsChanged.emit()
    level_dock.chooser.changed.emit()
    again = asked("Where are the planes?").provenance
    assert again.region == first.region
    assert again.stretch == first.stretch

    qgis_canvas.setExtent(layer.extent())
    panel.release_button.click()
    assert not panel.about.isVisible()
    assert asked("Is there a plane?").provenance.region != first.region


def test_choosing_another_region_is_meant(asked, panel, level_dock, qgis_canvas):  # noqa: F811
    whole = asked("Is there a plane?").provenance.region
    qgis_canvas.setExtent(QgsRectangle(500_000, 5_699_700, 500_300, 5_700_000))
    level_dock.chooser.set_kind(RegionKind.VIEW)
    assert not panel.about.isVisible()
    assert asked("Is there a plane?").provenance.region != whole
    assert panel.browser.toPlainText().count("planes, ") == 2


def test_arrows_go_through_earlier_questions(asked, panel):
    asked("Who lives here?")
    asked("Is there a plane?")
    line = panel.question_line
    line.setText("a draft")
    QTest.keyClick(line, Qt.Key.Key_Up)
    assert line.text() == "Is there a plane?"
    QTest.keyClick(line, Qt.Key.Key_Up)
    assert line.text() == "Who lives here?"
    QTest.keyClick(line, Qt.Key.Key_Up)
    assert line.text() == "Who lives here?"
    for _ in range(2):
        QTest.keyClick(line, Qt.Key.Key_Down)
    assert line.text() == "a draft"


def test_history_outlives_the_window_and_forgets_novels(analyst_settings, qtbot):
    line = QuestionLine()
    qtbot.addWidget(line)
    for text in ("x" * 10_000, "Is there a plane?"):
        line.setText(text)
        line.take()
    other = QuestionLine()
    qtbot.addWidget(other)
    for _ in range(3):
        QTest.keyClick(other, Qt.Key.Key_Up)
    assert other.text() == "Is there a plane?"
    QgsSettings().remove("rs_vlm/ask_history")


@pytest.mark.parametrize(
    ("question", "said"),
    [("", "is empty"), (" ?? ", "is empty"), ("how " * 2500, "characters long")],
)
def test_a_question_that_is_none_is_said_at_once(panel, question, said):
    panel.ask(question)
    assert not panel.is_busy()
    assert said in panel.status.text()
    assert panel.exchanges() == []


def test_a_question_is_text_not_html(asked, panel):
    asked("<b>How many</b> planes <img src=x> are there?")
    assert "<b>How many</b> planes <img src=x> are there?" in panel.browser.toPlainText()


def test_examples_are_questions_that_can_be_answered():
    kinds = [read_question(text).kind for text in EXAMPLES]
    assert UNKNOWN not in kinds
    assert len(set(kinds)) == len(kinds)


def test_an_example_asks_itself(panel, qtbot):
    button = panel.first_page.buttons[1]
    assert button.isVisible()
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        button.click()
        assert panel.busy_bar.isVisible()
    assert panel.exchanges()[0].reply.question == button.text()
    assert not panel.busy_bar.isVisible()


def test_copy_and_clear(asked, panel):
    asked(COUNT)
    panel.copy_button.click()
    assert COUNT in QGuiApplication.clipboard().text()
    panel.clear_button.click()
    assert panel.exchanges() == []
    assert panel.first_page.buttons[0].isVisible()
    assert not panel.about.isVisible()
    assert result_groups() == ["RS-VLM answers: planes"]
    asked(COUNT)
    assert result_groups() == ["RS-VLM answers: planes (2)", "RS-VLM answers: planes"]


def test_cancel_before_anything_was_seen_says_so(panel, qtbot):
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.ask(COUNT)
        panel.busy_bar.cancel_button.click()
    assert panel.exchanges() == []
    assert panel.status.text() == "Cancelled."
    assert not panel.is_busy()


def test_cancel_keeps_an_answer_from_what_was_seen(slow_dock, qtbot):  # noqa: F811
    slow_dock.show_ask()
    panel = slow_dock.ask_panel
    panel.ask("Is there a plane?")
    qtbot.waitUntil(lambda: "tiles asked" in panel.busy_bar.step_label.text(), timeout=SECONDS)
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        QTest.keyClick(panel.question_line, Qt.Key.Key_Escape)
    assert panel.exchanges()[0].reply.partial
    assert "Stopped early" in panel.browser.toPlainText()


def test_a_layer_removed_meanwhile_ends_it_with_a_sentence(slow_dock, qtbot):  # noqa: F811
    slow_dock.show_ask()
    panel = slow_dock.ask_panel
    panel.ask("Is there a plane?")
    qtbot.waitUntil(lambda: "tiles asked" in panel.busy_bar.step_label.text(), timeout=SECONDS)
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        QgsProject.instance().removeMapLayer(slow_dock.picker.layer().id())
    assert "large was removed" in panel.status.text()
    assert panel.pinned.aim() is None
    assert panel.exchanges()[0].reply.partial


def test_a_closed_project_clears_the_conversation(asked, panel):
    asked(COUNT)
    QgsProject.instance().clear()
    assert panel.exchanges() == []
    assert not panel.question_line.isEnabled()
    assert "Add a raster layer" in panel.first_page.hint.text()


def test_a_model_that_cannot_ask_says_what_to_do(panel, level_dock, tiny_bundle):  # noqa: F811
    choose_bundle(level_dock, tiny_bundle)
    assert "cannot ask" in panel.first_page.hint.text()
    assert not panel.question_line.isEnabled()
    assert not panel.ask_button.isEnabled()
    assert not any(button.isVisible() for button in panel.first_page.buttons)


def test_without_a_layer_it_says_to_add_one(dock, level_bundle):  # noqa: F811
    dock.show_ask()
    choose_bundle(dock, level_bundle)
    assert "Add a raster layer" in dock.ask_panel.first_page.hint.text()
    assert not dock.ask_panel.first_page.buttons[0].isEnabled()


def test_without_a_drawing_it_hands_over_the_mouse(panel, level_dock, qgis_canvas):  # noqa: F811
    level_dock.chooser.set_kind(RegionKind.RECTANGLE)
    level_dock.chooser.stop_drawing()
    panel.ask(COUNT)
    assert not panel.is_busy()
    assert level_dock.chooser.is_drawing()
    assert "Drag a rectangle" in panel.status.text()
    level_dock.chooser.stop_drawing()


def test_results_that_cannot_be_written_keep_the_answer(asked, panel, tmp_path):
    (tmp_path / "results").write_text("a file where the folder should be")
    assert asked(COUNT).text == "3"
    assert "cannot be written" in panel.status.text()
    assert result_groups() == []


def test_tab_goes_from_region_to_conversation_to_question(level_dock, asked):  # noqa: F811
    asked(COUNT)
    wanted = [
        *("rsVlmRegionKind", "rsVlmConversation", "rsVlmQuestion", "rsVlmAskButton"),
        *("rsVlmAskCopy", "rsVlmAskClear"),
    ]
    assert positions(level_dock, wanted) == sorted(positions(level_dock, wanted))


def test_one_region_for_all_tabs(level_dock):  # noqa: F811
    level_dock.show_ask()
    assert level_dock.target.parent() is level_dock.ask_panel
    level_dock.show_find()
    assert level_dock.target.parent() is level_dock.find_panel
    assert level_dock.target.isVisible()
    level_dock.show_describe()
    assert level_dock.target.isVisible()
    level_dock.show_search()
    assert not level_dock.target.isVisible()


def test_nothing_is_left_on_the_canvas(dock, qgis_canvas, make_raster):
    def bands():
        return [item for item in qgis_canvas.scene().items() if isinstance(item, QgsRubberBand)]

    add_raster(make_raster())
    dock.show_ask()
    assert bands()
    dock.dispose()
    dock.dispose = lambda: None
    # Map tools, and what they draw, go at the next turn of the event loop.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert bands() == []
