"""What a search, a question or a find gave, as HTML for a page; every text escaped."""

from __future__ import annotations

from typing import Iterable, Optional

from qgis.PyQt.QtCore import QLocale

from ..engine.ask import Reply
from ..engine.compare import Comparison
from ..engine.compare.results import counted
from ..engine.find import FindResult
from ..engine.search import SearchResult
from ..layers.web_area_name import raster_name
from ..spoken import spoken, spoken_all
from .wording import cells, escaped, percent, table
from .wording import tr as _tr

MOST_ROWS = 200
"""Longer tables are cut: the layers hold everything."""


def search_html(result: SearchResult) -> str:
    """The places of a search, best first."""
    if not result.hits:
        return _paragraphs([_tr("Nothing found."), *spoken_all(result.notes)])
    lines = [
        cells(
            hit.rank,
            percent(hit.score),
            raster_name(hit.raster),
            "" if hit.gsd_m is None else _tr("{metres} m").format(metres=_number(hit.gsd_m, 1)),
            _tr("yes") if hit.looked_closer else _tr("no"),
        )
        for hit in result.hits[:MOST_ROWS]
    ]
    heads = (_tr("No."), _tr("Relevance"), _tr("Image"), _tr("Resolution"), _tr("Outlined"))
    return "\n".join(
        (table(heads, lines), _rest(len(result.hits)), _paragraphs(_with_partial(result)))
    )


def reply_html(reply: Reply) -> str:
    """An answer with what it rests on, or why there is none."""
    parts = [
        f'<p class="question" dir="auto">{escaped(reply.question)}</p>',
        f'<p class="scene" dir="auto">{escaped(spoken(reply.text))}</p>',
    ]
    if not reply.abstained:
        sure = _tr("confidence {percent}").format(percent=percent(reply.confidence))
        parts.append(f'<p class="sure">{escaped(sure)}</p>')
    if reply.detail:
        parts.append(_paragraphs([spoken(reply.detail)]))
    if reply.evidence:
        lines = [
            cells(item.what or _tr("the picture as a whole"), percent(item.score))
            for item in reply.evidence[:MOST_ROWS]
        ]
        parts.append(table((_tr("Evidence"), _tr("Score")), lines))
        parts.append(_rest(len(reply.evidence)))
    parts.append(_paragraphs(_with_partial(reply, reply.provenance.notes)))
    return "\n".join(parts)


def found_html(result: FindResult) -> str:
    """The objects of a find, counted by phrase, then one by one."""
    counts = [cells(phrase, len(result.of(phrase))) for phrase in result.phrases]
    lines = [
        cells(
            item.phrase,
            percent(item.score),
            _measured(item.area_m2, "m²"),
            _measured(item.length_m, "m"),
            _measured(item.width_m, "m"),
        )
        for item in result.objects[:MOST_ROWS]
    ]
    parts = [table((_tr("Phrase"), _tr("Objects")), counts)]
    if lines:
        heads = (_tr("Phrase"), _tr("Score"), _tr("Area"), _tr("Length"), _tr("Width"))
        parts += [f"<h4>{escaped(_tr('Each object'))}</h4>", table(heads, lines)]
        parts.append(_rest(len(result.objects)))
    least = _tr("Objects of a score under {percent} are left out.")
    said = [least.format(percent=percent(result.min_score))] if result.min_score > 0 else []
    parts.append(_paragraphs([*said, *_with_partial(result, result.provenance.notes)]))
    return "\n".join(parts)


def comparison_html(result: Comparison) -> str:
    """What two images show, and where they differ."""
    shown = [
        cells(_tr("Before"), result.before.text, percent(result.before.confidence)),
        cells(_tr("After"), result.after.text, percent(result.after.confidence)),
    ]
    moved = [
        cells(_tr("Gained"), spoken(Comparison.listed(result.gained))),
        cells(_tr("Lost"), spoken(Comparison.listed(result.lost))),
    ]
    lines = [
        cells(
            number,
            change.place,
            percent(change.score),
            change.before,
            change.after,
            counted(change.gained, result.grounded),
            counted(change.lost, result.grounded),
        )
        for number, change in enumerate(result.changes[:MOST_ROWS], start=1)
    ]
    parts = [
        table((_tr("Image"), _tr("Description"), _tr("Confidence")), shown),
        _paragraphs([spoken(result.extent())]),
        table((_tr("Objects"), ""), moved),
    ]
    if lines:
        heads = (
            *(_tr("No."), _tr("Place"), _tr("Change"), _tr("Before"), _tr("After")),
            *(_tr("Gained"), _tr("Lost")),
        )
        parts += [
            f"<h4>{escaped(_tr('Each change'))}</h4>",
            table(heads, lines),
            _rest(len(result.changes)),
        ]
    notes = dict.fromkeys((*result.provenance.notes, *result.after_provenance.notes))
    parts.append(_paragraphs(_with_partial(result, notes)))
    return "\n".join(parts)


def _with_partial(result: object, notes: Optional[Iterable[str]] = None) -> list[str]:
    early = [_tr("Stopped early: only part of the region was looked at.")]
    kept = result.notes if notes is None else notes  # type: ignore[attr-defined]
    return [*(early if result.partial else []), *spoken_all(kept)]  # type: ignore[attr-defined]


def _rest(count: int) -> str:
    if count <= MOST_ROWS:
        return ""
    said = _tr("{count} more are not listed here.").format(count=_number(count - MOST_ROWS, 0))
    return _paragraphs([said])


def _paragraphs(lines: Iterable[str]) -> str:
    return "\n".join(f'<p dir="auto">{escaped(line)}</p>' for line in lines)


def _measured(value: Optional[float], unit: str) -> str:
    return "" if value is None else f"{_number(value, 1 if value < 100 else 0)} {unit}"


def _number(value: float, decimals: int) -> str:
    return QLocale().toString(float(value), "f", decimals)
