"""The help comes with the plugin and needs no network."""

from __future__ import annotations

import re
from pathlib import Path

from rs_vlm_plugin.plugin import help_page


def test_help_is_a_file_of_the_plugin():
    page = Path(help_page().toLocalFile())
    assert page.is_file()
    assert help_page().isLocalFile()


def test_help_loads_nothing_from_elsewhere():
    text = Path(help_page().toLocalFile()).read_text(encoding="utf-8")
    assert not re.search(r"<link|<script|@import|url\(|srcset", text)
    pictures = re.findall(r"\bsrc=\"?([^\" >]*)", text)
    assert pictures
    for name in pictures:
        assert re.fullmatch(r"\w+\.png", name)
        assert (Path(help_page().toLocalFile()).parent / name).is_file()
    assert set(re.findall(r'href="([^"]+)"', text)) == {"https://github.com/rs-vlm/rs-vlm"}


def test_help_covers_what_an_analyst_asks():
    text = Path(help_page().toLocalFile()).read_text(encoding="utf-8")
    for heading in (
        "Describe a region",
        "Ask about a region",
        "Find objects",
        "Compare two images",
        "Search by words",
        "Report of a session",
        "In expressions",
        "What the numbers mean",
        "Limits",
        "Privacy",
    ):
        assert f"<h2>{heading}</h2>" in text
