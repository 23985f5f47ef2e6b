"""Exporting a session from the menu: a file, its progress, its end in the message bar."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton

from rs_vlm_plugin.gui.session_actions import SessionActions
from rs_vlm_plugin.session import session
from tests.qgis.analyst import SECONDS, warnings_of
from tests.qgis.descriptions import make_description


@pytest.fixture
def offered(qgis_iface, qgis_new_project):
    session().clear()
    qgis_iface.messageBar().clear_messages()
    actions = SessionActions(qgis_iface)
    yield actions
    actions.dispose()
    session().clear()


def test_there_is_nothing_to_export_at_first(offered):
    assert [action.isEnabled() for action in offered.actions()] == [False, False]
    session().add(make_description())
    assert [action.isEnabled() for action in offered.actions()] == [True, True]
    offered.clear_action.trigger()
    assert session().entries() == ()
    assert not offered.export_action.isEnabled()


def test_a_cleared_log_can_be_brought_back_from_the_bar(offered, qgis_iface, monkeypatch):
    shown = []
    monkeypatch.setattr(qgis_iface.messageBar(), "pushWidget", lambda item, *_: shown.append(item))
    kept = session().add(make_description())
    offered.clear_action.trigger()
    later = session().add(make_description(raster="later.tif"))
    (undo,) = shown[0].findChildren(QPushButton)
    undo.click()
    assert session().entries() == (kept, later)
    assert offered.clear_action.isEnabled()


@pytest.mark.parametrize(("typed", "kind", "written"), [
    ("a.html", "PDF (*.pdf)", "a.html"),
    ("a", "PDF (*.pdf)", "a.pdf"),
    ("a", "Web page (*.html)", "a.html"),
])  # fmt: skip
def test_a_report_is_written_where_it_was_asked_for(
    offered, tmp_path, monkeypatch, qtbot, typed, kind, written
):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), kind))
    session().add(make_description())
    with qtbot.waitSignal(offered.exported, timeout=SECONDS):
        offered.export_action.trigger()
        assert not offered.export_action.isEnabled()
    start = (tmp_path / written).read_bytes()[:15]
    assert start.startswith(b"%PDF" if written.endswith("pdf") else b"<!DOCTYPE html>")
    assert offered.export_action.isEnabled()


def test_a_report_that_cannot_be_written_is_said_in_the_bar(offered, tmp_path, qtbot, qgis_iface):
    session().add(make_description())
    with qtbot.waitSignal(offered.exported, timeout=SECONDS):
        offered.export(tmp_path / "nowhere" / "a.pdf")
    assert any("a.pdf" in warning for warning in warnings_of(qgis_iface))


def test_cancel_ends_the_export(offered, tmp_path, qtbot, qgis_iface):
    session().add(make_description())
    with qtbot.waitSignal(offered.exported, timeout=SECONDS):
        offered.export(tmp_path / "a.pdf")
        offered.give_up()
    qtbot.wait(300)
    assert not (tmp_path / "a.pdf").exists()
    assert offered.export_action.isEnabled()
