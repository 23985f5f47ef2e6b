"""The session's log goes with the project: saved, opened again, cleared, and never trusted."""

# ruff: noqa: F811  # fixtures are named where they are used

from __future__ import annotations

import base64
import json
import zlib
from contextlib import closing

import pytest
from qgis.core import QgsProject

from rs_vlm_plugin.engine.compare import compare
from rs_vlm_plugin.gui.dock import DescribeDock
from rs_vlm_plugin.layers.raster_file_source import open_raster_file
from rs_vlm_plugin.report.page import session_page
from rs_vlm_plugin.session import Session, session
from rs_vlm_plugin.session.in_project import KEY, SCOPE, ProjectLog
from rs_vlm_plugin.session.plain_values import to_plain
from rs_vlm_plugin.session.stored import (
    FORMAT,
    MOST_JSON_BYTES,
    MOST_STORED_BYTES,
    log_text,
    read_log,
)
from tests.qgis.analyst import SECONDS
from tests.qgis.compare_scene import after, before  # noqa: F401
from tests.qgis.descriptions import make_description
from tests.qgis.level_dock import level_dock  # noqa: F401
from tests.qgis.level_scene import level_bundle, planes  # noqa: F401
from tests.qgis.session_scene import entries, level_model  # noqa: F401


class Desk:
    """A QGIS with a project and a session that go together."""

    def __init__(self) -> None:
        self.session, self.project, self.said = Session(), QgsProject(), []
        self.log = ProjectLog(self.session, self.project, self.said.append)

    def save(self, path) -> None:
        assert self.project.write(str(path))

    def open(self, path) -> None:
        assert self.project.read(str(path))


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def project_log(qgis_new_project):
    """The log of this QGIS, kept with its project."""
    session().restore()
    log = ProjectLog(session(), QgsProject.instance(), lambda _sentence: None)
    yield log
    log.dispose()
    session().restore()


def packed(whole: object) -> str:
    raw = whole if isinstance(whole, bytes) else json.dumps(whole).encode("utf-8")
    return base64.b64encode(zlib.compress(raw)).decode("ascii")


def stored(*items: dict, **changes) -> str:
    return packed({"format": FORMAT, "talk": None, "entries": list(items), **changes})


def item_of(description) -> dict:
    return {
        "kind": "description",
        "at": "2026-11-20T12:00:00+00:00",
        "notes": [],
        "about": "",
        "result": to_plain(description),
    }


@pytest.mark.parametrize("name", ["survey.qgz", "survey.qgs"])
def test_every_kind_of_result_survives_saving_and_opening(
    desk, entries, level_model, before, after, tmp_path, name
):
    for entry in entries:
        desk.session.add(entry.result, ("Only in the view.",), about="planes, whole layer")
    first, second = (open_raster_file(str(path)) for path in (before, after))
    with closing(first), closing(second):
        desk.session.add(compare(first, second, None, level_model, "fixed", 60))
    kept = desk.session.entries()
    desk.save(tmp_path / name)
    other = Desk()
    other.open(tmp_path / name)
    found = other.session.entries()
    assert other.said == []
    assert [type(entry.result) for entry in found] == [type(entry.result) for entry in kept]
    assert [to_plain(entry.result) for entry in found] == [to_plain(e.result) for e in kept]
    assert [(e.at, e.notes, e.about) for e in found] == [(e.at, e.notes, e.about) for e in kept]
    assert session_page(found, [None] * 5) == session_page(kept, [None] * 5)


def test_another_project_has_another_log(desk, tmp_path):
    desk.session.add(make_description(raster="a.tif"))
    desk.save(tmp_path / "a.qgz")
    desk.project.clear()
    assert desk.session.entries() == ()
    desk.session.add(make_description(raster="b.tif"))
    desk.save(tmp_path / "b.qgz")
    desk.open(tmp_path / "a.qgz")
    assert [entry.result.provenance.raster for entry in desk.session.entries()] == ["a.tif"]
    desk.open(tmp_path / "b.qgz")
    assert [entry.result.provenance.raster for entry in desk.session.entries()] == ["b.tif"]


