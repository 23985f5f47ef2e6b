"""Results as HTML: simple for the dock's text browser, standalone for a browser, and as PDF.

`description` for one description, `answers` for what searches, questions and finds gave, `page`
for the page around them, `pdf` for paper.
"""

from __future__ import annotations

from .description import description_html, linked_geometry, linked_name
from .page import report_page, save_report, session_page

__all__ = [
    "description_html",
    "linked_geometry",
    "linked_name",
    "report_page",
    "save_report",
    "session_page",
]
