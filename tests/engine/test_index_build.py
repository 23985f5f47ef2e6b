"""Building an index: what is stored, what a second build costs, what stopping it leaves."""

from __future__ import annotations

import os

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import BadRequest, IndexOfAnotherModel
from rs_vlm_plugin.engine.feedback import Silent
from rs_vlm_plugin.engine.index.building import build, estimate, identity, update
from rs_vlm_plugin.engine.index.geopackage import create_index, index_to_fill, open_index
from rs_vlm_plugin.engine.index.records import Filter
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from tests import rasters
from tests.indexes import StopAfter, continue_index, inputs, make_index, stored_tiles
from tests.tiny_bundle import make_tiny_bundle


@pytest.fixture
def scenes(tmp_path):
    utm = rasters.make_raster(tmp_path / "utm.tif", size=(300, 200), pattern="noise")
    degrees = rasters.make_raster(
        tmp_path / "degrees.tif",
        size=(200, 200),
        pattern="noise",
        crs="EPSG:4326",
        origin=(-70.0, -20.0),
        pixel_size=(1e-4, 1e-4),
    )
    return [utm, degrees]


def test_rasters_of_two_crs_share_an_index(scenes, tmp_path, tiny_model):
    path = make_index(tmp_path / "i.gpkg", scenes, tiny_model, budget=20)
    with open_index(path) as index:
        info = index.info()
        assert [raster.complete for raster in info.rasters] == [True, True]
        assert info.model == identity(tiny_model)
        assert dict(info.embeddings) == {"global": info.tiles}
        for raster in info.rasters:
            assert 1 < raster.stored_tiles == raster.entry.planned_tiles <= 20
        matches = index.search(np.eye(16, dtype=np.float32)[0], 100)
    assert len(matches) == info.tiles
    for match in matches:
        west, south = np.min(match.row.outline, axis=0)
        if match.raster.entry.name == "utm.tif":
            assert 14.999 < west < 15.1
            assert 51.3 < south < 51.5
        else:
            assert -70.001 < west < -69.97
            assert -20.03 < south < -20
    assert {match.row.tile.level for match in matches} >= {0, 1}


def test_stored_embeddings_are_those_of_the_model(tmp_path, tiny_model):
    scene = rasters.make_raster(tmp_path / "a.tif", size=(32, 32), pattern="noise")
    path = make_index(tmp_path / "i.gpkg", [scene], tiny_model)
    with open_raster(str(scene)) as source:
        pixels, _ = source.read(source.info.window, (32, 32), (1, 2, 3))
    expected = tiny_model.encode_images(np.moveaxis(pixels, 0, -1)[None]).embedding[0]
    with open_index(path) as index:
        (match,) = index.search(expected, 5)
    np.testing.assert_allclose(match.embedding, expected, atol=0.005)
    assert match.similarity == pytest.approx(1, abs=0.01)


def test_a_second_build_looks_at_nothing(scenes, tmp_path, tiny_model):
    path = make_index(tmp_path / "i.gpkg", scenes, tiny_model, budget=20)
    report = continue_index(path, scenes, tiny_model, budget=20)
    assert report.tiles == 0
    assert {outcome.what for outcome in report.outcomes} == {"unchanged"}


def test_a_raster_given_twice_counts_once(scenes, tmp_path, tiny_model):
    path = make_index(tmp_path / "i.gpkg", [scenes[0], scenes[0]], tiny_model, budget=5)
    with open_index(path) as index:
        assert len(index.rasters()) == 1


def test_a_cancelled_build_goes_on_where_it_stopped(tmp_path, tiny_model):
    scene = rasters.make_raster(tmp_path / "a.tif", size=(512, 512), pattern="noise")
    whole = make_index(tmp_path / "whole.gpkg", [scene], tiny_model, budget=200)
    path = tmp_path / "i.gpkg"
    with create_index(path, identity(tiny_model)) as index:
        first = build(index, inputs([scene]), tiny_model, budget=200, feedback=StopAfter(50))
        assert first.cancelled
        assert 0 < first.tiles < 60
        assert not index.rasters()[0].complete
    second = continue_index(path, [scene], tiny_model, budget=200)
    (outcome,) = second.outcomes
    assert outcome.kept == first.tiles
    with open_index(path) as index, open_index(whole) as expected:
        assert first.tiles + second.tiles == expected.info().tiles
        assert index.rasters()[0].complete
        assert stored_tiles(index) == stored_tiles(expected)


