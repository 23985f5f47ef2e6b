"""A knowledge base as JSON; docs/knowledge-base.md shows the format.

The file comes with a bundle and so is untrusted until each entry was checked; a fault names it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from typing import Any, Dict, List, Optional, Sequence, Set, Tuple

import numpy as np

from ..errors import BundleFormatUnsupported, BundleInvalid
from ..model.bundle import ModelBundle
from ..model.manifest import BundleManifest
from ..model.manifest_fields import REINSTALL
from .base import KnowledgeBase
from .caption_memory import CaptionMemory
from .entries import LEVELS, MAX_NAMES, MAX_TEXT, Floats, KnowledgeEntry, Source

FORMAT = "rsvlm-knowledge"
FORMAT_VERSION = 1
FILE_NAME = "knowledge.json"
MAX_BYTES = 64 << 20
MAX_ENTRIES = 50_000
KINDS = ("taxonomy", "captions", "own")
_ID = re.compile(r"[a-z0-9_.:-]{1,100}")
_STEPS = 127
# Says what the numbers are. Bare base64 would pass for a leaked key with secret scanners, the
# plugin repository's among them.
_KIND = "int8:"
_TEXT, _IMAGE = "", "image_"
"""What the keys of an entry's two vectors start with."""


def load_knowledge(bundle: ModelBundle) -> Optional[KnowledgeBase]:
    """The knowledge base of a bundle; None where it has none, or remembers captions only.

    Raises:
        BundleInvalid: damaged or malformed, or embedded by another text model.
        BundleFormatUnsupported: written in a format version this plugin does not read.

    Note:
        Some 40 ms for 4,000 entries; read it once.
    """
    if FILE_NAME not in bundle.manifest.files:
        return None
    base = parse_knowledge(
        bundle.read(FILE_NAME),
        text_model_digest(bundle.manifest),
        bundle.manifest.embedding_size["global"],
    )
    return base if len(base) else None


def load_caption_memory(bundle: ModelBundle) -> Optional[CaptionMemory]:
    """The captions that a bundle remembers; None where its manifest does not say that it does.

    Raises:
        BundleInvalid: damaged or malformed, or embedded by another vision model.
        BundleFormatUnsupported: written in a format version this plugin does not read.

    Note:
        Some 100 ms for 2,500 captions; read it once.
    """
    spec = bundle.manifest.caption_memory
    if spec is None:
        return None
    return parse_caption_memory(
        bundle.read(spec.file),
        image_model_digest(bundle.manifest),
        bundle.manifest.embedding_size["global"],
    )


def text_model_digest(manifest: BundleManifest) -> str:
    """What decides a text's embedding, as one digest: the text graph and the tokenizer."""
    files = (manifest.text.file, manifest.tokenizer_file)
    together = "".join(manifest.files[name].sha256 for name in files)
    return "sha256:" + hashlib.sha256(together.encode("ascii")).hexdigest()


def image_model_digest(manifest: BundleManifest) -> str:
    """What decides an image's embedding: the vision graph."""
    return "sha256:" + manifest.files[manifest.vision.file].sha256


