"""Puts a built knowledge base into a bundle, embedded by the bundle's own text tower."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from rs_vlm_plugin.engine.knowledge import KnowledgeBase
from rs_vlm_plugin.engine.knowledge.entries import embed_entries
from rs_vlm_plugin.engine.knowledge.knowledge_file import (
    FILE_NAME,
    text_model_digest,
    write_knowledge,
)
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from .building import BuiltKnowledge


def knowledge_bytes(model: VisionLanguageModel, built: BuiltKnowledge) -> bytes:
    """`knowledge.json` for the bundle that `model` runs.

    Note:
        Some 5 s for 4,000 entries on one core.
    """
    base = KnowledgeBase(built.entries, embed_entries(built.entries, model.encode_texts))
    return write_knowledge(base, text_model_digest(model.bundle.manifest))


def put_knowledge(folder: Path, data: bytes) -> None:
    """Write `knowledge.json` into a bundle folder and list it with its hash in `bundle.json`."""
    path = folder / "bundle.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
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
