"""What is chosen for each kind of region, and the line that says how large it is."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

from rs_vlm_plugin.gui.region_chooser import RegionKind
from tests.qgis.analyst import add_raster


@pytest.fixture
def canvas(qgis_canvas, qgis_new_project):
    qgis_canvas.resize(400, 300)
    qgis_canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    qgis_canvas.setExtent(QgsRectangle(500000, 4999700, 500400, 5000000))
    return qgis_canvas


def add_polygons(*boxes, crs="EPSG:32633") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Polygon?crs={crs}", "fields", "memory")
    features = []
    for box in boxes:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(*box)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    QgsProject.instance().addMapLayer(layer)
    return layer


def test_view_is_the_visible_part_of_the_map(canvas, chooser):
    chosen = chooser.chosen()
    assert chosen.kind is RegionKind.VIEW
    assert chosen.geometry.boundingBox().contains(QgsRectangle(500000, 4999700, 500400, 5000000))


def test_view_of_a_rotated_map_is_rotated(canvas, chooser):
    canvas.setRotation(30)
    try:
        chosen = chooser.chosen()
        assert chosen.geometry.area() < 0.8 * chosen.geometry.boundingBox().area()
    finally:
        canvas.setRotation(0)


def test_whole_layer_has_no_geometry_and_says_its_size(chooser, make_raster):
    chooser.set_raster(add_raster(make_raster(size=(300, 200))))
    chooser.set_kind(RegionKind.LAYER)
    assert chooser.chosen().geometry is None
    assert "300 × 200 px" in chooser.summary.text()
    assert " m" in chooser.summary.text()


def test_region_outside_the_layer_is_said(canvas, chooser, make_raster):
    chooser.set_raster(add_raster(make_raster(size=(30, 20))))
    canvas.setExtent(QgsRectangle(900000, 900000, 900400, 900300))
    chooser.set_kind(RegionKind.VIEW)
    assert "outside" in chooser.summary.text()


def test_layer_without_crs_gives_pixels_only(chooser, make_raster):
    chooser.set_raster(add_raster(make_raster(size=(30, 20), crs=None)))
    chooser.set_kind(RegionKind.LAYER)
    assert chooser.summary.text() == "30 × 20 px"


def test_a_layer_in_degrees_is_measured_in_metres(chooser, make_raster):
    path = make_raster(
        size=(100, 100), crs="EPSG:4326", pixel_size=(0.01, 0.01), origin=(13.0, 52.0)
    )
    chooser.set_raster(add_raster(path))
    chooser.set_kind(RegionKind.LAYER)
    assert "km" in chooser.summary.text()


def test_degrees_that_are_none_get_no_metres(chooser, make_raster):
    chooser.set_raster(add_raster(make_raster(size=(30, 20), crs="EPSG:4326")))
    chooser.set_kind(RegionKind.LAYER)
    assert chooser.summary.text() == "30 × 20 px"


def test_selected_features_are_merged_in_their_own_crs(chooser):
    polygons = add_polygons((0, 0, 1, 1), (1, 0, 2, 1), (5, 5, 6, 6), crs="EPSG:4326")
    polygons.selectByIds([1, 2])
    chooser.set_kind(RegionKind.FEATURES)
    chosen = chooser.chosen()
    assert chosen.crs.authid() == "EPSG:4326"
    assert chosen.geometry.area() == pytest.approx(2)


def test_nothing_selected_is_said(chooser):
    add_polygons((0, 0, 1, 1))
    chooser.set_kind(RegionKind.FEATURES)
    assert chooser.chosen() is None
    assert "selected" in chooser.summary.text()


def test_no_polygon_layer_is_said(chooser):
    chooser.set_kind(RegionKind.FEATURES)
    assert chooser.chosen() is None
    assert "no polygon layer" in chooser.summary.text()
