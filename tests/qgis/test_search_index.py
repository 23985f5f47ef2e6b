"""The project's index: chosen, estimated, built, stopped, continued, updated, found again."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import Qt

from rs_vlm_plugin.engine.errors import BadRequest, RasterNotReadable
from rs_vlm_plugin.engine.index.geopackage import open_index
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.gui.search.build_dialog import BuildDialog
from rs_vlm_plugin.gui.search.index_state import (
    CURRENT,
    OTHER_MODEL,
    OUTDATED,
    UNFINISHED,
    UNUSABLE,
    WITHOUT_PARTS,
)
from rs_vlm_plugin.gui.search.project_index import (
    IndexPlan,
    index_plan,
    other_indexes,
    remember_plan,
    searched_indexes,
)
from rs_vlm_plugin.gui.search.result_model import PLACE
from rs_vlm_plugin.layers.web_area import WebArea
from rs_vlm_plugin.settings import load_settings, save_settings
from tests import rasters
from tests.qgis.analyst import add_raster, warnings_of
from tests.qgis.search_scene import SECONDS, indexed, make_scene, typed
from tests.qgis.tile_server import serving_tiles
from tests.tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="session")
def model(tiny_bundle):
    return VisionLanguageModel(load_bundle(tiny_bundle), device="cpu")


@pytest.fixture
def scene(tmp_path):
    return make_scene(tmp_path / "scene.tif")


@pytest.fixture
def panel(dock):
    """The Search tab over an empty project."""
    dock.show_search()
    return dock.search


def look(panel, qtbot):
    """The state of the index, looked at anew."""
    with qtbot.waitSignal(panel.control.state_changed, timeout=SECONDS):
        panel.control.look()
    return panel.control.state()


def build(panel, qtbot, plan) -> None:
    """Build an index and wait for it and for the look at it that follows."""
    with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
        panel.control.build(plan)
    look(panel, qtbot)


def stored_tiles(path) -> int:
    with open_index(path) as index:
        return index.info().tiles


def dialog_of(qgis_iface) -> BuildDialog:
    (found,) = qgis_iface.mainWindow().findChildren(BuildDialog)
    return found


def test_without_an_index_it_says_what_to_do_first(panel):
    assert panel.pages.currentIndex() == 1
    assert "No index yet for this project" in panel.empty_text.text()
    assert panel.build_button.isVisible()
    assert not panel.query_line.isEnabled()
    assert not panel.index_bar.isVisible()


def test_dialog_estimates_then_builds_and_search_works(panel, scene, qgis_iface, qtbot, tmp_path):
    add_raster(scene)
    panel.build_button.click()
    dialog = dialog_of(qgis_iface)
    assert dialog.layer_list.item(0).checkState() == Qt.CheckState.Checked
    qtbot.waitUntil(lambda: "at most" in dialog.estimate_label.text(), timeout=SECONDS)
    assert "1 image," in dialog.estimate_label.text()
    dialog.file_box.setFilePath(str(tmp_path / "made" / "index"))
    with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
        dialog.build_button.click()
        assert panel.index_bar.progress.isVisible()
        assert not panel.build_button.isVisible()
    path = tmp_path / "made" / "index.gpkg"
    assert searched_indexes(QgsProject.instance()) == (path,)
    assert look(panel, qtbot).what == CURRENT
    assert "1 image," in panel.index_bar.summary.text()
    assert not panel.index_bar.action_button.isVisible()
    typed(qtbot, panel, "trees")
    assert panel.model.hits()


def test_the_bar_never_goes_back_and_ends_full(panel, scene, qtbot, tmp_path):
    rasters.make_raster(tmp_path / "small.tif", size=(32, 32))
    sources = (str(tmp_path / "small.tif"), str(scene))
    shares = []
    build(panel, qtbot, IndexPlan(tmp_path / "i.gpkg", sources[:1]))
    panel.control.build(IndexPlan(tmp_path / "i.gpkg", sources))
    (task,) = QgsApplication.taskManager().activeTasks()
    with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
        task.progressChanged.connect(shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 100


def test_dialog_without_a_choice_cannot_build(panel, scene, qgis_iface):
    add_raster(scene)
    panel.build_button.click()
    dialog = dialog_of(qgis_iface)
    dialog.layer_list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.build_button.isEnabled()
    assert "Choose at least one image" in dialog.estimate_label.text()
    dialog.reject()


def test_dialog_says_that_a_folder_is_empty(panel, qgis_iface, qtbot, tmp_path):
    panel.build_button.click()
    dialog = dialog_of(qgis_iface)
    (tmp_path / "empty").mkdir()
    dialog.folder_box.setFilePath(str(tmp_path / "empty"))
    qtbot.waitUntil(lambda: "holds no raster" in dialog.estimate_label.text(), timeout=SECONDS)
    assert not dialog.build_button.isEnabled()
    dialog.reject()


def test_a_list_of_images_is_indexed_and_chosen_again(panel, qgis_iface, qtbot, tmp_path):
    rasters.make_raster(tmp_path / "a.tif", size=(128, 128), pattern="noise")
    listing = tmp_path / "images.txt"
    listing.write_text("a.tif\nabsent.tif\n")
    panel.build_button.click()
    dialog = dialog_of(qgis_iface)
    dialog.list_box.setFilePath(str(listing))
    qtbot.waitUntil(lambda: "1 image," in dialog.estimate_label.text(), timeout=SECONDS)
    assert "1 image cannot be opened" in dialog.estimate_label.text()
    dialog.file_box.setFilePath(str(tmp_path / "i.gpkg"))
    with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
        dialog.build_button.click()
    assert any("absent.tif" in warning for warning in warnings_of(qgis_iface))
    look(panel, qtbot)
    assert [name for _, name in panel.control.state().rasters] == ["a.tif"]
    panel.control.choose()
    assert dialog_of(qgis_iface).list_box.filePath() == str(listing)
    dialog_of(qgis_iface).reject()


def web_layer(uri: str, name: str = "tiles") -> QgsRasterLayer:
    layer = QgsRasterLayer(uri, name, "wms")
    QgsProject.instance().addMapLayer(layer)
    return layer


def showing(canvas, layer, side: float) -> None:
    """A view of a web layer's western half, `side` map units wide and high."""
    canvas.setDestinationCrs(layer.crs())
    canvas.setLayers([layer])
    canvas.setExtent(QgsRectangle(-3 * side, 0, -2 * side, side))


