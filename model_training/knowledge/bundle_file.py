"""Puts a built knowledge base into a bundle, embedded by the bundle's own text tower."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from rs_vlm_plugin.engine.knowledge import CaptionMemory, KnowledgeBase
from rs_vlm_plugin.engine.knowledge.entries import embed_entries
from rs_vlm_plugin.engine.knowledge.knowledge_file import (
    FILE_NAME,
    image_model_digest,
    text_model_digest,
    write_knowledge,
)
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from .building import BuiltKnowledge

MEMORY_SECTION = "caption_memory"


def knowledge_bytes(
    model: VisionLanguageModel,
    built: BuiltKnowledge | None,
    memory: CaptionMemory | None = None,
) -> bytes:
    """`knowledge.json` for the bundle that `model` runs.

    Args:
        model: embeds the entries' texts.
        built: what is retrieved by text; None where captions are remembered only.
        memory: from `remember_captions` with the same model.

    Note:
        Some 5 s for 4,000 entries on one core.
    """
    manifest = model.bundle.manifest
    if built is None:
        none = np.zeros((0, manifest.embedding_size["global"]), dtype=np.float32)
        base = KnowledgeBase((), none)
    else:
        base = KnowledgeBase(built.entries, embed_entries(built.entries, model.encode_texts))
    image_model = image_model_digest(manifest) if memory is not None else ""
    return write_knowledge(base, text_model_digest(manifest), memory, image_model)


def put_knowledge(folder: Path, data: bytes, memory: Mapping[str, Any] | None = None) -> None:
    """Write `knowledge.json` into a bundle folder and list it with its hash in `bundle.json`.

    `memory` becomes the manifest's section `caption_memory`; None takes the section away, because
    the file that it was about is replaced.
    """
    path = folder / "bundle.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest.pop(MEMORY_SECTION, None)
    if memory is not None:
        manifest[MEMORY_SECTION] = dict(memory)
    manifest["files"][FILE_NAME] = {
        "digest": "sha256:" + hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
    }
    manifest["files"] = dict(sorted(manifest["files"].items()))
    (folder / FILE_NAME).write_bytes(data)
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def write_training_file(path: Path, built: BuiltKnowledge) -> None:
    """All entries with the images they came from, as JSON: to look at, never to ship."""
    content = {
        "format": "rsvlm-knowledge-training",
        "entries": [
            {
                "id": entry.entry_id,
                "level": entry.level,
                "text": entry.text,
                "names": list(entry.names),
                "provenance": entry.provenance,
                "images": sorted(images),
            }
            for entry, images in zip(built.entries, built.images, strict=True)
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
