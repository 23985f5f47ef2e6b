"""Entries from taxonomies: the concept files of `resources/knowledge`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from rs_vlm_plugin.engine.knowledge import LEVELS, KnowledgeEntry, Source
from rs_vlm_plugin.resource_paths import resource

FILES = ("scene_concepts.json", "region_concepts.json", "object_concepts.json")
_FORMAT = "rsvlm-concepts"
_MOST_NAMES = 8
_LONGEST_SLUG = 80


class ConceptsInvalid(ValueError):
    """A concept file is malformed; the message names the file and the entry."""


def taxonomy_entries() -> list[KnowledgeEntry]:
    """All entries of the project's own concept files, in their order."""
    synonyms = object_synonyms()
    found = [
        entry for name in FILES for entry in read_concepts(resource("knowledge", name), synonyms)
    ]
    twice = {e.entry_id for e in found if sum(e.entry_id == o.entry_id for o in found) > 1}
    if twice:
        raise ConceptsInvalid(f"Concepts stand twice: {', '.join(sorted(twice))}.")
    return found


def read_concepts(path: Path, synonyms: dict[str, tuple[str, ...]]) -> list[KnowledgeEntry]:
    """Read one concept file.

    Args:
        path: JSON with a level and groups of entries, each with a text and optional name and
            synonyms.
        synonyms: other words for object names; a named entry without synonyms of its own takes
            those of its name.

    Raises:
        ConceptsInvalid: malformed.
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    level = content.get("level")
    if content.get("format") != _FORMAT or level not in LEVELS:
        raise ConceptsInvalid(f"{path.name} is no concept file.")
    entries = []
    for group in content["groups"]:
        source = Source(group["source"], "taxonomy")
        for item in group["entries"]:
            entries.append(_entry(item, level, source, synonyms, path.name))
    return entries


def object_synonyms() -> dict[str, tuple[str, ...]]:
    """Other words for each object name, from the vocabulary that also links phrases to places."""
    content = json.loads(resource("knowledge", "objects.json").read_text(encoding="utf-8"))
    return {item["name"]: tuple(item["synonyms"]) for item in content["objects"]}


def known_texts() -> list[str]:
    """Every text and name of the concept files and of the object vocabulary: words that a model
    should read as wholes though no caption has them."""
    entries = [text for entry in taxonomy_entries() for text in entry.wordings]
    objects = [word for name, others in object_synonyms().items() for word in (name, *others)]
    return [*entries, *objects]


def slug(text: str) -> str:
    """A text as part of an id.

    >>> slug("A road, beside (the) river")
    'a-road-beside-the-river'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:_LONGEST_SLUG]


def _entry(
    item: Any,
    level: str,
    source: Source,
    synonyms: dict[str, tuple[str, ...]],
    file_name: str,
) -> KnowledgeEntry:
    text, name = item.get("text"), item.get("name", "")
    if not isinstance(text, str) or not text.strip() or not isinstance(name, str):
        raise ConceptsInvalid(f"{file_name}: {name or item!r} has no text.")
    others = tuple(item.get("synonyms") or synonyms.get(name, ()))
    names = tuple(dict.fromkeys((name, *others)))[:_MOST_NAMES] if name else ()
    return KnowledgeEntry(f"{level}:{slug(name or text)}", level, text, source, names)
