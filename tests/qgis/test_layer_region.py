"""Rectangles and geometries become regions in the raster's CRS."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsRectangle,
)

from rs_vlm_plugin.engine.errors import BadRequest
from rs_vlm_plugin.layers.region import (
    region_from_geometry,
    region_from_rectangle,
)
from tests import rasters

NO_CRS = QgsCoordinateReferenceSystem()


def crs(name):
    return QgsCoordinateReferenceSystem(name)


def bounds(region):
    points = [point for polygon in region.polygons for point in polygon[0]]
    xs, ys = zip(*points)
    return min(xs), min(ys), max(xs), max(ys)


def test_same_crs_keeps_the_corners():
    region = region_from_rectangle(QgsRectangle(1, 2, 3, 4), crs("EPSG:32633"), crs("EPSG:32633"))
    assert bounds(region) == (1, 2, 3, 4)
    assert len(region.polygons[0][0]) == 5


def test_holes_and_parts_are_kept():
    wkt = "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(2 2,4 2,4 4,2 4,2 2)),((20 0,21 0,21 1,20 0)))"
    region = region_from_geometry(QgsGeometry.fromWkt(wkt), NO_CRS, NO_CRS)
    assert [len(polygon) for polygon in region.polygons] == [2, 1]


def test_another_crs_bends_the_sides():
    """60 degrees of longitude at 80 north are an arc in a polar projection, not a chord."""
    rectangle = QgsRectangle(-30, 60, 30, 80)
    region = region_from_rectangle(rectangle, crs("EPSG:4326"), crs("EPSG:3995"))
    assert len(region.polygons[0][0]) > 40
    corner = region_from_rectangle(
        QgsRectangle(-30, 60, -29.9, 60.1), crs("EPSG:4326"), crs("EPSG:3995")
    )
    assert bounds(region)[1] < bounds(corner)[1]


def test_a_crs_without_authority_id_is_a_target_like_any():
    custom = QgsCoordinateReferenceSystem.fromProj(rasters.CUSTOM_CRS)
    around = QgsRectangle(12.25, 51.5, 12.26, 51.51)
    region = region_from_rectangle(around, crs("EPSG:4326"), custom)
    assert bounds(region)[:2] == pytest.approx((1000, 2000), abs=2)


def test_without_a_crs_coordinates_are_taken_as_they_are():
    region = region_from_rectangle(QgsRectangle(1, 2, 3, 4), crs("EPSG:4326"), NO_CRS)
    assert bounds(region) == (1, 2, 3, 4)


def test_a_self_crossing_polygon_is_repaired():
    bow_tie = QgsGeometry.fromWkt("POLYGON((0 0,2 2,2 0,0 2,0 0))")
    assert len(region_from_geometry(bow_tie, NO_CRS, NO_CRS).polygons) == 2


def test_curves_and_heights_are_flattened():
    circle = QgsGeometry.fromWkt("CURVEPOLYGON Z(CIRCULARSTRING Z(0 0 1,1 1 1,2 0 1,1 -1 1,0 0 1))")
    region = region_from_geometry(circle, NO_CRS, NO_CRS)
    assert len(region.polygons[0][0]) > 20
    assert len(region.polygons[0][0][0]) == 2


@pytest.mark.parametrize(
    "wkt", ["", "POLYGON EMPTY", "POINT(1 1)", "LINESTRING(0 0,1 1)", "POLYGON((0 0,1 1,0 0,0 0))"]
)
def test_what_has_no_area_is_refused(wkt):
    with pytest.raises(BadRequest):
        region_from_geometry(QgsGeometry.fromWkt(wkt), NO_CRS, NO_CRS)


def test_an_empty_rectangle_is_refused():
    with pytest.raises(BadRequest, match="empty"):
        region_from_rectangle(QgsRectangle(), NO_CRS, NO_CRS)


def test_a_place_that_a_projection_does_not_have_is_said():
    with pytest.raises(BadRequest, match="EPSG:32633"):
        region_from_rectangle(QgsRectangle(1e9, 1e9, 2e9, 2e9), crs("EPSG:3857"), crs("EPSG:32633"))
