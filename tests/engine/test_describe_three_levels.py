from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Iterator

import pytest

from rs_vlm_plugin.engine.describe import describe
from rs_vlm_plugin.engine.errors import ActionUnsupported, BadRequest, EmptyRegion
from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.normalise import fit_stretch
from rs_vlm_plugin.engine.raster.rasterio_source import RasterioSource, open_raster
from rs_vlm_plugin.engine.results import Description
from tests import rasters
from tests.engine.array_source import ArraySource
from tests.tiny_bundle import make_tiny_bundle

shape = pytest.importorskip("shapely.geometry").shape


@pytest.fixture
def source(tmp_path: Path) -> Iterator[RasterioSource]:
    path = rasters.make_raster(tmp_path / "scene.tif", size=(600, 400), pattern="busy_corner")
    with open_raster(str(path)) as opened:
        yield opened


def check(result: Description) -> None:
    """What holds for any description."""
    for text in (result.scene, *result.regions):
        assert text.text
        assert 0 <= text.confidence <= 1
        assert shape(text.geometry).is_valid
        for link in text.links:
            assert text.text[link.start : link.end].strip()
            assert link.geometry is None or shape(link.geometry).is_valid
    for item in result.objects:
        assert 0 <= item.confidence <= 1
        assert item.count == len(item.geometry["coordinates"]) > 0
        assert shape(item.geometry).is_valid