@pytest.fixture
def still_canvas(qgis_canvas):
    """A canvas that draws nothing: it would ask a server for tiles of its own."""
    qgis_canvas.freeze(True)
    yield qgis_canvas
    qgis_canvas.freeze(False)


def test_what_the_map_shows_of_a_web_layer_is_indexed_and_found(
    panel, qgis_iface, still_canvas, qtbot, tmp_path
):
    with serving_tiles() as (uri, asked):
        showing(still_canvas, web_layer(uri), 2_000_000)
        panel.build_button.click()
        dialog = dialog_of(qgis_iface)
        assert not dialog.build_button.isEnabled()
        dialog.layer_list.item(0).setCheckState(Qt.CheckState.Checked)
        coarse = WebArea.parse(dialog.plan().sources[0]).resolution
        dialog.detail_box.setCurrentIndex(dialog.detail_box.findData(4))
        estimate = dialog.estimate_label
        qtbot.waitUntil(lambda: "Servers are asked" in estimate.text(), timeout=SECONDS)
        assert asked == []
        (name,) = dialog.plan().sources
        assert WebArea.parse(name).resolution == pytest.approx(coarse / 4)
        dialog.file_box.setFilePath(str(tmp_path / "i.gpkg"))
        with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
            dialog.build_button.click()
        assert asked
        assert look(panel, qtbot).what == CURRENT
        typed(qtbot, panel, "trees")
        (hit, *_) = panel.model.hits()
        assert hit.match.raster.entry.name == "tiles"
        assert panel.model.index(0).data(PLACE) == "tiles"
        assert hit.crs_wkt
        west, south = np.min(hit.match.row.outline, axis=0)
        assert -180 < west < 0
        assert south > -1
        panel.control.choose()
        assert name in dialog_of(qgis_iface).plan().sources
        dialog_of(qgis_iface).reject()


def test_more_of_a_server_than_is_polite_is_refused(qgis_new_project):
    with serving_tiles() as (uri, asked):
        layer = web_layer(uri)
        with pytest.raises(BadRequest, match="at most 10,000 are polite"):
            WebArea.of(layer, None, layer.extent().width() / 100_000)
        assert asked == []