def test_a_raster_that_cannot_be_read_does_not_end_the_build(scenes, tmp_path, tiny_model):
    broken = rasters.truncated(tmp_path / "broken.tif")
    empty = rasters.all_nodata(tmp_path / "empty.tif")
    path = tmp_path / "i.gpkg"
    with create_index(path, identity(tiny_model)) as index:
        report = build(index, inputs([broken, empty, scenes[0]]), tiny_model, budget=5)
        assert [outcome.what for outcome in report.outcomes] == ["failed", "failed", "indexed"]
        assert all(outcome.problem for outcome in report.failures)
        assert len([raster for raster in index.rasters() if raster.complete]) == 1


@pytest.mark.parametrize("kind", ["missing", "not an image", "nodata only"])
def test_where_no_raster_can_be_read_no_index_is_made(tmp_path, tiny_model, kind):
    scene = tmp_path / "a.tif"
    if kind == "not an image":
        scene.write_text("no image")
    elif kind == "nodata only":
        rasters.all_nodata(scene)
    folder = tmp_path / "out"
    folder.mkdir()
    with index_to_fill(folder / "i.gpkg", identity(tiny_model)) as index:
        report = build(index, inputs([scene]), tiny_model)
    assert [outcome.what for outcome in report.outcomes] == ["failed"]
    assert list(folder.iterdir()) == []


def test_an_index_stays_as_it_is_where_nothing_can_be_added(scenes, tmp_path, tiny_model):
    path = make_index(tmp_path / "i.gpkg", scenes, tiny_model, budget=20)
    before = path.read_bytes()
    with index_to_fill(path, identity(tiny_model)) as index:
        build(index, inputs([tmp_path / "none.tif"]), tiny_model, budget=20)
    assert path.read_bytes() == before


def test_an_index_being_filled_keeps_what_was_stored_before_it_failed(scenes, tmp_path, tiny_model):
    path = tmp_path / "i.gpkg"

    def fail_later():
        with index_to_fill(path, identity(tiny_model)) as index:
            build(index, inputs(scenes), tiny_model, budget=5)
            raise BadRequest("Something else went wrong.")

    with pytest.raises(BadRequest):
        fail_later()
    with open_index(path) as index:
        assert len(index.rasters()) == 2


def test_a_raster_without_crs_has_no_footprint_and_is_found(tmp_path, tiny_model):
    scene = rasters.make_raster(tmp_path / "a.tif", size=(64, 64), crs=None, pattern="noise")
    path = make_index(tmp_path / "i.gpkg", [scene], tiny_model)
    with open_index(path) as index:
        matches = index.search(np.eye(16, dtype=np.float32)[0], 5)
    assert matches
    assert all(match.row.outline is None for match in matches)


def test_a_raster_across_the_dateline_keeps_its_shape(tmp_path, tiny_model):
    scene = rasters.make_raster(
        tmp_path / "a.tif", crs="EPSG:32660", origin=(833_000, 10_000), size=(64, 64)
    )
    path = make_index(tmp_path / "i.gpkg", [scene], tiny_model)
    with open_index(path) as index:
        for match in index.search(np.eye(16, dtype=np.float32)[0], 5):
            assert np.ptp([x for x, _ in match.row.outline]) < 0.1


def test_a_changed_raster_is_read_again(scenes, tmp_path, tiny_model):
    path = make_index(tmp_path / "i.gpkg", scenes, tiny_model, budget=20)
    rasters.make_raster(scenes[0], size=(300, 200), pattern="busy_corner")
    with open_index(path, writable=True) as index:
        report = update(index, open_raster, tiny_model)
        outcomes = {os.path.basename(outcome.uri): outcome for outcome in report.outcomes}
        assert outcomes["utm.tif"].what == "indexed"
        assert outcomes["utm.tif"].tiles == report.tiles > 0
        assert outcomes["degrees.tif"].what == "unchanged"
        assert index.rasters()[-1].entry.budget == 20


