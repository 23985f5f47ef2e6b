"""Remembered captions choose among those the decoder writes, and say which of them had a say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict

import numpy as np
import pytest

from rs_vlm_plugin.engine.describe import describe
from rs_vlm_plugin.engine.errors import BundleInvalid
from rs_vlm_plugin.engine.knowledge import (
    CaptionMemory,
    KnowledgeBase,
    KnowledgeEntry,
    Source,
    load_caption_memory,
    load_knowledge,
)
from rs_vlm_plugin.engine.knowledge.caption_memory import Candidate
from rs_vlm_plugin.engine.knowledge.entries import embed_entries
from rs_vlm_plugin.engine.knowledge.knowledge_file import (
    FILE_NAME,
    image_model_digest,
    parse_caption_memory,
    parse_knowledge,
    text_model_digest,
    write_knowledge,
)
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.level_spec import CaptionMemorySpec
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.engine.array_source import ArraySource
from tests.knowledge_data import some_entries
from tests.tiny_bundle import SENTENCES, WIDTH, make_tiny_bundle, write_manifest

SOURCE = Source("drawn", "captions", "train")
SECTION: Dict[str, Any] = {
    "file": FILE_NAME,
    "neighbours": 3,
    "weight": 0.4,
    "sharpness": 20.0,
    "beams": 4,
}
SPEC = CaptionMemorySpec(**SECTION)


def remembered(*texts: str, images: int = 2) -> CaptionMemory:
    """Captions whose images lie along one axis each."""
    entries = [
        KnowledgeEntry(f"memory:{number}", "scene", text, SOURCE, (), images)
        for number, text in enumerate(texts)
    ]
    return CaptionMemory(entries, np.eye(len(texts), WIDTH, dtype=np.float32))


def with_memory(folder: Path, memory: CaptionMemory, section: Dict[str, Any]) -> Path:
    """A tiny bundle that remembers captions and nothing else."""
    make_tiny_bundle(folder)
    spec = load_bundle(folder).manifest
    nothing = KnowledgeBase((), np.zeros((0, WIDTH), np.float32))
    (folder / FILE_NAME).write_bytes(
        write_knowledge(nothing, text_model_digest(spec), memory, image_model_digest(spec))
    )
    manifest = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    manifest["caption_memory"] = section
    write_manifest(folder, manifest, sorted({*manifest["files"], FILE_NAME}))
    return folder


def images(count: int) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 255, (count, 32, 32, 3), dtype=np.uint8)


def axis(number: int) -> np.ndarray:
    return np.eye(WIDTH, dtype=np.float32)[number]


BRIDGE, RIVER = Candidate("a bridge crosses a river", -4.0, 6), Candidate("a wide river", -3.9, 4)


def test_the_caption_of_like_images_decides_between_likely_ones() -> None:
    memory = remembered("a bridge crosses the wide river", "a wide river", "a dense forest")
    choices = [memory.choose(axis(number), [BRIDGE, RIVER], SPEC).index for number in (0, 1)]
    assert choices == [0, 1]


def test_the_decoders_opinion_counts_by_its_weight() -> None:
    memory = remembered("a bridge crosses a river", "a dense forest")
    unlikely = replace(BRIDGE, log_probability=-40.0)
    assert memory.choose(axis(0), [unlikely, RIVER], SPEC).index == 1
    assert memory.choose(axis(0), [unlikely, RIVER], replace(SPEC, weight=0.0)).index == 0


def test_a_choice_names_the_captions_that_spoke_for_it() -> None:
    memory = remembered("a bridge crosses a river", "a dense forest", "a river")
    used = memory.choose(axis(0), [BRIDGE], SPEC).used
    assert used[0].entry_id == "memory:0"
    assert used[0].text == "a bridge crosses a river"
    assert used[0].provenance == "drawn train, 2 images"
    assert used[0].similarity == pytest.approx(1.0)
    assert "memory:1" not in [entry.entry_id for entry in used]


def test_captions_of_other_images_are_not_asked() -> None:
    memory = remembered("a wide river", "a bridge crosses a river")
    only = replace(SPEC, neighbours=1, weight=0.0)
    choice = memory.choose(axis(1), [RIVER, BRIDGE], only)
    assert choice.index == 1
    assert [entry.entry_id for entry in choice.used] == ["memory:1"]


def test_a_bundle_remembers_and_says_what_the_decoder_wrote(tmp_path: Path) -> None:
    plain = VisionLanguageModel(load_bundle(make_tiny_bundle(tmp_path / "plain")), threads=1)
    seen = plain.encode_images(images(1))
    likeliest = [caption.text for caption in plain.caption(seen.tokens)]
    section = {**SECTION, "weight": 0.0, "neighbours": 1, "beams": 8}
    entries = remembered(*SENTENCES).entries
    choices = []
    for near in range(6):
        # The image looks like those of one sentence, and like nobody's of the others.
        vectors = np.tile(-seen.embedding, (len(SENTENCES), 1))
        vectors[near] = seen.embedding[0]
        folder = with_memory(tmp_path / str(near), CaptionMemory(entries, vectors), section)
        model = VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)
        assert [caption.text for caption in model.caption(seen.tokens)] == likeliest
        choices += model.caption(seen.tokens, embeddings=seen.embedding)
        model.close()
    assert len({caption.text for caption in choices}) > 1, "no memory changed the choice"
    for near, caption in enumerate(choices):
        # Words, attention and confidence are the chosen caption's own.
        assert caption.words
        assert caption.words[0].attention.sum() == pytest.approx(1.0, abs=1e-4)
        assert [caption.text[word.start : word.end].lower() for word in caption.words] == [
            word.text.lower() for word in caption.words
        ]
        assert 0 < caption.confidence <= 1
        assert {entry.entry_id for entry in caption.used} <= {f"memory:{near}"}
    assert any(caption.used for caption in choices)


def test_a_description_names_the_captions_that_spoke_for_it(tmp_path: Path) -> None:
    folder = with_memory(
        tmp_path / "b", remembered(*(text.rstrip(" .") for text in SENTENCES)), SECTION
    )
    model = VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)
    pixels = np.random.default_rng(5).integers(0, 255, (3, 96, 96), dtype=np.uint8)
    found = describe(ArraySource(pixels), None, model, budget=5).to_json()
    used = [entry for text in (found["scene"], *found["regions"]) for entry in text["used"]]
    assert used
    assert all(entry["entry_id"].startswith("memory:") for entry in used)
    assert all(entry["provenance"] == "drawn train, 2 images" for entry in used)


def test_what_is_written_is_read_beside_a_knowledge_base(tiny_model: VisionLanguageModel) -> None:
    vectors = embed_entries(some_entries(), tiny_model.encode_texts)
    base = KnowledgeBase(some_entries(), vectors)
    memory = remembered("two ponds", "some ponds")
    data = write_knowledge(base, "text", memory, "vision")
    again = parse_caption_memory(data, "vision", WIDTH)
    assert again.entries == memory.entries
    np.testing.assert_allclose(again.vectors, memory.vectors, atol=1e-6)
    assert parse_knowledge(data, "text", WIDTH).entries == base.entries


def test_a_bundle_that_only_remembers_has_no_knowledge_base(tmp_path: Path) -> None:
    bundle = load_bundle(with_memory(tmp_path / "b", remembered("a river"), SECTION))
    assert load_knowledge(bundle) is None
    memory = load_caption_memory(bundle)
    assert memory is not None
    assert len(memory) == 1
    assert load_caption_memory(load_bundle(make_tiny_bundle(tmp_path / "plain"))) is None


def test_another_vision_model_is_refused() -> None:
    nothing = KnowledgeBase((), np.zeros((0, WIDTH), np.float32))
    data = write_knowledge(nothing, "text", remembered("a river"), "vision")
    with pytest.raises(BundleInvalid, match="another vision model"):
        parse_caption_memory(data, "other", WIDTH)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"image_vector": "?"}, "image_vector of entry memory:0"),
        ({"image_vector": None}, "image_vector of entry memory:0"),
        ({"image_scale": 7.0}, "image_scale of entry memory:0"),
        ({"images": -1}, "images of entry memory:0"),
        ({"vector": "AAAA", "scale": 0.1}, "vector of entry memory:0"),
    ],
)
def test_a_faulty_image_side_is_named(change: Dict[str, Any], named: str) -> None:
    nothing = KnowledgeBase((), np.zeros((0, WIDTH), np.float32))
    content = json.loads(write_knowledge(nothing, "text", remembered("a river"), "vision"))
    content["entries"][0].update(change)
    with pytest.raises(BundleInvalid, match=named):
        parse_caption_memory(json.dumps(content).encode(), "vision", WIDTH)
    del content["entries"][0]["image_vector"]
    content["entries"][0].pop("vector", None)
    with pytest.raises(BundleInvalid, match="memory:0"):
        parse_caption_memory(json.dumps(content).encode(), "vision", WIDTH)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"file": "../knowledge.json"}, "outside the bundle"),
        ({"file": "absent.json"}, "absent.json"),
        ({"neighbours": 0}, "caption_memory.neighbours"),
        ({"neighbours": 2000}, "caption_memory.neighbours"),
        ({"weight": -0.1}, "caption_memory.weight"),
        ({"weight": "0.4"}, "caption_memory.weight"),
        ({"sharpness": 1e9}, "caption_memory.sharpness"),
        ({"beams": 0}, "caption_memory.beams"),
        ({"beams": 33}, "caption_memory.beams"),
        ({"beams": True}, "caption_memory.beams"),
    ],
)
def test_a_faulty_section_is_named(tmp_path: Path, change: Dict[str, Any], named: str) -> None:
    folder = with_memory(tmp_path / "b", remembered("a river"), {**SECTION, **change})
    with pytest.raises(BundleInvalid, match=named):
        load_bundle(folder)


def test_a_memory_without_a_decoder_is_refused(tmp_path: Path) -> None:
    folder = with_memory(tmp_path / "b", remembered("a river"), SECTION)
    manifest = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    del manifest["decoder"]
    manifest["actions"] = ["classify", "search"]
    write_manifest(folder, manifest, sorted(manifest["files"]))
    with pytest.raises(BundleInvalid, match="no decoder"):
        load_bundle(folder)
