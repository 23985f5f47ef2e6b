"""What the panels answer goes into the session: what was meant, and each once."""

from __future__ import annotations

import pytest

from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.index.records import Filter
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.results import Description
from rs_vlm_plugin.gui.region_chooser import RegionKind
from rs_vlm_plugin.gui.search.filter_notes import filter_notes
from rs_vlm_plugin.session import session
from tests.qgis.analyst import add_raster
from tests.qgis.search_scene import SECONDS, indexed, make_scene, typed


@pytest.fixture
def log():
    session().clear()
    yield session()
    session().clear()


@pytest.fixture
def panel(dock, tmp_path, tiny_bundle, qtbot):
    scene = make_scene(tmp_path / "scene.tif")
    add_raster(scene)
    indexed(tmp_path / "i.gpkg", scene, VisionLanguageModel(load_bundle(tiny_bundle), device="cpu"))
    with qtbot.waitSignal(dock.search.control.state_changed, timeout=SECONDS):
        dock.search.control.look()
    return dock.search


def test_a_description_is_logged(dock, log, make_raster, qtbot):
    add_raster(make_raster(size=(64, 48)))
    dock.chooser.set_kind(RegionKind.LAYER)
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
    assert [type(entry.result) for entry in log.entries()] == [Description]
    assert log.entries()[0].result is dock.results.description()


def test_only_a_search_that_something_is_done_with_is_logged(panel, log, qtbot):
    with qtbot.waitSignal(panel.looked_closer, timeout=SECONDS):
        typed(qtbot, panel, "trees")
    assert log.entries() == ()
    panel.show_hit(panel.model.hits()[0])
    panel.show_hit(panel.model.hits()[1])
    assert [entry.result.query for entry in log.entries()] == ["trees"]


def test_what_a_search_was_limited_to_is_logged(panel, log, qtbot):
    panel.filters.finest_box.setValue(5)
    typed(qtbot, panel, "trees")
    panel.show_on_map()
    (entry,) = log.entries()
    assert entry.notes == ("Seen at 5 m per pixel or coarser.",)


def test_each_limit_is_said_in_a_sentence():
    rows = Filter(region=Region.from_bounds(8, 47, 9, 48), region_is_lonlat=True)
    assert filter_notes(rows, 0) == (
        "Searched within 8.00000,47.00000 : 9.00000,48.00000 (longitude, latitude).",
    )
    assert filter_notes(Filter(), 0) == ()
    least = ("Places of a relevance under 20 % are left out.",)
    assert filter_notes(Filter(), 0.2) == least


def test_an_entered_search_is_logged_once_as_seen_closer(panel, log, qtbot):
    panel.query_line.setText("white tanks")
    with qtbot.waitSignal(panel.looked_closer, timeout=SECONDS):
        panel.query_line.returnPressed.emit()
    assert [entry.result.query for entry in log.entries()] == ["white tanks"]
    assert any(hit.looked_closer for hit in log.entries()[0].result.hits)