def test_a_touched_raster_is_not_read_again(scenes, tmp_path, tiny_model):
    path = make_index(tmp_path / "i.gpkg", scenes, tiny_model, budget=5)
    os.utime(scenes[0], (1, 1))
    with open_index(path, writable=True) as index:
        assert update(index, open_raster, tiny_model).tiles == 0


def test_a_raster_that_is_gone_is_dropped_and_named(scenes, tmp_path, tiny_model):
    path = make_index(tmp_path / "i.gpkg", scenes, tiny_model, budget=5)
    scenes[0].unlink()
    with open_index(path, writable=True) as index:
        report = update(index, open_raster, tiny_model)
        (gone,) = [outcome for outcome in report.outcomes if outcome.what == "gone"]
        assert gone.uri == str(scenes[0])
        assert [raster.entry.name for raster in index.rasters()] == ["degrees.tif"]
        assert {row[0] for row in stored_tiles(index)} == {"degrees.tif"}


def test_rasters_of_a_missing_folder_are_kept_unless_told_otherwise(tmp_path, tiny_model):
    drive = tmp_path / "drive"
    drive.mkdir()
    scene = rasters.make_raster(drive / "a.tif", size=(64, 64), pattern="noise")
    (tmp_path / "here").mkdir()
    path = make_index(tmp_path / "here" / "i.gpkg", [scene], tiny_model)
    drive.rename(tmp_path / "unplugged")
    with open_index(path, writable=True) as index:
        (outcome,) = update(index, open_raster, tiny_model).outcomes
        assert outcome.what == "unreachable"
        assert len(index.rasters()) == 1
        (outcome,) = update(index, open_raster, tiny_model, drop_unreachable=True).outcomes
        assert outcome.what == "gone"
        assert index.rasters() == []


def test_index_and_rasters_can_be_moved_together(tmp_path, tiny_model):
    folder = tmp_path / "before"
    folder.mkdir()
    scene = rasters.make_raster(folder / "a.tif", size=(64, 64), pattern="noise")
    make_index(folder / "i.gpkg", [scene], tiny_model)
    moved = folder.rename(tmp_path / "after")
    with open_index(moved / "i.gpkg", writable=True) as index:
        report = update(index, open_raster, tiny_model)
        assert report.tiles == 0
        assert [outcome.what for outcome in report.outcomes] == ["moved", "unchanged"]
        assert index.rasters()[0].entry.uri == str(moved / "a.tif")


def test_an_estimate_bounds_what_is_built(scenes, tmp_path, tiny_model):
    path = tmp_path / "i.gpkg"
    expected = estimate(inputs([*scenes, tmp_path / "none.tif"]), tiny_model, path, budget=30)
    assert (expected.rasters, expected.unreadable) == (3, 1)
    make_index(path, scenes, tiny_model, budget=30)
    with open_index(path) as index:
        info = index.info()
    assert info.tiles <= expected.tiles <= 60
    assert expected.seconds > 0
    assert expected.free_bytes > 0


def test_another_model_is_refused(scenes, tmp_path, tiny_model):
    path = make_index(tmp_path / "i.gpkg", scenes[:1], tiny_model, budget=2)
    bundle = load_bundle(make_tiny_bundle(tmp_path / "bundle", seed=8))
    other = VisionLanguageModel(bundle, device="cpu")
    with pytest.raises(IndexOfAnotherModel) as error:
        continue_index(path, scenes, other)
    assert "rsvlm-tiny" in error.value.sentence()


def test_an_unknown_policy_is_refused_with_nothing_stored(scenes, tmp_path, tiny_model):
    with create_index(tmp_path / "i.gpkg", identity(tiny_model)) as index:
        with pytest.raises(BadRequest):
            build(index, inputs(scenes), tiny_model, policy="guess")
        assert index.rasters() == []


