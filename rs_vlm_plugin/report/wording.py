"""Pieces that every report is made of; whatever comes in is escaped."""

from __future__ import annotations

import html
from typing import Iterable, Sequence

from qgis.PyQt.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Translate in the context of reports."""
    return QCoreApplication.translate("Report", text)


def escaped(text: object) -> str:
    """Text between tags; quotation marks stay as they are."""
    return html.escape(str(text), quote=False)


def percent(share: float) -> str:
    """A share of 0..1 in whole per cent; what is not nothing does not become nothing."""
    whole = round(100 * share)
    return tr("under 1 %") if share > 0 and whole == 0 else f"{whole} %"


def table(heads: Sequence[str], lines: Iterable[str]) -> str:
    """A table from titles and rows of HTML."""
    head = "".join(f"<th align='left'>{escaped(title)}</th>" for title in heads)
    body = "\n".join(lines)
    return f"<table cellspacing='0' cellpadding='3'><tr>{head}</tr>\n{body}</table>"


def cells(*texts: object) -> str:
    """A row of a table; each cell takes its direction of writing from its text."""
    return "<tr>" + "".join(f'<td dir="auto">{escaped(text)}</td>' for text in texts) + "</tr>"