def test_regions_and_objects_lie_on_the_raster(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    result = describe(source, None, tiny_model, budget=40)
    check(result)
    whole = shape(result.scene.geometry)
    assert sum(shape(r.geometry).area for r in result.regions) == pytest.approx(whole.area)
    assert sum(region.share for region in result.regions) == pytest.approx(1)
    assert [r.share for r in result.regions] == sorted(r.share for r in result.regions)[::-1]
    assert len(result.regions) <= 9
    assert result.objects
    for item in result.objects:
        assert shape(item.geometry).within(whole.buffer(1e-6))
    assert not result.partial


def test_phrases_link_to_the_objects_they_name(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    result = describe(source, None, tiny_model)
    places = {item.name: shape(item.geometry) for item in result.objects}
    linked = [link for text in (result.scene, *result.regions) for link in text.links]
    assert linked
    for link in linked:
        assert link.geometry is not None
        assert shape(link.geometry).within(places[link.name].buffer(1e-6))


@pytest.mark.parametrize("policy", ["fixed", "random", "content"])
def test_every_policy_keeps_the_budget(
    source: RasterioSource, tiny_model: VisionLanguageModel, policy: str
) -> None:
    result = describe(source, None, tiny_model, policy=policy, budget=10)
    assert result.provenance.policy == policy
    assert 1 <= result.provenance.tile_evaluations <= 10


def test_budget_of_one_gives_one_region(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    result = describe(source, None, tiny_model, budget=1)
    check(result)
    assert result.provenance.tile_evaluations == 1
    assert [region.text for region in result.regions] == [result.scene.text]
    assert result.regions[0].place == "throughout"


def test_same_question_same_answer(source: RasterioSource, tiny_model: VisionLanguageModel) -> None:
    first, second = (describe(source, None, tiny_model, budget=12) for _ in range(2))
    same = replace(second.provenance, started=first.provenance.started, duration_s=0.0)
    assert replace(second, provenance=same) == replace(
        first, provenance=replace(first.provenance, duration_s=0.0)
    )


def test_many_regions_of_a_raster_share_one_stretch(tiny_model: VisionLanguageModel) -> None:
    source = ArraySource(rasters.pattern_pixels("noise", 3, (600, 400), "uint8"))
    stretch = replace(fit_stretch(source), limits=((10.0, 200.0),) * 3)
    source.reads.clear()
    for left in (0, 300):
        region = Region.from_bounds(left, -400, left + 300, 0)
        result = describe(source, region, tiny_model, budget=2, stretch=stretch)
        assert result.provenance.stretch == stretch.limits
    assert source.info.window not in [window for window, _ in source.reads]


def test_provenance_is_complete(source: RasterioSource, tiny_model: VisionLanguageModel) -> None:
    provenance = describe(source, None, tiny_model, budget=4).provenance
    assert provenance.model == "rsvlm-tiny"
    assert provenance.model_licence == tiny_model.bundle.manifest.licence
    assert provenance.bundle_sha256 == tiny_model.bundle.sha256
    assert provenance.plugin_version[0].isdigit()
    assert provenance.providers == ("CPUExecutionProvider",)
    assert provenance.raster == source.info.uri
    assert provenance.ground_sample_distance_m == pytest.approx(10, rel=0.01)
    assert len(provenance.bands) == len(provenance.stretch) == 3
    assert provenance.region["type"] == "Polygon"
    assert any("not as instances" in note for note in provenance.notes)
    assert any("less reliable" in note for note in provenance.notes)


def test_region_far_smaller_than_a_tile(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    x, y = source.info.transform.to_map(300, 200)
    region = Region.from_bounds(x, y, x + 25, y + 15)
    result = describe(source, region, tiny_model)
    check(result)
    bounds = shape(region.to_geojson()).buffer(10)
    for item in (*result.regions, *result.objects):
        assert shape(item.geometry).within(bounds)


def test_region_partly_outside_keeps_to_the_raster(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    x, y = source.info.transform.to_map(0, 0)
    result = describe(source, Region.from_bounds(x - 5000, y - 1000, x + 2000, y), tiny_model)
    check(result)
    assert shape(result.regions[0].geometry).bounds[0] >= x - 1e-6


def test_evidence_keeps_to_a_polygon(
    source: RasterioSource, tiny_model: VisionLanguageModel
) -> None:
    corners = [source.info.transform.to_map(*corner) for corner in ((0, 0), (600, 0), (0, 400))]
    outline = {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}
    region = Region.from_geojson(outline)
    result = describe(source, region, tiny_model)
    check(result)
    triangle = shape(outline)
    for item in result.objects:
        for polygon in shape(item.geometry).geoms:
            assert polygon.intersects(triangle)


@pytest.mark.parametrize("where", ["outside", "nodata"])
def test_region_with_nothing_in_it(
    tmp_path: Path, tiny_model: VisionLanguageModel, where: str
) -> None:
    make = rasters.all_nodata if where == "nodata" else rasters.make_raster
    with open_raster(str(make(tmp_path / "scene.tif"))) as source:
        region = Region.from_bounds(0, 0, 10, 10) if where == "outside" else None
        with pytest.raises(EmptyRegion):
            describe(source, region, tiny_model)


@pytest.mark.parametrize(
    "make",
    [
        rasters.one_pixel,
        rasters.with_nodata_hole,
        rasters.with_nan,
        rasters.with_alpha,
        rasters.paletted,
        rasters.rotated,
        rasters.gcp_only,
        rasters.complex_valued,
    ],
)
def test_unusual_rasters_are_described(
    tmp_path: Path, tiny_model: VisionLanguageModel, make
) -> None:
    with open_raster(str(make(tmp_path / "scene.tif"))) as source:
        check(describe(source, None, tiny_model, budget=8))


def test_raster_without_crs_uses_words_of_a_picture(
    tmp_path: Path, tiny_model: VisionLanguageModel
) -> None:
    path = rasters.make_raster(tmp_path / "s.tif", crs=None, size=(512, 512), pattern="noise")
    with open_raster(str(path)) as source:
        result = describe(source, None, tiny_model, policy="fixed")
    assert not any("north" in region.place for region in result.regions)
    assert result.provenance.ground_sample_distance_m is None
    assert any("CRS" in note for note in result.provenance.notes)


def test_long_strip_has_a_scene_from_several_views(
    tmp_path: Path, tiny_model: VisionLanguageModel
) -> None:
    path = rasters.make_raster(tmp_path / "strip.tif", size=(900, 60), pattern="noise")
    with open_raster(str(path)) as source:
        check(describe(source, None, tiny_model))


@pytest.mark.parametrize(("policy", "budget"), [("psychic", 8), ("content", 0)])
def test_senseless_request(
    source: RasterioSource, tiny_model: VisionLanguageModel, policy: str, budget: int
) -> None:
    with pytest.raises(BadRequest):
        describe(source, None, tiny_model, policy=policy, budget=budget)


def test_bundle_that_cannot_describe(source: RasterioSource, tmp_path: Path) -> None:
    bundle = load_bundle(make_tiny_bundle(tmp_path / "bundle", actions=["search"]))
    with pytest.raises(ActionUnsupported):
        describe(source, None, VisionLanguageModel(bundle, device="cpu"))