def test_filters(scenes, tmp_path, tiny_model):
    from rs_vlm_plugin.engine.geometry import Region

    path = make_index(tmp_path / "i.gpkg", scenes, tiny_model, budget=20)
    vector = np.eye(16, dtype=np.float32)[3]
    with open_index(path) as index:
        everything = index.search(vector, 100)

        def found(**settings):
            return index.search(vector, 100, Filter(**settings))

        assert {m.raster.entry.name for m in found(rasters=(str(scenes[1]),))} == {"degrees.tif"}
        assert {m.row.tile.level for m in found(depths=(1,))} == {1}
        assert all(m.row.gsd_m <= 15 for m in found(coarsest_m=15.0))
        assert len(found(coarsest_m=15.0)) + len(found(finest_m=15.0001)) == len(everything)
        corner = Region.from_bounds(500_000, 5_699_900, 500_100, 5_700_000)
        inside = found(region=corner)
        assert {m.raster.entry.name for m in inside} == {"utm.tif"}
        assert all(m.row.tile.window.col_off < 10 for m in inside)
        assert len(inside) < len(found(rasters=(str(scenes[0]),)))
        lonlat = Region.from_bounds(-70.0, -20.001, -69.999, -20.0)
        assert {m.raster.entry.name for m in found(region=lonlat, region_is_lonlat=True)} == {
            "degrees.tif"
        }
        assert found(level="object") == []


class Told(Silent):
    """Keeps what was reported."""

    def __init__(self) -> None:
        self.shares: list[float] = []
        self.messages: list[str] = []

    def report(self, fraction: float, message: str) -> None:
        self.shares.append(fraction)
        self.messages.append(message)


@pytest.fixture
def small_and_large(tmp_path):
    """One raster that cannot be read, three of one tile, and one of more than a hundred."""
    small = [rasters.make_raster(tmp_path / f"{n}.tif", size=(32, 32)) for n in range(3)]
    large = rasters.make_raster(tmp_path / "large.tif", size=(512, 512), pattern="noise")
    return [rasters.truncated(tmp_path / "broken.tif"), *small, large]


def test_progress_is_told_in_tiles_and_ends_at_the_whole(small_and_large, tmp_path, tiny_model):
    told = Told()
    make_index(tmp_path / "i.gpkg", small_and_large, tiny_model, budget=200, feedback=told)
    assert told.shares == sorted(told.shares)
    assert told.shares[-1] == 1.0
    # By images three of five would be done with the first tiles of the large one.
    begun = next(share for share in told.shares if share > 0)
    assert begun < 0.25
    assert max(np.diff(told.shares)) < 0.3
    assert "of about" in told.messages[-2]


def test_progress_of_an_update_is_one_whole_however_rasters_were_indexed(
    small_and_large, tmp_path, tiny_model
):
    path = make_index(tmp_path / "i.gpkg", small_and_large[1:4], tiny_model, budget=5)
    continue_index(path, small_and_large[4:], tiny_model, budget=200)
    for scene in small_and_large[1:]:
        size = (512, 512) if scene.name == "large.tif" else (32, 32)
        rasters.make_raster(scene, size=size, pattern="busy_corner")
    told = Told()
    with open_index(path, writable=True) as index:
        report = update(index, open_raster, tiny_model, told)
    assert report.tiles > 50
    assert told.shares == sorted(told.shares)
    assert told.shares[-1] == 1.0
    assert max(share for share in told.shares if share < 1) > 0.5


def test_progress_of_a_continued_build_is_that_of_what_is_left(tmp_path, tiny_model):
    scene = rasters.make_raster(tmp_path / "a.tif", size=(512, 512), pattern="noise")
    path = tmp_path / "i.gpkg"
    with create_index(path, identity(tiny_model)) as index:
        build(index, inputs([scene]), tiny_model, budget=200, feedback=StopAfter(100))
    told = Told()
    continue_index(path, [scene], tiny_model, feedback=told, budget=200)
    assert next(share for share in told.shares if share > 0) < 0.3
    assert told.shares == sorted(told.shares)
    assert told.shares[-1] == 1.0
