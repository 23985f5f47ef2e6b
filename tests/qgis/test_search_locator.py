"""Searching from the locator bar, through QGIS's own locator."""

from __future__ import annotations

import pytest
from qgis.core import QgsLocatorModelBridge, QgsProject, QgsRectangle
from qgis.PyQt import sip

from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.gui.search.locator import PREFIX, SearchLocatorFilter
from tests.qgis.search_scene import SECONDS, indexed, make_scene


@pytest.fixture(scope="session")
def model(tiny_bundle):
    return VisionLanguageModel(load_bundle(tiny_bundle), device="cpu")


@pytest.fixture
def locator(qgis_iface, qgis_new_project, analyst_settings):
    """QGIS's locator bar without its line edit, with our filter."""
    bar = QgsLocatorModelBridge()
    own = SearchLocatorFilter(qgis_iface)
    bar.locator().registerFilter(own)
    yield bar
    bar.locator().cancel()
    own.dispose()
    bar.locator().deregisterFilter(own)
    # Here and now: left to the garbage collector, a background thread may come to delete it.
    sip.delete(bar)


def found(locator, qtbot, text: str) -> list:
    """Type into the locator, wait for it, and take the rows below the filter's own title."""
    with qtbot.waitSignal(locator.locator().finished, timeout=SECONDS):
        locator.performSearch(text)
    # Results reach the list a little later than the end of the search does.
    qtbot.wait(300)
    rows = locator.proxyModel()
    indexes = [rows.index(row, 0) for row in range(rows.rowCount())]
    return indexes[1:]


def test_places_are_found_by_prefix_and_zoomed_to(locator, model, tmp_path, qtbot, qgis_canvas):
    indexed(tmp_path / "i.gpkg", make_scene(tmp_path / "scene.tif"), model)
    results = found(locator, qtbot, f"{PREFIX} trees not water")
    assert 1 <= len(results) <= 8
    relevance = [int(index.data().split()[-2]) for index in results]
    assert results[0].data() == f"scene, relevance {relevance[0]} %"
    assert relevance == sorted(relevance, reverse=True)
    qgis_canvas.setExtent(QgsRectangle(0, 0, 10, 10))
    locator.triggerResult(results[0])
    assert qgis_canvas.extent().xMinimum() > 400_000


def test_without_the_prefix_nothing_is_searched(locator, model, tmp_path, qtbot):
    indexed(tmp_path / "i.gpkg", make_scene(tmp_path / "scene.tif"), model)
    assert found(locator, qtbot, "trees") == []


@pytest.mark.parametrize(
    ("text", "said"), [("not water", "only what is not wanted"), ("zxqv", "knows no word")]
)
def test_what_cannot_be_searched_is_said(locator, model, tmp_path, qtbot, text, said):
    indexed(tmp_path / "i.gpkg", make_scene(tmp_path / "scene.tif"), model)
    (result,) = found(locator, qtbot, f"{PREFIX} {text}")
    assert said in result.data()
    locator.triggerResult(result)


def test_without_an_index_it_says_how_to_get_one(locator, qtbot):
    (result,) = found(locator, qtbot, f"{PREFIX} trees")
    assert "build one in the RS-VLM panel" in result.data()


def test_an_index_that_is_gone_is_said(locator, model, tmp_path, qtbot):
    indexed(tmp_path / "i.gpkg", make_scene(tmp_path / "scene.tif"), model)
    (tmp_path / "i.gpkg").unlink()
    (result,) = found(locator, qtbot, f"{PREFIX} trees")
    assert "no longer there" in result.data()


def test_closing_the_project_leaves_nothing_to_search(locator, model, tmp_path, qtbot):
    indexed(tmp_path / "i.gpkg", make_scene(tmp_path / "scene.tif"), model)
    assert "relevance" in found(locator, qtbot, f"{PREFIX} trees")[0].data()
    QgsProject.instance().clear()
    (result,) = found(locator, qtbot, f"{PREFIX} trees")
    assert "No search index" in result.data()
