"""Questions and answers as HTML for the dock, every text escaped.

Links: `rsvlm:answer/<i>` is all that answer i rests on, `rsvlm:evidence/<i>/<j>` one place of it.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, FrozenSet, List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QCoreApplication

from ...spoken import spoken

if TYPE_CHECKING:
    from ...engine.ask import Evidence, Reply
    from ...engine.geometry import GeoJson

_SCHEME = "rsvlm:"
_MOST_LINKS = 12
_QUOTED_CHARACTERS = 300


@dataclass(frozen=True)
class Exchange:
    """A question with its answer, and in words which region it is about."""

    reply: Reply
    about: str


def conversation_html(exchanges: Sequence[Exchange], pending: str = "") -> str:
    """All that was said, oldest first; `pending` is a question still to be answered."""
    parts: List[str] = []
    about = ""
    known: FrozenSet[str] = frozenset()
    for number, exchange in enumerate(exchanges):
        if exchange.about != about:
            about, known = exchange.about, frozenset()
            parts.append(f"<p><small>{html.escape(about, quote=False)}</small></p>")
        parts.append(_question(exchange.reply.question))
        # What holds for every answer on a region need not be read again below each.
        parts.append(_answer(exchange.reply, number, known))
        known |= frozenset(exchange.reply.provenance.notes)
    if pending:
        parts.append(_question(pending))
        parts.append("<p style='margin-top:0'>…</p>")
    return "\n".join(parts)


def linked_evidence(exchanges: Sequence[Exchange], link: str) -> Optional[Tuple[Exchange, GeoJson]]:
    """The exchange that a link belongs to and the place it points at; None for no such place."""
    kind, *numbers = link[len(_SCHEME) :].split("/") if link.startswith(_SCHEME) else [""]
    if not all(number.isdecimal() for number in numbers):
        return None
    places = [int(number) for number in numbers]
    if not places or places[0] >= len(exchanges):
        return None
    exchange = exchanges[places[0]]
    evidence = exchange.reply.evidence
    if kind == "answer" and len(places) == 1 and evidence:
        return exchange, _together(evidence)
    if kind == "evidence" and len(places) == 2 and places[1] < len(evidence):
        return exchange, evidence[places[1]].geometry
    return None


def _question(text: str) -> str:
    if len(text) > _QUOTED_CHARACTERS:
        text = f"{text[:_QUOTED_CHARACTERS]}…"
    return f"<p style='margin-bottom:2px'><b>{html.escape(text, quote=False)}</b></p>"


def _answer(reply: Reply, number: int, known: FrozenSet[str]) -> str:
    text = spoken(reply.text)
    said = html.escape(text[:1].upper() + text[1:], quote=False)
    if reply.abstained:
        lines = [f"<p style='margin-top:0; margin-bottom:2px'><i>{said}.</i></p>"]
    else:
        lines = [f"<p style='font-size:large; margin-top:0; margin-bottom:2px'>{said}</p>"]
    facts = []
    if not reply.abstained:
        facts.append(_tr("confidence {percent} %").format(percent=round(100 * reply.confidence)))
    if reply.detail:
        facts.append(html.escape(spoken(reply.detail), quote=False))
    if reply.evidence:
        facts.append(_places(reply.evidence, number))
    if facts:
        lines.append(_small(", ".join(facts)))
    notes = [spoken(note) for note in reply.provenance.notes if note not in known]
    if reply.partial:
        notes.insert(0, _tr("Stopped early: only part of the region was looked at."))
    if notes:
        lines.append(_small("<br>".join(html.escape(note, quote=False) for note in notes)))
    return "\n".join(lines)


def _places(evidence: Sequence[Evidence], number: int) -> str:
    """Links to all places together and to the surest of them one by one."""
    if len(evidence) == 1:
        return _link(f"answer/{number}", _tr("show on the map"))
    every = _link(f"answer/{number}", _tr("show {count} places").format(count=len(evidence)))
    single = [
        _link(f"evidence/{number}/{place}", str(place + 1))
        for place in range(min(len(evidence), _MOST_LINKS))
    ]
    more = " …" if len(evidence) > _MOST_LINKS else ""
    return f"{every}: {' '.join(single)}{more}"


def _together(evidence: Sequence[Evidence]) -> GeoJson:
    polygons = []
    for item in evidence:
        shape = item.geometry
        own = shape["coordinates"]
        polygons += [own] if shape["type"] == "Polygon" else own
    return {"type": "MultiPolygon", "coordinates": polygons}


def _small(text: str) -> str:
    return f"<p style='margin-top:0; margin-bottom:2px'><small>{text}</small></p>"


def _link(address: str, escaped: str) -> str:
    return f'<a href="{_SCHEME}{address}">{escaped}</a>'


def _tr(text: str) -> str:
    return QCoreApplication.translate("Conversation", text)