def write_knowledge(
    base: KnowledgeBase,
    text_model: str,
    memory: Optional[CaptionMemory] = None,
    image_model: str = "",
) -> bytes:
    """The bytes of a knowledge file: embeddings as int8 rows, the largest value of each being 127.

    Args:
        base: entries with the embeddings of their texts; may be empty beside a memory.
        text_model: see `text_model_digest`.
        memory: captions with the embeddings of their images, under other ids than the base's.
        image_model: see `image_model_digest`; with a memory only.

    Note:
        Some 660 bytes an entry at 384 dimensions, 420 within a zip; cosines change by 0.005 at
        most.
    """
    remembered = () if memory is None else memory.entries
    together = (*base.entries, *remembered)
    sources: List[Source] = list(dict.fromkeys(entry.source for entry in together))
    content: Dict[str, Any] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "text_model": text_model,
        "embedding_size": int(base.vectors.shape[1]),
        "sources": [vars(source) for source in sources],
        "entries": [
            {**_entry_json(entry, sources.index(entry.source)), **_pack(_TEXT, vector)}
            for entry, vector in zip(base.entries, base.vectors)
        ],
    }
    if memory is not None:
        content["image_model"] = image_model
        content["entries"] += [
            {**_entry_json(entry, sources.index(entry.source)), **_pack(_IMAGE, vector)}
            for entry, vector in zip(memory.entries, memory.vectors)
        ]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def parse_knowledge(data: bytes, text_model: str, embedding_size: int) -> KnowledgeBase:
    """Read a knowledge file.

    Args:
        data: its bytes, at most 64 MiB.
        text_model: digest of the text model in use (see `text_model_digest`).
        embedding_size: D of that model.

    Raises:
        BundleInvalid: malformed, or embedded by another text model; the sentence names the entry.
        BundleFormatUnsupported: another format version.
    """
    content = _json_object(data)
    if content.get("text_model") != text_model:
        raise BundleInvalid(
            "The knowledge base was embedded by another text model than the bundle's.", REINSTALL
        )
    return KnowledgeBase(*_embedded(content, _TEXT, embedding_size))


def parse_caption_memory(data: bytes, image_model: str, embedding_size: int) -> CaptionMemory:
    """Read the remembered captions of a knowledge file: its entries with an image side.

    Args:
        data: the file's bytes, at most 64 MiB.
        image_model: digest of the vision model in use (see `image_model_digest`).
        embedding_size: D of that model.

    Raises:
        BundleInvalid: malformed, without such an entry, or embedded by another vision model; the
            sentence names the entry.
        BundleFormatUnsupported: another format version.
    """
    content = _json_object(data)
    if content.get("image_model") != image_model:
        raise BundleInvalid(
            "The remembered captions were embedded by another vision model than the bundle's.",
            REINSTALL,
        )
    entries, vectors = _embedded(content, _IMAGE, embedding_size)
    if not entries:
        raise _faulty("it remembers no captions")
    return CaptionMemory(entries, vectors)


def _embedded(
    content: Dict[str, Any], side: str, embedding_size: int
) -> Tuple[List[KnowledgeEntry], Floats]:
    """The entries that have a vector of a side, with these vectors; all entries are checked."""
    if content.get("embedding_size") != embedding_size:
        raise _faulty(f"embedding_size is not {embedding_size}")
    sources = _sources(content.get("sources"))
    items = content.get("entries")
    if not isinstance(items, list) or not 1 <= len(items) <= MAX_ENTRIES:
        raise _faulty(f"entries is not a list of 1 to {MAX_ENTRIES}")
    entries: List[KnowledgeEntry] = []
    seen: Set[str] = set()
    vectors: List[Floats] = []
    for number, item in enumerate(items):
        entry = _entry(item, number, sources)
        if entry.entry_id in seen:
            raise _faulty(f"two entries have the id {entry.entry_id}")
        seen.add(entry.entry_id)
        sides = {
            prefix: _unpack(item, prefix, entry.entry_id, embedding_size)
            for prefix in (_TEXT, _IMAGE)
            if f"{prefix}vector" in item
        }
        if not sides:
            raise _faulty(f"the entry {entry.entry_id} has no vector")
        if side in sides:
            entries.append(entry)
            vectors.append(sides[side])
    return entries, np.array(vectors, dtype=np.float32).reshape(len(entries), embedding_size)


def _json_object(data: bytes) -> Dict[str, Any]:
    if len(data) > MAX_BYTES:
        raise _faulty(f"it is larger than {MAX_BYTES >> 20} MiB")
    try:
        content = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _faulty("it is not JSON") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise _faulty("it is not a knowledge base of this plugin")
    version = content.get("format_version")
    if version != FORMAT_VERSION:
        raise BundleFormatUnsupported(
            f"The knowledge base has format version {version!r}; this plugin reads "
            f"{FORMAT_VERSION}.",
            "Update the plugin.",
        )
    return content


