"""Drawing the region on the map: what clicks and keys do, and who gets the mouse back."""

from __future__ import annotations

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsRectangle
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

from rs_vlm_plugin.gui.region_chooser import RegionKind


@pytest.fixture
def canvas(qgis_canvas):
    parent = qgis_canvas.parentWidget()
    qgis_canvas.resize(400, 300)
    qgis_canvas.show()
    if parent is not None:
        parent.show()
    qgis_canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    qgis_canvas.setExtent(QgsRectangle(500000, 5000000, 500400, 5000300))
    yield qgis_canvas
    qgis_canvas.unsetMapTool(qgis_canvas.mapTool())


def pixel(canvas, x: float, y: float) -> QPoint:
    at = canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
    return QPoint(round(at.x()), round(at.y()))


def click(canvas, x, y, button=Qt.MouseButton.LeftButton):
    QTest.mouseClick(canvas.viewport(), button, pos=pixel(canvas, x, y))


def test_polygon_is_drawn_with_clicks_and_ended_with_a_right_click(canvas, chooser):
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    chooser.set_kind(RegionKind.POLYGON)
    assert chooser.chosen() is None
    for x, y in ((500050, 5000050), (500250, 5000050), (500250, 5000150)):
        click(canvas, x, y)
    click(canvas, 500250, 5000150, Qt.MouseButton.RightButton)
    chosen = chooser.chosen()
    assert chosen.crs.authid() == "EPSG:32633"
    assert chosen.geometry.area() == pytest.approx(200 * 100 / 2, rel=0.05)
    assert canvas.mapTool() is pan


def test_double_click_ends_without_a_stray_corner_or_a_moved_map(canvas, chooser):
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    before = canvas.extent()
    chooser.set_kind(RegionKind.POLYGON)
    click(canvas, 500050, 5000050)
    click(canvas, 500250, 5000050)
    click(canvas, 500250, 5000150)
    # QTest sends the double-click event alone; a real mouse has the clicks before and after it.
    last = pixel(canvas, 500250, 5000150)
    QTest.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=last)
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=last)
    assert chooser.chosen().geometry.area() == pytest.approx(200 * 100 / 2, rel=0.05)
    assert canvas.mapTool() is pan
    assert canvas.extent().center().distance(before.center()) < 1


def test_backspace_takes_the_last_corner_back_and_enter_ends(canvas, chooser):
    chooser.set_kind(RegionKind.POLYGON)
    for x, y in ((500050, 5000050), (500250, 5000050), (500250, 5000150), (500350, 5000290)):
        click(canvas, x, y)
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert chooser.chosen().geometry.boundingBox().xMaximum() == pytest.approx(500250, abs=3)


def test_two_corners_are_no_polygon(canvas, chooser):
    chooser.set_kind(RegionKind.POLYGON)
    click(canvas, 500050, 5000050)
    click(canvas, 500250, 5000050)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert chooser.chosen() is None
    assert "right click" in chooser.summary.text()


def test_a_self_crossing_polygon_is_made_valid(canvas, chooser):
    chooser.set_kind(RegionKind.POLYGON)
    for x, y in ((500050, 5000050), (500250, 5000250), (500250, 5000050), (500050, 5000250)):
        click(canvas, x, y)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert chooser.chosen().geometry.isGeosValid()


def test_escape_gives_up_and_hands_the_mouse_back(canvas, chooser):
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    for kind in (RegionKind.POLYGON, RegionKind.RECTANGLE):
        chooser.set_kind(kind)
        assert canvas.mapTool() is not pan
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        assert canvas.mapTool() is pan
        assert chooser.chosen() is None


def test_rectangle_is_dragged(canvas, chooser):
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    chooser.set_kind(RegionKind.RECTANGLE)
    view = canvas.viewport()
    start, end = pixel(canvas, 500100, 5000200), pixel(canvas, 500300, 5000100)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    bounds = chooser.chosen().geometry.boundingBox()
    assert bounds.width() == pytest.approx(200, abs=5)
    assert bounds.height() == pytest.approx(100, abs=5)
    assert canvas.mapTool() is pan


def test_a_click_is_no_rectangle(canvas, chooser):
    chooser.set_kind(RegionKind.RECTANGLE)
    click(canvas, 500100, 5000100)
    assert chooser.chosen() is None
    assert "Drag" in chooser.summary.text()


def test_clear_forgets_the_drawing(canvas, chooser):
    chooser.set_kind(RegionKind.POLYGON)
    for x, y in ((500050, 5000050), (500250, 5000050), (500250, 5000150)):
        click(canvas, x, y)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert chooser.clear_button.isEnabled()
    chooser.clear_button.click()
    assert chooser.chosen() is None
    assert not chooser.clear_button.isEnabled()


def test_choosing_another_kind_or_hiding_hands_the_mouse_back(canvas, chooser):
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    chooser.set_kind(RegionKind.POLYGON)
    chooser.set_kind(RegionKind.VIEW)
    assert canvas.mapTool() is pan
    chooser.set_kind(RegionKind.RECTANGLE)
    chooser.hide()
    assert canvas.mapTool() is pan
