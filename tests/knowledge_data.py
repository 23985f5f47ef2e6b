"""Captions, entries and bundles for the tests of the knowledge base."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, List

import pytest

if TYPE_CHECKING:
    from rs_vlm_plugin.engine.knowledge import KnowledgeBase, KnowledgeEntry


def split_captions(shared_dir: Path, name: str, split: str) -> List[str]:
    """The captions of one file of a set, as they stand; skips where the data is absent."""
    parquet = pytest.importorskip("pyarrow.parquet")
    path = shared_dir / "data" / name / f"{split}.parquet"
    if not path.is_file():
        pytest.skip(f"needs the data pack's {name}/{split}.parquet")
    rows = parquet.read_table(path, columns=["captions"]).to_pylist()
    return [caption for row in rows for caption in row["captions"]]


def add_knowledge(bundle: Path, base: KnowledgeBase) -> None:
    """Put a knowledge file into a tiny bundle's folder and list it."""
    from rs_vlm_plugin.engine.knowledge.knowledge_file import (
        FILE_NAME,
        text_model_digest,
        write_knowledge,
    )
    from rs_vlm_plugin.engine.model.bundle import load_bundle
    from tests.tiny_bundle import write_manifest

    digest = text_model_digest(load_bundle(bundle).manifest)
    (bundle / FILE_NAME).write_bytes(write_knowledge(base, digest))
    manifest = json.loads((bundle / "bundle.json").read_text(encoding="utf-8"))
    write_manifest(bundle, manifest, sorted({*manifest["files"], FILE_NAME}))


def some_entries() -> List[KnowledgeEntry]:
    """Entries in words that the tiny bundle knows, of every level and kind of source."""
    from rs_vlm_plugin.engine.knowledge import KnowledgeEntry, Source

    taxonomy, captions = Source("drawn classes", "taxonomy"), Source("drawn", "captions", "train")
    return [
        KnowledgeEntry("scene:beach", "scene", "a beach near the sea", taxonomy, ("beach",)),
        KnowledgeEntry("scene:lake", "scene", "a lake in a meadow", taxonomy, ("lake", "pond")),
        KnowledgeEntry("caption:1", "scene", "a dense forest", captions, (), 34),
        KnowledgeEntry("region:road", "region", "a road near the river", taxonomy),
        KnowledgeEntry("chunk:1", "object", "white storage tanks", captions, (), 1),
        KnowledgeEntry("object:boat", "object", "a few boats", taxonomy, ("boats",)),
        KnowledgeEntry("object:plane", "object", "several planes", taxonomy, ("planes",)),
    ]
