"""Search finds the place, once, outlined; and says where its answer ends."""

from __future__ import annotations

import json

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import (
    ActionUnsupported,
    BadRequest,
    ConceptInvalid,
    EmptyRegion,
    IndexOfAnotherModel,
    OutputNotWritable,
)
from rs_vlm_plugin.engine.feedback import Silent
from rs_vlm_plugin.engine.geometry import Region, Window
from rs_vlm_plugin.engine.index.geopackage import open_index
from rs_vlm_plugin.engine.index.records import Filter
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from rs_vlm_plugin.engine.search import (
    embed_place,
    find_places,
    learn_concept,
    parse_query,
    read_concept,
    search,
    write_concept,
)
from tests import rasters
from tests.indexes import StopAfter, make_index
from tests.tiny_bundle import make_tiny_bundle

NONE = np.zeros((0, 16), np.float32)
SIZE = 1024


@pytest.fixture
def scene(tmp_path):
    """A flat scene with one red square of 128 px, from column 640 and row 256."""
    pixels = np.full((3, SIZE, SIZE), 60, np.uint8)
    pixels += np.random.default_rng(0).integers(0, 30, pixels.shape, dtype=np.uint8)
    pixels[0, 256:384, 640:768] = 255
    pixels[1:, 256:384, 640:768] = 0
    return rasters.make_raster(tmp_path / "scene.tif", pixels=pixels)


@pytest.fixture
def red(tiny_model):
    """The concept of a red square, shown as one."""
    example = np.zeros((1, 32, 32, 3), np.uint8)
    example[..., 0] = 255
    return learn_concept("red", tiny_model.encode_images(example).embedding, NONE, tiny_model)


@pytest.fixture
def index(tmp_path, scene, tiny_model):
    path = make_index(tmp_path / "i.gpkg", [scene], tiny_model, policy="fixed", budget=100)
    with open_index(path) as opened:
        yield opened


def bounds(geometry):
    parts = geometry["coordinates"]
    points = np.array(
        [xy for part in parts for xy in (part[0] if geometry["type"] != "Polygon" else part)]
    )
    return points[:, 0].min(), points[:, 1].min(), points[:, 0].max(), points[:, 1].max()


def test_the_place_is_first_and_outlined(index, tiny_model, red):
    result = search([index], red, tiny_model, k=3, open_raster=open_raster)
    first = result.hits[0]
    assert [hit.rank for hit in result.hits] == [1, 2, 3]
    assert first.similarity > 0.95
    assert first.looked_closer
    assert first.level == "global"
    assert result.tile_evaluations > 0
    west, south, east, north = bounds(first.geometry)
    assert 506_300 <= west < east <= 507_800
    assert 5_696_060 <= south < north <= 5_697_540
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)


def test_a_coarse_index_is_looked_at_closer(tmp_path, scene, tiny_model, red):
    path = make_index(tmp_path / "coarse.gpkg", [scene], tiny_model, budget=5)
    with open_index(path) as index:
        quick = search([index], red, tiny_model, k=1).hits[0]
        closer = search([index], red, tiny_model, k=1, open_raster=open_raster).hits[0]
    assert not quick.looked_closer
    assert quick.geometry == quick.tile
    assert closer.similarity > quick.similarity
    wide = bounds(quick.geometry)
    west, south, east, north = bounds(closer.geometry)
    assert (east - west) < (wide[2] - wide[0]) / 2
    # In the square, or touching it.
    assert 506_080 <= west < east <= 508_000
    assert 5_695_840 <= south < north <= 5_697_760
    assert closer.gsd_m < quick.gsd_m


def test_one_place_is_one_hit(index, tiny_model, red):
    hits = find_places([index], red, tiny_model, k=50).hits
    windows = [hit.match.row.tile.window for hit in hits]
    for number, one in enumerate(windows):
        for other in windows[number + 1 :]:
            assert one.intersection(other).area < 0.9 * min(one.area, other.area)


