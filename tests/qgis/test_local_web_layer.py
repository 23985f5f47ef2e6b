"""A layer that says it covers the world and shows a town: only what is looked at is asked for."""

from __future__ import annotations

import time

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsRectangle

from rs_vlm_plugin.engine.errors import EmptyRegion
from rs_vlm_plugin.gui.region_chooser import RegionKind
from rs_vlm_plugin.gui.search.project_index import IndexPlan
from rs_vlm_plugin.layers.matching_view import matching_view
from rs_vlm_plugin.layers.raster_layer_source import QgsRasterLayerSource
from rs_vlm_plugin.layers.web_area import WebArea
from rs_vlm_plugin.processing.describe_features import DescribeFeatures
from rs_vlm_plugin.processing.describe_region import DescribeRegion
from tests import rasters
from tests.qgis.analyst import SECONDS, result_groups, warnings_of
from tests.qgis.processing_runs import run_algorithm
from tests.qgis.tile_server import serving_tiles

# Map units a side of the part looked at.
SIDE = 200_000
PART = QgsRectangle(-3 * SIDE, 0, -2 * SIDE, SIDE)


@pytest.fixture
def town(qgis_new_project):
    """The layer, and the paths asked of its server, which has images from zoom 3 on only."""
    with serving_tiles(least_zoom=3) as (uri, asked):
        layer = QgsRasterLayer(uri, "town", "wms")
        QgsProject.instance().addMapLayer(layer)
        yield layer, asked
        QgsProject.instance().clear()


def far(asked) -> list:
    return [path for path in asked if int(path.split("/")[2]) < 3]


def test_the_view_is_described(town, dock, qgis_canvas, qgis_iface, qtbot):
    layer, asked = town
    qgis_canvas.freeze(True)
    qgis_canvas.setDestinationCrs(layer.crs())
    qgis_canvas.setExtent(PART)
    dock.chooser.set_kind(RegionKind.VIEW)
    dock.options.budget_box.setValue(4)
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
    qgis_canvas.freeze(False)
    assert warnings_of(qgis_iface) == []
    assert result_groups()
    assert asked
    assert far(asked) == []


@pytest.mark.parametrize("algorithm", [DescribeRegion, DescribeFeatures])
def test_by_processing_too(town, algorithm, tiny_bundle, tmp_path):
    layer, asked = town
    inputs = {"INPUT": layer, "BUNDLE": str(tiny_bundle / "bundle.json"), "BUDGET": 4}
    if algorithm is DescribeRegion:
        inputs["EXTENT"] = PART
    else:
        path = tmp_path / "features.geojson"
        path.write_text(
            '{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": '
            "[[[-5.3, 0.1], [-4.0, 0.1], [-4.0, 1.5], [-5.3, 1.5], [-5.3, 0.1]]]}}"
        )
        inputs.update(FEATURES=str(path), OUTPUT="TEMPORARY_OUTPUT")
    _, ok, feedback, _ = run_algorithm(algorithm(), inputs)
    assert ok, feedback.errors
    assert asked
    assert far(asked) == []


def test_laid_over_another_image_it_is_taken_where_that_lies(town, tmp_path):
    layer, _ = town
    scene = rasters.make_raster(
        tmp_path / "a.tif", size=(64, 64), crs="EPSG:4326", origin=(-5, 2), pixel_size=(0.01, 0.01)
    )
    before = QgsRasterLayer(str(scene), "before")
    with QgsRasterLayerSource.from_layer(before) as source:
        context = QgsProject.instance().transformContext()
        extent, resolution = matching_view(layer, source.info, before.crs(), context)
    assert extent.width() == pytest.approx(0.64 * 111_320, rel=0.01)
    with QgsRasterLayerSource.from_layer(layer, resolution, extent) as source:
        assert 60 <= source.info.width <= 70


def test_stop_does_not_wait_for_a_slow_server(dock, qgis_canvas, qtbot, tmp_path):
    with serving_tiles(seconds=20) as (uri, asked):
        layer = QgsRasterLayer(uri, "slow", "wms")
        QgsProject.instance().addMapLayer(layer)
        qgis_canvas.freeze(True)
        qgis_canvas.setDestinationCrs(layer.crs())
        qgis_canvas.setExtent(PART)
        dock.chooser.set_kind(RegionKind.VIEW)
        dock.describe()
        qtbot.waitUntil(lambda: bool(asked), timeout=SECONDS)
        begin = time.monotonic()
        with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
            dock.run_bar.cancel_button.click()
        assert time.monotonic() - begin < 5
        assert dock.results.status.text() == "Cancelled."
        asked.clear()
        dock.show_search()
        area = WebArea.of(layer, PART, 500.0)
        dock.search.control.build(IndexPlan(tmp_path / "i.gpkg", (area.uri,)))
        qtbot.waitUntil(lambda: bool(asked), timeout=SECONDS)
        begin = time.monotonic()
        with qtbot.waitSignal(dock.search.index_concluded, timeout=SECONDS):
            dock.search.index_bar.cancel_button.click()
        assert time.monotonic() - begin < 5
        qgis_canvas.freeze(False)
        QgsProject.instance().clear()


def test_an_area_outside_it_is_one_sentence(town):
    layer, _ = town
    with pytest.raises(EmptyRegion, match="The region lies outside town"):
        QgsRasterLayerSource.from_layer(layer, 10.0, QgsRectangle(3e8, 0, 3.1e8, 1e7))
