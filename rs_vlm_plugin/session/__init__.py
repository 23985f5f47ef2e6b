"""What the analyst did since QGIS started: `session().add(result)` for each answer that was shown.

`log` keeps it, `maps` draws it, `export` writes it as one report.
"""

from __future__ import annotations

from .log import Entry, Session, session

__all__ = ["Entry", "Session", "session"]
