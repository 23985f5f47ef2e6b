"""The log of a session: results in the order in which they were asked for. Main thread only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TYPE_CHECKING, List, Optional, Sequence, Tuple, Union

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
    not in the result's own, such as how a search was filtered; `about` says in words which region
    it is about, where its panel does."""

    result: Result
    at: datetime
    notes: Tuple[str, ...] = field(default=())
    about: str = ""


class Session(QObject):
    """Entries, oldest first. `changed` follows whatever changes them; `restored` comes before it
    where they are those of a project that was opened."""

    changed = pyqtSignal()
    restored = pyqtSignal()

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._entries: List[Entry] = []
        self._talk_begins: Optional[datetime] = None

    def entries(self) -> Tuple[Entry, ...]:
        """All of them, oldest first."""
        return tuple(self._entries)

    def add(
        self,
        result: Result,
        notes: Tuple[str, ...] = (),
        instead_of: Optional[Entry] = None,
        about: str = "",
    ) -> Entry:
        """Put a result that the analyst has asked for at the end of the log.

        Args:
            result: whole or partial, as the engine gave it.
            notes: see `Entry`.
            instead_of: an entry that this result refines, and whose place and time it takes; added
                as new where that is no longer in the log.
            about: see `Entry`.
        """
        for number, entry in enumerate(self._entries):
            if entry is instead_of:
                added = self._entries[number] = Entry(result, entry.at, notes, about)
                break
        else:
            added = Entry(result, datetime.now(timezone.utc), notes, about)
            self._entries.append(added)
            del self._entries[:-MOST_ENTRIES]
        self.changed.emit()
        return added

    def talk_begins(self) -> Optional[datetime]:
        """From when on questions and answers belong to the conversation under way; None: all."""
        return self._talk_begins

    def begin_talk(self) -> None:
        """Let the conversation begin anew; earlier answers stay in the log."""
        self._talk_begins = datetime.now(timezone.utc)
        self.changed.emit()

    def restore(
        self, entries: Sequence[Entry] = (), talk_begins: Optional[datetime] = None
    ) -> None:
        """Take over what a project holds; by default nothing."""
        self._entries = list(entries)[-MOST_ENTRIES:]
        self._talk_begins = talk_begins
        self.restored.emit()
        self.changed.emit()

    def clear(self) -> None:
        """Start anew."""
        self._entries.clear()
        self._talk_begins = None
        self.changed.emit()


_session: Optional[Session] = None


def session() -> Session:
    """The session of this QGIS, made on first use."""
    global _session
    if _session is None:
        _session = Session()
    return _session
