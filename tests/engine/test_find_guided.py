"""Find with the policy `query`: it plans while it looks, by what it has seen so far."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator, Tuple

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import BadRequest, Cancelled
from rs_vlm_plugin.engine.find import ObjectFound, find
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.rasterio_source import RasterioSource, open_raster
from tests import rasters
from tests.engine.test_find_objects import StopsAfter, canvas

SQUARES = [(196, 132, 9), (216, 150, 9)]
WIDE = (256, 192)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[RasterioSource]:
    path = rasters.make_raster(tmp_path / "scene.tif", pixels=canvas(*WIDE, SQUARES))
    with open_raster(str(path)) as source:
        yield source


def middle(item: ObjectFound, scene: RasterioSource) -> Tuple[float, float]:
    """Column and row of an object's middle."""
    corners = item.geometry["coordinates"][0][:4]
    x, y = np.mean(corners, axis=0)
    return scene.info.transform.to_pixel(float(x), float(y))


def test_the_budget_goes_where_the_phrase_is(
    scene: RasterioSource, level_model: VisionLanguageModel
) -> None:
    all_of_it = find(scene, None, ["plane"], level_model, "fixed", 400)
    guided = find(scene, None, ["plane"], level_model, "query", 24)
    assert guided.provenance.tile_evaluations <= 24 < all_of_it.provenance.tile_evaluations
    assert guided.provenance.policy == "query"
    # Other windows see slightly other boxes, but each square once.
    for result in (all_of_it, guided):
        middles = sorted(middle(item, scene) for item in result.objects)
        expected = sorted((x + side / 2, y + side / 2) for x, y, side in SQUARES)
        np.testing.assert_allclose(middles, expected, atol=SQUARES[0][2] / 2)
    # As many tiles anywhere do not find them.
    assert not find(scene, None, ["plane"], level_model, "random", 24).objects


def test_the_same_again(scene: RasterioSource, level_model: VisionLanguageModel) -> None:
    first, again = (find(scene, None, ["plane"], level_model, "query", 12) for _ in range(2))
    assert first.objects == again.objects


def test_stopped_early_it_keeps_what_it_found(
    scene: RasterioSource, level_model: VisionLanguageModel
) -> None:
    result = find(scene, None, ["plane"], level_model, "query", 40, feedback=StopsAfter(1))
    assert result.partial
    assert result.provenance.tile_evaluations < 40
    assert any("Stopped after" in note for note in result.provenance.notes)
    with pytest.raises(Cancelled):
        find(scene, None, ["plane"], level_model, "query", 40, feedback=StopsAfter(0))


def test_a_budget_of_nothing_is_refused(
    scene: RasterioSource, level_model: VisionLanguageModel
) -> None:
    with pytest.raises(BadRequest):
        find(scene, None, ["plane"], level_model, "query", 0)
