"""A session's entries as one text for a project file, and back.

The text is JSON, compressed, in letters that XML leaves alone. A project may come from anybody:
what is read has bounds, and every entry is checked (`plain_values`) before it is a result again.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional, Sequence, Tuple

from .log import MOST_ENTRIES, Entry
from .plain_values import Malformed, from_plain, to_plain

FORMAT = 1
MOST_STORED_BYTES = 1 << 20
"""Of the text; some 300 descriptions of ten regions. The oldest entries make room."""
MOST_JSON_BYTES = 16 << 20
"""Of what it unpacks to, so that a small text cannot fill the memory."""


class NewerFormat(Exception):
    """The text was written by a newer version of the plugin."""


@dataclass(frozen=True)
class StoredLog:
    """What a text holds: entries, oldest first; since when the conversation under way goes on; and
    how many entries could not be read."""

    entries: Tuple[Entry, ...]
    talk_begins: Optional[datetime] = None
    unreadable: int = 0


def log_text(entries: Sequence[Entry], talk_begins: Optional[datetime] = None) -> str:
    """Entries as text of at most `MOST_STORED_BYTES`; empty for none. The oldest are left out where
    they do not fit, and any that JSON cannot hold."""
    kept = [text for text in map(_entry_text, entries) if text]
    while kept:
        begins = "null" if talk_begins is None else json.dumps(talk_begins.isoformat())
        whole = f'{{"format":{FORMAT},"talk":{begins},"entries":[{",".join(kept)}]}}'
        packed = base64.b64encode(zlib.compress(whole.encode("utf-8"), 6)).decode("ascii")
        if len(packed) <= MOST_STORED_BYTES and len(whole) <= MOST_JSON_BYTES // 4:
            return packed
        # Too much by how much, that share of the oldest goes, so that few rounds are needed.
        share = max(len(packed) / MOST_STORED_BYTES, 4 * len(whole) / MOST_JSON_BYTES)
        kept = kept[max(1, int(len(kept) * (1 - 1 / share))) :]
    return ""


def read_log(text: str) -> StoredLog:
    """The log of a text that `log_text` wrote, or anybody.

    Raises:
        Malformed: it is no log.
        NewerFormat: it is one that this version cannot read.
    """
    whole = _unpacked(text)
    if not isinstance(whole, dict) or not isinstance(whole.get("format"), int):
        raise Malformed("no log")
    if whole["format"] > FORMAT:
        raise NewerFormat
    items = whole.get("entries")
    if not isinstance(items, list):
        raise Malformed("no entries")
    entries: List[Entry] = []
    unreadable = max(0, len(items) - MOST_ENTRIES)
    for item in items[-MOST_ENTRIES:]:
        try:
            entries.append(_entry(item))
        except (Malformed, RecursionError):
            unreadable += 1
    talk = whole.get("talk")
    return StoredLog(tuple(entries), None if talk is None else _time(talk), unreadable)


def _kinds() -> Dict[str, Any]:
    from ..engine.ask import Reply
    from ..engine.compare import Comparison
    from ..engine.find import FindResult
    from ..engine.results import Description
    from ..engine.search import SearchResult

    return {
        "description": Description,
        "search": SearchResult,
        "reply": Reply,
        "find": FindResult,
        "comparison": Comparison,
    }


def _entry_text(entry: Entry) -> str:
    """The entry as JSON; empty where it cannot be kept."""
    names = {kind: name for name, kind in _kinds().items()}
    try:
        return json.dumps(
            {
                "kind": names[type(entry.result)],
                "at": entry.at.isoformat(),
                "notes": to_plain(entry.notes),
                "about": entry.about,
                "result": to_plain(entry.result),
            },
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
        )
    except (KeyError, ValueError):
        return ""


def _entry(item: Any) -> Entry:
    if not isinstance(item, dict):
        raise Malformed("no entry")
    kind = _kinds().get(str(item.get("kind")))
    if kind is None:
        raise Malformed("an unknown kind of result")
    return Entry(
        from_plain(kind, item.get("result")),
        _time(item.get("at")),
        from_plain(Tuple[str, ...], item.get("notes")),
        from_plain(str, item.get("about")),
    )


def _time(value: Any) -> datetime:
    try:
        time = datetime.fromisoformat(from_plain(str, value))
        # Such as every time of the log is: with its offset, and one that can be shown anywhere.
        return time.astimezone(timezone.utc)
    except (ValueError, OverflowError) as error:
        raise Malformed("not a time") from error


def _unpacked(text: str) -> Any:
    if len(text) > MOST_STORED_BYTES:
        raise Malformed("too long a text")
    try:
        packed = base64.b64decode(text, validate=True)
        unpacker = zlib.decompressobj()
        raw = unpacker.decompress(packed, MOST_JSON_BYTES)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise Malformed("not packed by this plugin") from error
    if not unpacker.eof:
        raise Malformed("cut off, or too much")
    try:
        return json.loads(raw.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