def test_an_answer_is_an_unsaved_change_and_opening_is_none(desk, tmp_path):
    desk.project.setDirty(False)
    desk.session.add(make_description())
    assert desk.project.isDirty()
    desk.save(tmp_path / "a.qgz")
    assert not desk.project.isDirty()
    desk.open(tmp_path / "a.qgz")
    assert not desk.project.isDirty()


def test_a_cleared_log_is_cleared_in_the_file_too(desk, tmp_path):
    desk.session.add(make_description())
    desk.save(tmp_path / "a.qgz")
    desk.session.clear()
    assert desk.project.isDirty()
    desk.save(tmp_path / "a.qgz")
    desk.open(tmp_path / "a.qgz")
    assert desk.session.entries() == ()
    assert desk.project.readEntry(SCOPE, KEY)[0] == ""


def test_a_plugin_that_is_reloaded_finds_the_log_again(desk):
    desk.session.add(make_description(raster="a.tif"))
    desk.log.dispose()
    later = Session()
    ProjectLog(later, desk.project, desk.said.append)
    assert [entry.result.provenance.raster for entry in later.entries()] == ["a.tif"]


def test_what_a_log_takes_in_a_project_has_a_bound():
    log = Session()
    for number in range(500):
        notes = tuple(f"{number}.{line}" * 40 for line in range(300))
        log.add(make_description(raster=f"{number}.tif"), notes)
    text = log_text(log.entries())
    assert len(text) <= MOST_STORED_BYTES
    kept = read_log(text).entries
    assert 1 < len(kept) < 500
    assert kept[-1].result.provenance.raster == "499.tif"
    assert read_log(log_text(log.entries()[-3:])).unreadable == 0


@pytest.mark.parametrize("text", [
    "no base64 <at all>",
    base64.b64encode(b"not packed").decode(),
    "A" * (MOST_STORED_BYTES + 4),
    packed(b" " * (MOST_JSON_BYTES + 1)),
    packed(b"[" * 200_000),
    packed(b'{"format": 1, "entries": [NaN]}'),
    packed([1, 2]),
    packed({"format": "1", "entries": []}),
    packed({"format": FORMAT, "entries": {}}),
    packed({"format": FORMAT, "entries": [], "talk": "yesterday"}),
    stored(item_of(make_description()))[:-40],
])  # fmt: skip
def test_a_log_that_is_none_is_left_out_with_a_sentence(desk, tmp_path, text):
    desk.log.dispose()
    desk.project.writeEntry(SCOPE, KEY, text)
    path = tmp_path / "a.qgz"
    desk.save(path)
    other = Desk()
    other.open(path)
    assert other.session.entries() == ()
    assert other.said == ["The session log of this project is damaged and was left out."]