def test_a_view_off_a_web_layer_is_one_sentence(panel, qgis_iface, qgis_canvas):
    layer = web_layer("type=xyz&url=http://127.0.0.1:9/{z}/{x}/{y}.png&zmax=3")
    qgis_canvas.setDestinationCrs(layer.crs())
    qgis_canvas.setExtent(QgsRectangle(3e8, 0, 3.1e8, 1e7))
    panel.build_button.click()
    dialog = dialog_of(qgis_iface)
    dialog.layer_list.item(0).setCheckState(Qt.CheckState.Checked)
    assert "outside the layer tiles" in dialog.estimate_label.text()
    assert not dialog.build_button.isEnabled()
    dialog.reject()


def test_a_server_that_refuses_is_said_when_the_index_is_built(
    panel, qgis_iface, qgis_canvas, qtbot, tmp_path
):
    with serving_tiles(status=403) as (uri, _):
        layer = web_layer(uri)
        showing(qgis_canvas, layer, 2_000_000)
        area = WebArea.of(layer, qgis_canvas.extent(), 10_000.0)
        build(panel, qtbot, IndexPlan(tmp_path / "i.gpkg", (area.uri,)))
        assert any("does not allow it (HTTP 403)" in text for text in warnings_of(qgis_iface))


def test_a_key_in_an_address_is_not_kept(panel, qgis_iface):
    layer = web_layer("type=xyz&url=http://127.0.0.1:9/{z}/{x}/{y}.png?key%3DABC123&zmax=3")
    panel.build_button.click()
    dialog = dialog_of(qgis_iface)
    assert not dialog.layer_list.item(0).flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert "holds a key" in dialog.layer_list.item(0).toolTip()
    area = WebArea.of(layer, None, None)
    assert "ABC123" not in area.uri
    with pytest.raises(RasterNotReadable, match="holds a key"):
        WebArea.parse(area.uri).open()
    dialog.reject()


@pytest.mark.parametrize("name", ["rsvlm-web:", "rsvlm-web:name=a&extent=1,2,3&resolution=x"])
def test_a_damaged_name_of_a_web_area_is_one_sentence(name):
    with pytest.raises(RasterNotReadable, match="damaged"):
        WebArea.parse(name)


def test_a_folder_and_what_is_not_an_image_in_it(panel, qgis_iface, qtbot, tmp_path):
    folder = tmp_path / "archive"
    (folder / "deep").mkdir(parents=True)
    for name in ("a.tif", "deep/b.tif"):
        rasters.make_raster(folder / name, size=(128, 128), pattern="noise")
    (folder / "broken.tif").write_bytes(b"not a raster")
    build(panel, qtbot, IndexPlan(tmp_path / "i.gpkg", (str(folder),)))
    names = {name for _, name in panel.control.state().rasters}
    assert names == {"a.tif", "b.tif"}
    (warning,) = warnings_of(qgis_iface)
    assert "1 image could not be indexed" in warning
    assert "broken.tif" in warning
    boxes = panel.filters.image_box
    assert {boxes.itemText(row) for row in range(1, boxes.count())} == names


def test_where_no_image_can_be_read_the_project_has_no_index(panel, qgis_iface, qtbot, tmp_path):
    (tmp_path / "broken.tif").write_bytes(b"not a raster")
    with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
        panel.control.build(IndexPlan(tmp_path / "i.gpkg", (str(tmp_path / "broken.tif"),)))
    assert not (tmp_path / "i.gpkg").exists()
    assert searched_indexes(QgsProject.instance()) == ()
    assert "No index yet for this project" in panel.empty_text.text()
    (warning,) = warnings_of(qgis_iface)
    assert "broken.tif" in warning


def test_stopping_keeps_what_was_done_and_continues(panel, qtbot, tmp_path):
    large = rasters.make_raster(
        tmp_path / "large.tif", size=(3000, 3000), pattern="noise", overviews=(2, 4, 8)
    )
    second = rasters.make_raster(tmp_path / "second.tif", size=(64, 64), pattern="noise")
    plan = IndexPlan(tmp_path / "i.gpkg", (str(large), str(second)), "fixed", 3000)
    with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
        panel.control.build(plan)
        qtbot.waitUntil(lambda: panel.index_bar.progress.value() > 0, timeout=SECONDS)
        assert panel.control.has_index()
        panel.index_bar.cancel_button.click()
    state = look(panel, qtbot)
    assert state.what == UNFINISHED
    assert state.missing == 2
    assert 0 < state.tiles < 3000
    assert panel.index_bar.action_button.text() == "Continue index"
    with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
        panel.index_bar.action_button.click()
    done = look(panel, qtbot)
    assert done.what == CURRENT
    with open_index(plan.path) as index:
        for raster in index.rasters():
            assert raster.complete
            assert raster.stored_tiles == raster.entry.planned_tiles


