"""`find` and `ask` as a user meets them on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rs_vlm_plugin.cli import main
from tests import rasters
from tests.engine.interrupts import interrupt_half_way
from tests.engine.test_find_objects import canvas


@pytest.fixture
def run(level_bundle: Path, capsys: pytest.CaptureFixture[str]):
    def call(*arguments: str, bundle: Path = level_bundle):
        status = main([*arguments, "--bundle", str(bundle), "--device", "cpu"])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


@pytest.fixture
def scene(tmp_path: Path) -> str:
    pixels = canvas(96, 64, [(8, 8, 9), (44, 27, 9), (76, 44, 9)])
    return str(rasters.make_raster(tmp_path / "scene.tif", pixels=pixels))


EFFORT = ("--policy", "fixed", "--budget", "50")


def test_find_gives_a_feature_collection(run, scene: str) -> None:
    status, out, err = run("find", scene, "plane", "river", "--json", *EFFORT)
    assert (status, err) == (0, "")
    collection = json.loads(out)
    assert collection["type"] == "FeatureCollection"
    assert [f["properties"]["phrase"] for f in collection["features"]] == ["plane"] * 3
    assert all(0.5 <= f["properties"]["score"] <= 1 for f in collection["features"])
    assert collection["provenance"]["tile_evaluations"] <= 50
    assert collection["provenance"]["policy"] == "fixed"


def test_phrases_may_be_parted_by_commas(run, scene: str) -> None:
    parted, listed = (
        json.loads(run("find", scene, *phrases, "--json", *EFFORT)[1])
        for phrases in (("plane, river",), ("plane", "river"))
    )
    assert parted["features"] == listed["features"]
    status, _, err = run("find", scene, " , ", "--json", *EFFORT)
    assert status == 1
    assert err


def test_found_objects_open_in_gdal(run, scene: str, tmp_path: Path) -> None:
    ogr = pytest.importorskip("osgeo.ogr", reason="GDAL for Python is not installed")
    _, out, _ = run("find", scene, "plane", "--json", *EFFORT)
    (tmp_path / "found.geojson").write_text(out, encoding="utf-8")
    dataset = ogr.Open(str(tmp_path / "found.geojson"))
    layer = dataset.GetLayer()
    assert layer.GetFeatureCount() == 3
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "32633"


def test_find_for_people(run, scene: str) -> None:
    _, out, _ = run("find", scene, "plane", *EFFORT)
    lines = out.splitlines()
    assert lines[:2] == [scene, "  plane: 3"]
    assert " m x " in lines[2]


def test_score_and_region_choose(run, scene: str) -> None:
    _, out, _ = run("find", scene, "plane", "--json", "--min-score", "0.9999", *EFFORT)
    assert json.loads(out)["features"] == []
    west = "500000,5699700,500300,5700000"
    _, out, _ = run("find", scene, "plane", "--json", "--region", west, *EFFORT)
    assert len(json.loads(out)["features"]) == 1


def test_ask_gives_answer_confidence_evidence(run, scene: str) -> None:
    status, out, err = run("ask", scene, "How many plane are there?", "--json", *EFFORT)
    assert (status, err) == (0, "")
    reply = json.loads(out)
    assert (reply["answer"], reply["abstained"], reply["reason"]) == ("3", False, "")
    assert 0 < reply["confidence"] <= 1
    assert {"geometry", "what", "score"} <= set(reply["evidence"][0])


def test_ask_says_that_it_cannot_tell(run, scene: str) -> None:
    status, out, _ = run("ask", scene, "Who lives here?", "--json")
    reply = json.loads(out)
    assert (status, reply["abstained"], reply["evidence"]) == (0, True, [])
    assert reply["answer"].startswith("cannot tell: ")
    _, out, _ = run("ask", scene, "Who lives here?")
    assert "Cannot tell: " in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("find", "{scene}", ""), "A phrase is missing or empty."),
        (("find", "{scene}", "\U0001f680"), "'\U0001f680' holds no word"),
        (("ask", "{scene}", " "), "The question is empty."),
        (("ask", "{scene}", "why " * 9000), "characters long"),
        (("find", "missing.tif", "plane"), "missing.tif"),
    ],
)
def test_bad_input_is_one_sentence(run, scene: str, arguments, sentence: str) -> None:
    status, out, err = run(*(each.format(scene=scene) for each in arguments))
    assert (status, out) == (1, "")
    assert sentence in err
    assert len(err.splitlines()) == 1


def test_what_was_found_before_an_interrupt_is_printed(
    run, scene: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt_half_way(monkeypatch)
    status, out, err = run("find", scene, "plane", "--json", "--policy", "fixed", "--budget", "50")
    assert (status, err) == (130, "Cancelled.\n")
    assert json.loads(out)["partial"] is True


@pytest.mark.parametrize(
    "arguments",
    [("ask", "{scene}", "Is there a plane?"), ("compare", "{scene}", "{scene}")],
)
def test_an_interrupt_before_there_is_a_result_says_so(
    run, scene: str, monkeypatch: pytest.MonkeyPatch, arguments
) -> None:
    interrupt_half_way(monkeypatch)
    status, out, err = run(*(each.format(scene=scene) for each in arguments), "--json", *EFFORT)
    assert (status, out, err) == (130, "", "Cancelled before there was a result.\n")


def test_a_model_that_cannot_says_so(run, scene: str, tiny_bundle: Path) -> None:
    for arguments in (("find", scene, "plane"), ("ask", scene, "is there a plane?")):
        status, _, err = run(*arguments, bundle=tiny_bundle)
        assert status == 1
        assert f"cannot {arguments[0]}" in err


def test_query_is_a_policy_of_find_only(run, scene: str) -> None:
    _, out, _ = run("find", scene, "plane", "--policy", "query", "--json")
    assert json.loads(out)["provenance"]["policy"] == "query"
    with pytest.raises(SystemExit) as refused:
        run("ask", scene, "How many planes are there?", "--policy", "query")
    assert refused.value.code == 2
