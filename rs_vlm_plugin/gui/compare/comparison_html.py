"""A comparison as text whose objects and changes are links to their places."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, List, Mapping, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QCoreApplication

from ...layers.web_area_name import raster_name
from ...spoken import spoken, spoken_all

if TYPE_CHECKING:
    from ...engine.compare import Change, Comparison
    from ...engine.compare.results import Shown
    from ...engine.geometry import GeoJson
    from ...engine.results import ObjectPlaces

MOST_LINES = 200
"""A page of more windows is read by nobody; the layer holds them all."""


def comparison_html(result: Comparison) -> str:
    """The comparison as HTML; all text in it is escaped. See `linked_geometry`."""
    lines = [
        _shown(_tr("Before"), result.before),
        _shown(_tr("After"), result.after),
        _line(_tr("Gained"), _objects("gained", result.gained)),
        _line(_tr("Lost"), _objects("lost", result.lost)),
        f"<p>{html.escape(spoken(result.extent()))}</p>",
    ]
    if result.changes:
        items = [_change(number, result) for number in range(len(result.changes))[:MOST_LINES]]
        lines.append(f"<ol>{''.join(items)}</ol>")
    if len(result.changes) > MOST_LINES:
        more = _tr("{count} more are in the layer.").format(count=len(result.changes) - MOST_LINES)
        lines.append(f"<p>{html.escape(more)}</p>")
    notes = "<br/>".join(html.escape(note) for note in spoken_all(result.provenance.notes))
    if notes:
        lines.append(f"<p><small>{notes}</small></p>")
    return "".join(lines)


def linked_geometry(result: Comparison, link: str) -> Optional[GeoJson]:
    """Where a link of the page points to; None for a link of another page."""
    kind, _, number = link.partition(":")
    parts: Mapping[str, Sequence[object]] = {
        "change": result.changes,
        "gained": result.gained,
        "lost": result.lost,
    }
    if kind not in parts or not number.isdigit() or int(number) >= len(parts[kind]):
        return None
    found: GeoJson = parts[kind][int(number)].geometry  # type: ignore[attr-defined]
    return found


def _shown(title: str, shown: Shown) -> str:
    name = html.escape(raster_name(shown.raster))
    return f"<p><b>{html.escape(title)}</b> <small>{name}</small><br/>{html.escape(shown.text)}</p>"


def _line(title: str, text: str) -> str:
    return f"<p><b>{html.escape(title)}:</b> {text}</p>"


def _objects(kind: str, objects: Tuple[ObjectPlaces, ...]) -> str:
    from ...engine.compare import Comparison

    if not objects:
        return html.escape(_tr("nothing"))
    return ", ".join(
        f'<a href="{kind}:{number}">{html.escape(Comparison.listed((item,)))}</a>'
        for number, item in enumerate(objects)
    )


def _change(number: int, result: Comparison) -> str:
    change = result.changes[number]
    said = html.escape(change.before)
    if change.after != change.before:
        said += f" \N{RIGHTWARDS ARROW} {html.escape(change.after)}"
    place = html.escape(f"{change.place}, {round(100 * change.score)} %")
    return f'<li><a href="change:{number}">{place}</a>: {said}{_moved(change, result)}</li>'


def _moved(change: Change, result: Comparison) -> str:
    from ...engine.compare.results import counted

    parts: List[str] = []
    for sign, counts in (("+", change.gained), ("\N{MINUS SIGN}", change.lost)):
        if counts:
            parts.append(html.escape(f"{sign} {counted(counts, result.grounded)}"))
    return f"<br/>{'; '.join(parts)}" if parts else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("ComparisonHtml", text)
