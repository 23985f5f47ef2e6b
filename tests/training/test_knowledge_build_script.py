"""`build_knowledge.py` gives a bundle its knowledge base, embedded by the bundle itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model_training.build_knowledge import main
from model_training.config import load_config
from rs_vlm_plugin.engine.knowledge import load_knowledge
from rs_vlm_plugin.engine.knowledge.knowledge_file import FILE_NAME
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.tiny_bundle import make_tiny_bundle


@pytest.fixture
def bundle(tmp_path: Path, tiny_config: Path) -> Path:
    """A bundle that says it was trained on drawn scenes."""
    folder = make_tiny_bundle(tmp_path / "bundle")
    path = folder / "bundle.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["training"] = {"experiment": load_config(tiny_config).to_json()}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_a_bundle_gets_entries_of_taxonomies_and_its_training_captions(
    bundle: Path, tmp_path: Path
) -> None:
    listing = tmp_path / "training.json"
    assert main(["--bundle", str(bundle), "--data", "", "--training-file", str(listing)]) == 0
    loaded = load_bundle(bundle)
    base = load_knowledge(loaded)
    assert base is not None
    assert {entry.source.kind for entry in base.entries} == {"taxonomy", "captions"}
    drawn = [entry for entry in base.entries if entry.source.kind == "captions"]
    assert {entry.level for entry in drawn} == {"scene", "region", "object"}
    assert all(entry.provenance.startswith("drawn train, ") for entry in drawn)
    # The vectors are the bundle's own embeddings of the texts.
    model = VisionLanguageModel(loaded, device="cpu", threads=1)
    rows = [base.entries.index(entry) for entry in drawn[:20]]
    again = model.encode_texts([base.entries[row].text for row in rows])
    assert (again * base.vectors[rows]).sum(axis=1).min() > 0.999
    # Image ids are for training and do not ship.
    assert "drawn/" in listing.read_text(encoding="utf-8")
    assert b"drawn/" not in (bundle / FILE_NAME).read_bytes()


def test_building_again_changes_nothing(bundle: Path) -> None:
    assert main(["--bundle", str(bundle), "--data", "", "--things", "5"]) == 0
    first = {path.name: path.read_bytes() for path in bundle.iterdir()}
    assert main(["--bundle", str(bundle), "--data", "", "--things", "5"]) == 0
    assert {path.name: path.read_bytes() for path in bundle.iterdir()} == first


def test_a_bundle_of_unknown_training_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_tiny_bundle(tmp_path / "bundle")
    assert main(["--bundle", str(folder), "--data", ""]) == 1
    assert "what it was trained on" in capsys.readouterr().err
    assert not (folder / FILE_NAME).exists()


def test_missing_data_is_one_sentence(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--bundle", str(bundle), "--data", "", "--text", "absent.parquet"]) == 1
    assert "absent.parquet" in capsys.readouterr().err
