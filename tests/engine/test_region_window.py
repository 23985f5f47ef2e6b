"""Where a region lies on a raster."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import BadRequest, EmptyRegion
from rs_vlm_plugin.engine.geometry import GeoTransform, Region, Window
from rs_vlm_plugin.engine.raster.source import RasterInfo
from rs_vlm_plugin.engine.region import region_window

UTM = GeoTransform(0.1, 0, 512_345.7, 0, -0.1, 5_712_345.3)


def info(transform: GeoTransform = UTM) -> RasterInfo:
    return RasterInfo("a", "", 200, 100, transform, "", (), has_mask=False)


@pytest.mark.parametrize(
    "transform",
    [
        UTM,
        GeoTransform.identity(),
        GeoTransform(8.98e-5, 0, -76.7, 0, -7.4e-5, 34.7),
        GeoTransform(0.3, 0.4, 5e5, 0.4, -0.3, 5e6),
    ],
    ids=["metres", "pixels", "degrees", "rotated"],
)
def test_a_pixel_window_comes_back_as_itself(transform):
    raster = info(transform)
    for window in (
        raster.window,
        Window(0, 0, 1, 1),
        Window(17, 23, 31, 41),
        Window(199, 99, 1, 1),
    ):
        region = Region.from_window(transform, window)
        found = region_window(raster, region)
        if not transform.is_rotated:
            assert found == window
        assert found.intersection(window) == window


def test_partly_outside_is_clipped():
    x, y = UTM.to_map(150, 50)
    region = Region.from_bounds(x, y - 1000, x + 1000, y)
    assert region_window(info(), region) == Window(150, 50, 50, 50)


@pytest.mark.parametrize(
    ("col", "row"), [(300, 50), (-5, 50), (50, 101), (200.001, 50), (50, -0.01)]
)
def test_outside_is_said(col, row):
    x, y = UTM.to_map(col, row)
    with pytest.raises(EmptyRegion, match="outside"):
        region_window(info(), Region.from_bounds(x, y, x + 1e-6, y + 1e-6))


def test_touching_the_edge_is_outside():
    right, top = UTM.to_map(200, 0)
    with pytest.raises(EmptyRegion):
        region_window(info(), Region.from_bounds(right, top - 5, right + 10, top))


@pytest.mark.parametrize(("col", "row"), [(0.2, 0.3), (17.5, 40.5), (18, 41), (199.7, 99.9)])
def test_far_smaller_than_a_pixel_is_a_pixel(col, row):
    x, y = UTM.to_map(col, row)
    window = region_window(info(), Region.from_bounds(x - 1e-6, y - 1e-6, x, y))
    assert window.width in (1, 2)
    assert window.height in (1, 2)
    assert abs(window.col_off + window.width / 2 - col) <= 1


def test_two_polygons_span_both():
    one = Region.from_window(UTM, Window(10, 10, 5, 5)).polygons
    two = Region.from_window(UTM, Window(100, 60, 5, 5)).polygons
    assert region_window(info(), Region(one + two)) == Window(10, 10, 95, 55)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_corner_that_is_no_place_is_refused(bad):
    with pytest.raises(BadRequest):
        region_window(info(), Region((((((0, 0)), (bad, 1), (1, 1), (0, 0)),),)))


def test_no_polygon_is_empty():
    with pytest.raises(EmptyRegion):
        region_window(info(), Region(()))


def test_a_singular_transform_is_refused():
    with pytest.raises(BadRequest):
        region_window(info(GeoTransform(0, 0, 0, 0, 0, 0)), Region.from_bounds(0, 0, 1, 1))


def test_windows_hold_plain_integers():
    window = region_window(info(), Region.from_window(UTM, Window(3, 4, 5, 6)))
    assert not any(isinstance(value, np.generic) for value in vars(window).values())


METRES = 'PROJCRS["WGS 84 / UTM zone 33N",BASEGEOGCRS["WGS 84"]]'
DEGREES = 'GEOGCRS["WGS 84",DATUM["World Geodetic System 1984"]]'


@pytest.mark.parametrize(
    ("wkt", "bounds", "hint"),
    [
        (METRES, (15.0, 51.0, 15.1, 51.1), "looks like longitude and latitude; .*UTM zone 33N"),
        (METRES, (5e5, 4e6, 5.1e5, 4.1e6), r"covers 512345\.7,5712335\.3,512365\.7,5712345\.3"),
        (DEGREES, (5e5, 4e6, 5.1e5, 4.1e6), "not degrees; .*WGS 84"),
        ("", (15.0, 51.0, 15.1, 51.1), r"covers 512345\.7,"),
    ],
    ids=["degrees for metres", "another place", "metres for degrees", "no CRS"],
)
def test_outside_says_what_was_probably_meant(wkt, bounds, hint):
    raster = RasterInfo("a", "", 200, 100, UTM, wkt, (), has_mask=False)
    with pytest.raises(EmptyRegion) as caught:
        region_window(raster, Region.from_bounds(*bounds))
    assert re.search(hint, caught.value.sentence())
