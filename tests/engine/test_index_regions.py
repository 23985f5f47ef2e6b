"""Parts of tiles are searched like the finer tiles they stand for."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import IndexInvalid
from rs_vlm_plugin.engine.geometry import GeoTransform, Region, Window
from rs_vlm_plugin.engine.index.building import estimate, lacking_regions, update
from rs_vlm_plugin.engine.index.footprints import lonlat_outlines
from rs_vlm_plugin.engine.index.geopackage import open_index
from rs_vlm_plugin.engine.index.parts import part_windows
from rs_vlm_plugin.engine.index.records import Filter
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from rs_vlm_plugin.engine.search import find_places, learn_concept, parse_query, search
from rs_vlm_plugin.engine.search.at_places import PlaceRelevance
from tests import rasters
from tests.indexes import inputs, make_index

NONE = np.zeros((0, 16), np.float32)
# One tile of all and four of a quarter, each twice as wide as the tiny model's input.
SIDE, QUARTER, BUDGET = 128, 64, 5
RED = Window(96, 32, 32, 32)


@pytest.fixture
def scene(tmp_path):
    """Grey noise with a red square: one part of one of the four tiles."""
    pixels = np.random.default_rng(0).integers(60, 90, (3, SIDE, SIDE), dtype=np.uint8)
    rows, columns = slice(RED.row_off, RED.row_end), slice(RED.col_off, RED.col_end)
    pixels[0, rows, columns] = 255
    pixels[1:, rows, columns] = 0
    return rasters.make_raster(tmp_path / "scene.tif", pixels=pixels)


@pytest.fixture
def red(level_model):
    """The concept of a red square, shown as one."""
    example = np.zeros((1, 32, 32, 3), np.uint8)
    example[..., 0] = 255
    return learn_concept("red", level_model.encode_images(example).embedding, NONE, level_model)


@pytest.fixture
def path(tmp_path, scene, level_model):
    return make_index(tmp_path / "i.gpkg", [scene], level_model, budget=BUDGET)


def embeddings(path):
    with open_index(path) as index:
        return dict(index.info().embeddings)


def strip_regions(path):
    """Make an index what it was before there were vectors of parts."""
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM rsvlm_embeddings WHERE level = 'region'")
    connection.close()


def test_tiles_that_could_be_split_further_have_parts(path):
    assert embeddings(path) == {"global": 5, "region": 16}
    with open_index(path) as index:
        for match in index.search(np.eye(16, dtype=np.float32)[0], 50, Filter(level="region")):
            assert match.row.tile.level == 1
            assert (match.row.tile.window.width, match.row.tile.window.height) == (32, 32)


def test_tiles_of_full_resolution_have_none(tmp_path, scene, level_model):
    path = make_index(tmp_path / "full.gpkg", [scene], level_model, budget=100)
    assert embeddings(path) == {"global": 21}


def test_a_model_of_the_global_level_gives_none(tmp_path, scene, tiny_model):
    path = make_index(tmp_path / "flat.gpkg", [scene], tiny_model, budget=BUDGET)
    assert embeddings(path) == {"global": 5}


def test_a_part_without_a_pixel_has_no_vector(tmp_path, level_model):
    pixels = np.random.default_rng(1).integers(1, 255, (3, QUARTER, QUARTER), dtype=np.uint8)
    pixels[:, :32, :32] = 0
    raster = rasters.make_raster(tmp_path / "hole.tif", pixels=pixels, nodata=0)
    path = make_index(tmp_path / "hole.gpkg", [raster], level_model, budget=1)
    with open_index(path) as index:
        found = index.search(np.eye(16, dtype=np.float32)[0], 9, Filter(level="region"))
    assert sorted(match.part for match in found) == [1, 2, 3]


def test_a_long_tile_has_halves():
    assert part_windows(Window(10, 20, 91, 40)) == (Window(10, 20, 45, 40), Window(55, 20, 46, 40))


def test_a_search_finds_the_part(path, level_model, red):
    with open_index(path) as index:
        whole = find_places([index], red, level_model, k=1, rows=Filter(level="global")).hits[0]
        first = find_places([index], red, level_model, k=1).hits[0]
    assert (whole.level, first.level) == ("global", "region")
    assert first.similarity > whole.similarity + 0.1
    assert first.match.row.tile.window == RED
    transform = first.match.raster.entry.transform
    assert first.geometry == first.tile == transform.window_polygon(RED)
    assert first.to_json()["level"] == "region"


def test_a_part_and_its_tile_are_one_place(path, level_model, red):
    with open_index(path) as index:
        hits = find_places([index], red, level_model, k=50).hits
    assert {hit.level for hit in hits} >= {"region"}
    windows = [hit.match.row.tile.window for hit in hits]
    for number, one in enumerate(windows):
        for other in windows[number + 1 :]:
            assert one.intersection(other).area < 0.9 * min(one.area, other.area)


def test_tiles_and_parts_are_in_one_exact_order(path, red):
    with open_index(path) as index:
        every = index.search(red.vector, 21)
        apart = [
            match.similarity
            for level in ("global", "region")
            for match in index.search(red.vector, 21, Filter(level=level))
        ]
    assert [match.similarity for match in every] == sorted(apart, reverse=True)
    assert {match.level for match in every} == {"global", "region"}


def test_a_closer_look_begins_with_the_part(path, level_model, red):
    with open_index(path) as index:
        result = search([index], red, level_model, k=1, open_raster=open_raster)
    (hit,) = result.hits
    assert hit.looked_closer
    assert result.tile_evaluations <= 4
    xs, ys = np.array(hit.geometry["coordinates"][0]).reshape(-1, 2).T
    columns, rows = zip(*(hit.match.raster.entry.transform.to_pixel(x, y) for x, y in zip(xs, ys)))
    assert RED.col_off <= min(columns) < max(columns) <= RED.col_end
    assert RED.row_off <= min(rows) < max(rows) <= RED.row_end


@pytest.mark.parametrize("lonlat", [False, True])
def test_a_region_keeps_the_parts_it_meets(path, red, lonlat):
    with open_index(path) as index:
        entry = index.rasters()[0].entry
        inside = Window(RED.col_off + 8, RED.row_off + 8, 8, 8)
        region = Region.from_window(entry.transform, inside)
        if lonlat:
            with open_raster(entry.uri) as source:
                ring = np.array(lonlat_outlines(source, [inside])[0])
            region = Region.from_bounds(*ring.min(axis=0), *ring.max(axis=0))
        rows = Filter(level="region", region=region, region_is_lonlat=lonlat)
        (match,) = index.search(red.vector, 9, rows)
    assert match.row.tile.window == RED


def test_a_part_has_the_scale_it_was_seen_at(path, red):
    with open_index(path) as index:
        (tile, *_) = index.search(red.vector, 50, Filter(level="global", depths=(1,)))
        seen = [
            index.search(red.vector, 50, Filter(level="region", finest_m=share * tile.row.gsd_m))
            for share in (0.95, 1.05)
        ]
    assert [len(found) for found in seen] == [16, 0]
    assert {part.row.gsd_m for part in seen[0]} == {tile.row.gsd_m}


def test_parts_of_a_turned_raster_lie_where_their_pixels_do(tmp_path, level_model):
    pixels = np.random.default_rng(2).integers(0, 255, (3, QUARTER, QUARTER), dtype=np.uint8)
    raster = rasters.make_raster(tmp_path / "turned.tif", pixels=pixels)
    import rasterio

    turned = GeoTransform(8.0, 6.0, 500_000.0, 6.0, -8.0, 5_700_000.0)
    with rasterio.open(raster, "r+") as opened:
        opened.transform = rasterio.Affine(8.0, 6.0, 500_000.0, 6.0, -8.0, 5_700_000.0)
    path = make_index(tmp_path / "turned.gpkg", [raster], level_model, budget=1)
    with open_index(path) as index, open_raster(str(raster)) as source:
        assert source.info.transform == turned
        found = index.search(np.eye(16, dtype=np.float32)[0], 9, Filter(level="region"))
        places = index.stored("region")[1]
        for match in found:
            expected = np.array(lonlat_outlines(source, [match.row.tile.window])[0])
            ring = np.array(match.row.outline)
            np.testing.assert_allclose(ring[:4], expected[:8:2], atol=1e-6)
            row = match.part
            np.testing.assert_allclose(places.lonlat[row, :2], expected.min(axis=0), atol=1e-6)
            np.testing.assert_allclose(places.lonlat[row, 2:], expected.max(axis=0), atol=1e-6)


def test_a_place_is_as_relevant_as_its_part(path, level_model):
    query = parse_query("trees")
    with open_index(path) as index:
        hits = find_places([index], query, level_model, 50, Filter(level="region")).hits
        places = PlaceRelevance([index], query, level_model)
        ring = np.array(hits[0].match.row.outline)
        middle = ring[:4].mean(axis=0)
        at = places.at(Region.from_bounds(*(middle - 1e-7), *(middle + 1e-7)).polygons)
    assert at >= hits[0].score - 1e-5


def test_an_index_without_parts_is_searched_and_mended(path, level_model, red):
    strip_regions(path)
    with open_index(path) as index:
        assert [
            raster.entry.name for raster in lacking_regions(index, level_model.bundle.manifest)
        ] == ["scene.tif"]
        assert find_places([index], red, level_model, k=3).hits[0].level == "global"
    with open_index(path, writable=True) as index:
        report = update(index, open_raster, level_model)
        assert [outcome.what for outcome in report.outcomes] == ["unchanged"]
        report = update(index, open_raster, level_model, add_regions=True)
        assert report.tiles == 5
        assert not lacking_regions(index, level_model.bundle.manifest)
        assert update(index, open_raster, level_model, add_regions=True).tiles == 0
    assert embeddings(path) == {"global": 5, "region": 16}


def test_a_raster_to_be_read_again_keeps_its_tiles_until_then(path, red):
    with open_index(path, writable=True) as index:
        index.renew(index.rasters()[0])
        assert not index.rasters()[0].complete
        assert len(index.search(red.vector, 50)) == 21


def test_an_index_of_full_resolution_lacks_nothing(tmp_path, scene, level_model):
    path = make_index(tmp_path / "full.gpkg", [scene], level_model, budget=100)
    with open_index(path) as index:
        assert not lacking_regions(index, level_model.bundle.manifest)


def test_a_part_that_cannot_be_is_a_damaged_index(path, red):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE rsvlm_embeddings SET part = part + 4 WHERE level = 'region'")
    connection.close()
    with open_index(path) as index:
        with pytest.raises(IndexInvalid, match="damaged"):
            index.search(red.vector, 5)
        with pytest.raises(IndexInvalid, match="damaged"):
            index.stored("region")


def test_the_estimate_counts_parts(tmp_path, scene, level_model, tiny_model):
    path = tmp_path / "none.gpkg"
    with_parts, without = (
        estimate(inputs([scene]), model, path, BUDGET) for model in (level_model, tiny_model)
    )
    assert with_parts.tiles == without.tiles
    assert with_parts.bytes > without.bytes
