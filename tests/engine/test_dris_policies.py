"""What each policy chooses."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.dris.planner import plan
from rs_vlm_plugin.engine.errors import BadRequest, EmptyRegion
from rs_vlm_plugin.engine.geometry import GeoTransform, Region, Window
from rs_vlm_plugin.engine.raster.normalise import Stretch
from tests import rasters
from tests.engine.array_source import ArraySource

STRETCH = Stretch((1, 2, 3), ((0.0, 255.0),) * 3)


def planned(source, policy="content", budget=32, input_size=64, finest=None, window=None):
    region = Region.from_window(source.info.transform, window or source.info.window)
    return plan(source, region, policy, budget, input_size, finest, STRETCH)


def noise(width, height, **settings) -> ArraySource:
    return ArraySource(rasters.pattern_pixels("noise", 3, (width, height), "uint8"), **settings)


def busy_corner() -> ArraySource:
    return ArraySource(rasters.pattern_pixels("busy_corner", 3, (1024, 1024), "uint8"))


def test_content_goes_where_the_ground_is_busy():
    made = planned(busy_corner(), budget=25)
    deep = [tile for tile in made.tiles if tile.level > 1]
    assert len(deep) >= 16
    for tile in deep:
        assert tile.window.col_off < 512
        assert tile.window.row_off >= 512


def test_content_spends_nothing_on_blank_ground():
    blank = ArraySource(np.full((3, 1024, 1024), 120, dtype="uint8"))
    assert planned(blank, budget=100).used == 1


def test_random_spreads_and_is_the_same_again():
    source = busy_corner()
    made = planned(source, "random", budget=60)
    assert made == planned(source, "random", budget=60)
    deepest = [tile for tile in made.tiles if tile.level >= 2]
    assert any(tile.window.col_off >= 512 for tile in deepest)


def test_random_differs_between_regions():
    source = noise(2048, 2048)
    one = planned(source, "random", window=Window(0, 0, 1024, 1024))
    two = planned(source, "random", window=Window(1024, 1024, 1024, 1024))
    moved = [(t.window.col_off + 1024, t.window.row_off + 1024) for t in one.tiles]
    assert moved != [(t.window.col_off, t.window.row_off) for t in two.tiles]


@pytest.mark.parametrize(("budget", "used"), [(1, 1), (4, 1), (5, 5), (16, 5), (17, 17), (100, 65)])
def test_fixed_takes_the_deepest_level_that_fits(budget, used):
    made = planned(noise(1024, 1024), "fixed", budget=budget)
    assert made.used == used
    assert made.tiles[0].window == Window(0, 0, 1024, 1024)


def test_nothing_is_split_that_the_model_sees_whole():
    made = planned(noise(256, 256), budget=1000)
    assert {made.tiles[i].window.width for i in made.leaves} == {64}
    assert made.used == 1 + 4 + 16


@pytest.mark.parametrize("policy", ["fixed", "random", "content"])
def test_nothing_is_split_beyond_the_finest_gsd(policy):
    source = noise(1024, 1024, gsd=0.25)
    made = planned(source, policy, budget=1000, finest=1.0)
    # 64 pixels of 1 m see 256 pixels of 0.25 m.
    assert min(tile.window.width for tile in made.tiles) == 256


def test_without_a_crs_the_finest_gsd_is_no_limit():
    assert planned(noise(256, 256), budget=1000, finest=1.0).used == 21


def test_a_strip_is_cut_into_squares():
    made = planned(noise(1000, 250), budget=4)
    assert [tile.window for tile in made.tiles] == [
        Window(0, 0, 250, 250),
        Window(250, 0, 250, 250),
        Window(500, 0, 250, 250),
        Window(750, 0, 250, 250),
    ]


def test_a_small_budget_makes_the_coarse_level_coarser():
    made = planned(noise(1000, 250), budget=2)
    assert [tile.window for tile in made.tiles] == [
        Window(0, 0, 500, 250),
        Window(500, 0, 500, 250),
    ]


def test_a_line_of_pixels_is_not_cut_into_points():
    made = planned(noise(2000, 1), budget=100)
    assert made.used == 32


def test_nodata_costs_nothing():
    mask = np.zeros((1024, 1024), dtype=bool)
    mask[:128, :128] = True
    made = planned(noise(1024, 1024, mask=mask), "fixed", budget=8)
    assert made.used == 1 + 4
    assert made.tiles[-1].window.width == 64


def test_a_tiny_region_is_read_with_its_surroundings():
    made = planned(noise(1000, 1000), window=Window(998, 3, 2, 2))
    (tile,) = made.tiles
    assert tile.window == Window(998, 3, 2, 2)
    assert tile.read_window == Window(904, 0, 96, 96)
    assert tile.scale == pytest.approx(96 / 64)


def test_a_raster_of_one_pixel():
    (tile,) = planned(noise(1, 1)).tiles
    assert tile.window == tile.read_window == Window(0, 0, 1, 1)


def test_a_rotated_raster_is_planned_in_its_own_pixels():
    source = noise(512, 512, transform=GeoTransform(0.6, 0.8, 5e5, 0.8, -0.6, 5e6))
    assert planned(source, budget=5).tiles[0].window == Window(0, 0, 512, 512)


def test_all_nodata_is_said():
    with pytest.raises(EmptyRegion, match="nodata"):
        planned(noise(64, 64, mask=np.zeros((64, 64), dtype=bool)))


@pytest.mark.parametrize(
    ("policy", "budget", "input_size"), [("best", 8, 64), ("content", 0, 64), ("fixed", 8, 0)]
)
def test_what_cannot_be_meant_is_refused(policy, budget, input_size):
    with pytest.raises(BadRequest):
        planned(noise(64, 64), policy, budget, input_size)


@pytest.mark.parametrize("policy", ["fixed", "random", "content"])
def test_no_tile_is_spent_on_seeing_the_same_pixels_again(policy):
    """324 pixels are halved to 162 for an input of 160; 81 would show next to nothing more."""
    assert planned(noise(324, 324), policy, budget=100, input_size=160).used == 1 + 4
    finest = planned(noise(800, 800, gsd=10.0), policy, 100, 160, finest=24.0)
    assert finest.used == 1 + 4
