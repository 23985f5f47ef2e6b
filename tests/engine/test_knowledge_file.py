"""A bundle's knowledge file: what is written is read; whatever is wrong is one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Dict

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import BundleFormatUnsupported, BundleInvalid
from rs_vlm_plugin.engine.knowledge import KnowledgeBase, load_knowledge
from rs_vlm_plugin.engine.knowledge.entries import embed_entries
from rs_vlm_plugin.engine.knowledge.knowledge_file import (
    MAX_BYTES,
    parse_knowledge,
    write_knowledge,
)
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.knowledge_data import add_knowledge, some_entries
from tests.tiny_bundle import make_tiny_bundle

TEXT_MODEL = "sha256:" + "0" * 64
SIZE = 384


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    vectors = np.random.default_rng(1).normal(size=(7, SIZE))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return KnowledgeBase(some_entries(), vectors.astype(np.float32))


def changed(base: KnowledgeBase, change: Callable[[Dict[str, Any]], Any]) -> bytes:
    content = json.loads(write_knowledge(base, TEXT_MODEL))
    change(content)
    return json.dumps(content).encode()


def test_what_is_written_is_read(base: KnowledgeBase) -> None:
    again = parse_knowledge(write_knowledge(base, TEXT_MODEL), TEXT_MODEL, SIZE)
    assert again.entries == base.entries
    np.testing.assert_allclose(np.linalg.norm(again.vectors, axis=1), 1, atol=1e-6)
    assert (again.vectors * base.vectors).sum(axis=1).min() > 0.9998
    queries = np.random.default_rng(2).normal(size=(200, SIZE))
    queries = (queries / np.linalg.norm(queries, axis=1, keepdims=True)).astype(np.float32)
    assert np.abs(queries @ (again.vectors - base.vectors).T).max() < 0.005


def test_writing_twice_gives_the_same_bytes(base: KnowledgeBase) -> None:
    data = write_knowledge(base, TEXT_MODEL)
    assert data == write_knowledge(base, TEXT_MODEL)
    read = parse_knowledge(data, TEXT_MODEL, SIZE)
    again = parse_knowledge(write_knowledge(read, TEXT_MODEL), TEXT_MODEL, SIZE)
    np.testing.assert_allclose(again.vectors, read.vectors, atol=1e-6)


def set_entry(number: int, **fields: Any) -> Callable[[Dict[str, Any]], Any]:
    return lambda content: content["entries"][number].update(fields)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda c: c.update(format="other"), "not a knowledge base"),
        (lambda c: c.update(embedding_size=SIZE - 1), "embedding_size"),
        (lambda c: c.update(sources=None), "sources"),
        (lambda c: c["sources"][0].update(kind="web"), "source 0"),
        (lambda c: c["sources"][1].pop("name"), "source 1"),
        (lambda c: c.update(entries=[]), "entries"),
        (lambda c: c.update(entries=["x"]), "entry 0"),
        (set_entry(2, id="has blank"), "entry 2"),
        (set_entry(2, id="scene:lake"), "scene:lake"),
        (set_entry(1, level="global"), "scene:lake"),
        (set_entry(1, text="   "), "scene:lake"),
        (set_entry(1, text="x" * 301), "scene:lake"),
        (set_entry(1, names="lake"), "scene:lake"),
        (set_entry(1, names=[""]), "scene:lake"),
        (set_entry(1, names=["a"] * 21), "scene:lake"),
        (set_entry(1, source=9), "scene:lake"),
        (set_entry(1, source=-1), "scene:lake"),
        (set_entry(1, source=True), "scene:lake"),
        (set_entry(1, images=-3), "scene:lake"),
        (set_entry(1, scale=0.0), "scene:lake"),
        (set_entry(1, scale=float("nan")), "scene:lake"),
        (set_entry(1, scale="1"), "scene:lake"),
        (set_entry(1, vector=None), "scene:lake"),
        (set_entry(1, vector="?" * 512), "scene:lake"),
        (set_entry(1, vector="AAAA"), "scene:lake"),
        (set_entry(1, vector="A" * 512), "scene:lake"),
    ],
)
def test_a_fault_is_named(base: KnowledgeBase, change: Callable, named: str) -> None:
    with pytest.raises(BundleInvalid, match=named) as caught:
        parse_knowledge(changed(base, change), TEXT_MODEL, SIZE)
    assert "\n" not in caught.value.sentence()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[" * 100_000, b"[]", b"{}", b"7"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(BundleInvalid):
        parse_knowledge(data, TEXT_MODEL, SIZE)


def test_too_large_a_file_is_refused_unread() -> None:
    with pytest.raises(BundleInvalid, match="64 MiB"):
        parse_knowledge(bytes(MAX_BYTES + 1), TEXT_MODEL, SIZE)


def test_another_format_version_is_refused(base: KnowledgeBase) -> None:
    with pytest.raises(BundleFormatUnsupported, match="version 2"):
        parse_knowledge(changed(base, lambda c: c.update(format_version=2)), TEXT_MODEL, SIZE)


def test_another_text_model_is_refused(base: KnowledgeBase) -> None:
    with pytest.raises(BundleInvalid, match="text model"):
        parse_knowledge(write_knowledge(base, TEXT_MODEL), "sha256:" + "1" * 64, SIZE)


def test_a_bundle_brings_its_knowledge(tmp_path: Path) -> None:
    folder = make_tiny_bundle(tmp_path / "bundle")
    assert load_knowledge(load_bundle(folder)) is None
    model = VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)
    vectors = embed_entries(some_entries(), model.encode_texts)
    add_knowledge(folder, KnowledgeBase(some_entries(), vectors))
    found = load_knowledge(load_bundle(folder))
    assert found is not None
    assert found.entries == tuple(some_entries())
    # An entry of one wording is found by that wording.
    indices, cosines = found.retrieve(model.encode_texts(["a dense forest"]), "scene", 1)
    assert found.used(indices, cosines)[0].text == "a dense forest"
    assert cosines[0, 0] > 0.999


def test_an_entry_is_embedded_with_its_names(tiny_model: VisionLanguageModel) -> None:
    vectors = embed_entries(some_entries(), tiny_model.encode_texts)
    (row,) = tiny_model.encode_texts(["lake, pond: a lake in a meadow"])
    np.testing.assert_allclose(vectors[1], row, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
