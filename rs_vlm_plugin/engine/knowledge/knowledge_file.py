"""A knowledge base as JSON; docs/knowledge-base.md shows the format.

The file comes with a bundle and so is untrusted until each entry was checked; a fault names it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..errors import BundleFormatUnsupported, BundleInvalid
from ..model.bundle import ModelBundle
from ..model.manifest import BundleManifest
from ..model.manifest_fields import REINSTALL
from .base import KnowledgeBase
from .entries import LEVELS, MAX_NAMES, MAX_TEXT, Floats, KnowledgeEntry, Source

FORMAT = "rsvlm-knowledge"
FORMAT_VERSION = 1
FILE_NAME = "knowledge.json"
MAX_BYTES = 64 << 20
MAX_ENTRIES = 50_000
KINDS = ("taxonomy", "captions", "own")
_ID = re.compile(r"[a-z0-9_.:-]{1,100}")
_STEPS = 127


def load_knowledge(bundle: ModelBundle) -> Optional[KnowledgeBase]:
    """The knowledge base of a bundle; None where it has none.

    Raises:
        BundleInvalid: damaged or malformed, or embedded by another text model.
        BundleFormatUnsupported: written in a format version this plugin does not read.

    Note:
        Some 40 ms for 4,000 entries; read it once.
    """
    if FILE_NAME not in bundle.manifest.files:
        return None
    return parse_knowledge(
        bundle.read(FILE_NAME),
        text_model_digest(bundle.manifest),
        bundle.manifest.embedding_size["global"],
    )


def text_model_digest(manifest: BundleManifest) -> str:
    """What decides a text's embedding, as one digest: the text graph and the tokenizer."""
    files = (manifest.text.file, manifest.tokenizer_file)
    together = "".join(manifest.files[name].sha256 for name in files)
    return "sha256:" + hashlib.sha256(together.encode("ascii")).hexdigest()


def write_knowledge(base: KnowledgeBase, text_model: str) -> bytes:
    """The bytes of a knowledge file: embeddings as int8 rows, the largest value of each being 127.

    Note:
        Some 660 bytes an entry at 384 dimensions, 420 within a zip; cosines change by 0.005 at
        most.
    """
    sources: List[Source] = list(dict.fromkeys(entry.source for entry in base.entries))
    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "text_model": text_model,
        "embedding_size": int(base.vectors.shape[1]),
        "sources": [vars(source) for source in sources],
        "entries": [
            _entry_json(entry, sources.index(entry.source), *_pack(vector))
            for entry, vector in zip(base.entries, base.vectors)
        ],
    }
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
    version = content.get("format_version")
    if version != FORMAT_VERSION:
        raise BundleFormatUnsupported(
            f"The knowledge base has format version {version!r}; this plugin reads "
            f"{FORMAT_VERSION}.",
            "Update the plugin.",
        )
    if content.get("text_model") != text_model:
        raise BundleInvalid(
            "The knowledge base was embedded by another text model than the bundle's.", REINSTALL
        )
    if content.get("embedding_size") != embedding_size:
        raise _faulty(f"embedding_size is not {embedding_size}")
    sources = _sources(content.get("sources"))
    items = content.get("entries")
    if not isinstance(items, list) or not 1 <= len(items) <= MAX_ENTRIES:
        raise _faulty(f"entries is not a list of 1 to {MAX_ENTRIES}")
    entries: List[KnowledgeEntry] = []
    seen: Dict[str, int] = {}
    vectors = np.empty((len(items), embedding_size), dtype=np.float32)
    for number, item in enumerate(items):
        entry = _entry(item, number, sources)
        if entry.entry_id in seen:
            raise _faulty(f"two entries have the id {entry.entry_id}")
        seen[entry.entry_id] = number
        entries.append(entry)
        vectors[number] = _unpack(item, entry.entry_id, embedding_size)
    return KnowledgeBase(entries, vectors)


def _json_object(data: bytes) -> Dict[str, Any]:
    if len(data) > MAX_BYTES:
        raise _faulty(f"it is larger than {MAX_BYTES >> 20} MiB")
    try:
        content = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _faulty("it is not JSON") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise _faulty("it is not a knowledge base of this plugin")
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


def _entry_json(entry: KnowledgeEntry, source: int, scale: float, vector: str) -> Dict[str, Any]:
    fields: Dict[str, Any] = {"id": entry.entry_id, "level": entry.level, "text": entry.text}
    if entry.names:
        fields["names"] = list(entry.names)
    fields["source"] = source
    if entry.images:
        fields["images"] = entry.images
    return {**fields, "scale": scale, "vector": vector}


def _pack(vector: Floats) -> Tuple[float, str]:
    scale = max(float(np.abs(vector).max()), 1e-12) / _STEPS
    steps = np.rint(vector / scale).astype(np.int8)
    return round(scale, 9), base64.b64encode(steps.tobytes()).decode("ascii")


def _unpack(item: Dict[str, Any], entry_id: str, size: int) -> NDArray[np.float32]:
    """The row, of unit length again: rounding moved its length a little."""
    scale, text = item.get("scale"), item.get("vector")
    # A comparison with NaN is false, so this refuses it as well.
    if not isinstance(scale, float) or not 0 < scale <= 1:
        raise _faulty(f"the scale of entry {entry_id} is not a small positive number")
    try:
        data = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError) as error:
        raise _faulty(f"the vector of entry {entry_id} is not base64") from error
    if len(data) != size:
        raise _faulty(f"the vector of entry {entry_id} has not {size} numbers")
    vector = np.frombuffer(data, dtype=np.int8).astype(np.float32) * np.float32(scale)
    norm = float(np.linalg.norm(vector))
    if norm < 0.5:
        raise _faulty(f"the vector of entry {entry_id} has no direction")
    return vector / np.float32(norm)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= MAX_TEXT and bool(value.strip())


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 31


def _faulty(what: str) -> BundleInvalid:
    return BundleInvalid(f"The knowledge base is malformed: {what}.", REINSTALL)
