"""Area and length on the ellipsoid, against figures known from elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.find.measure import area_m2, side_lengths_m
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from tests import rasters


def degrees_source(tmp_path, crs="EPSG:4326"):
    path = rasters.make_raster(tmp_path / "r.tif", crs=crs, pixel_size=(1, 1), origin=(0, 60))
    return open_raster(str(path))


def rectangle(xmin, ymin, xmax, ymax):
    ring = [[xmin, ymin], [xmax, ymin], [xmax, ymax], [xmin, ymax], [xmin, ymin]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.mark.parametrize(
    ("box", "square_metres"),
    [
        # Areas of one-degree cells on WGS 84.
        ((0, 0, 1, 1), 12_308_778_361),
        ((10, 45, 11, 46), 8_686_890_000),
        ((179.5, 0, 180.5, 1), 12_308_778_361),
    ],
)
def test_one_degree_cells(tmp_path, box, square_metres) -> None:
    with degrees_source(tmp_path) as source:
        assert area_m2(source, rectangle(*box)) == pytest.approx(square_metres, rel=2e-3)


def test_the_whole_quadrant_is_an_eighth_of_the_ellipsoid(tmp_path) -> None:
    """WGS 84 has an area of 510,065,621.724 square kilometres."""
    with degrees_source(tmp_path) as source:
        area = area_m2(source, rectangle(0, 0, 90, 90))
    assert area == pytest.approx(510_065_621.724e6 / 8, rel=1e-9)


def test_utm_metres_are_not_ground_metres(tmp_path) -> None:
    # On the central meridian UTM shrinks lengths to 0.9996.
    with open_raster(str(rasters.make_raster(tmp_path / "r.tif"))) as source:
        box = rectangle(499_950, 5_699_950, 500_050, 5_700_050)
        assert area_m2(source, box) == pytest.approx(100**2 / 0.9996**2, rel=1e-6)
        corners = [(x, y) for x, y in box["coordinates"][0][:4]]
        corners[2], corners[3] = (500_050, 5_700_000), (499_950, 5_700_000)
        longer, shorter = side_lengths_m(source, corners)
    assert longer == pytest.approx(100 / 0.9996, rel=1e-6)
    assert shorter == pytest.approx(50 / 0.9996, rel=1e-6)


def test_holes_and_parts_count_as_such(tmp_path) -> None:
    with open_raster(str(rasters.make_raster(tmp_path / "r.tif"))) as source:
        whole = rectangle(500_000, 5_699_900, 500_100, 5_700_000)["coordinates"][0]
        hole = rectangle(500_025, 5_699_925, 500_075, 5_699_975)["coordinates"][0]
        geometry = {"type": "MultiPolygon", "coordinates": [[whole, hole], [whole]]}
        assert area_m2(source, geometry) == pytest.approx(1.75e4 / 0.9996**2, rel=1e-4)


def test_without_a_place_on_earth_there_is_no_measure(tmp_path) -> None:
    with open_raster(str(rasters.make_raster(tmp_path / "r.tif", crs=None))) as source:
        assert area_m2(source, rectangle(0, 0, 10, 10)) is None
        assert side_lengths_m(source, [(0, 0), (1, 0), (1, 1), (0, 1)]) is None


def test_measures_do_not_depend_on_where_a_ring_starts(tmp_path) -> None:
    with open_raster(str(rasters.make_raster(tmp_path / "r.tif"))) as source:
        ring = np.array([[0, 0], [300, 40], [350, 200], [100, 260]])
        ring += np.array([500_000, 5_699_000])
        areas = []
        for turn in range(4):
            turned = np.roll(ring, turn, axis=0).tolist()
            geometry = {"type": "Polygon", "coordinates": [[*turned, turned[0]]]}
            areas.append(area_m2(source, geometry))
    assert areas == pytest.approx([areas[0]] * 4, rel=1e-9)
