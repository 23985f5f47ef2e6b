"""What the analyst did in a project: `session().add(result)` for each answer that was shown.

`log` keeps it, `in_project` with the project's file, `maps` draws it, `export` writes it as one
report.
"""

from __future__ import annotations

from .log import Entry, Session, session

__all__ = ["Entry", "Session", "session"]
