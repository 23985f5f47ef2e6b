"""A description as HTML: simple for the dock's text browser, a part of a page for a browser.

Links of the dock: `rsvlm:scene`, `rsvlm:region/<i>`, `rsvlm:object/<i>` and, for the phrases of a
text, `rsvlm:phrase/scene/<i>` and `rsvlm:phrase/region/<i>/<j>`; `linked_geometry` says what they
point at.
"""

from __future__ import annotations

import html
from typing import Callable, List, Optional, Sequence, Tuple

from ..engine.geometry import GeoJson
from ..engine.knowledge import UsedEntry
from ..engine.results import Description, ObjectPlaces, PhraseLink, Provenance, RegionText
from ..spoken import spoken_all
from .wording import cells, percent, table
from .wording import tr as _tr

DOCK, PAGE = "dock", "page"
_SCHEME = "rsvlm:"
SURE_ENOUGH = 0.5
"""Objects below this confidence are named apart, and drawn fainter on the map (objects.qml)."""


def description_html(description: Description, link_mode: str = DOCK) -> str:
    """The body of a description: scene, regions, objects, provenance; every text escaped.

    Args:
        description: whole or partial. Which knowledge was used stands on the page only, for want
            of room.
        link_mode: "dock" makes phrases links (see the module) in the subset of HTML that Qt's rich
            text knows, without colours of its own; "page" marks phrases and uses style classes.
    """
    linked = link_mode == DOCK
    parts = [_scene(description, linked)]
    if description.partial:
        parts.append(
            f"<p><i>{_tr('Stopped early: only part of the region was looked at.')}</i></p>"
        )
    if description.regions:
        parts.append(_heading(_tr("Parts of the region"), linked))
        parts.append(_regions(description.regions, linked))
    if description.objects:
        parts.append(_heading(_tr("Objects, and in how many places"), linked))
        parts.append(_objects(description, linked))
    if description.scene.used and not linked:
        parts.append(_heading(_tr("Knowledge the sentence on top leant on"), linked))
        parts.append(_used(description.scene.used))
    parts.append(_heading(_tr("Good to know"), linked))
    parts.append(_notes(description.provenance))
    parts.append(_footer(description.provenance, linked))
    return "\n".join(parts)


def linked_geometry(description: Description, link: str) -> Optional[GeoJson]:
    """The place a link of the dock points at, in the raster's CRS; None for one that has none."""
    if link == f"{_SCHEME}scene":
        return description.scene.geometry
    found = _linked(description, link)
    return None if found is None else found.geometry  # type: ignore[attr-defined]


def linked_name(description: Description, link: str) -> str:
    """The object that a link of the dock names; empty for a link to a place without a name."""
    found = _linked(description, link)
    return found.name if isinstance(found, (PhraseLink, ObjectPlaces)) else ""


def _linked(description: Description, link: str) -> Optional[object]:
    if not link.startswith(_SCHEME):
        return None
    kind, *rest = link[len(_SCHEME) :].split("/")
    if kind == "phrase" and rest[:1] == ["scene"]:
        return _picked([description.scene.links], ["0", *rest[1:]])
    if kind == "phrase" and rest[:1] == ["region"]:
        return _picked([region.links for region in description.regions], rest[1:])
    if kind == "region":
        return _picked([description.regions], ["0", *rest])
    if kind == "object":
        return _picked([description.objects], ["0", *rest])
    return None


def _scene(description: Description, linked: bool) -> str:
    scene = description.scene
    text = _text(scene.text, scene.links, linked, lambda index: f"phrase/scene/{index}")
    sure = _tr("confidence {percent}").format(percent=percent(scene.confidence))
    if linked:
        whole = _link("scene", _tr("Whole region"))
        return (
            f"<p style='font-size:large; margin-bottom:2px'>{text}</p>"
            f"<p style='margin-top:0'><small>{whole}, {sure}</small></p>"
        )
    return f'<p class="scene">{text}</p><p class="sure">{sure}</p>'


def _heading(title: str, linked: bool) -> str:
    # Qt's rich text leaves much room around headings, which a dock has not got.
    return f"<p style='margin-bottom:3px'><b>{title}</b></p>" if linked else f"<h4>{title}</h4>"


