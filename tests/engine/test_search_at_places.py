"""What a search says of a tile, asked the other way: how relevant is a query here?"""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import IndexOfAnotherModel
from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.index.geopackage import open_index
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.search import find_places, parse_query
from rs_vlm_plugin.engine.search.at_places import PlaceRelevance
from tests import rasters
from tests.indexes import make_index
from tests.tiny_bundle import make_tiny_bundle


@pytest.fixture
def index(tmp_path, tiny_model):
    pixels = np.random.default_rng(3).integers(0, 255, (3, 256, 256), dtype=np.uint8)
    pixels[:, :64, :64] = 255
    scene = rasters.make_raster(tmp_path / "scene.tif", pixels=pixels)
    path = make_index(tmp_path / "i.gpkg", [scene], tiny_model, policy="fixed", budget=100)
    with open_index(path) as opened:
        yield opened


def middle_of(hit, share=0.1) -> Region:
    """A box of `share` of a tile's sides around its middle, in longitude and latitude."""
    ring = np.array(hit.match.row.outline)
    low, high = ring.min(axis=0), ring.max(axis=0)
    centre, half = (low + high) / 2, share * (high - low) / 2
    return Region.from_bounds(*(centre - half), *(centre + half))


def test_a_place_is_as_relevant_as_the_search_says_of_its_tile(index, tiny_model):
    query = parse_query("trees")
    hits = [hit for hit in find_places([index], query, tiny_model, 50).hits if hit.match.row.leaf]
    places = PlaceRelevance([index], query, tiny_model)
    assert len(hits) > 3
    for hit in hits:
        assert places.at(middle_of(hit).polygons) == pytest.approx(hit.score, abs=1e-5)


def test_a_large_place_is_as_relevant_as_its_best_tile(index, tiny_model):
    query = parse_query("trees")
    places = PlaceRelevance([index], query, tiny_model)
    everywhere = places.at(Region.from_bounds(-180, -90, 180, 90).polygons)
    hits = find_places([index], query, tiny_model, 50).hits
    assert everywhere == pytest.approx(
        max(hit.score for hit in hits if hit.match.row.leaf), abs=1e-5
    )


def test_a_place_no_image_shows_has_no_relevance(index, tiny_model):
    places = PlaceRelevance([index], parse_query("trees"), tiny_model)
    assert places.at(Region.from_bounds(100, -40, 101, -39).polygons) is None


def test_it_outlives_its_index(index, tiny_model):
    places = PlaceRelevance([index], parse_query("trees"), tiny_model)
    everywhere = Region.from_bounds(-180, -90, 180, 90).polygons
    before = places.at(everywhere)
    index.close()
    assert places.at(everywhere) == before


def test_an_index_of_another_model_is_refused(index, tmp_path):
    other = VisionLanguageModel(load_bundle(make_tiny_bundle(tmp_path / "other", seed=8)), "cpu")
    with pytest.raises(IndexOfAnotherModel):
        PlaceRelevance([index], parse_query("trees"), other)
