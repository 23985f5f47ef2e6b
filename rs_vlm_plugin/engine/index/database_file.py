"""An index's file as SQLite sees it: is it a whole one, and how is it opened."""

from __future__ import annotations

import sqlite3
import struct
from pathlib import Path

from ..errors import IndexInvalid, IndexNotFound
from .faults import REBUILD, index_errors, not_an_index

_WAIT_S = 5.0
_HEADER_BYTES = 100


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection of a mode ("mode=rw"), for any thread, that commits only when told to."""
    with index_errors(path):
        return sqlite3.connect(
            f"{path.resolve().as_uri()}?{mode}",
            uri=True,
            timeout=_WAIT_S,
            isolation_level=None,
            check_same_thread=False,
        )


def readable(path: Path) -> sqlite3.Connection:
    """A connection for reading, from a read-only place too."""
    connection = connect(path, "mode=ro")
    try:
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            return connection
        # In a read-only folder SQLite cannot make the files that go with a log.
        connection.close()
        if _has_log(path):
            return connect(path, "mode=ro")
        return connect(path, "mode=ro&immutable=1")
    except sqlite3.DatabaseError:
        return connection
    return connection


def begin_log(connection: sqlite3.Connection) -> None:
    """Have what is written from now on go to a write-ahead log first."""
    connection.execute("PRAGMA journal_mode = WAL")
    # In a write-ahead log this loses nothing when the process dies.
    connection.execute("PRAGMA synchronous = NORMAL")


def check_file(path: Path) -> None:
    """Refuse what is no SQLite file, or a cut-off one, before SQLite finds out half-way.

    Raises:
        IndexNotFound, IndexInvalid: as said.
    """
    if path.is_dir():
        raise IndexInvalid("{path} is a folder, not an index.", "Name a file in it.", path=path)
    if not path.is_file():
        raise IndexNotFound("There is no index {path}.", "Build one first.", path=path)
    try:
        with path.open("rb") as stream:
            header = stream.read(_HEADER_BYTES)
        size = path.stat().st_size
    except OSError as error:
        raise IndexInvalid(
            "The index {name} cannot be read: {reason}.",
            name=path.name,
            reason=error.strerror,
        ) from error
    if len(header) < _HEADER_BYTES or not header.startswith(b"SQLite format 3\0"):
        raise not_an_index(path)
    page = struct.unpack_from(">H", header, 16)[0]
    page = 65536 if page == 1 else page
    (pages,) = struct.unpack_from(">I", header, 28)
    # A log may hold the pages that a full disk had no room to fold in; SQLite reads them there.
    if pages * page > size and not _has_log(path):
        raise IndexInvalid(
            "The index {name} is cut off.",
            REBUILD,
            name=path.name,
        )


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    """Whether a database has a table."""
    found = connection.execute(
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)
    ).fetchone()
    return bool(found[0])
