"""Compare: change is found where it is, and two renderings of one scene show none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model_training.synthetic import draw_scene
from rs_vlm_plugin.engine.compare import compare
from rs_vlm_plugin.engine.errors import ActionUnsupported, BadRequest, Cancelled, EmptyRegion
from rs_vlm_plugin.engine.feedback import Silent
from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from rs_vlm_plugin.resource_paths import default_bundle
from tests import rasters
from tests.engine.test_find_objects import canvas
from tests.tiny_bundle import make_tiny_bundle

shape = pytest.importorskip("shapely.geometry").shape

PLANES = [(8, 8, 9), (44, 27, 9)]
NEW = (76, 44, 9)
NEW_BOX = (500_760, 5_699_470, 500_850, 5_699_560)
"""Where the new plane stands, in map units."""


@pytest.fixture
def put(tmp_path: Path):
    """Writes pixels as a raster; opens it; closes it after the test."""
    sources = []

    def put(pixels: np.ndarray, **settings):
        path = rasters.make_raster(tmp_path / f"r{len(sources)}.tif", pixels=pixels, **settings)
        sources.append(open_raster(str(path)))
        return sources[-1]

    yield put
    for source in sources:
        source.close()


@pytest.fixture(scope="module")
def real_model() -> VisionLanguageModel:
    """The bundle that comes with the plugin."""
    return VisionLanguageModel(load_bundle(default_bundle()), device="cpu", threads=1)


def town() -> np.ndarray:
    """A drawn town of 512 x 512 pixels."""
    scene = draw_scene(3, size=512, scene_class="residential")
    return np.moveaxis(scene.image, 2, 0)


def with_pool(pixels: np.ndarray) -> np.ndarray:
    """A field with a white roof where there was something else, upper right."""
    changed = pixels.copy()
    changed[:, 60:150, 360:450] = np.array([96, 160, 70], np.uint8)[:, None, None]
    changed[:, 85:125, 385:425] = 240
    return changed


def rendered_otherwise(pixels: np.ndarray) -> np.ndarray:
    """The same ground on another day: hazier, warmer, with noise, as 16 bit."""
    values = pixels.astype(float) * np.array([0.75, 0.7, 0.62])[:, None, None] + 45
    values += np.random.default_rng(5).normal(0, 2, pixels.shape)
    return np.clip(values * 14, 0, 65535).astype(np.uint16)


def test_the_identical_scene_shows_no_change(put, level_model) -> None:
    result = compare(put(canvas(96, 64, PLANES)), put(canvas(96, 64, PLANES)), None, level_model)
    assert result.changes == result.gained == result.lost == ()
    assert result.share == 0
    assert result.summary().endswith("No change that the model can see.")
    assert result.before.text == result.after.text


def test_a_new_object_is_gained_where_it_stands(put, level_model) -> None:
    before, after = put(canvas(96, 64, PLANES)), put(canvas(96, 64, [*PLANES, NEW]))
    result = compare(before, after, None, level_model, policy="fixed", budget=60)
    assert [(item.name, item.count, item.method) for item in result.gained if
            item.method == "grounding"] == [("plane", 1, "grounding")]  # fmt: skip
    assert "plane" not in [item.name for item in result.lost]
    box = shape({"type": "Polygon", "coordinates": [[
        (NEW_BOX[0], NEW_BOX[1]), (NEW_BOX[2], NEW_BOX[1]), (NEW_BOX[2], NEW_BOX[3]),
        (NEW_BOX[0], NEW_BOX[3]), (NEW_BOX[0], NEW_BOX[1])]]})  # fmt: skip
    assert result.changes
    for change in result.changes:
        assert shape(change.geometry).is_valid
    (where,) = [change for change in result.changes if change.gained.get("plane")]
    assert shape(where.geometry).intersects(box)
    assert where.place == "south-east"
    # The planes that stayed are in no changed place.
    assert not any(shape(c.geometry).contains(shape({"type": "Point", "coordinates":
                   (500_125, 5_699_875)})) for c in result.changes)  # fmt: skip


def test_before_and_after_the_other_way_round_is_a_loss(put, level_model) -> None:
    before, after = put(canvas(96, 64, [*PLANES, NEW])), put(canvas(96, 64, PLANES))
    result = compare(before, after, None, level_model, policy="fixed", budget=60)
    assert {item.name: item.count for item in result.lost}["plane"] == 1
    assert "Lost: 1 plane" in result.summary()


def test_only_the_region_is_compared(put, level_model) -> None:
    before, after = put(canvas(96, 64, PLANES)), put(canvas(96, 64, [*PLANES, NEW]))
    west = Region.from_bounds(500_000, 5_699_360, 500_600, 5_700_000)
    result = compare(before, after, west, level_model, policy="fixed", budget=60)
    assert result.changes == ()


@pytest.mark.parametrize("policy", ["content", "fixed", "random"])
def test_the_budget_is_of_both_images(put, level_model, policy: str) -> None:
    pixels = rasters.pattern_pixels("noise", 3, (400, 300), "uint8")
    for budget in (3, 4, 17, 50):
        result = compare(put(pixels), put(pixels), None, level_model, policy, budget)
        assert 3 <= result.provenance.tile_evaluations <= budget == result.provenance.budget


def test_two_renderings_of_a_scene_score_low_and_a_change_high(put, real_model) -> None:
    before = put(town(), pixel_size=(0.5, 0.5))
    otherwise = put(rendered_otherwise(town()), pixel_size=(0.5, 0.5))
    same = compare(before, otherwise, None, real_model, budget=24)
    assert same.changes == ()
    assert same.provenance.notes[-1] == "The second image was shown in the tone of the first."
    after = put(rendered_otherwise(with_pool(town())), pixel_size=(0.5, 0.5))
    result = compare(before, after, None, real_model, budget=24)
    assert result.changes
    best = result.changes[0]
    assert best.score > 0.3
    assert best.place == "north-east"
    middle = shape({"type": "Point", "coordinates": (500_202.5, 5_699_947.5)})
    assert shape(best.geometry).buffer(5).contains(middle)
    assert result.share < 0.25


def test_resolution_and_crs_of_the_second_do_not_matter(put, tmp_path, real_model) -> None:
    before = put(town(), pixel_size=(0.5, 0.5))
    coarse = with_pool(town()).reshape(3, 256, 2, 256, 2).mean(axis=(2, 4)).astype(np.uint8)
    result = compare(before, put(coarse, pixel_size=(1, 1)), None, real_model, budget=24)
    assert result.changes[0].place == "north-east"
    assert result.provenance.ground_sample_distance_m == pytest.approx(1, rel=0.01)
    assert "coarsened" in " ".join(result.provenance.notes)


def test_places_of_changes_are_those_of_what_both_images_show(put, level_model) -> None:
    before, after = (canvas(160, 64, planes) for planes in ([], [(132, 28, 9)]))
    for pixels in (before, after):
        pixels[:, :, :96] = 0
    result = compare(
        put(before, nodata=0), put(after, nodata=0), None, level_model, "fixed", budget=40
    )
    assert "centre" in {change.place for change in result.changes}


def test_nodata_of_one_image_is_no_change(put, level_model) -> None:
    pixels = rasters.pattern_pixels("noise", 3, (128, 96), "uint8")
    holed = pixels.copy()
    holed[:, :, 80:] = 0
    result = compare(put(pixels), put(holed, nodata=0), None, level_model, budget=40)
    for change in result.changes:
        assert shape(change.geometry).bounds[2] <= 500_000 + 88 * 10
    # Nothing is left to be seen in the hole.
    hole = Region.from_bounds(500_900, 5_699_100, 501_200, 5_699_900)
    with pytest.raises(EmptyRegion, match="all of it is nodata"):
        compare(put(pixels), put(holed, nodata=0), hole, level_model)


def test_json_is_what_the_command_promises(put, level_model) -> None:
    before, after = put(canvas(96, 64, PLANES)), put(canvas(96, 64, [*PLANES, NEW]))
    found = compare(before, after, None, level_model, policy="fixed", budget=60).to_json()
    assert {"before", "after", "changes", "gained", "lost", "provenance"} <= set(found)
    assert found["changes"]["type"] == "FeatureCollection"
    assert found["changes"]["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::32633"
    properties = found["changes"]["features"][0]["properties"]
    assert {"score", "place", "before", "after", "gained", "lost"} == set(properties)
    assert found["provenance"]["raster"] == before.info.uri
    assert found["provenance"]["after"]["raster"] == after.info.uri


class CancelAfter(Silent):
    """Says stop once so many reports were heard."""

    def __init__(self, reports: int) -> None:
        self._left = reports

    def report(self, fraction: float, message: str) -> None:
        assert 0 <= fraction <= 1
        self._left -= 1

    def is_cancelled(self) -> bool:
        return self._left < 0


def test_cancelling_keeps_what_was_seen(put, tiny_model) -> None:
    pixels = rasters.pattern_pixels("noise", 3, (600, 400), "uint8")
    partial = []
    result = compare(put(pixels), put(pixels), None, tiny_model, budget=80, feedback=CancelAfter(2),
                     on_partial=partial.append)  # fmt: skip
    assert result.partial
    assert partial
    assert result.provenance.notes[0].startswith("Stopped after ")
    assert result.provenance.tile_evaluations < 80
    with pytest.raises(Cancelled):
        compare(put(pixels), put(pixels), None, tiny_model, feedback=CancelAfter(-1))


def test_a_model_that_finds_nothing_counts_what_captions_name(put, tiny_model) -> None:
    pixels = rasters.pattern_pixels("noise", 3, (128, 96), "uint8")
    other = rasters.pattern_pixels("blocks", 3, (128, 96), "uint8")
    result = compare(put(pixels), put(other), None, tiny_model, budget=40)
    assert result.changes
    assert result.grounded == frozenset()
    assert {item.method for item in (*result.gained, *result.lost)} == {"caption attention"}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"budget": 2}, "at least 3 tiles"),
        ({"min_change": 1.5}, "from 0 to 1"),
        ({"policy": "best"}, "no policy 'best'"),
        ({"region": Region.from_bounds(500_000, 5_600_000, 500_100, 5_600_100)}, "outside r0.tif"),
    ],
)
def test_bad_requests_are_sentences(put, tiny_model, settings, message: str) -> None:
    before, after = put(canvas(96, 64, PLANES)), put(canvas(96, 64, PLANES))
    region = settings.pop("region", None)
    with pytest.raises((BadRequest, EmptyRegion), match=message):
        compare(before, after, region, tiny_model, **settings)


def test_a_region_that_only_one_image_covers_is_a_sentence(put, tiny_model) -> None:
    before, after = put(canvas(96, 64, PLANES)), put(canvas(48, 64, PLANES[:1]))
    east = Region.from_bounds(500_600, 5_699_400, 500_900, 5_699_900)
    with pytest.raises(EmptyRegion, match=r"outside what r0.tif and r1.tif have in common"):
        compare(before, after, east, tiny_model)


def test_a_model_that_cannot_describe_is_refused(put, tmp_path: Path) -> None:
    bundle = make_tiny_bundle(tmp_path / "bundle", actions=("classify", "search"))
    model = VisionLanguageModel(load_bundle(bundle), device="cpu", threads=1)
    with pytest.raises(ActionUnsupported):
        compare(put(canvas(96, 64, PLANES)), put(canvas(96, 64, PLANES)), None, model)
