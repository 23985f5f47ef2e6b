"""A bundle remembers captions that training images share, by what the images look like to it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model_training.build_knowledge import main
from model_training.config import load_config
from model_training.data.records import ImageText
from model_training.export.bundle_writer import write_bundle
from model_training.export.calibrate import Calibration
from model_training.knowledge.building import build_entries
from model_training.knowledge.caption_entries import CaptionedImage, remembered_entries
from model_training.knowledge.caption_memory import (
    SETTINGS,
    NothingShared,
    remember_captions,
)
from rs_vlm_plugin.engine.knowledge import Source, load_caption_memory, load_knowledge
from rs_vlm_plugin.engine.knowledge.knowledge_file import FILE_NAME
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.tiny_bundle import INPUT_SIZE, make_tiny_bundle

from .test_level_bundle_runs_as_trained import checkpoint

NEUTRAL = Calibration(1.0, 10.0, 0.0, None)


def record(number: int, *captions: str) -> ImageText:
    pixels = np.random.default_rng(number).integers(0, 256, (INPUT_SIZE, INPUT_SIZE, 3), np.uint8)
    encoded = io.BytesIO()
    Image.fromarray(pixels).save(encoded, "PNG")
    return ImageText(f"drawn/{number}", "", captions, encoded.getvalue())


RECORDS = [
    record(0, "Many ponds .", "a wide river"),
    record(1, "many ponds", "many ponds."),
    record(2, "some ponds", "a lonely house"),
    record(3, "some ponds", "many ponds"),
]


@pytest.fixture
def bundle(tmp_path: Path, tiny_config: Path) -> Path:
    """A bundle that says it was trained on drawn scenes."""
    folder = make_tiny_bundle(tmp_path / "bundle")
    path = folder / "bundle.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["training"] = {"experiment": load_config(tiny_config).to_json()}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_amounts_and_openings_stay_apart_and_case_and_punctuation_do_not() -> None:
    source = Source("drawn", "captions", "train")
    images = [CaptionedImage(item.image_id, item.captions, source) for item in RECORDS]
    found = remembered_entries(images, most=10)
    assert [(item.entry.text, sorted(item.images)) for item in found] == [
        ("many ponds", ["drawn/0", "drawn/1", "drawn/3"]),
        ("some ponds", ["drawn/2", "drawn/3"]),
    ]
    assert found[0].entry.images == 3
    assert [item.entry.text for item in remembered_entries(images, most=1)] == ["many ponds"]


def test_the_image_side_is_the_mean_of_the_images_embeddings(tmp_path: Path) -> None:
    model = VisionLanguageModel(load_bundle(make_tiny_bundle(tmp_path / "b")), threads=1)
    memory = remember_captions(model, RECORDS)
    assert [entry.text for entry in memory.entries] == ["many ponds", "some ponds"]
    seen = model.encode_images(np.stack([item.rgb() for item in RECORDS])).embedding
    for vector, rows in zip(memory.vectors, ([0, 1, 3], [2, 3]), strict=True):
        mean = seen[rows].mean(axis=0)
        np.testing.assert_allclose(vector, mean / np.linalg.norm(mean), atol=1e-5)


def test_captions_of_one_image_each_are_nothing_to_remember(tmp_path: Path) -> None:
    model = VisionLanguageModel(load_bundle(make_tiny_bundle(tmp_path / "b")), threads=1)
    with pytest.raises(NothingShared, match="share a caption"):
        remember_captions(model, RECORDS[:1])


def test_the_script_adds_a_memory_beside_the_entries_and_takes_it_away_with_them(
    bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--bundle", str(bundle), "--data", "", "--caption-memory"]) == 0
    loaded = load_bundle(bundle)
    memory, base = load_caption_memory(loaded), load_knowledge(loaded)
    assert memory is not None
    assert base is not None
    assert f"remembered captions {len(memory):6}" in capsys.readouterr().out
    assert all(entry.images >= 2 for entry in memory.entries)
    assert not {entry.entry_id for entry in memory.entries} & {e.entry_id for e in base.entries}
    # Image ids are for training and do not ship.
    assert b"drawn/" not in (bundle / FILE_NAME).read_bytes()
    model = VisionLanguageModel(loaded, device="cpu", threads=1)
    seen = model.encode_images(RECORDS[0].rgb()[None])
    (caption,) = model.caption(seen.tokens, embeddings=seen.embedding)
    assert caption.words
    # A file without the image side must not be promised.
    assert main(["--bundle", str(bundle), "--data", ""]) == 0
    assert load_caption_memory(load_bundle(bundle)) is None


def test_a_conventional_bundle_can_remember_and_nothing_else(bundle: Path) -> None:
    assert main(["--bundle", str(bundle), "--data", "", "--memory-only"]) == 0
    loaded = load_bundle(bundle)
    assert load_knowledge(loaded) is None
    assert load_caption_memory(loaded) is not None
    entries = json.loads((bundle / FILE_NAME).read_text(encoding="utf-8"))["entries"]
    assert all("image_vector" in entry and "vector" not in entry for entry in entries)


@pytest.mark.parametrize("remembers", [True, False])
def test_an_export_remembers_with_its_own_vision_graph(tmp_path: Path, remembers: bool) -> None:
    folder = tmp_path / "bundle"
    write_bundle(
        checkpoint(),
        folder,
        "tiny",
        "0.1.0",
        NEUTRAL,
        None,
        knowledge=build_entries([]),
        remembered=RECORDS if remembers else None,
    )
    loaded = load_bundle(folder)
    assert load_knowledge(loaded) is not None
    memory = load_caption_memory(loaded)
    if not remembers:
        assert memory is None
        return
    assert memory is not None
    assert [entry.text for entry in memory.entries] == ["many ponds", "some ponds"]
    spec = loaded.manifest.caption_memory
    assert spec is not None
    assert vars(spec) == SETTINGS