@pytest.mark.parametrize("change", [
    {"kind": "layer"},
    {"at": 5},
    {"at": "0001-01-01T00:00:00+14:00"},
    {"notes": "one"},
    {"notes": ["x" * 30_000]},
    {"result": None},
    {"result": {"partial": False}},
    {"scene": {"text": 5}},
    {"scene": {"confidence": "high"}},
    {"scene": {"confidence": True}},
    {"scene": {"geometry": {"type": "Point", "coordinates": [0, 0]}}},
    {"scene": {"geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}}},
    {"scene": {"geometry": {"type": "Polygon", "coordinates": [[[1e308 * 10, 0]] * 4]}}},
    {"scene": {"geometry": {"type": "MultiPolygon", "coordinates": 7}}},
    {"provenance": {"budget": 10**30}},
    {"provenance": {"bands": [1.5]}},
    {"provenance": {"stretch": [[0, 1, 2]]}},
])  # fmt: skip
def test_an_entry_that_is_none_is_left_out_and_the_others_are_kept(change):
    bad = item_of(make_description())
    for key, value in change.items():
        if key in bad:
            bad[key] = value
        else:
            bad["result"][key].update(value)
    text = json.dumps({"format": FORMAT, "entries": [bad, item_of(make_description())]})
    # An infinite number, as JSON would write it.
    log = read_log(packed(text.replace("Infinity", "1e999").encode()))
    assert (len(log.entries), log.unreadable) == (1, 1)
    assert log.entries[0].result == make_description()


def test_unreadable_entries_are_counted_for_the_user(desk):
    desk.log.dispose()
    desk.project.writeEntry(SCOPE, KEY, stored({}, item_of(make_description())))
    ProjectLog(desk.session, desk.project, desk.said.append)
    assert len(desk.session.entries()) == 1
    assert desk.said == ["1 answers of this project's session log could not be read."]


def test_markup_in_a_saved_answer_is_only_text(desk):
    text = stored(item_of(make_description(raster="<script>alert(1)</script>.tif")))
    page = session_page(read_log(text).entries, [None])
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_log_of_a_newer_version_is_kept_as_it_is(desk, tmp_path):
    newer = packed({"format": FORMAT + 1, "entries": "in another way"})
    desk.log.dispose()
    desk.project.writeEntry(SCOPE, KEY, newer)
    desk.save(tmp_path / "a.qgz")
    other = Desk()
    other.open(tmp_path / "a.qgz")
    other.session.add(make_description())
    other.save(tmp_path / "b.qgz")
    assert other.project.readEntry(SCOPE, KEY)[0] == newer
    assert len(other.said) == 1
    assert "newer" in other.said[0]
    other.session.clear()
    other.save(tmp_path / "b.qgz")
    assert other.project.readEntry(SCOPE, KEY)[0] == ""


def test_the_conversation_goes_on_where_it_was_saved(project_log, level_dock, tmp_path, qtbot):
    panel = level_dock.ask_panel
    for question in ("How many planes are there?", "Is there a plane?"):
        with qtbot.waitSignal(panel.answered, timeout=SECONDS):
            panel.ask(question)
    said = panel.browser.toPlainText()
    path = str(tmp_path / "survey.qgz")
    assert QgsProject.instance().write(path)
    QgsProject.instance().clear()
    assert panel.exchanges() == []
    assert panel.pages.currentWidget() is panel.first_page
    assert QgsProject.instance().read(path)
    assert panel.browser.toPlainText() == said
    assert panel.pages.currentWidget() is panel.browser
    assert panel.copy_button.isEnabled()
    # A link of the answer still leads to its place.
    assert "rsvlm:answer/0" in panel.browser.toHtml()

    panel.clear_button.click()
    assert QgsProject.instance().write(path)
    QgsProject.instance().clear()
    assert QgsProject.instance().read(path)
    assert panel.exchanges() == []
    # What was cleared from sight stays in the report.
    assert len(session().entries()) == 2


def test_a_dock_opened_later_shows_what_the_project_holds(
    project_log, entries, dock, qgis_iface, qtbot
):
    for entry in entries:
        session().add(entry.result, about="planes, whole layer")
    later = DescribeDock(qgis_iface)
    qtbot.addWidget(later, before_close_func=lambda widget: widget.dispose())
    assert "How many plane are there?" in later.ask_panel.browser.toPlainText()
    assert later.ask_panel.copy_button.isEnabled()
    assert later.results.description() is entries[0].result


def test_the_newest_description_is_shown_again(project_log, dock, tmp_path):
    session().add(make_description(raster="a.tif"))
    session().add(make_description(raster="b.tif"))
    path = str(tmp_path / "survey.qgz")
    assert QgsProject.instance().write(path)
    QgsProject.instance().clear()
    assert dock.results.description() is None
    assert dock.results.currentIndex() == 0
    assert QgsProject.instance().read(path)
    assert dock.results.description().provenance.raster == "b.tif"
    assert dock.results.status.text().replace("\u200b", "").startswith("Saved with this project on")
    assert dock.results.save_button.isEnabled()
    assert not dock.results.layers_button.isEnabled()