def _regions(regions: Sequence[RegionText], linked: bool) -> str:
    """The parts, numbered as on the map."""
    lines = []
    for index, region in enumerate(regions):
        text = _text(
            region.text, region.links, linked, lambda link, i=index: f"phrase/region/{i}/{link}"
        )
        place = html.escape(region.place)
        share = _tr("{percent} of the area").format(percent=percent(region.share))
        sure = _tr("confidence {percent}").format(percent=percent(region.confidence))
        if linked:
            name = _link(f"region/{index}", f"{index + 1} {place}")
            lines.append(
                f"<p style='margin-top:0; margin-bottom:6px'>{name}: {text}<br>"
                f"<small>{share}, {sure}</small></p>"
            )
        else:
            lines.append(
                f"<tr><th>{index + 1}</th><th>{place}</th><td>{text}</td>"
                f"<td>{percent(region.share)}</td><td>{percent(region.confidence)}</td></tr>"
            )
    if linked:
        return "\n".join(lines)
    heads = (_tr("No."), _tr("Place"), _tr("Description"), _tr("Share"), _tr("Confidence"))
    return table(heads, lines)


def _objects(description: Description, linked: bool) -> str:
    if linked:
        return _objects_in_short(description.objects)
    lines = [
        f"<tr><td>{html.escape(item.name)}</td><td align='right'>{item.count}</td>"
        f"<td align='right'>{percent(item.confidence)}</td></tr>"
        for item in description.objects
    ]
    methods = ", ".join(sorted({item.method for item in description.objects}))
    note = html.escape(_tr("Places found by: {methods}.").format(methods=methods))
    heads = (_tr("Object"), _tr("Places"), _tr("Confidence"))
    return f"{table(heads, lines)}\n<p><small>{note}</small></p>"


def _objects_in_short(objects: Sequence[ObjectPlaces]) -> str:
    """Names with counts, running on: a row each would push everything else out of the dock."""
    sure, unsure = [], []
    for index, item in enumerate(objects):
        name = _link(f"object/{index}", html.escape(item.name))
        names = sure if item.confidence >= SURE_ENOUGH else unsure
        names.append(f"{name}&nbsp;{item.count}")
    lines = [", ".join(sure)] if sure else []
    if unsure:
        lines.append(_tr("Less certain: {names}").format(names=", ".join(unsure)))
    return "\n".join(f"<p style='margin-top:0; margin-bottom:6px'>{line}</p>" for line in lines)


def _used(entries: Sequence[UsedEntry]) -> str:
    """The entries that were looked up, the likest of each level first."""
    levels = {"scene": _tr("scene"), "region": _tr("part"), "object": _tr("object")}
    ranked = sorted(entries, key=lambda entry: (list(levels).index(entry.level), -entry.similarity))
    rows = [
        cells(levels[entry.level], entry.text, entry.provenance, f"{entry.similarity:.2f}")
        for entry in ranked
    ]
    return table((_tr("Level"), _tr("Entry"), _tr("From"), _tr("Likeness")), rows)


def _notes(provenance: Provenance) -> str:
    lines = [*spoken_all(provenance.notes), _tr("Written by a model and checked by nobody.")]
    return "<p style='margin-top:0'>" + "<br>".join(html.escape(line) for line in lines) + "</p>"


def _footer(provenance: Provenance, linked: bool) -> str:
    facts = [
        f"{provenance.model} {provenance.model_version}",
        _tr("model licence {licence}").format(licence=provenance.model_licence),
        _tr("{used} of {budget} tiles").format(
            used=provenance.tile_evaluations, budget=provenance.budget
        ),
        _tr("{seconds} s").format(seconds=f"{provenance.duration_s:.1f}"),
    ]
    if not linked:
        facts.append(_tr("policy {policy}").format(policy=provenance.policy))
        facts.append(provenance.started)
    return f"<p><small>{html.escape(' · '.join(facts))}</small></p>"


def _text(
    text: str, links: Sequence[PhraseLink], linked: bool, address: Callable[[int], str]
) -> str:
    """The text escaped, its phrases with a place made links (or marked)."""
    pieces: List[str] = []
    position = 0
    for link, index in sorted(_drawable(text, links), key=lambda pair: pair[0].start):
        if link.start < position:
            continue
        pieces.append(html.escape(text[position : link.start], quote=False))
        phrase = html.escape(text[link.start : link.end], quote=False)
        pieces.append(
            _link(address(index), phrase) if linked else f'<span class="phrase">{phrase}</span>'
        )
        position = link.end
    pieces.append(html.escape(text[position:], quote=False))
    return "".join(pieces)


def _drawable(text: str, links: Sequence[PhraseLink]) -> List[Tuple[PhraseLink, int]]:
    return [
        (link, index)
        for index, link in enumerate(links)
        if link.geometry is not None and 0 <= link.start < link.end <= len(text)
    ]


def _picked(rows: Sequence[Sequence[object]], numbers: Sequence[str]) -> Optional[object]:
    if len(numbers) != 2 or not all(number.isdecimal() for number in numbers):
        return None
    row, column = (int(number) for number in numbers)
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None


def _link(address: str, escaped: str) -> str:
    return f'<a href="{_SCHEME}{address}">{escaped}</a>'
