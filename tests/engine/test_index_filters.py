"""A filtered search finds what the whole search finds, less what the filter leaves out, in the same
order: whether a look at the nearest few rows is enough or the places of all tiles are read."""

from __future__ import annotations

import sqlite3

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import IndexInvalid
from rs_vlm_plugin.engine.geometry import GeoTransform, Region
from rs_vlm_plugin.engine.index.building import identity
from rs_vlm_plugin.engine.index.footprints import geometry_blob
from rs_vlm_plugin.engine.index.geopackage import create_index, open_index
from rs_vlm_plugin.engine.index.quantise import quantised
from rs_vlm_plugin.engine.index.records import FileState, Filter, RasterEntry
from rs_vlm_plugin.engine.index.tile_places import TilePlaces
from tests import rasters
from tests.indexes import make_index

SIDE = 300


@pytest.fixture(params=["all places", "the nearest few", "few, then all"])
def way(request, monkeypatch):
    search = "rs_vlm_plugin.engine.index.vector_search"
    if request.param != "all places":
        monkeypatch.setattr(f"{search}._MANY", 0)
    if request.param == "few, then all":
        monkeypatch.setattr(f"{search}._FEW", 1)


@pytest.fixture
def path(tmp_path, level_model):
    # The second has no place on Earth.
    scenes = [
        rasters.make_raster(tmp_path / "a.tif", size=(SIDE, SIDE), pattern="noise"),
        rasters.make_raster(tmp_path / "b.tif", size=(200, 90), pattern="noise", crs=None),
    ]
    return make_index(tmp_path / "i.gpkg", scenes, level_model, budget=40)


def where(match):
    return match.raster.id, match.level, match.row.number, match.part


def meets_bounds(match, bounds, lonlat):
    if lonlat:
        if match.row.outline is None:
            return False
        low, high = np.min(match.row.outline, axis=0), np.max(match.row.outline, axis=0)
    else:
        window = match.row.tile.window
        points = match.raster.entry.transform.window_polygon(window)["coordinates"][0]
        low, high = np.min(points, axis=0), np.max(points, axis=0)
    west, south, east, north = bounds
    return low[0] < east and high[0] > west and low[1] < north and high[1] > south


@pytest.mark.parametrize("share", [0.05, 0.5, 1.0])
@pytest.mark.parametrize("lonlat", [False, True])
@pytest.mark.usefixtures("way")
def test_region(path, share, lonlat):
    vector = np.random.default_rng(5).standard_normal(16).astype(np.float32)
    vector /= np.linalg.norm(vector)
    with open_index(path) as index:
        everything = index.search(vector, 10_000)
        assert {match.level for match in everything} == {"global", "region"}
        whole = next(match for match in everything if match.row.tile.window.width == SIDE)
        ring = whole.row.outline
        if not lonlat:
            window = whole.row.tile.window
            ring = whole.raster.entry.transform.window_polygon(window)["coordinates"][0]
        low, high = np.min(ring, axis=0), np.max(ring, axis=0)
        bounds = (*low, *(low + share * (high - low)))
        rows = Filter(region=Region.from_bounds(*bounds), region_is_lonlat=lonlat)
        expected = [where(match) for match in everything if meets_bounds(match, bounds, lonlat)]
        assert 0 < len(expected) < len(everything)
        for k in (1, 7, 10_000):
            found = index.search(vector, k, rows)
            assert [where(match) for match in found] == expected[:k]


LARGE = 300_000


@pytest.fixture(scope="module")
def large(tmp_path_factory, tiny_model):
    """Many rows: of the first half of the tiles the vectors point one way, of the rest another."""
    path = tmp_path_factory.mktemp("large") / "i.gpkg"
    entry = RasterEntry(
        "made up", "", "made up", FileState(None, None, ""), LARGE, 1,
        GeoTransform(1, 0, 0, 0, -1, 0), "", 1.0, (1, 2, 3), "fixed", 0, "", LARGE,
    )  # fmt: skip
    with create_index(path, identity(tiny_model)) as index:
        raster = index.begin(entry)
    blob = geometry_blob(((0, 0), (1, 0), (1, 1), (0, 0)))
    integers, scales = quantised(np.eye(16, dtype=np.float32)[:2])
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "INSERT INTO tiles (geom, raster, raster_id, number, depth, scale, gsd_m, col_off, "
            "row_off, width, height, read_col_off, read_row_off, read_width, read_height, "
            "valid_fraction, expected_gain, reason, leaf) "
            "VALUES (?, '', ?, ?, 0, 1, 1, ?, 0, 1, 1, ?, 0, 1, 1, 1, 1, '', 1)",
            ((blob, raster.id, n, n, n) for n in range(LARGE)),
        )
        connection.executemany(
            "INSERT INTO rsvlm_embeddings (tile_fid, level, part, scale, vector) "
            "VALUES (?, 'global', 0, ?, ?)",
            ((n + 1, float(scales[n % 2]), integers[n % 2].tobytes()) for n in range(LARGE)),
        )
    connection.close()
    return path


@pytest.fixture
def read(monkeypatch):
    """How many rows' places were read, at each reading."""
    counts = []
    original = TilePlaces.read.__func__

    def counted(cls, connection, tile_fids, *others, **named):
        counts.append(len(tile_fids))
        return original(cls, connection, tile_fids, *others, **named)

    monkeypatch.setattr(TilePlaces, "read", classmethod(counted))
    return counts


def test_the_first_search_of_a_wide_region_reads_few_places(large, read):
    """How long each takes is printed by benchmarks/search.py."""
    wide = Filter(region=Region.from_bounds(0, -1, LARGE / 2, 0))
    with open_index(large) as index:
        found = index.search(np.eye(16, dtype=np.float32)[0], 10, wide)
    assert [match.row.number for match in found] == list(range(0, 20, 2))
    assert 0 < sum(read) < LARGE / 50


def test_the_first_search_of_a_narrow_region_reads_all_places_once(large, read):
    narrow = Filter(region=Region.from_bounds(LARGE - 20, -1, LARGE, 0))
    with open_index(large) as index:
        for _ in range(2):
            found = index.search(np.eye(16, dtype=np.float32)[0], 10, narrow)
            assert [match.row.number for match in found] == list(range(LARGE - 20, LARGE, 2))
    assert read.count(LARGE) == 1
    assert sum(read) < 1.02 * LARGE


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE tiles SET geom = x'00112233' WHERE fid = 3",
        "UPDATE tiles SET geom = 'text' WHERE fid = 3",
        "UPDATE tiles SET col_off = 'text' WHERE fid = 3",
        "DELETE FROM tiles WHERE fid = (SELECT max(fid) FROM tiles)",
        "DELETE FROM tiles WHERE fid = 2",
        "DELETE FROM tiles",
        "UPDATE rsvlm_embeddings SET part = 9 WHERE level = 'region' AND part = 0",
    ],
)
@pytest.mark.usefixtures("way")
def test_damaged_places_are_one_sentence(path, damage):
    with sqlite3.connect(path) as connection:
        connection.execute(damage)
    connection.close()
    rows = Filter(region=Region.from_bounds(0, 0, 1e7, 1e7))
    with open_index(path) as index, pytest.raises(IndexInvalid, match="damaged"):
        index.search(np.eye(16, dtype=np.float32)[0], 10_000, rows)
