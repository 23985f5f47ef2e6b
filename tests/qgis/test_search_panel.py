"""Searching in the dock: typed, ranked, filtered, shown on the map, refined by example."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsGraduatedSymbolRenderer,
    QgsHeatmapRenderer,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

from rs_vlm_plugin.engine.index.geopackage import open_index
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.search import parse_query, search
from rs_vlm_plugin.gui.search.concept_store import saved_concepts
from rs_vlm_plugin.gui.search.history import past_queries
from rs_vlm_plugin.gui.search.region_filter import EVERYWHERE, POLYGON, RECTANGLE
from rs_vlm_plugin.gui.search.result_model import LIKED, UNLIKED, VOTE, hit_key
from rs_vlm_plugin.gui.search.searching import MOST_PLACES
from rs_vlm_plugin.layers.raster_file_source import open_raster_file
from rs_vlm_plugin.model_cache import providers_in_use
from tests.qgis.analyst import add_raster, warnings_of
from tests.qgis.search_scene import RED, SECONDS, indexed, make_scene, typed


@pytest.fixture(scope="session")
def model(tiny_bundle):
    return VisionLanguageModel(load_bundle(tiny_bundle), device="cpu")


@pytest.fixture
def scene(tmp_path):
    return make_scene(tmp_path / "scene.tif")


@pytest.fixture
def panel(dock, scene, tmp_path, model, qtbot):
    """The Search tab over a project whose scene is indexed."""
    add_raster(scene)
    indexed(tmp_path / "i.gpkg", scene, model)
    with qtbot.waitSignal(dock.search.control.state_changed, timeout=SECONDS):
        dock.search.control.look()
    dock.show_search()
    return dock.search


def draw(panel, qtbot, bounds) -> None:
    """Draw a rectangle as an example and wait for what it finds."""
    panel.concept_bar.draw_button.click()
    assert panel.is_drawing()
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.drawing.tool.drawn.emit(QgsGeometry.fromRect(QgsRectangle(*bounds)))


def bounds_of(hit):
    parts = hit.geometry["coordinates"]
    rings = [part[0] for part in parts] if hit.geometry["type"] != "Polygon" else [parts[0]]
    points = np.array([point for ring in rings for point in ring])
    return points[:, 0].min(), points[:, 1].min(), points[:, 0].max(), points[:, 1].max()


def test_typing_finds_places_best_first(panel, qtbot):
    typed(qtbot, panel, "trees")
    hits = panel.model.hits()
    assert len(hits) > 3
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert ", best first" in panel.status.text()
    assert panel.pages.currentWidget() is panel.list


def test_the_model_is_loaded_while_the_first_words_are_typed(panel, qtbot):
    panel.query_line.focused.emit()
    qtbot.waitUntil(lambda: bool(providers_in_use()), timeout=SECONDS)
    typed(qtbot, panel, "trees")
    assert panel.model.hits()


def test_only_the_last_of_many_keystrokes_is_answered(panel, qtbot):
    answers = []
    panel.answered.connect(lambda: answers.append(panel.answer().request.text))
    for end in range(1, len("white tanks") + 1):
        panel.query_line.setText("white tanks"[:end])
        panel.search()
    qtbot.waitUntil(lambda: answers[-1:] == ["white tanks"], timeout=SECONDS)
    assert answers == ["white tanks"]


def test_the_closer_look_outlines_what_was_found(panel, qtbot):
    with qtbot.waitSignal(panel.looked_closer, timeout=SECONDS):
        typed(qtbot, panel, "trees")
    hits = panel.model.hits()
    assert any(hit.looked_closer for hit in hits)
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


def test_the_closer_look_ranks_as_the_command_does(panel, qtbot, model, tmp_path):
    with qtbot.waitSignal(panel.looked_closer, timeout=SECONDS):
        typed(qtbot, panel, "trees not water")
    shown = panel.model.hits()
    with open_index(tmp_path / "i.gpkg") as index:
        query = parse_query("trees not water")
        asked = search([index], query, model, MOST_PLACES, open_raster=open_raster_file).hits
    assert len(shown) > 12
    assert all(hit.looked_closer for hit in shown)
    assert [hit_key(hit) for hit in shown] == [hit_key(hit) for hit in asked]
    assert [hit.score for hit in shown] == pytest.approx([hit.score for hit in asked])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("   ", ""),
        ("x" * 1001, "characters long"),
        ("not water", "only what is not wanted"),
        ("zxqv", "knows no word of zxqv"),
        ("дома у реки", "English"),
        ("123", "holds no word"),
    ],
)
def test_what_cannot_be_searched_is_said_in_a_sentence(panel, qtbot, qgis_iface, text, said):
    typed(qtbot, panel, "trees")
    if said:
        typed(qtbot, panel, text)
    else:
        panel.query_line.setText(text)
        panel.search()
    assert said in panel.status.text()
    assert panel.model.hits() == ()
    assert not panel.map_button.isVisible()
    assert not warnings_of(qgis_iface)


def test_unknown_words_beside_known_ones_are_named(panel, qtbot):
    typed(qtbot, panel, "trees zxqv")
    assert panel.model.hits()
    assert "does not know zxqv" in panel.status.text()


def test_not_terms_reach_the_engine(panel, qtbot):
    typed(qtbot, panel, "trees not water")
    assert panel.answer().wanted.unwanted == ("water",)


def test_arrows_and_enter_lead_to_the_map(panel, qtbot, qgis_canvas):
    typed(qtbot, panel, "trees")
    panel.window().activateWindow()
    QTest.keyClick(panel.query_line, Qt.Key.Key_Down)
    assert panel.list.currentIndex().row() == 0
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.list.currentIndex().row() == 1
    qgis_canvas.setExtent(QgsRectangle(0, 0, 10, 10))
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    west, south, east, north = bounds_of(panel.model.hits()[1])
    assert qgis_canvas.extent().contains(QgsRectangle(west, south, east, north))
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    assert panel.query_line.hasFocus() or not panel.list.hasFocus()


def test_a_click_on_a_row_zooms_and_is_remembered(panel, qtbot, qgis_canvas):
    typed(qtbot, panel, "green trees")
    qgis_canvas.setExtent(QgsRectangle(0, 0, 10, 10))
    row = panel.list.visualRect(panel.model.index(0, 0))
    QTest.mouseClick(
        panel.list.viewport(), Qt.MouseButton.LeftButton, pos=row.topLeft() + QPoint(90, 12)
    )
    west, south, east, north = bounds_of(panel.model.hits()[0])
    assert qgis_canvas.extent().contains(QgsRectangle(west, south, east, north))
    assert past_queries()[0] == "green trees"
    texts = [action.text() for action in panel.query_line.history_menu().actions()]
    assert texts[0] == "green trees"


def test_thumbnails_come_in_the_background(panel, qtbot):
    typed(qtbot, panel, "trees")
    from rs_vlm_plugin.gui.search.result_model import THUMBNAIL

    index = panel.model.index(0, 0)
    qtbot.waitUntil(lambda: index.data(THUMBNAIL) is not None, timeout=SECONDS)
    picture = index.data(THUMBNAIL)
    assert picture.width() > 8
    assert not picture.isNull()


def test_a_picture_that_fails_in_an_unforeseen_way_leaves_the_others_theirs(panel, qtbot):
    typed(qtbot, panel, "trees")
    first, second = panel.model.hits()[:2]
    rendered = []
    panel.thumbnails.forget()
    panel.thumbnails.rendered.connect(lambda key, _picture: rendered.append(key))
    panel.thumbnails.ask(replace(first, raster=None))
    panel.thumbnails.ask(second)
    qtbot.waitUntil(lambda: hit_key(second) in rendered, timeout=SECONDS)
    assert hit_key(first) not in rendered


def test_filters_narrow_the_search(panel, qtbot, qgis_canvas):
    typed(qtbot, panel, "trees")
    every = panel.model.hits()
    limit = 1 + int(100 * every[-1].score)
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.filters.score_box.setValue(limit)
    assert len(panel.model.hits()) < len(every)
    assert all(hit.score >= limit / 100 for hit in panel.model.hits())
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.filters.clear()
    assert len(panel.model.hits()) == len(every)

    coarsest = max(hit.gsd_m for hit in every)
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.filters.coarsest_box.setValue(coarsest - 0.01)
    assert all(hit.match.row.gsd_m < coarsest for hit in panel.model.hits())


def test_limits_that_are_folded_away_are_told_and_lifted_at_once(panel, qtbot):
    typed(qtbot, panel, "trees")
    every = len(panel.model.hits())
    assert panel.filters.isCollapsed()
    unlimited = panel.filters.title()
    assert not panel.filters.clear_button.isEnabled()
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.filters.coarsest_box.setValue(0.01)
    assert panel.filters.title() == "Where to search (limited)"
    assert "Search more widely" in panel.status.text()
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.filters.clear_button.click()
    assert len(panel.model.hits()) == every
    assert panel.filters.title() == unlimited


@pytest.mark.parametrize("text", ["trees", "zxqv"])
def test_an_emptied_query_says_again_what_to_type(panel, qtbot, text):
    typed(qtbot, panel, text)
    panel.query_line.clear()
    qtbot.waitUntil(panel.status.isHidden, timeout=SECONDS)
    assert panel.pages.currentWidget() is panel.hint
    assert "Places appear while you type" in panel.hint.text()


def test_the_view_as_region(panel, qtbot, qgis_canvas):
    typed(qtbot, panel, "trees")
    qgis_canvas.setExtent(QgsRectangle(500_000, 5_695_000, 503_000, 5_697_000))
    seen = qgis_canvas.mapSettings().visibleExtent()
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.filters.region.kind_box.setCurrentIndex(1)
    assert panel.model.hits()
    for hit in panel.model.hits():
        assert seen.intersects(QgsRectangle(*bounds_of(hit)))
    # Clicking a result moves the map and must not change the results.
    before = panel.answer()
    panel.show_hit(panel.model.hits()[-1])
    qtbot.wait(300)
    assert panel.answer().request == before.request


@pytest.mark.parametrize("kind", [RECTANGLE, POLYGON])
def test_a_drawn_region_is_searched_alone_until_everything_is_again(
    panel, qtbot, qgis_canvas, kind
):
    typed(qtbot, panel, "trees")
    every = len(panel.model.hits())
    pan = QgsMapToolPan(qgis_canvas)
    qgis_canvas.setMapTool(pan)
    region = panel.filters.region
    region.kind_box.setCurrentIndex(region.kind_box.findData(kind))
    assert panel.is_drawing()
    assert "Esc gives up" in panel.status.text()
    drawn = QgsGeometry.fromWkt(
        "POLYGON((500000 5695000, 503000 5695000, 500000 5697000, 500000 5695000))"
    )
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        qgis_canvas.mapTool().drawn.emit(drawn)
    assert qgis_canvas.mapTool() is pan
    assert 0 < len(panel.model.hits()) < every
    for hit in panel.model.hits():
        assert drawn.intersects(QgsGeometry.fromRect(QgsRectangle(*bounds_of(hit))))
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.filters.clear()
    assert len(panel.model.hits()) == every


def test_giving_up_a_region_searches_everything(panel, qtbot, qgis_canvas):
    region = panel.filters.region
    typed(qtbot, panel, "trees")
    region.kind_box.setCurrentIndex(region.kind_box.findData(RECTANGLE))
    panel.stop_drawing()
    qtbot.waitUntil(lambda: region.kind_box.currentData() == EVERYWHERE, timeout=SECONDS)
    assert not panel.is_drawing()
    assert region.geometry_chosen() is None
    qtbot.waitUntil(lambda: "best first" in panel.status.text(), timeout=SECONDS)


def test_another_map_tool_ends_drawing_a_region(panel, qtbot, qgis_canvas):
    region = panel.filters.region
    region.kind_box.setCurrentIndex(region.kind_box.findData(POLYGON))
    pan = QgsMapToolPan(qgis_canvas)
    qgis_canvas.setMapTool(pan)
    qtbot.waitUntil(lambda: region.kind_box.currentData() == EVERYWHERE, timeout=SECONDS)
    assert qgis_canvas.mapTool() is pan


def test_a_drawn_example_finds_its_like(panel, qtbot):
    draw(panel, qtbot, RED)
    first = panel.model.hits()[0]
    assert first.similarity > 0.9
    west, south, east, north = bounds_of(first)
    assert QgsRectangle(west, south, east, north).intersects(QgsRectangle(*RED))
    assert "similarity" in panel.model.index(0, 0).data(Qt.ItemDataRole.DisplayRole)
    assert "1 liked" in panel.concept_bar.learnt.text()
    assert not panel.concept_bar.draw_button.isChecked()


def test_a_drawn_example_beside_every_image_is_one_sentence(panel, qtbot):
    panel.concept_bar.draw_button.click()
    nowhere = QgsGeometry.fromRect(QgsRectangle(10, 10, 20, 20))
    panel.drawing.tool.drawn.emit(nowhere)
    qtbot.waitUntil(lambda: "None of the indexed images" in panel.status.text(), timeout=SECONDS)


def test_thumbs_move_the_search_and_can_be_taken_back(panel, qtbot):
    typed(qtbot, panel, "trees")
    words = panel.model.hits()
    wanted = words[-1]
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.list.setCurrentIndex(panel.model.index(len(words) - 1, 0))
        QTest.keyClick(panel.list, Qt.Key.Key_Plus)
    moved = {hit.match.row.number: hit.similarity for hit in panel.model.hits()}
    vector = panel.answer().wanted.vector
    assert moved[wanted.match.row.number] == pytest.approx(
        float(vector @ wanted.match.embedding), abs=1e-3
    )
    assert moved[wanted.match.row.number] > wanted.similarity
    votes = [panel.model.index(row, 0).data(VOTE) for row in range(len(panel.model.hits()))]
    assert votes.count(LIKED) == 1
    unwanted = panel.model.hits()[-1]
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.vote(unwanted, UNLIKED)
    assert "1 liked, 1 not" in panel.concept_bar.learnt.text()
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.forget_examples()
    assert [hit.match.row.number for hit in panel.model.hits()] == [
        hit.match.row.number for hit in words
    ]


def test_a_thumb_is_clicked_not_the_row(panel, qtbot, qgis_canvas):
    typed(qtbot, panel, "trees")
    qgis_canvas.setExtent(QgsRectangle(0, 0, 10, 10))
    before = qgis_canvas.extent()
    row = panel.list.visualRect(panel.model.index(0, 0))
    delegate = panel.list.itemDelegate()
    at = next(
        QPoint(x, y)
        for x in range(row.right(), row.left(), -2)
        for y in range(row.top(), row.bottom(), 2)
        if delegate.vote_at(row, QPoint(x, y)) == UNLIKED
    )
    with qtbot.waitSignal(panel.list.voted, timeout=SECONDS) as heard:
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert heard.args[1] == UNLIKED
    assert qgis_canvas.extent() == before


def test_a_concept_is_kept_used_again_and_shared(panel, qtbot, tmp_path):
    draw(panel, qtbot, RED)
    found = [hit.match.row.number for hit in panel.model.hits()]
    panel.concept_bar.name_line.setText("red square")
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.concept_bar.save_button.click()
    assert [concept.name for concept in saved_concepts()] == ["red square"]
    assert [hit.match.row.number for hit in panel.model.hits()] == found
    shared = tmp_path / "red.json"
    panel.concept_bar.export_file(shared)
    assert json.loads(shared.read_text())["name"] == "red square"

    panel.concept_bar.delete()
    assert saved_concepts() == []
    typed(qtbot, panel, "trees")
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.concept_bar.import_file(shared)
    assert panel.query_line.text() == ""
    assert [hit.match.row.number for hit in panel.model.hits()] == found
    panel.concept_bar.delete()


def test_a_file_that_is_no_concept_is_one_sentence(panel, tmp_path):
    path = tmp_path / "other.json"
    path.write_text("{}")
    panel.concept_bar.import_file(path)
    assert panel.status.text().startswith("other.json is not a saved concept.")


def test_places_become_a_temporary_layer_with_provenance(panel, qtbot):
    typed(qtbot, panel, "trees not water")
    with qtbot.waitSignal(panel.mapped, timeout=SECONDS):
        panel.map_button.click()
    (group,) = QgsProject.instance().layerTreeRoot().findGroups()
    assert group.name() == "RS-VLM search: trees not water"
    (layer,) = (node.layer() for node in group.findLayers())
    assert layer.featureCount() == len(panel.answer().worth_showing().hits)
    assert layer.isTemporary()
    assert layer.crs() == QgsCoordinateReferenceSystem("EPSG:32633")
    assert isinstance(layer.renderer(), QgsGraduatedSymbolRenderer)
    assert not layer.labelsEnabled()
    assert layer.attributeAlias(1).startswith("Relevance")
    history = layer.metadata().history()
    provenance = json.loads(history[-1])
    assert provenance["query"] == "trees not water"
    assert provenance["bundle_sha256"]
    assert any("Model: " in line for line in history)


def test_heat_map_of_more_places_than_are_listed(panel, qtbot):
    typed(qtbot, panel, "trees")
    with qtbot.waitSignal(panel.mapped, timeout=SECONDS):
        panel.show_on_map(outlines=True, heat=True)
    (group,) = QgsProject.instance().layerTreeRoot().findGroups()
    outlines, heat = (node.layer() for node in group.findLayers())
    assert isinstance(heat.renderer(), QgsHeatmapRenderer)
    assert heat.featureCount() > outlines.featureCount()
    with qtbot.waitSignal(panel.mapped, timeout=SECONDS):
        panel.show_on_map()
    groups = QgsProject.instance().layerTreeRoot().findGroups()
    assert [each.isVisible() for each in groups] == [True, False]


def test_a_layer_removed_in_mid_search_does_no_harm(panel, qtbot):
    panel.query_line.setText("trees")
    panel.search()
    with qtbot.waitSignal(panel.looked_closer, timeout=SECONDS):
        QgsProject.instance().removeAllMapLayers()
    assert panel.model.hits()
    panel.show_hit(panel.model.hits()[0])


def test_a_raster_gone_in_mid_search_is_said(panel, scene, qtbot, tmp_path):
    QgsProject.instance().removeAllMapLayers()
    scene.rename(tmp_path / "elsewhere.tif")
    with qtbot.waitSignal(panel.looked_closer, timeout=SECONDS):
        typed(qtbot, panel, "trees")
    assert "no longer where it was indexed" in panel.status.text()
    assert panel.model.hits()


def test_closing_the_project_empties_the_list(panel, qtbot):
    typed(qtbot, panel, "trees")
    QgsProject.instance().clear()
    assert panel.model.hits() == ()
    assert not panel.query_line.isEnabled()
    assert "No index yet" in panel.empty_text.text()