def test_text_scores_are_probabilities_and_ranked(index, tiny_model):
    result = search([index], parse_query("trees not water"), tiny_model, k=5)
    assert result.query == "trees not water"
    assert all(0 <= hit.score <= 1 for hit in result.hits)
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)


def test_least_score(index, tiny_model, red):
    every = search([index], red, tiny_model, k=20)
    limit = (every.hits[0].score + every.hits[-1].score) / 2
    some = search([index], red, tiny_model, k=20, least_score=limit)
    assert 1 <= len(some.hits) < len(every.hits)
    assert min(hit.score for hit in some.hits) >= limit


def test_region_limits_places_and_outlines(index, tiny_model, red):
    left = Region.from_bounds(500_000, 5_689_760, 505_000, 5_700_000)
    result = search(
        [index], red, tiny_model, k=5, rows=Filter(region=left), open_raster=open_raster
    )
    assert result.hits
    for hit in result.hits:
        assert bounds(hit.geometry)[0] < 505_000


def test_nothing_to_look_at(index, tiny_model, red):
    nowhere = Region.from_bounds(0, 0, 1, 1)
    result = search([index], red, tiny_model, rows=Filter(region=nowhere))
    assert result.hits == ()
    assert "No tile" in result.notes[0]


def test_several_indexes_are_one(tmp_path, index, tiny_model, red):
    other = rasters.make_raster(tmp_path / "other.tif", size=(64, 64), pattern="noise")
    path = make_index(tmp_path / "j.gpkg", [other], tiny_model)
    with open_index(path) as second:
        result = search([index, second], red, tiny_model, k=100)
    assert {hit.index for hit in result.hits} == {0, 1}


def test_a_moved_raster_keeps_its_hits_and_says_so(index, scene, tiny_model, red, tmp_path):
    scene.rename(tmp_path / "elsewhere.tif")
    result = search([index], red, tiny_model, k=2, open_raster=open_raster)
    assert len(result.hits) == 2
    assert not any(hit.looked_closer for hit in result.hits)
    assert "no longer where it was indexed" in result.notes[0]


def test_a_changed_raster_keeps_its_hits_and_says_so(index, scene, tiny_model, red):
    rasters.make_raster(scene, size=(SIZE, SIZE), pattern="noise")
    result = search([index], red, tiny_model, k=2, open_raster=open_raster)
    assert not any(hit.looked_closer for hit in result.hits)
    assert "update the index" in result.notes[0]


def test_stopping_keeps_the_places(index, tiny_model, red):
    class Impatient(Silent):
        def is_cancelled(self):
            return True

    result = search([index], red, tiny_model, k=2, open_raster=open_raster, feedback=Impatient())
    assert result.partial
    assert len(result.hits) == 2


@pytest.mark.parametrize("k", [0, -1, 10_001])
def test_a_senseless_number_of_results(index, tiny_model, red, k):
    with pytest.raises(BadRequest):
        search([index], red, tiny_model, k=k)


def test_a_bundle_that_cannot_search(index, tmp_path):
    bundle = load_bundle(make_tiny_bundle(tmp_path / "bundle", actions=["classify"]))
    with pytest.raises(ActionUnsupported):
        search([index], parse_query("trees"), VisionLanguageModel(bundle, device="cpu"))


def test_examples_move_the_concept(index, tiny_model, red):
    hits = find_places([index], red, tiny_model, k=10).hits
    likes = np.stack([hit.match.embedding for hit in hits[-2:]])
    unlikes = hits[0].match.embedding[None]
    moved = learn_concept("other", likes, unlikes, tiny_model, start=red.vector, text="red")
    assert (moved.likes, moved.unlikes) == (2, 1)
    assert moved.vector @ hits[-1].match.embedding > red.vector @ hits[-1].match.embedding
    assert np.linalg.norm(moved.vector) == pytest.approx(1)
    expected = red.vector + 0.75 * likes.mean(axis=0) - 0.15 * unlikes[0]
    np.testing.assert_allclose(moved.vector, expected / np.linalg.norm(expected), atol=1e-6)


