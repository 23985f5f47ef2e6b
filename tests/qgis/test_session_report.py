"""A session as HTML and PDF: every result, its map, its origin; whatever comes in is only text."""

# ruff: noqa: F811  # fixtures are named where they are used

from __future__ import annotations

import base64
import re
from contextlib import closing
from dataclasses import replace

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtGui import QColor, QImage

from rs_vlm_plugin.engine.compare import compare
from rs_vlm_plugin.engine.errors import BadRequest, OutputNotWritable
from rs_vlm_plugin.layers.raster_file_source import open_raster_file
from rs_vlm_plugin.report.page import session_page
from rs_vlm_plugin.report.pdf import save_pdf
from rs_vlm_plugin.session import Session
from rs_vlm_plugin.session.export import SessionExport
from tests.qgis.analyst import SECONDS, add_raster
from tests.qgis.compare_scene import after, before  # noqa: F401
from tests.qgis.level_scene import level_bundle, planes  # noqa: F401
from tests.qgis.session_scene import entries, level_model  # noqa: F401
from tests.qgis.test_result_report import _Page

RTL = "كم عدد الطائرات؟ <b>✈ 飛行機</b>"


def exported(entries, path, qtbot) -> SessionExport:
    export = SessionExport(entries, path, QgsProject.instance())
    with qtbot.waitSignal(export.concluded, timeout=SECONDS):
        export.start()
    return export


def maps_in(page: str) -> list[QImage]:
    found = re.findall(r'src="data:image/png;base64,([^"]+)"', page)
    return [QImage.fromData(base64.b64decode(each), "PNG") for each in found]


def colours(picture: QImage) -> set[str]:
    return {
        QColor(picture.pixel(x, y)).name()
        for x in range(0, picture.width(), 4)
        for y in range(0, picture.height(), 4)
    }


def test_every_result_is_there_with_its_map_and_its_origin(
    entries,
    planes,
    tmp_path,
    qtbot,
    qgis_new_project,
):
    add_raster(planes)
    path = tmp_path / "session.html"
    assert exported(entries, path, qtbot).problem is None
    page = path.read_text(encoding="utf-8")
    assert _Page(page).open == []
    for expected in (
        "1. Description: planes.tif",
        "2. Search: plane",
        "3. Question: How many plane are there?",
        "4. Find: plane",
        "Each object",
        "EPSG:32633",
        entries[0].result.provenance.bundle_sha256,
        entries[2].at.isoformat(timespec="seconds"),
    ):
        assert expected in page
    pictures = maps_in(page)
    assert len(pictures) == 4
    for picture in pictures:
        # The dark ground, a bright plane, and something drawn on them.
        assert len(colours(picture)) > 3


def test_a_comparison_is_reported_on_the_image_after(
    level_model, before, after, tmp_path, qtbot, qgis_new_project
):
    log = Session()
    first, second = (open_raster_file(str(path)) for path in (before, after))
    with closing(first), closing(second):
        log.add(compare(first, second, None, level_model, "fixed", 60))
    path = tmp_path / "session.html"
    assert exported(log.entries(), path, qtbot).problem is None
    page = path.read_text(encoding="utf-8")
    assert _Page(page).open == []
    assert "1. Comparison: before.tif → after.tif" in page
    assert "1 plane" in page
    (picture,) = maps_in(page)
    # The plane that came is bright on the map, the ground around it dark.
    share = sum(
        QColor(picture.pixel(x, y)).lightness() > 200
        for x in range(picture.width() // 2, picture.width() - 60, 5)
        for y in range(picture.height() // 2, picture.height() - 60, 5)
    )
    assert share > 20


def test_a_raster_that_left_the_project_is_drawn_from_its_file(
    entries,
    tmp_path,
    qtbot,
    qgis_new_project,
):
    path = tmp_path / "session.html"
    exported(entries[3:], path, qtbot)
    (picture,) = maps_in(path.read_text(encoding="utf-8"))
    middle = QColor(picture.pixel(picture.width() // 4, picture.height() - 40))
    assert middle.lightness() < 100


def test_a_raster_that_is_gone_leaves_what_was_found(
    entries,
    planes,
    tmp_path,
    qtbot,
    qgis_new_project,
):
    planes.unlink()
    path = tmp_path / "session.html"
    assert exported(entries[3:], path, qtbot).problem is None
    (picture,) = maps_in(path.read_text(encoding="utf-8"))
    assert "#ffffff" in colours(picture)
    assert len(colours(picture)) > 1


def test_a_pdf_has_the_pages_and_the_maps(entries, planes, tmp_path, qtbot, qgis_new_project):
    add_raster(planes)
    path = tmp_path / "session.pdf"
    assert exported(entries, path, qtbot).problem is None
    pdf = path.read_bytes()
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", pdf)) >= 2
    without = tmp_path / "bare.pdf"
    save_pdf(without, entries, [None] * 4)
    assert pdf.count(b"/Subtype /Image") >= without.read_bytes().count(b"/Subtype /Image") + 4


def test_any_script_of_the_world_is_only_text(entries, tmp_path):
    log = Session()
    for number in (2, 3):
        result = entries[number].result
        changed = {"question": RTL} if number == 2 else {"phrases": (RTL,)}
        log.add(replace(result, **changed), notes=("<script>alert(1)</script>",))
    page = session_page(log.entries(), [None, None])
    assert _Page(page).open == []
    assert "<script" not in page
    assert "<b>✈" not in page
    assert "كم عدد الطائرات؟ &lt;b&gt;✈ 飛行機&lt;/b&gt;" in page
    assert re.search(r'dir="auto">[^<]*كم عدد', page)
    path = tmp_path / "rtl.pdf"
    save_pdf(path, log.entries(), [None, None])
    assert path.stat().st_size > 1000


@pytest.mark.parametrize("name", ["report.html", "report.pdf"])
def test_a_report_that_cannot_be_written_is_said(entries, tmp_path, qtbot, name):
    export = exported(entries[:1], tmp_path / "nowhere" / name, qtbot)
    assert isinstance(export.problem, OutputNotWritable)
    assert name in str(export.problem)


def test_an_export_given_up_writes_nothing(entries, tmp_path, qtbot):
    path = tmp_path / "session.html"
    export = SessionExport(entries, path, QgsProject.instance())
    with qtbot.assertNotEmitted(export.concluded, wait=500):
        export.start()
        with qtbot.waitSignal(export.progressed, timeout=SECONDS):
            pass
        export.stop()
    assert not path.exists()


def test_an_unknown_kind_of_result_is_refused():
    log = Session()
    log.add("a string")
    with pytest.raises(BadRequest, match="str"):
        session_page(log.entries(), [None])
