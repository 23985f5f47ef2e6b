"""Describe in the dock: from the button to text, links and layers."""

from __future__ import annotations

import re

import pytest
from qgis.core import QgsProject, QgsRectangle
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QFileDialog

from rs_vlm_plugin.gui.region_chooser import RegionKind
from tests.qgis.analyst import (
    SECONDS,
    add_raster,
    result_groups,
    warnings_of,
)


@pytest.fixture
def described(dock, make_raster, qtbot):
    layer = add_raster(make_raster(size=(400, 300), pattern="busy_corner"))
    dock.chooser.set_kind(RegionKind.LAYER)
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.run_bar.describe_button.click()
        assert dock.is_busy()
    assert layer.isValid()
    return dock


def links(dock) -> list[str]:
    return re.findall(r'href="(rsvlm:[^"]+)"', dock.results.browser.toHtml())


def test_text_links_and_layers_appear(described, qgis_iface):
    description = described.results.description()
    assert description.scene.text in described.results.browser.toPlainText()
    assert not description.partial
    assert result_groups()
    assert warnings_of(qgis_iface) == []


def test_the_current_view_is_what_is_described_first(dock, make_raster, qgis_canvas, qtbot):
    layer = add_raster(make_raster(size=(400, 300)))
    quarter = layer.extent()
    quarter.setXMaximum(quarter.center().x())
    quarter.setYMaximum(quarter.center().y())
    qgis_canvas.setExtent(quarter)
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
    region = dock.results.description().provenance.region
    xs = [point[0] for point in region["coordinates"][0]]
    assert min(xs) == pytest.approx(qgis_canvas.extent().xMinimum())
    assert max(xs) == pytest.approx(qgis_canvas.extent().xMaximum())


def test_while_it_runs_cancel_and_progress_stand_in_for_the_button(dock, make_raster, qtbot):
    add_raster(make_raster(size=(400, 300)))
    dock.chooser.set_kind(RegionKind.LAYER)
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
        assert dock.run_bar.cancel_button.isVisible()
        assert dock.run_bar.progress.isVisible()
        assert not dock.run_bar.describe_button.isVisible()
    assert dock.run_bar.describe_button.isVisible()
    assert not dock.run_bar.cancel_button.isVisible()


def test_ctrl_return_describes(dock, make_raster, qtbot):
    add_raster(make_raster(size=(64, 48)))
    dock.chooser.set_kind(RegionKind.LAYER)
    dock.activateWindow()
    dock.chooser.kind_box.setFocus()
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        QTest.keyClick(
            dock.chooser.kind_box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )
    assert dock.results.description() is not None


def test_a_phrase_moves_the_map_to_its_evidence(described, qgis_canvas):
    qgis_canvas.setExtent(QgsRectangle(0, 0, 100, 100))
    assert links(described)
    described.results.browser.anchorClicked.emit(QUrl(links(described)[0]))
    layer_extent = described.picker.layer().extent()
    assert qgis_canvas.extent().intersects(layer_extent)


def test_copy_puts_plain_text_on_the_clipboard(described):
    described.results.copy_button.click()
    text = QGuiApplication.clipboard().text()
    assert described.results.description().scene.text in text
    assert "<" not in text


def test_report_is_saved(described, tmp_path, monkeypatch):
    target = tmp_path / "report.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    described.results.save_button.click()
    page = target.read_text(encoding="utf-8")
    assert described.results.description().scene.text in re.sub("<[^>]+>", "", page)
    assert "data:image/png;base64," in page


def test_report_that_cannot_be_written_is_said_in_the_bar(
    described, tmp_path, monkeypatch, qgis_iface
):
    target = tmp_path / "no such folder" / "report.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    described.results.save_button.click()
    assert any("report.html" in warning for warning in warnings_of(qgis_iface))


def test_show_layers_brings_removed_layers_back(described):
    root = QgsProject.instance().layerTreeRoot()
    before = result_groups()
    for group in root.findGroups():
        root.removeChildNode(group)
    assert result_groups() == []
    described.results.layers_button.click()
    assert result_groups() == before


def test_second_description_gets_a_geopackage_of_its_own(described, analyst_settings, qtbot):
    with qtbot.waitSignal(described.concluded, timeout=SECONDS):
        described.describe()
    from pathlib import Path

    assert len(list(Path(analyst_settings.results_folder).glob("*.gpkg"))) == 2
