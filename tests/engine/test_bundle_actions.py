"""A bundle says what it can do, and nothing else is offered or tried."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest

from rs_vlm_plugin.cli import main
from rs_vlm_plugin.engine.classify import classify
from rs_vlm_plugin.engine.describe import describe
from rs_vlm_plugin.engine.errors import ActionUnsupported, BundleInvalid, BundleNotFound
from rs_vlm_plugin.engine.model.bundle import load_bundle, read_manifest
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.model_actions import why_not
from tests import rasters
from tests.tiny_bundle import make_tiny_bundle, write_manifest

SEARCH_ONLY = ("classify", "search")
FILES = ["vision.onnx", "text.onnx", "tokenizer.json"]


@pytest.fixture(scope="module")
def without_decoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle as made of a CLIP: no decoder, and a vision graph that feeds none."""
    folder = make_tiny_bundle(tmp_path_factory.mktemp("bundle"), actions=SEARCH_ONLY)
    graph = onnx.load(str(folder / "vision.onnx"))
    kept = [output for output in graph.graph.output if output.name != "tokens"]
    del graph.graph.output[:]
    graph.graph.output.extend(kept)
    onnx.save(graph, str(folder / "vision.onnx"))
    write_manifest(folder, json.loads((folder / "bundle.json").read_text()), FILES)
    return folder


@pytest.fixture(scope="module")
def searcher(without_decoder: Path) -> VisionLanguageModel:
    return VisionLanguageModel(load_bundle(without_decoder), device="cpu", threads=1)


def rewrite(folder: Path, **changes: object) -> None:
    path = folder / "bundle.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest.update(changes)
    manifest = {key: value for key, value in manifest.items() if value is not None}
    path.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize("actions", [SEARCH_ONLY, ("describe", "classify", "search")])
def test_an_older_manifest_can_do_what_its_files_allow(tmp_path: Path, actions) -> None:
    folder = make_tiny_bundle(tmp_path, actions=actions)
    rewrite(folder, actions=None)
    assert load_bundle(folder).manifest.actions == actions


def test_what_it_cannot_do_is_said_with_what_it_can(tmp_path: Path) -> None:
    manifest = read_manifest(make_tiny_bundle(tmp_path))
    manifest.require("search")
    with pytest.raises(ActionUnsupported, match="cannot ask") as caught:
        manifest.require("ask")
    assert caught.value.hint == "It can describe, classify and search; choose another model."


@pytest.mark.parametrize("actions", [[], ["dance"], "describe", [1]])
def test_actions_that_make_no_sense_are_a_fault_of_the_bundle(tmp_path: Path, actions) -> None:
    folder = make_tiny_bundle(tmp_path)
    rewrite(folder, actions=actions)
    with pytest.raises(BundleInvalid, match="actions"):
        read_manifest(folder)


def test_the_manifest_alone_is_read_where_a_file_is_damaged(tmp_path: Path) -> None:
    folder = make_tiny_bundle(tmp_path, actions=SEARCH_ONLY)
    (folder / "vision.onnx").write_bytes(b"")
    assert read_manifest(folder / "bundle.json").actions == SEARCH_ONLY
    with pytest.raises(BundleNotFound):
        read_manifest(tmp_path / "nowhere")


def test_images_are_encoded_without_decoder_tokens(searcher: VisionLanguageModel) -> None:
    encoding = searcher.encode_images(np.zeros((2, 32, 32, 3), dtype=np.uint8))
    assert encoding.tokens.shape == (2, 16, 0)
    assert encoding.cells.shape[:2] == (2, 16)


def test_it_classifies(searcher: VisionLanguageModel, source) -> None:
    found = classify(source, None, ["river", "forest"], searcher)
    assert sum(label.score for label in found.labels) == pytest.approx(1)


def test_it_refuses_to_describe_before_it_looks(searcher: VisionLanguageModel, source) -> None:
    with pytest.raises(ActionUnsupported, match=r"rsvlm-tiny 0\.0\.1 cannot describe\.") as caught:
        describe(source, None, searcher, "content", 4)
    assert caught.value.hint == "It can classify and search; choose another model."
    with pytest.raises(ActionUnsupported):
        searcher.caption(np.zeros((1, 16, 16), dtype=np.float32))


def test_the_command_line_says_so_in_a_line_and_fails(
    without_decoder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raster = rasters.make_raster(tmp_path / "scene.tif")
    assert main(["describe", str(raster), "--bundle", str(without_decoder)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert "cannot describe" in line
    assert main(["classify", str(raster), "--labels", "a,b", "--bundle", str(without_decoder)]) == 0


def test_a_form_can_ask_why_not(without_decoder: Path, tiny_bundle: Path, tmp_path: Path) -> None:
    assert "cannot describe" in why_not(without_decoder, "describe")
    assert why_not(without_decoder, "search") == ""
    assert why_not(tiny_bundle, "describe") == ""
    # A bundle that is not there is for whoever runs it to report.
    assert why_not(tmp_path / "nowhere", "describe") == ""
