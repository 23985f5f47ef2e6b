"""`compare` as a user meets it on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rs_vlm_plugin.cli import main
from tests import rasters
from tests.engine.test_find_objects import canvas

PLANES = [(8, 8, 9), (44, 27, 9)]
EFFORT = ("--policy", "fixed", "--budget", "60")


@pytest.fixture
def run(level_bundle: Path, capsys: pytest.CaptureFixture[str]):
    def call(*arguments: str):
        status = main(["compare", *arguments, "--bundle", str(level_bundle), "--device", "cpu"])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


@pytest.fixture
def scenes(tmp_path: Path):
    before = rasters.make_raster(tmp_path / "2019.tif", pixels=canvas(96, 64, PLANES))
    after = rasters.make_raster(
        tmp_path / "2024.tif", pixels=canvas(96, 64, [*PLANES, (76, 44, 9)])
    )
    return str(before), str(after)


def test_one_json_object(run, scenes) -> None:
    status, out, err = run(*scenes, "--json", *EFFORT)
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert (found["before"]["raster"], found["after"]["raster"]) == scenes
    assert {g["name"]: g["count"] for g in found["gained"] if
                            g["method"] == "grounding"} == {"plane": 1}  # fmt: skip
    assert found["changes"]["features"][0]["geometry"]["type"] == "MultiPolygon"
    assert found["provenance"]["tile_evaluations"] <= 60
    assert found["provenance"]["policy"] == "fixed"


def test_changes_open_in_gdal(run, scenes, tmp_path: Path) -> None:
    ogr = pytest.importorskip("osgeo.ogr", reason="GDAL for Python is not installed")
    _, out, _ = run(*scenes, "--json", *EFFORT)
    path = tmp_path / "changes.geojson"
    path.write_text(json.dumps(json.loads(out)["changes"]), encoding="utf-8")
    dataset = ogr.Open(str(path))
    layer = dataset.GetLayer()
    assert layer.GetFeatureCount() >= 1
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "32633"


def test_for_people(run, scenes) -> None:
    status, out, _ = run(*scenes, *EFFORT)
    lines = out.splitlines()
    assert status == 0
    assert lines[0] == " -> ".join(scenes)
    assert [line.split(":")[0].strip() for line in lines[1:6]] == [
        "Before", "After", "Gained", "Lost", "Changed",
    ]  # fmt: skip
    assert "1 plane" in lines[3]


def test_region_and_least_change_choose(run, scenes) -> None:
    west = "500000,5699360,500600,5700000"
    _, out, _ = run(*scenes, "--json", "--region", west, *EFFORT)
    assert json.loads(out)["changes"]["features"] == []
    _, out, _ = run(*scenes, "--json", "--min-change", "1", *EFFORT)
    strict = json.loads(out)["changes"]["features"]
    assert all(f["properties"]["score"] == 1 or f["properties"]["gained"] for f in strict)


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        ("missing.tif", "missing.tif"),
        ("{apart}", "before.tif and apart.tif do not overlap"),
        ("{bare}", "bare.tif has no CRS"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(run, tmp_path, after: str, sentence: str) -> None:
    before = rasters.make_raster(tmp_path / "before.tif")
    apart = rasters.make_raster(tmp_path / "apart.tif", origin=(700_000, 5_700_000))
    bare = rasters.make_raster(tmp_path / "bare.tif", crs=None)
    status, out, err = run(str(before), after.format(apart=apart, bare=bare))
    assert (status, out) == (1, "")
    assert sentence in err
    assert len(err.splitlines()) == 1


def test_wrong_usage_leaves_with_two(run, scenes, capsys) -> None:
    for arguments in ((scenes[0],), (*scenes, "--min-change", "2"), (*scenes, "--budget", "0")):
        with pytest.raises(SystemExit) as left:
            run(*arguments)
        assert left.value.code == 2
        assert "usage" in capsys.readouterr().err
