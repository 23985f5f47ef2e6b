"""`index` and `search` as a user types them."""

from __future__ import annotations

import json
import re
import sqlite3

import pytest

from rs_vlm_plugin.cli import main
from tests import rasters


@pytest.fixture
def run(tiny_bundle, capsys):
    def call(*arguments):
        model = [] if arguments[1] == "info" else ["--bundle", str(tiny_bundle), "--device", "cpu"]
        status = main([*map(str, arguments), *model])
        captured = capsys.readouterr()
        return status, captured.out, captured.err.splitlines()

    return call


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    rasters.make_raster(folder / "a.tif", size=(200, 200), pattern="noise")
    rasters.make_raster(folder / "b.tif", size=(100, 100), pattern="noise", crs="EPSG:3857")
    return folder


@pytest.fixture
def index(run, archive, tmp_path):
    path = tmp_path / "archive.gpkg"
    status, out, errors = run("index", "build", archive, "-o", path, "--budget", "20")
    assert (status, errors) == (0, [])
    assert "2 indexed" in out
    return path


def test_json_hits_have_the_documented_shape(run, index, archive):
    status, out, errors = run("search", index, "trees", "-k", "3", "--json")
    assert (status, errors) == (0, [])
    hits = json.loads(out)
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    for hit in hits:
        assert set(hit) >= {"rank", "score", "raster", "geometry", "level"}
        assert hit["raster"].startswith(str(archive))
        assert hit["geometry"]["type"] in ("Polygon", "MultiPolygon")
        assert 0 <= hit["score"] <= 1
        assert hit["level"] == "global"


def test_region_in_the_rasters_crs(run, index):
    region = "500000,5699800,500200,5700000"
    status, out, _ = run("search", index, "trees", "--region", region, "--json", "--quick")
    hits = json.loads(out)
    assert status == 0
    assert hits
    for hit in hits:
        assert hit["raster"].endswith("a.tif") or hit["raster"].endswith("b.tif")
        xs = [x for x, _ in hit["geometry"]["coordinates"][0]]
        assert min(xs) < 500_200


def test_text_for_people(run, index):
    status, out, _ = run("search", index, "trees not water")
    assert status == 0
    assert out.startswith("trees not water\n    1.")


def test_one_raster_only(run, index, archive):
    _, out, _ = run("search", index, "trees", "--raster", archive / "b.tif", "--json", "--quick")
    assert {hit["raster"] for hit in json.loads(out)} == {str(archive / "b.tif")}
    status, _, (error,) = run("search", index, "trees", "--raster", archive / "c.tif")
    assert status == 1
    assert "not in the index" in error


def test_info_as_text_and_json(run, index):
    status, out, _ = run("index", "info", index)
    assert status == 0
    assert "2 rasters" in out
    _, out, _ = run("index", "info", index, "--json")
    info = json.loads(out)
    assert info["tiles"] == sum(raster["tiles"] for raster in info["rasters"])
    assert all(raster["complete"] for raster in info["rasters"])


def test_update_says_what_it_did(run, index, archive):
    (archive / "b.tif").unlink()
    rasters.make_raster(archive / "a.tif", size=(200, 200), pattern="busy_corner")
    status, out, errors = run("index", "update", index)
    assert (status, errors) == (0, [])
    assert "1 gone, 1 indexed" in out
    assert "no longer there" in out


def test_estimate_builds_nothing(run, archive, tmp_path):
    path = tmp_path / "none.gpkg"
    status, out, _ = run("index", "build", archive, "-o", path, "--estimate", "--json")
    assert status == 0
    assert json.loads(out)["tiles"] > 0
    assert not path.exists()


def test_estimate_says_that_overviews_make_reading_quicker(run, archive, tmp_path):
    path = tmp_path / "none.gpkg"
    rasters.huge_sparse(archive / "huge.tif", side=12_000)
    status, out, (note,) = run("index", "build", archive, "-o", path, "--estimate", "--json")
    assert status == 0
    assert json.loads(out)["notes"]
    for said in ("huge.tif", "gdaladdo", "Pyramids"):
        assert said in note
    rasters.build_overviews(archive / "huge.tif", (4, 16, 64))
    _, out, notes = run("index", "build", archive, "-o", path, "--estimate")
    assert (notes, "gdaladdo" in out) == ([], False)


def test_a_broken_raster_is_named_and_the_rest_indexed(run, archive, tmp_path):
    rasters.truncated(archive / "broken.tif")
    path = tmp_path / "i.gpkg"
    status, out, (error,) = run("index", "build", archive, "-o", path, "--budget", "4")
    assert status == 1
    assert "broken.tif" in error
    assert "2 indexed" in out


def test_where_nothing_can_be_read_nothing_is_written(run, tmp_path):
    path = tmp_path / "i.gpkg"
    status, out, (error,) = run("index", "build", tmp_path / "none.tif", "-o", path)
    assert status == 1
    assert "none.tif" in error
    assert "No index was made" in out
    assert not path.exists()
    _, out, _ = run("index", "build", tmp_path / "none.tif", "-o", path, "--json")
    assert json.loads(out)["index"] is None


def test_an_index_of_another_model(run, index, tmp_path, capsys):
    from tests.tiny_bundle import make_tiny_bundle

    other = make_tiny_bundle(tmp_path / "other", seed=9)
    status = main(["search", str(index), "trees", "--bundle", str(other), "--device", "cpu"])
    assert status == 1
    said = capsys.readouterr().err
    assert "another model" in said
    # Both bear the same name and version: only their contents tell them apart.
    named = re.findall(r"\(bundle ([0-9a-f]{8})\)", said)
    assert len(set(named)) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "none.gpkg", "trees"), "Build one with: index build"),
        (("index", "info", "none.gpkg"), "Build one with: index build"),
        (("index", "build", "none.tif", "-o", "none/i.gpkg"), "no folder"),
    ],
)
def test_one_line_of_complaint(run, arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, out, errors = run(*arguments)
    assert (status, out) == (1, "")
    assert said in errors[-1]


def test_queries_that_cannot_be_meant(run, index):
    for text in ("", "x" * 10_000, "\u68ee\u6797"):
        status, out, errors = run("search", index, text)
        assert (status, out, len(errors)) == (1, "", 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "i.gpkg", "trees", "-k", "0"],
        ["search", "i.gpkg", "trees", "--min-score", "2"],
        ["search", "i.gpkg", "trees", "--gsd", "5,1"],
        ["index", "build", "a.tif"],
        ["index"],
    ],
)
def test_wrong_usage(arguments):
    with pytest.raises(SystemExit) as leaving:
        main(arguments)
    assert leaving.value.code == 2


def test_update_offers_parts_and_adds_them(level_bundle, tmp_path, capsys):
    raster = rasters.make_raster(tmp_path / "a.tif", size=(128, 128), pattern="noise")
    path = tmp_path / "i.gpkg"
    model = ("--bundle", str(level_bundle), "--device", "cpu")
    assert main(["index", "build", str(raster), "-o", str(path), "--budget", "5", *model]) == 0
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM rsvlm_embeddings WHERE level = 'region'")
    connection.close()
    capsys.readouterr()
    assert main(["index", "update", str(path), *model]) == 0
    assert "1 of 1 rasters" in capsys.readouterr().err
    assert main(["index", "update", str(path), "--add-regions", "--json", *model]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert json.loads(captured.out)["index"]["embeddings"] == {"global": 5, "region": 16}