def _sources(items: Any) -> List[Source]:
    if not isinstance(items, list):
        raise _faulty("sources is not a list")
    sources = []
    for number, item in enumerate(items):
        fields: Dict[str, Any] = item if isinstance(item, dict) else {}
        name, kind, split = fields.get("name", ""), fields.get("kind"), fields.get("split", "")
        if not _is_text(name) or kind not in KINDS or not isinstance(split, str):
            raise _faulty(f"source {number} is malformed")
        sources.append(Source(name, kind, split))
    return sources


def _entry(item: Any, number: int, sources: Sequence[Source]) -> KnowledgeEntry:
    entry_id = item.get("id") if isinstance(item, dict) else None
    if not isinstance(entry_id, str) or not _ID.fullmatch(entry_id):
        raise _faulty(f"entry {number} has no valid id")
    names, source, images = item.get("names", []), item.get("source"), item.get("images", 0)
    if item.get("level") not in LEVELS:
        raise _faulty(f"the level of entry {entry_id} is not one of {', '.join(LEVELS)}")
    if not _is_text(item.get("text")):
        raise _faulty(f"the text of entry {entry_id} is empty or too long")
    if not isinstance(names, list) or len(names) > MAX_NAMES or not all(map(_is_text, names)):
        raise _faulty(f"the names of entry {entry_id} are not a short list of texts")
    if not _is_count(source) or source >= len(sources):
        raise _faulty(f"entry {entry_id} has an unknown source")
    if not _is_count(images):
        raise _faulty(f"the images of entry {entry_id} are no count")
    return KnowledgeEntry(
        entry_id, item["level"], item["text"], sources[source], tuple(names), images
    )


def _entry_json(entry: KnowledgeEntry, source: int) -> Dict[str, Any]:
    fields: Dict[str, Any] = {"id": entry.entry_id, "level": entry.level, "text": entry.text}
    if entry.names:
        fields["names"] = list(entry.names)
    fields["source"] = source
    if entry.images:
        fields["images"] = entry.images
    return fields


def _pack(side: str, vector: Floats) -> Dict[str, Any]:
    scale = max(float(np.abs(vector).max()), 1e-12) / _STEPS
    steps = np.rint(vector / scale).astype(np.int8)
    text = _KIND + base64.b64encode(steps.tobytes()).decode("ascii")
    return {f"{side}scale": round(scale, 9), f"{side}vector": text}


def _unpack(item: Dict[str, Any], side: str, entry_id: str, size: int) -> Floats:
    """The row, of unit length again: rounding moved its length a little."""
    scale, text = item.get(f"{side}scale"), item.get(f"{side}vector")
    # A comparison with NaN is false, so this refuses it as well.
    if not isinstance(scale, float) or not 0 < scale <= 1:
        raise _faulty(f"the {side}scale of entry {entry_id} is not a small positive number")
    if not isinstance(text, str) or not text.startswith(_KIND):
        raise _faulty(f"the {side}vector of entry {entry_id} does not start with {_KIND}")
    try:
        data = base64.b64decode(text[len(_KIND) :], validate=True)
    except (binascii.Error, ValueError) as error:
        raise _faulty(f"the {side}vector of entry {entry_id} is not base64") from error
    if len(data) != size:
        raise _faulty(f"the {side}vector of entry {entry_id} has not {size} numbers")
    vector = np.frombuffer(data, dtype=np.int8).astype(np.float32) * np.float32(scale)
    norm = float(np.linalg.norm(vector))
    if norm < 0.5:
        raise _faulty(f"the {side}vector of entry {entry_id} has no direction")
    return np.asarray(vector / np.float32(norm), dtype=np.float32)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_TEXT and bool(value.strip())


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 31


def _faulty(what: str) -> BundleInvalid:
    return BundleInvalid(f"The knowledge base is malformed: {what}.", REINSTALL)
