"""What was typed before, newest first, kept in QGIS's settings."""

from __future__ import annotations

from typing import List

from qgis.core import QgsSettings

from ..settings import SECTION

_MOST = 20
_LONGEST = 500
"""Who pastes a novel need not find it again."""


class History:
    """The entries kept under one name; every instance of that name sees the same."""

    def __init__(self, name: str) -> None:
        self._key = f"{SECTION}/{name}"

    def past(self) -> List[str]:
        """Entries worth typing once only."""
        stored = QgsSettings().value(self._key, [])
        # A list of one comes back as a text.
        entries = [stored] if isinstance(stored, str) else list(stored or [])
        return [entry for entry in map(str, entries) if entry][:_MOST]

    def remember(self, text: str) -> None:
        """Put an entry on top."""
        text = " ".join(text.split())
        if text and len(text) <= _LONGEST:
            others = [entry for entry in self.past() if entry.lower() != text.lower()]
            QgsSettings().setValue(self._key, [text, *others][:_MOST])

    def forget(self) -> None:
        """Empty it."""
        QgsSettings().remove(self._key)
