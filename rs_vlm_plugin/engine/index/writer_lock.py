"""One writer at a time: a lock that the system takes back from a process that dies."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ..errors import IndexBusy
from .faults import index_errors


class WriterLock:
    """Held from making it until `release`.

    An exclusive transaction on a small database beside the index: the only lock in the standard
    library that works alike on every system and never outlives its process, not even `kill -9`.

    Raises:
        IndexBusy: another process is indexing into the same file.
        IndexNotWritable: the folder is read-only.
    """

    def __init__(self, index: Path) -> None:
        self._path = index.with_name(index.name + "-writer")
        with index_errors(index):
            self._connection = sqlite3.connect(
                str(self._path), timeout=0, isolation_level=None, check_same_thread=False
            )
            try:
                self._connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                self._connection.close()
                if "locked" not in str(error):
                    raise
                raise IndexBusy(
                    "The index {name} is being written by another program.",
                    "Wait until that is done, or stop it.",
                    name=index.name,
                ) from error

    def release(self) -> None:
        """Let others write. Releasing twice is allowed."""
        self._connection.close()
        self._path.unlink(missing_ok=True)
