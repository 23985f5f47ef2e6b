"""An index's open file: reading, one writer's transactions, and one whole file in the end.

Rows are committed batch by batch into a write-ahead log, so a process may die at any moment without
losing or repeating a batch, and others may read meanwhile. At the end the log is folded into the
file, which then needs neither log nor lock to be read.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Callable, Iterator, Optional, Tuple

import numpy as np

from ..errors import IndexNotWritable
from .database_file import begin_log
from .faults import index_errors
from .footprints import HEADER_BYTES, header_bounds
from .writer_lock import WriterLock


class IndexDatabase:
    """A connection that threads take turns with. `lock` is the writer's, None for reading only."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, lock: Optional[WriterLock]
    ) -> None:
        self.path = path
        self._connection = connection
        self._writer_lock = lock
        self._mutex = threading.RLock()
        self._writes = 0

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for this thread alone; it may be asked for again within."""
        with self._mutex, index_errors(self.path):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; all of it or nothing.

        Raises:
            IndexNotWritable: opened for reading only, or the disk is full.
        """
        with self._mutex, index_errors(self.path):
            if self._writer_lock is None:
                raise self._not_writable()
            if not self._writes:
                begin_log(self._connection)
            self._writes += 1
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def version(self) -> Tuple[int, int]:
        """Another one after each write, by whomever."""
        with self.reading() as connection:
            (others,) = connection.execute("PRAGMA data_version").fetchone()
            return int(others), self._writes

    def close(self) -> None:
        """Let go of the file. Closing twice is allowed."""
        self._close()

    def discard(self) -> None:
        """Close, and take the file away before anybody else can write to it.

        Raises:
            IndexNotWritable: it was opened for reading only, or the system does not let go of it.
        """
        if self._writer_lock is None:
            raise self._not_writable()
        try:
            self._close(self.path.unlink)
        except OSError as error:
            raise IndexNotWritable(
                "The empty index {name} cannot be taken away: {reason}.",
                "Delete it yourself.",
                name=self.path.name,
                reason=error.strerror,
            ) from error

    def _close(self, then: Callable[[], None] = lambda: None) -> None:
        """Close, and do something before the lock is released."""
        with self._mutex:
            if self._writer_lock is not None:
                self._fold_log()
            self._connection.close()
            if self._writer_lock is not None:
                try:
                    then()
                finally:
                    self._writer_lock.release()
                    self._writer_lock = None

    def _fold_log(self) -> None:
        """One file without a log, so that it can be read from a read-only place.

        Where a reader holds the log, or the disk is full, the log stays: nothing is lost, and the
        next writer folds it.
        """
        try:
            if self._writes:
                west, south, east, north = self._extent()
                self._connection.execute(
                    "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?, "
                    "last_change = ? WHERE table_name = 'tiles'",
                    (west, south, east, north, _now()),
                )
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError:
            return

    def _extent(self) -> Tuple[Optional[float], ...]:
        # The coarsest tiles cover what the finer ones do.
        found = self._connection.execute(
            "SELECT substr(geom, 1, ?) FROM tiles WHERE depth = 0 AND length(geom) >= ?",
            (HEADER_BYTES, HEADER_BYTES),
        )
        try:
            headers = np.frombuffer(b"".join(blob for (blob,) in found), dtype=np.uint8)
            west, south, east, north = header_bounds(headers.reshape(-1, HEADER_BYTES)).T
        except (ValueError, TypeError):
            # A damaged footprint; closing is not the time to complain.
            return (None,) * 4
        if not len(west):
            return (None,) * 4
        return float(west.min()), float(south.min()), float(east.max()), float(north.max())

    def _not_writable(self) -> IndexNotWritable:
        return IndexNotWritable(
            "The index {name} was opened for reading only.", name=self.path.name
        )


def _now() -> str:
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    return now.replace("+00:00", "Z")
