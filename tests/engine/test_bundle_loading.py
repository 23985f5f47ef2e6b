from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from rs_vlm_plugin.engine.errors import ActionUnsupported, BundleInvalid, BundleNotFound
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.tiny_bundle import make_tiny_bundle


def test_folder_gives_typed_manifest_and_its_hash(tiny_bundle: Path) -> None:
    bundle = load_bundle(tiny_bundle)
    assert bundle.manifest.name == "rsvlm-tiny"
    assert bundle.manifest.vision.cells == (4, 4)
    assert bundle.manifest.decoder is not None
    assert bundle.manifest.decoder.beam_size == 2
    assert bundle.manifest.gsd_range_m == (0.1, 30.0)
    expected = hashlib.sha256((tiny_bundle / "bundle.json").read_bytes()).hexdigest()
    assert bundle.sha256 == expected


def test_manifest_path_stands_for_its_folder(tiny_bundle: Path) -> None:
    assert load_bundle(tiny_bundle / "bundle.json").path == tiny_bundle


@pytest.mark.parametrize("inside_folder", [False, True])
def test_zip_is_the_same_bundle(tiny_bundle: Path, tmp_path: Path, inside_folder: bool) -> None:
    root = tiny_bundle.parent if inside_folder else tiny_bundle
    base = tiny_bundle.name if inside_folder else "."
    archive = shutil.make_archive(str(tmp_path / "bundle"), "zip", root, base)
    zipped, folder = load_bundle(archive), load_bundle(tiny_bundle)
    assert zipped.sha256 == folder.sha256
    assert zipped.read("vision.onnx") == folder.read("vision.onnx")


def test_model_runs_from_a_zip_and_writes_nothing(tiny_bundle: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "bundle"), "zip", tiny_bundle)
    model = VisionLanguageModel(load_bundle(archive), device="cpu")
    assert model.encode_texts(["a forest"]).shape == (1, 16)
    assert [path.name for path in tmp_path.iterdir()] == ["bundle.zip"]


def test_same_seed_makes_the_same_bundle(tiny_bundle: Path, tmp_path: Path) -> None:
    again = make_tiny_bundle(tmp_path / "again")
    assert load_bundle(again).sha256 == load_bundle(tiny_bundle).sha256


def test_bundle_without_decoder_cannot_describe(tmp_path: Path) -> None:
    bundle = load_bundle(make_tiny_bundle(tmp_path, actions=["classify", "search"]))
    bundle.require("classify")
    with pytest.raises(ActionUnsupported, match="cannot describe"):
        bundle.require("describe")


def test_file_changed_after_loading_is_not_run(tmp_path: Path) -> None:
    bundle = load_bundle(make_tiny_bundle(tmp_path))
    (tmp_path / "vision.onnx").write_bytes(b"another model")
    with pytest.raises(BundleInvalid, match=r"vision\.onnx"):
        bundle.read("vision.onnx")


@pytest.mark.parametrize("kind", ["nowhere", "empty folder"])
def test_absent_bundle(tmp_path: Path, kind: str) -> None:
    path = tmp_path if kind == "empty folder" else tmp_path / "nowhere"
    with pytest.raises(BundleNotFound) as caught:
        load_bundle(path)
    assert caught.value.hint