def test_a_saved_concept_finds_the_same(index, tiny_model, red, tmp_path):
    path = tmp_path / "red.json"
    write_concept(red, path)
    again = read_concept(path)
    assert (again.name, again.model) == (red.name, red.model)
    before = find_places([index], red, tiny_model, k=5)
    after = find_places([index], again, tiny_model, k=5)
    assert [hit.tile for hit in before.hits] == [hit.tile for hit in after.hits]


def test_a_concept_of_another_model_is_refused(index, red, tmp_path):
    bundle = load_bundle(make_tiny_bundle(tmp_path / "bundle", seed=8))
    with pytest.raises(IndexOfAnotherModel) as error:
        red.check_model(VisionLanguageModel(bundle, device="cpu"))
    assert error.value.hint


@pytest.mark.parametrize(
    "spoilt",
    [
        {"format": "other"},
        {"format_version": 2},
        {"vector": []},
        {"vector": [1, "a"]},
        {"vector": [0.0, 0.0]},
        {"vector": [1e999]},
        {"bundle": "none"},
        {"likes": -1},
        {"name": 3},
    ],
)
def test_spoilt_concepts(red, tmp_path, spoilt):
    path = tmp_path / "red.json"
    write_concept(red, path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **spoilt}))
    with pytest.raises(ConceptInvalid):
        read_concept(path)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b"{" * 100_000])
def test_files_that_are_no_concept(tmp_path, content):
    path = tmp_path / "c.json"
    path.write_bytes(content)
    with pytest.raises(ConceptInvalid):
        read_concept(path)


def test_a_concept_needs_name_and_example(tiny_model, tmp_path, red):
    with pytest.raises(BadRequest):
        learn_concept(" ", NONE, NONE, tiny_model)
    with pytest.raises(BadRequest):
        learn_concept("x", NONE, NONE, tiny_model)
    with pytest.raises(OutputNotWritable):
        write_concept(red, tmp_path / "none" / "c.json")


def test_a_closer_look_at_one_image_ends_when_nobody_waits_for_it(index, red, tiny_model):
    """The dock asks for another one with every word typed, and one thread does them all."""
    whole = search([index], red, tiny_model, 40, open_raster=open_raster)
    ended = search([index], red, tiny_model, 40, open_raster=open_raster, feedback=StopAfter(2))
    assert 0 < ended.tile_evaluations < whole.tile_evaluations / 2
    assert ended.partial
    assert not whole.partial
    assert [hit.rank for hit in ended.hits] == list(range(1, len(whole.hits) + 1))
    assert any("Stopped" in note for note in ended.notes)


def test_a_place_shown_as_example_is_seen_as_what_it_shows(scene, red, tiny_model):
    with open_raster(str(scene)) as source:
        places = [
            Region.from_window(source.info.transform, Window(column, 256, 128, 128))
            for column in (640, 100)
        ]
        square, ground = (embed_place(source, place, tiny_model) for place in places)
    assert np.linalg.norm(square) == pytest.approx(1, abs=1e-4)
    assert square @ red.vector > 0.9 > ground @ red.vector


def test_a_place_beside_the_raster_is_no_example(scene, tiny_model):
    with open_raster(str(scene)) as source, pytest.raises(EmptyRegion):
        embed_place(source, Region.from_bounds(0, 0, 1, 1), tiny_model)


def test_a_place_of_nodata_is_no_example(tmp_path, tiny_model):
    pixels = np.full((3, 256, 256), 90, np.uint8)
    pixels[:, :, :128] = 0
    path = rasters.make_raster(tmp_path / "half.tif", pixels=pixels, nodata=0)
    with open_raster(str(path)) as source:
        empty = Region.from_window(source.info.transform, Window(0, 0, 100, 100))
        with pytest.raises(EmptyRegion, match="nodata"):
            embed_place(source, empty, tiny_model)
