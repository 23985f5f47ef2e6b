"""An organisation's own entries: added to the bundle's without training anything.

{"format": "rsvlm-own-knowledge", "name": "Harbour office",
 "entries": [{"level": "object", "text": "a pilot boat", "synonyms": ["pilot cutter"]}]}
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple

from ..errors import ActionUnsupported, BadRequest, BundleFormatUnsupported, BundleInvalid
from .base import KnowledgeBase
from .entries import LEVELS, MAX_NAMES, MAX_TEXT, KnowledgeEntry, Source, embed_entries, sameness
from .knowledge_file import parse_knowledge, text_model_digest, write_knowledge

if TYPE_CHECKING:
    # The model retrieves by this package, so it cannot be imported by it.
    from ..model.vlm import VisionLanguageModel

FORMAT = "rsvlm-own-knowledge"
MAX_OWN_BYTES = 8 << 20
MAX_OWN_ENTRIES = 10_000


@dataclass(frozen=True)
class OwnKnowledge:
    """The base with a user's entries, how many were added, and a sentence on each left out."""

    base: KnowledgeBase
    added: int
    problems: Tuple[str, ...]


def use_own_entries(
    model: VisionLanguageModel, path: Path, cache_folder: Optional[Path] = None
) -> OwnKnowledge:
    """Let a model look up a user's entries too, from now on; see `add_own_entries`.

    Raises:
        ActionUnsupported: the model looks nothing up.
        BadRequest: the file cannot be read or is not such a file.
        InferenceFailed: onnxruntime failed.
    """
    base = model.knowledge
    if base is None:
        raise ActionUnsupported(
            "The model looks nothing up, so knowledge of your own has no effect.",
            "Leave the knowledge file out, or choose a model with a knowledge base.",
        )
    own = add_own_entries(base, path, model, cache_folder)
    model.knowledge = own.base
    return own


def add_own_entries(
    base: KnowledgeBase,
    path: Path,
    model: VisionLanguageModel,
    cache_folder: Optional[Path] = None,
) -> OwnKnowledge:
    """Embed the entries of a user's file with the model's text tower and add them to its base.

    A bad entry, one that is there already and one whose words the model does not know are left out
    and named in `problems`; the others are added.

    Args:
        base: the bundle's own (`load_knowledge`).
        path: JSON file as in this module's description; `level` is scene, region or object.
        model: the bundle that `base` came with.
        cache_folder: where embeddings are kept for the next time, keyed by text model and entries;
            None keeps nothing. A cache file that does not fit is made anew; a folder that cannot be
            written is done without.

    Raises:
        BadRequest: the file cannot be read or is not such a file.
        InferenceFailed: onnxruntime failed.
    """
    name, items = _read(path)
    known = {(entry.level, sameness(text)) for entry in base.entries for text in entry.wordings}
    source = Source(name, "own")
    entries: List[KnowledgeEntry] = []
    problems: List[str] = []
    for number, item in enumerate(items, start=1):
        fault, level, text, names = _checked(item)
        if not fault and (level, sameness(text)) in known:
            fault = "is there already"
        # Without its punctuation, of which a vocabulary may lack some: a colon is no word.
        if not fault and not all(model.knows(sameness(wording)) for wording in (text, *names)):
            fault = "has words that the model does not know"
        if fault:
            problems.append(f"Entry {number} ({text or '...'}) {fault}.")
            continue
        known.add((level, sameness(text)))
        digest = hashlib.sha256("\n".join((level, text, *names)).encode("utf-8")).hexdigest()
        entries.append(KnowledgeEntry(f"own:{digest[:16]}", level, text, source, names))
    if not entries:
        return OwnKnowledge(base, 0, tuple(problems))
    own = _embedded(entries, model, cache_folder)
    return OwnKnowledge(base.joined(own), len(entries), tuple(problems))


def own_entries_in(path: Path) -> Tuple[str, int]:
    """Whose entries a file holds, and how many, before any is checked. Raises `BadRequest` as
    `add_own_entries` does."""
    name, items = _read(path)
    return name, len(items)


def _read(path: Path) -> Tuple[str, List[Any]]:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_OWN_BYTES + 1)
        content = json.loads(data.decode("utf-8")) if len(data) <= MAX_OWN_BYTES else None
    except (OSError, ValueError, RecursionError) as error:
        raise BadRequest(
            "The knowledge file {file} cannot be read ({reason}).", file=path.name, reason=error
        ) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise BadRequest(
            "{file} is not a knowledge file of at most {most} MiB.",
            'It has to hold "format": "{format}".',
            file=path.name,
            most=MAX_OWN_BYTES >> 20,
            format=FORMAT,
        )
    name, items = content.get("name", path.stem), content.get("entries")
    if not isinstance(name, str) or not 0 < len(name) <= MAX_TEXT:
        raise BadRequest("{file}: the name is not a short text.", file=path.name)
    if not isinstance(items, list) or len(items) > MAX_OWN_ENTRIES:
        raise BadRequest(
            "{file}: entries is not a list of at most {most}.",
            file=path.name,
            most=MAX_OWN_ENTRIES,
        )
    return name, items


def _checked(item: Any) -> Tuple[str, str, str, Tuple[str, ...]]:
    """(what is wrong, level, text, synonyms); the first is empty where nothing is."""
    fields: Dict[str, Any] = item if isinstance(item, dict) else {}
    text, level = fields.get("text"), fields.get("level")
    if not isinstance(text, str) or not sameness(text) or len(text) > MAX_TEXT:
        return f"has no text of at most {MAX_TEXT} characters", "", "", ()
    text = " ".join(text.split())
    if level not in LEVELS:
        return f"has a level other than {', '.join(LEVELS)}", "", text, ()
    names = fields.get("synonyms", [])
    if not isinstance(names, list) or len(names) > MAX_NAMES:
        return f"has no list of at most {MAX_NAMES} synonyms", level, text, ()
    for name in names:
        if not isinstance(name, str) or not sameness(name) or len(name) > MAX_TEXT:
            return "has a synonym that is no short text", level, text, ()
    return "", level, text, tuple(" ".join(name.split()) for name in names)


def _embedded(
    entries: List[KnowledgeEntry], model: VisionLanguageModel, cache_folder: Optional[Path]
) -> KnowledgeBase:
    manifest = model.bundle.manifest
    text_model, size = text_model_digest(manifest), manifest.embedding_size["global"]
    if cache_folder is None:
        return KnowledgeBase(entries, embed_entries(entries, model.encode_texts))
    key = "\n".join([text_model, entries[0].source.name, *(entry.entry_id for entry in entries)])
    file = cache_folder / f"own-{hashlib.sha256(key.encode('utf-8')).hexdigest()[:32]}.json"
    kept = _cached(file, entries, text_model, size)
    if kept is not None:
        return kept
    own = KnowledgeBase(entries, embed_entries(entries, model.encode_texts))
    # What is used now is what the cache will give, rounding included.
    data = write_knowledge(own, text_model)
    # A cache that cannot be written costs time, not the answer.
    with suppress(OSError):
        cache_folder.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(file)
    return parse_knowledge(data, text_model, size)


def _cached(
    file: Path, entries: List[KnowledgeEntry], text_model: str, size: int
) -> Optional[KnowledgeBase]:
    if not file.is_file():
        return None
    try:
        kept = parse_knowledge(file.read_bytes(), text_model, size)
    except (OSError, BundleInvalid, BundleFormatUnsupported):
        return None
    return kept if kept.entries == tuple(entries) else None
