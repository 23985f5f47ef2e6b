"""Pages of HTML that need nothing else: for light and dark screens, for a browser and for paper."""

from __future__ import annotations

import base64
import html
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Optional, Sequence

from qgis.PyQt.QtCore import QLocale

from ..engine.errors import OutputNotWritable
from ..engine.results import Description
from ..layers.web_area_name import raster_name
from ..resource_paths import resource
from .description import PAGE, description_html
from .sections import facts_html, section_of
from .wording import cells, escaped, table
from .wording import tr as _tr

if TYPE_CHECKING:
    from ..session import Entry


def save_report(path: Path, description: Description, map_png: Optional[bytes] = None) -> None:
    """Write a description as one HTML file that needs nothing else.

    Args:
        path: file to write; replaced where it exists (a save dialog has asked).
        description: whole or partial.
        map_png: picture of the map, as the bytes of a PNG, to be embedded.

    Raises:
        OutputNotWritable: the folder is read-only or missing, or the disk is full.
    """
    save_page(path, report_page(description, map_png))


def save_page(path: Path, page: str) -> None:
    """Write a page. Raises `OutputNotWritable` as `save_report`."""
    try:
        Path(path).write_text(page, encoding="utf-8")
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise not_writable(Path(path), reason) from error


def not_writable(path: Path, reason: str) -> OutputNotWritable:
    """The error of a report that cannot be written."""
    return OutputNotWritable(
        "The report cannot be written to {path}: {reason}.",
        "Choose another folder, or make room on the disk.",
        path=path,
        reason=reason,
    )


def report_page(description: Description, map_png: Optional[bytes] = None) -> str:
    """A whole HTML page of a description."""
    title = _tr("Description of {raster}").format(raster=raster_name(description.provenance.raster))
    body = "\n".join(
        (
            f"<h1>{escaped(title)}</h1>",
            _picture(_embedded(map_png)) if map_png else "",
            description_html(description, PAGE),
            _full(asdict(description.provenance)),
        )
    )
    return _page(title, body)


def session_page(
    entries: Sequence[Entry], maps: Sequence[Optional[bytes]], on_paper: bool = False
) -> str:
    """A whole HTML page of a session: a list of what was done, then each result with its map.

    Args:
        entries: oldest first.
        maps: for each entry the bytes of a PNG, or None where there is none.
        on_paper: for `pdf`: maps are named instead of embedded (`map_name`), and what a reader
            would have to open is left out.

    Raises:
        BadRequest: a kind of result that reports do not know.
    """
    title = _tr("RS-VLM session")
    sections = [section_of(entry.result) for entry in entries]
    lines, parts = [], []
    for number, (entry, section, map_png) in enumerate(zip(entries, sections, maps), start=1):
        when = entry.at.astimezone().strftime("%Y-%m-%d %H:%M")
        lines.append(cells(number, when, section.kind, section.about, section.answer))
        heading = f"{number}. {section.kind}: {section.about}"
        source = "" if not map_png else map_name(number) if on_paper else _embedded(map_png)
        parts += [
            f'<section id="entry-{number}">',
            f'<h2 class="{"first" if number == 1 else "next"}" dir="auto">{escaped(heading)}</h2>',
            f'<p class="sure">{escaped(entry.at.isoformat(timespec="seconds"))}</p>',
            _picture(source) if source else "",
            section.body,
            *(f'<p dir="auto">{escaped(note)}</p>' for note in entry.notes),
            facts_html(section.facts),
            "" if on_paper else _full(section.provenance),
            "</section>",
        ]
    heads = (_tr("No."), _tr("When"), _tr("What"), _tr("About"), _tr("Answer"))
    unchecked = escaped(_tr("Written by a model and checked by nobody."))
    body = "\n".join(
        (f"<h1>{escaped(title)}</h1>", f"<p>{unchecked}</p>", table(heads, lines), *parts)
    )
    return _page(title, body)


def map_name(number: int) -> str:
    """What the map of the entry of that number is called on a page for paper."""
    return f"map-{number}"


def _page(title: str, body: str) -> str:
    style = resource("styles", "report.css").read_text(encoding="utf-8")
    return f"""<!DOCTYPE html>
<html lang="{_language()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escaped(title)}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _language() -> str:
    return QLocale().bcp47Name()


def _embedded(map_png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(map_png).decode('ascii')}"


def _picture(source: str) -> str:
    alternative = html.escape(_tr("Map of the described region"))
    return f'<p><img class="map" alt="{alternative}" src="{source}"></p>'


def _full(provenance: Dict[str, Any]) -> str:
    content = escaped(json.dumps(provenance, ensure_ascii=False, indent=1))
    summary = escaped(_tr("Full provenance"))
    return f"<details><summary>{summary}</summary><pre>{content}</pre></details>"
