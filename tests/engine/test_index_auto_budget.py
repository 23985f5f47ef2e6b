"""Without a budget, an index takes a quarter of the tiles of all scales."""

from __future__ import annotations

import pytest

from rs_vlm_plugin.engine.dris.planner import plan
from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.index.reading import Choice, auto_budget
from rs_vlm_plugin.engine.raster.normalise import fit_stretch
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from tests import rasters

INPUT = 32


@pytest.mark.parametrize("size", [(1024, 1024), (1100, 700), (2048, 300)])
def test_a_quarter_of_the_tiles_of_all_scales(tmp_path, size):
    path = rasters.make_raster(tmp_path / "a.tif", size=size, pattern="noise")
    with open_raster(str(path)) as source:
        budget = auto_budget(source.info, None, Choice("content", None, INPUT, 0.3))
        region = Region.from_window(source.info.transform, source.info.window)
        every, some = (
            plan(source, region, "content", most, INPUT, None, fit_stretch(source)).tiles
            for most in (1_000_000, budget)
        )
    assert budget == pytest.approx(len(every) / 4, abs=1)
    assert budget - 3 <= len(some) <= budget


def test_nothing_is_seen_from_further_than_twice_as_far(tmp_path):
    path = rasters.make_raster(tmp_path / "a.tif", size=(1024, 1024), pattern="noise")
    with open_raster(str(path)) as source:
        budget = auto_budget(source.info, None, Choice("content", None, INPUT, 0.3))
        region = Region.from_window(source.info.transform, source.info.window)
        made = plan(source, region, "content", budget, INPUT, None, fit_stretch(source))
    assert {made.tiles[leaf].window.width for leaf in made.leaves} == {2 * INPUT}


def test_small_rasters_are_shown_whole(tmp_path):
    path = rasters.make_raster(tmp_path / "a.tif", size=(128, 128), pattern="noise")
    with open_raster(str(path)) as source:
        assert auto_budget(source.info, None, Choice("content", None, INPUT, 0.3)) == 21


def test_no_more_than_the_model_can_tell_apart(tmp_path):
    path = rasters.make_raster(tmp_path / "a.tif", size=(2048, 2048), pattern="noise")
    with open_raster(str(path)) as source:
        fine, coarse = (
            auto_budget(source.info, gsd_m, Choice("content", None, INPUT, 0.3))
            for gsd_m in (0.3, 0.15)
        )
    assert (fine, coarse) == (1 + 4 + 16 + 64 + 256 + 1024, 1 + 4 + 16 + 64 + 256)
