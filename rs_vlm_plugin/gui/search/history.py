"""What was searched for before, newest first, kept in QGIS's settings."""

from __future__ import annotations

from typing import List

from qgis.core import QgsSettings

from ...settings import SECTION

_KEY = f"{SECTION}/search_history"
_MOST = 20


def past_queries() -> List[str]:
    """Queries worth typing once only."""
    stored = QgsSettings().value(_KEY, [])
    # A list of one comes back as a text.
    entries = [stored] if isinstance(stored, str) else list(stored or [])
    return [entry for entry in map(str, entries) if entry][:_MOST]


def remember_query(text: str) -> None:
    """Put a query on top."""
    text = " ".join(text.split())
    if text:
        others = [query for query in past_queries() if query.lower() != text.lower()]
        QgsSettings().setValue(_KEY, [text, *others][:_MOST])


def forget_queries() -> None:
    """Empty the history."""
    QgsSettings().remove(_KEY)
