"""`--knowledge FILE`: an organisation's own entries are looked up without training anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List

import pytest

from rs_vlm_plugin.cli import main
from rs_vlm_plugin.resource_paths import default_bundle
from tests import rasters


@pytest.fixture
def scene(tmp_path: Path) -> str:
    return str(rasters.make_raster(tmp_path / "scene.tif", size=(300, 200), pattern="noise"))


def own_file(folder: Path, entries: List[Dict[str, Any]]) -> str:
    path = folder / "own.json"
    content = {"format": "rsvlm-own-knowledge", "name": "Harbour office", "entries": entries}
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def test_a_description_leans_on_own_entries_and_names_them(
    tmp_path: Path, scene: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if not (default_bundle() / "bundle.json").is_file():
        pytest.skip("the model bundle has not been exported to resources/model")
    asked = ["describe", scene, "--json", "--budget", "1", "--device", "cpu"]
    assert main(asked) == 0
    nearest = used_by(capsys)["region"]
    entries = [
        {"level": "region", "text": f"{nearest['text']} here"},
        {"level": "scene", "text": "airport"},
    ]
    path = own_file(tmp_path, entries)
    assert main([*asked, "--knowledge", path]) == 0
    captured = capsys.readouterr()
    assert captured.err.splitlines() == [f"{path}: Entry 2 (airport) is there already."]
    used = json.loads(captured.out)["scene"]["used"]
    own = [entry for entry in used if entry["provenance"] == "Harbour office"]
    assert [entry["text"] for entry in own] == [entries[0]["text"]]


def used_by(capsys: pytest.CaptureFixture[str]) -> Dict[str, Dict[str, Any]]:
    """Of each level the entry that a description leant on most."""
    used = json.loads(capsys.readouterr().out)["scene"]["used"]
    ranked = sorted(used, key=lambda entry: entry["similarity"])
    return {entry["level"]: entry for entry in ranked}


@pytest.mark.parametrize("command", [("describe",), ("ask", "is there water?")])
def test_a_model_that_looks_nothing_up_says_so(
    level_bundle: Path, tmp_path: Path, scene: str, capsys: pytest.CaptureFixture[str], command: Any
) -> None:
    path = own_file(tmp_path, [{"level": "object", "text": "a boat"}])
    name, *words = command
    assert main([name, scene, *words, "--bundle", str(level_bundle), "--knowledge", path]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "looks nothing up" in line


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, scene: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if not (default_bundle() / "bundle.json").is_file():
        pytest.skip("the model bundle has not been exported to resources/model")
    assert main(["describe", scene, "--knowledge", str(tmp_path / "absent.json")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "absent.json" in line
