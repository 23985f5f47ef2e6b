"""Find outlines areas of what no box taught the model, with the bundle that ships."""

from __future__ import annotations

from itertools import combinations
from typing import Iterator, List

import numpy as np
import pytest
from shapely.geometry import box, shape

from model_training.synthetic import draw_scene
from rs_vlm_plugin.engine.errors import BadRequest, Cancelled
from rs_vlm_plugin.engine.find import ObjectFound, find
from rs_vlm_plugin.engine.find.finding import FIND_POLICIES
from rs_vlm_plugin.engine.find.results import BOX_NOTE
from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.rasterio_source import RasterioSource, open_raster
from rs_vlm_plugin.resource_paths import default_bundle
from tests import rasters
from tests.engine.test_find_objects import StopsAfter

SIDE = 256
QUARTERS = ("forest", "parking lot", "tennis courts", "river")


@pytest.fixture(scope="module")
def model() -> VisionLanguageModel:
    return VisionLanguageModel(load_bundle(default_bundle()), device="cpu", threads=1)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RasterioSource]:
    """Four drawn scenes in a square, in the order of `QUARTERS`."""
    drawn = [draw_scene(3, SIDE, name).image for name in QUARTERS]
    pixels = np.concatenate([np.concatenate(drawn[:2], axis=1), np.concatenate(drawn[2:], axis=1)])
    path = tmp_path_factory.mktemp("scene") / "four.tif"
    rasters.make_raster(path, pixels=pixels.transpose(2, 0, 1))
    with open_raster(str(path)) as source:
        yield source


def quarter(scene: RasterioSource, name: str):
    row, column = divmod(QUARTERS.index(name), 2)
    left, top = scene.info.transform.to_map(column * SIDE, row * SIDE)
    right, bottom = scene.info.transform.to_map((column + 1) * SIDE, (row + 1) * SIDE)
    return box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def share_in(objects: List[ObjectFound], place) -> float:
    areas = [shape(item.geometry) for item in objects]
    return sum(area.intersection(place).area for area in areas) / sum(area.area for area in areas)


@pytest.mark.parametrize("phrase", ["forest", "parking lot", "river"])
@pytest.mark.parametrize("policy", FIND_POLICIES)
def test_an_area_that_looks_so_is_outlined(
    scene: RasterioSource, model: VisionLanguageModel, phrase: str, policy: str
) -> None:
    result = find(scene, None, [phrase], model, policy, 24, min_score=0.4)
    assert result.objects, phrase
    assert share_in(result.objects, quarter(scene, phrase)) > 0.8
    for item in result.objects:
        assert shape(item.geometry).is_valid
        assert item.area_m2 is not None
        assert item.area_m2 > 0
        assert item.length_m is item.width_m is None
    assert result.provenance.tile_evaluations <= 24
    assert any(f"not trained to find {phrase} one by one" in n for n in result.provenance.notes)
    assert BOX_NOTE not in result.provenance.notes


def test_what_is_not_there_is_not_outlined(
    scene: RasterioSource, model: VisionLanguageModel
) -> None:
    assert not find(scene, None, ["beach", "snow"], model, budget=24).objects


def test_areas_of_a_phrase_lie_apart_and_in_the_region(
    scene: RasterioSource, model: VisionLanguageModel
) -> None:
    where = quarter(scene, "forest").buffer(-8)
    ring = tuple((float(x), float(y)) for x, y in where.exterior.coords)
    result = find(scene, Region(((ring,),)), ["forest"], model, min_score=0.2)
    assert result.objects
    # Squares of the grid stick out of the region by less than one.
    assert share_in(list(result.objects), where) > 0.8
    areas = [shape(item.geometry) for item in result.objects]
    assert all(one.intersection(two).area == 0 for one, two in combinations(areas, 2))


def test_objects_and_areas_share_the_budget(
    scene: RasterioSource, model: VisionLanguageModel
) -> None:
    result = find(scene, None, ["tennis court", "parking lot"], model, budget=31)
    assert result.provenance.tile_evaluations <= 31
    assert share_in(list(result.of("parking lot")), quarter(scene, "parking lot")) > 0.8
    assert all(item.length_m for item in result.of("tennis court"))
    assert share_in(list(result.of("tennis court")), quarter(scene, "tennis courts")) > 0.8
    scores = [item.score for item in result.objects]
    assert scores == sorted(scores, reverse=True)
    assert BOX_NOTE in result.provenance.notes
    with pytest.raises(BadRequest, match="a budget of 2 tiles"):
        find(scene, None, ["tennis court", "parking lot"], model, budget=1)
    assert find(scene, None, ["parking lot"], model, budget=1).provenance.tile_evaluations == 1


@pytest.mark.parametrize("policy", ["query", "fixed"])
def test_stopped_early_it_keeps_what_it_found(
    scene: RasterioSource, model: VisionLanguageModel, policy: str
) -> None:
    seen: List[int] = []
    result = find(
        scene,
        None,
        ["parking lot"],
        model,
        policy,
        40,
        feedback=StopsAfter(1 if policy == "fixed" else 12),
        on_partial=lambda partial: seen.append(partial.provenance.tile_evaluations),
    )
    assert result.partial
    assert 0 < result.provenance.tile_evaluations < 40
    assert any("Stopped after" in note for note in result.provenance.notes)
    assert seen
    assert seen == sorted(seen)
    with pytest.raises(Cancelled):
        find(scene, None, ["parking lot"], model, policy, 40, feedback=StopsAfter(0))


def test_the_same_again(scene: RasterioSource, model: VisionLanguageModel) -> None:
    first, again = (find(scene, None, ["forest"], model, budget=12) for _ in range(2))
    assert first.objects == again.objects
