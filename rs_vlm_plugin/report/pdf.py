"""A session on paper: the same page, set by Qt's own rich text, which needs no browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Dict, Optional, Sequence

from qgis.PyQt.QtCore import QBuffer, QIODevice, QMarginsF, QUrl
from qgis.PyQt.QtGui import QImage, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from ..resource_paths import resource
from .page import map_name, not_writable, session_page

if TYPE_CHECKING:
    from ..session import Entry

_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
# Of a line of text on A4 between the margins of 2 cm that `QTextDocument.print` keeps by itself, in
# the 96 dots an inch that Qt takes a picture's pixels for.
_MAP_WIDTH = 640
_MAP_HEIGHT = 460
"""So that a map shares the page with its heading and what is said of it."""
_MAP = re.compile(r'<img class="map"[^>]* src="(?P<name>[^"]*)"')


def save_pdf(path: Path, entries: Sequence[Entry], maps: Sequence[Optional[bytes]]) -> None:
    """Write a session as PDF, A4, with page numbers.

    Args:
        path: file to write; replaced where it exists (a save dialog has asked).
        entries: oldest first.
        maps: for each entry the bytes of a PNG, or None where there is none.

    Raises:
        OutputNotWritable: the folder is read-only or missing, or the disk is full.
        BadRequest: a kind of result that reports do not know.
    """
    path = Path(path)
    document = QTextDocument()
    document.setDefaultStyleSheet(
        resource("styles", "report_paper.css").read_text(encoding="utf-8")
    )
    widths: Dict[str, int] = {}
    for number, map_png in enumerate(maps, start=1):
        if map_png:
            picture = QImage.fromData(map_png, "PNG")
            fitting = _MAP_HEIGHT * picture.width() / max(picture.height(), 1)
            widths[map_name(number)] = round(min(_MAP_WIDTH, fitting))
            document.addResource(
                QTextDocument.ResourceType.ImageResource, QUrl(map_name(number)), picture
            )
    # Qt knows neither variables nor media queries: this page has a style sheet of its own.
    page = _STYLE.sub("", session_page(entries, maps, on_paper=True))
    document.setHtml(
        _MAP.sub(lambda found: f'<img width="{widths[found["name"]]}" src="{found["name"]}"', page)
    )
    # Into memory first: of a disk that is full Qt would say nothing.
    paper = QBuffer()
    paper.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(paper)
    writer.setTitle(path.stem)
    writer.setCreator("RS-VLM")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    document.print(writer)
    del writer
    try:
        path.write_bytes(bytes(paper.data()))
    except OSError as error:
        raise not_writable(path, error.strerror or str(error)) from error
