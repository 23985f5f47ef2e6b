"""Map tools that draw the region to describe: a rectangle and a polygon."""

from __future__ import annotations

from typing import List

from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsMapToolExtent, QgsRubberBand
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent

FEWEST_CORNERS = 3


def region_rubber_band(canvas: QgsMapCanvas, filled: bool) -> QgsRubberBand:
    """Rubber band in the look of a region: readable on dark and on bright imagery."""
    band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.PolygonGeometry)
    band.setStrokeColor(QColor(255, 170, 0))
    band.setSecondaryStrokeColor(QColor(0, 0, 0, 160))
    band.setFillColor(QColor(255, 170, 0, 30 if filled else 0))
    band.setWidth(2)
    return band


class RectangleTool(QgsMapToolExtent):
    """Drag a rectangle. `drawn` carries it in map coordinates; Esc gives up (`abandoned`)."""

    drawn = pyqtSignal(QgsGeometry)
    abandoned = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.extentChanged.connect(self._take)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.abandoned.emit()

    def _take(self, extent: QgsRectangle) -> None:
        # A click without a drag arrives as an empty rectangle: keep waiting for a real one.
        if extent.width() > 0 and extent.height() > 0:
            self.clearRubberBand()
            self.drawn.emit(QgsGeometry.fromRect(extent))


class PolygonTool(QgsMapTool):
    """Click corners; right click, double click or Enter ends, Backspace undoes, Esc gives up."""

    drawn = pyqtSignal(QgsGeometry)
    abandoned = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self._corners: List[QgsPointXY] = []
        self._ends_on_release = False
        self._band = region_rubber_band(canvas, filled=True)
        self._pointer = QgsPointXY()
        self.setCursor(Qt.CursorShape.CrossCursor)

    def dispose(self) -> None:
        """Take the rubber band off the canvas; the tool is of no use afterwards."""
        self.canvas().scene().removeItem(self._band)

    def deactivate(self) -> None:
        """Forget the unfinished polygon when another tool takes over."""
        self._forget()
        super().deactivate()

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Let the open side follow the pointer."""
        self._pointer = event.mapPoint()
        self._show()

    def canvasDoubleClickEvent(self, event: QgsMapMouseEvent) -> None:
        """End with the release that follows: ending now would send it to the next tool."""
        self._ends_on_release = True

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Add a corner, or end."""
        if self._ends_on_release or event.button() == Qt.MouseButton.RightButton:
            self._ends_on_release = False
            self._end()
        elif event.button() == Qt.MouseButton.LeftButton:
            self._add(event.mapPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends, Backspace takes the last corner back, Esc gives up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            del self._corners[-1:]
            self._show()
        elif event.key() == Qt.Key.Key_Escape:
            self._forget()
            self.abandoned.emit()
        else:
            return
        # Accepted: otherwise QGIS takes Backspace and Delete for "delete selected".
        event.accept()

    def _add(self, point: QgsPointXY) -> None:
        self._pointer = point
        if not self._corners or self._corners[-1] != point:
            self._corners.append(point)
        self._show()

    def _end(self) -> None:
        if len(self._corners) < FEWEST_CORNERS:
            return
        polygon = QgsGeometry.fromPolygonXY([[*self._corners, self._corners[0]]])
        self._forget()
        self.drawn.emit(polygon if polygon.isGeosValid() else polygon.makeValid())

    def _show(self) -> None:
        self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        for corner in self._corners:
            self._band.addPoint(corner, False)
        if self._corners:
            self._band.addPoint(self._pointer, True)

    def _forget(self) -> None:
        self._corners = []
        self._ends_on_release = False
        self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
