"""SQLite's errors as sentences a user can act on."""

from __future__ import annotations

import sqlite3
import struct
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from ..errors import IndexBusy, IndexInvalid, IndexNotWritable, RsVlmError
from ..sentence import say

REBUILD = "Build the index anew; the rasters themselves are untouched."
CONTINUE = say("What was indexed so far is kept; build again to continue.")


@contextmanager
def index_errors(path: Path) -> Iterator[None]:
    """Turn `sqlite3` errors about an index file into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _as_ours(path, error) from error


def _as_ours(path: Path, error: sqlite3.Error) -> RsVlmError:
    # Python 3.11 is the first to give SQLite's error codes; the texts have been stable for decades.
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return IndexBusy(
            "The index {name} is being written by another program.",
            "Wait until that is done, or close it there.",
            name=path.name,
        )
    if "full" in text or "disk i/o" in text:
        return IndexNotWritable(
            "The index {name} cannot grow: the disk is full or failing.",
            "Make room. {kept}",
            name=path.name,
            kept=CONTINUE,
        )
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return read_only(path)
    if "not a database" in text:
        return not_an_index(path)
    if "malformed" in text or "corrupt" in text:
        return IndexInvalid(
            "The index {name} is damaged or cut off.",
            REBUILD,
            name=path.name,
        )
    if "no such table" in text or "no such column" in text or "unique constraint" in text:
        return IndexInvalid(
            "The index {name} was changed by another program.",
            REBUILD,
            name=path.name,
        )
    return IndexInvalid(
        "The index {name} cannot be used ({reason}).",
        REBUILD,
        name=path.name,
        reason=str(error).rstrip("."),
    )


def read_only(path: Path) -> IndexNotWritable:
    """The system does not let us write."""
    return IndexNotWritable(
        "The index {name} cannot be opened for writing: it or its folder is read-only.",
        "Copy it to a folder of your own, or ask for access.",
        name=path.name,
    )


def damaged(path: Path) -> IndexInvalid:
    """What is stored cannot be what was stored once."""
    return IndexInvalid("The index {name} is damaged.", REBUILD, name=path.name)


@contextmanager
def damage(path: Path) -> Iterator[None]:
    """Turn what stored values raise that make no sense into an error about an index file."""
    try:
        yield
    except (ValueError, TypeError, struct.error) as error:
        raise damaged(path) from error


def not_an_index(path: Path) -> IndexInvalid:
    """The file is something else."""
    return IndexInvalid(
        "{name} is not a tile index.",
        "Choose a .gpkg that was made as an index, or another name.",
        name=path.name,
    )
