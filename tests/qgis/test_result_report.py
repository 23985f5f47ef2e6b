"""A description as HTML: escaped, linked to its evidence in the dock, standalone when saved."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from qgis.PyQt.QtWidgets import QTextBrowser

from rs_vlm_plugin.engine.errors import OutputNotWritable
from rs_vlm_plugin.engine.knowledge import UsedEntry
from rs_vlm_plugin.engine.results import PhraseLink, SceneText
from rs_vlm_plugin.report import description_html, linked_geometry, report_page, save_report
from tests.qgis.descriptions import make_description, several, square


class _Page(HTMLParser):
    """Collects links, and that every tag is closed."""

    void = {"meta", "img", "br"}

    def __init__(self, text):
        super().__init__()
        self.links, self.open, self.sources = [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        if tag not in self.void:
            self.open.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        self.sources += [value for name, value in attrs if name == "src"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_every_link_of_the_dock_points_at_a_place():
    description = make_description()
    links = _Page(description_html(description)).links
    assert "rsvlm:phrase/scene/0" in links
    assert "rsvlm:phrase/region/0/0" in links
    assert "rsvlm:object/1" in links
    assert all(linked_geometry(description, link) for link in links)


def test_links_point_at_their_own_evidence():
    description = make_description()
    assert linked_geometry(description, "rsvlm:scene") == square(0, 0, 200)
    boats = several(square(0, 0), square(1, 1))
    assert linked_geometry(description, "rsvlm:phrase/scene/0") == boats
    assert linked_geometry(description, "rsvlm:region/1") == square(1, 1)
    assert linked_geometry(description, "rsvlm:object/1") == square(0, 0)


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://example.org/",
        "rsvlm:",
        "rsvlm:phrase",
        "rsvlm:phrase/scene",
        "rsvlm:phrase/scene/1",
        "rsvlm:phrase/scene/99",
        "rsvlm:phrase/region/0",
        "rsvlm:phrase/region/-1/0",
        "rsvlm:phrase/region/1/0",
        "rsvlm:object/2",
        "rsvlm:object/x",
        "rsvlm:region/0/0",
        "rsvlm:scene/0",
    ],
)
def test_other_links_point_nowhere(link):
    assert linked_geometry(make_description(), link) is None


def test_a_phrase_without_a_place_is_plain_text():
    assert ">tanks<" not in description_html(make_description())


def test_text_from_files_is_escaped():
    shown = description_html(make_description())
    assert "&lt;b&gt;" in shown
    assert "<b> in a harbour" not in shown
    assert "The raster is &lt;odd&gt;." in shown
    page = report_page(make_description(raster="<script>alert(1)</script>.tif"))
    assert "<script" not in page


def test_overlapping_and_impossible_phrases_do_not_break_the_text():
    links = (
        PhraseLink(0, 9, "a", square(0, 0)),
        PhraseLink(5, 12, "b", square(0, 0)),
        PhraseLink(7, 400, "c", square(0, 0)),
        PhraseLink(-3, 2, "d", square(0, 0)),
    )
    text = "one & two & three"
    scene = SceneText(text, 0.5, square(0, 0), links)
    browser = QTextBrowser()
    browser.setHtml(description_html(make_description(scene=scene, regions=(), objects=())))
    assert text in browser.toPlainText()


def test_the_dock_shows_the_three_levels():
    browser = QTextBrowser()
    browser.setHtml(description_html(make_description()))
    text = browser.toPlainText()
    for expected in (
        "73 %",
        "north-west: Boats at a pier",
        "25 % of the area",
        "pier",
        "tiny 0.0.1 · model licence CC-BY-4.0 <of the model>",
    ):
        assert expected in text.replace("\xa0", " ")


def test_a_partial_description_says_so():
    assert "Stopped early" in description_html(make_description(partial=True))
    assert "Stopped early" not in description_html(make_description())


def test_the_report_names_the_knowledge_that_was_used():
    used = (
        UsedEntry("object:boat", "object", "a few boats", "drawn classes", 0.25),
        UsedEntry("own:1", "scene", "a harbour & <its> pilots", "Harbour office", 0.4),
        UsedEntry("scene:beach", "scene", "a beach", "drawn classes", 0.734),
    )
    scene = replace(make_description().scene, used=used)
    page = report_page(make_description(scene=scene))
    _Page(page)
    for expected in ("a few boats", "Harbour office", "&lt;its&gt; pilots", "0.73"):
        assert expected in page
    assert page.index("a beach") < page.index("Harbour office") < page.index("a few boats")
    assert "leant on" not in report_page(make_description())


def test_a_saved_report_needs_nothing_else(tmp_path):
    png = b"\x89PNG\r\n\x1a\n" + bytes(16)
    path = tmp_path / "report.html"
    save_report(path, make_description(), png)
    page = _Page(path.read_text(encoding="utf-8"))
    assert page.links == []
    assert [source.split(",")[0] for source in page.sources] == ["data:image/png;base64"]
    text = path.read_text(encoding="utf-8")
    assert "prefers-color-scheme" in text
    assert "harbour.tif" in text
    assert "ab" * 32 in text


def test_a_report_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(OutputNotWritable, match=r"report\.html"):
        save_report(tmp_path / "nowhere" / "report.html", make_description())