def test_what_is_stored_can_be_searched_while_the_rest_is_read(panel, qtbot, tmp_path):
    large = rasters.make_raster(
        tmp_path / "large.tif", size=(3000, 3000), pattern="noise", overviews=(2, 4, 8)
    )
    plan = IndexPlan(tmp_path / "i.gpkg", (str(large),), "fixed", 3000)
    with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
        panel.control.build(plan)
        qtbot.waitUntil(panel.query_line.isEnabled, timeout=SECONDS)
        qtbot.waitUntil(lambda: stored_tiles(plan.path) > 0, timeout=SECONDS)
        typed(qtbot, panel, "trees")
        assert panel.model.hits()
        panel.index_bar.cancel_button.click()


def test_a_changed_raster_offers_an_update(panel, scene, model, qtbot, tmp_path):
    indexed(tmp_path / "i.gpkg", scene, model)
    assert look(panel, qtbot).what == CURRENT
    rasters.make_raster(scene, size=(512, 512), pattern="noise")
    assert look(panel, qtbot).what == OUTDATED
    assert "scene.tif" in panel.index_bar.summary.text()
    assert panel.index_bar.action_button.text() == "Update index"
    with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
        panel.index_bar.action_button.click()
    assert look(panel, qtbot).what == CURRENT
    with open_index(tmp_path / "i.gpkg") as index:
        assert index.rasters()[0].entry.width == 512


def test_an_index_from_before_there_were_parts_offers_to_read_again(panel, scene, qtbot, tmp_path):
    bundle = make_tiny_bundle(tmp_path / "levels", actions=("search", "find"))
    save_settings(replace(load_settings(), bundle_path=str(bundle)))
    path = tmp_path / "i.gpkg"
    indexed(path, scene, VisionLanguageModel(load_bundle(bundle), device="cpu"), "content", 5)
    assert look(panel, qtbot).what == CURRENT
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM rsvlm_embeddings WHERE level = 'region'")
    connection.close()
    assert look(panel, qtbot).what == WITHOUT_PARTS
    assert panel.index_bar.action_button.text() == "Read again"
    with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
        panel.index_bar.action_button.click()
    assert look(panel, qtbot).what == CURRENT
    with open_index(path) as index:
        assert dict(index.info().embeddings) == {"global": 5, "region": 16}


def test_another_model_offers_to_build_anew(panel, scene, model, qtbot, tmp_path):
    indexed(tmp_path / "i.gpkg", scene, model)
    other = make_tiny_bundle(tmp_path / "other_bundle", seed=8)
    save_settings(replace(load_settings(), bundle_path=str(other)))
    assert look(panel, qtbot).what == OTHER_MODEL
    assert "another model" in panel.index_bar.summary.text()
    typed(qtbot, panel, "trees")
    assert "another model" in panel.status.text()
    with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
        panel.index_bar.action_button.click()
    assert look(panel, qtbot).what == CURRENT
    assert (tmp_path / "i.gpkg").exists()
    (path,) = searched_indexes(QgsProject.instance())
    assert path != tmp_path / "i.gpkg"
    path.unlink()


@pytest.mark.parametrize("kind", ["truncated", "no index", "gone"])
def test_an_unusable_index_is_one_sentence(panel, scene, model, qtbot, tmp_path, kind):
    path = tmp_path / "i.gpkg"
    indexed(path, scene, model)
    if kind == "truncated":
        path.write_bytes(path.read_bytes()[:5000])
    elif kind == "no index":
        path.write_text("something else")
    else:
        path.unlink()
    state = look(panel, qtbot)
    assert state.what == UNUSABLE
    said = {"truncated": "is cut off", "no index": "is not a tile index", "gone": "no longer"}
    shown = panel.empty_text.text() if kind == "gone" else panel.index_bar.summary.text()
    assert said[kind] in shown


def test_an_index_is_found_again_when_the_project_is_reopened(panel, scene, model, qtbot, tmp_path):
    project = QgsProject.instance()
    add_raster(scene)
    project.setFileName(str(tmp_path / "work.qgz"))
    indexed(tmp_path / "i.gpkg", scene, model)
    assert project.write()
    plan = index_plan(project)
    project.clear()
    assert searched_indexes(project) == ()
    assert not panel.query_line.isEnabled()
    with qtbot.waitSignal(
        panel.control.state_changed,
        timeout=SECONDS,
        check_params_cb=lambda state: state is not None,
    ):
        assert project.read(str(tmp_path / "work.qgz"))
    assert index_plan(project) == plan
    typed(qtbot, panel, "trees")
    assert panel.model.hits()


