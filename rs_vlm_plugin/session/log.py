"""The log of a session: results in the order in which they were asked for. Main thread only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TYPE_CHECKING, List, Optional, Tuple, Union

from qgis.PyQt.QtCore import QObject, pyqtSignal

if TYPE_CHECKING:
    from ..engine.ask import Reply
    from ..engine.compare import Comparison
    from ..engine.find import FindResult
    from ..engine.results import Description
    from ..engine.search import SearchResult

    Result = Union[Description, SearchResult, Reply, FindResult, Comparison]

MOST_ENTRIES = 500
"""The oldest go first: a report of more is read by nobody, and memory is not for the log."""


# Results hold arrays, which do not compare to one truth value: an entry equals itself alone.
@dataclass(frozen=True, eq=False)
class Entry:
    """One result, and when it was shown (UTC). `notes` are sentences its reader must know that are
    not in the result's own, such as how a search was filtered."""

    result: Result
    at: datetime
    notes: Tuple[str, ...] = field(default=())


class Session(QObject):
    """Entries, oldest first. `changed` follows whatever changes them."""

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._entries: List[Entry] = []

    def entries(self) -> Tuple[Entry, ...]:
        """All of them, oldest first."""
        return tuple(self._entries)

    def add(
        self,
        result: Result,
        notes: Tuple[str, ...] = (),
        instead_of: Optional[Entry] = None,
    ) -> Entry:
        """Put a result that the analyst has asked for at the end of the log.

        Args:
            result: whole or partial, as the engine gave it.
            notes: see `Entry`.
            instead_of: an entry that this result refines, and whose place and time it takes; added
                as new where that is no longer in the log.
        """
        for number, entry in enumerate(self._entries):
            if entry is instead_of:
                added = self._entries[number] = Entry(result, entry.at, notes)
                break
        else:
            added = Entry(result, datetime.now(timezone.utc), notes)
            self._entries.append(added)
            del self._entries[:-MOST_ENTRIES]
        self.changed.emit()
        return added

    def clear(self) -> None:
        """Start anew."""
        self._entries.clear()
        self.changed.emit()


_session: Optional[Session] = None


def session() -> Session:
    """The session of this QGIS, made on first use."""
    global _session
    if _session is None:
        _session = Session()
    return _session