def test_project_index_and_images_may_move_together(scene, model, qgis_new_project, tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    raster = shutil.move(str(scene), str(old / "scene.tif"))
    project = QgsProject.instance()
    project.setFileName(str(old / "work.qgs"))
    remember_plan(project, IndexPlan(old / "i.gpkg", (raster,), "fixed", 7))
    (old / "i.gpkg").touch()
    assert project.write()
    project.clear()
    old.rename(new)
    assert project.read(str(new / "work.qgs"))
    expected = IndexPlan(new / "i.gpkg", (str(new / "scene.tif"),), "fixed", 7)
    assert index_plan(project) == expected


def test_a_project_saved_elsewhere_keeps_its_index(qgis_new_project, tmp_path):
    project = QgsProject.instance()
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "one" / "i.gpkg").touch()
    project.setFileName(str(tmp_path / "one" / "work.qgs"))
    remember_plan(project, IndexPlan(tmp_path / "one" / "i.gpkg", ()))
    assert project.write(str(tmp_path / "two" / "work.qgs"))
    assert searched_indexes(project) == (tmp_path / "one" / "i.gpkg",)


def test_another_index_can_be_added_and_all_forgotten(panel, scene, model, qtbot, tmp_path):
    second = rasters.make_raster(tmp_path / "second.tif", size=(256, 256), pattern="noise")
    indexed(tmp_path / "j.gpkg", second, model)
    QgsProject.instance().removeEntry("rs_vlm", "index")
    indexed(tmp_path / "i.gpkg", scene, model)
    with qtbot.waitSignal(panel.control.state_changed, timeout=SECONDS):
        panel.control.add(tmp_path / "j.gpkg")
    assert other_indexes(QgsProject.instance()) == (tmp_path / "j.gpkg",)
    assert len(panel.control.state().rasters) == 2
    typed(qtbot, panel, "trees")
    assert {hit.index for hit in panel.model.hits()} == {0, 1}
    panel.control.show_footprints()
    layers = QgsProject.instance().mapLayers().values()
    assert {layer.name() for layer in layers} == {"i", "j"}
    assert all(layer.featureCount() for layer in layers)
    node = QgsProject.instance().layerTreeRoot().findLayers()[0]
    node.setItemVisibilityChecked(False)
    panel.control.show_footprints()
    assert len(QgsProject.instance().mapLayers()) == 2
    assert node.isVisible()
    panel.control.forget()
    assert searched_indexes(QgsProject.instance()) == ()
    assert (tmp_path / "i.gpkg").exists()


def test_a_locked_index_is_one_sentence(panel, scene, model, qtbot, tmp_path, qgis_iface):
    plan = indexed(tmp_path / "i.gpkg", scene, model)
    look(panel, qtbot)
    with (
        open_index(plan.path, writable=True),
        qtbot.waitSignal(panel.index_concluded, timeout=SECONDS),
    ):
        panel.control.build(replace(plan, budget=5))
    (warning,) = warnings_of(qgis_iface)
    assert "is being written by another" in warning


def test_closing_the_project_ends_the_build(panel, qtbot, tmp_path):
    large = rasters.make_raster(
        tmp_path / "large.tif", size=(3000, 3000), pattern="noise", overviews=(2, 4, 8)
    )
    with qtbot.waitSignal(panel.index_concluded, timeout=SECONDS):
        panel.control.build(IndexPlan(tmp_path / "i.gpkg", (str(large),), "fixed", 3000))
        qtbot.waitUntil(lambda: panel.index_bar.progress.value() > 0, timeout=SECONDS)
        QgsProject.instance().clear()
    assert not panel.control.is_busy()
    assert QgsApplication.taskManager().countActiveTasks() == 0
    with open_index(tmp_path / "i.gpkg") as index:
        assert 0 < index.info().tiles < 3000


def test_a_bundle_that_cannot_search_says_so(dock, tmp_path):
    bundle = make_tiny_bundle(tmp_path / "bundle", actions=["describe"])
    save_settings(replace(load_settings(), bundle_path=str(bundle)))
    dock.show_search()
    dock.search.control.look()
    assert "search" in dock.search.empty_text.text()
    assert not dock.search.build_button.isEnabled()
