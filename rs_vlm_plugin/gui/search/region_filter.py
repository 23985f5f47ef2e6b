"""Which part of the map is searched: all of it, a view, a drawn rectangle or polygon."""

from __future__ import annotations

from typing import Dict, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from ..icons import icon
from ..map_tools import PolygonTool, RectangleTool, region_rubber_band
from ..narrow import keep_narrow

EVERYWHERE, VIEW, RECTANGLE, POLYGON = "", "view", "rectangle", "polygon"


class RegionFilter(QWidget):
    """A choice and, where it can be taken again, a button. `changed` follows each other region;
    `drawing_began` says in words what the mouse does now, or nothing once it is over.

    The view is taken when it is chosen or taken again, not followed: clicking a result moves the
    map, and must not change the results. Until something is drawn everything is searched.
    """

    changed = pyqtSignal()
    drawing_began = pyqtSignal(str)

    def __init__(self, canvas: QgsMapCanvas, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._geometry: Optional[QgsGeometry] = None
        self._crs = QgsCoordinateReferenceSystem()
        self._previous_tool: Optional[QgsMapTool] = None
        self._band = region_rubber_band(canvas, filled=False)
        # A tool says that it is over while the canvas is still changing tools.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._drawing_ended)
        self._tools: Dict[str, QgsMapTool] = {
            RECTANGLE: RectangleTool(canvas),
            POLYGON: PolygonTool(canvas),
        }
        for tool in self._tools.values():
            tool.drawn.connect(self._take_drawing)
            tool.abandoned.connect(self.stop_drawing)
            tool.deactivated.connect(self._soon.start)
        self._build()

    def dispose(self) -> None:
        """Take tools and outline off the canvas."""
        self.stop_drawing()
        self._soon.stop()
        self._tools[POLYGON].dispose()
        for tool in self._tools.values():
            tool.deleteLater()
        self._canvas.scene().removeItem(self._band)

    def geometry_chosen(self) -> Optional[QgsGeometry]:
        """What is searched, in `crs()`; None for everything."""
        return self._geometry

    def crs(self) -> QgsCoordinateReferenceSystem:
        """Of the geometry."""
        return self._crs

    def clear(self) -> None:
        """Everything again."""
        self.kind_box.setCurrentIndex(0)

    def is_drawing(self) -> bool:
        """Whether the mouse draws a region to search."""
        return self._canvas.mapTool() in self._tools.values()

    def stop_drawing(self) -> None:
        """Give the mouse back to the tool that had it."""
        tool = self._canvas.mapTool()
        if tool is None or tool not in self._tools.values():
            return
        if self._previous_tool is not None:
            self._canvas.setMapTool(self._previous_tool)
        else:
            self._canvas.unsetMapTool(tool)
        self._previous_tool = None

    def _build(self) -> None:
        self.kind_box = QComboBox(self)
        self.kind_box.setObjectName("rsVlmSearchRegion")
        for name, text, kind in (
            ("region_layer", self.tr("everywhere"), EVERYWHERE),
            ("region_view", self.tr("in the current view"), VIEW),
            ("region_rectangle", self.tr("in a rectangle"), RECTANGLE),
            ("region_polygon", self.tr("in a polygon"), POLYGON),
        ):
            self.kind_box.addItem(icon(name), text, kind)
        self.kind_box.setAccessibleName(self.tr("Part of the map to search"))
        self.kind_box.setToolTip(
            self.tr(
                "Search everywhere, in what the map showed when this was chosen, or in a drawing"
            )
        )
        keep_narrow(self.kind_box)
        self.again_button = QToolButton(self)
        self.again_button.setObjectName("rsVlmSearchViewAgain")
        self.again_button.setAutoRaise(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.kind_box, 1)
        row.addWidget(self.again_button)
        self.setFocusProxy(self.kind_box)
        self.kind_box.currentIndexChanged.connect(lambda _index: self._picked())
        self.again_button.clicked.connect(lambda _checked=False: self._take())
        self._describe_button()

    def _picked(self) -> None:
        self.stop_drawing()
        self._describe_button()
        self._set(None)
        self._take()

    def _take(self) -> None:
        """Do what the choice asks for: take the view, or hand the mouse to a tool."""
        kind = self.kind_box.currentData()
        if kind == VIEW:
            # The visible polygon, not the extent: the two differ on a rotated map.
            corners = [QgsPointXY(at) for at in self._canvas.mapSettings().visiblePolygon()]
            self._set(QgsGeometry.fromPolygonXY([[*corners, corners[0]]]))
        elif kind in self._tools:
            if not self.is_drawing():
                self._previous_tool = self._canvas.mapTool()
            self._canvas.setMapTool(self._tools[kind])
            self._canvas.setFocus()
            self.drawing_began.emit(
                self.tr("Drag a rectangle on the map. Esc gives up.")
                if kind == RECTANGLE
                else self.tr("Click the corners on the map; a right click ends, Esc gives up.")
            )

    def _take_drawing(self, geometry: QgsGeometry) -> None:
        self._set(geometry)
        self.stop_drawing()

    def _drawing_ended(self) -> None:
        if self.is_drawing():
            return
        self.drawing_began.emit("")
        if self._geometry is None and self.kind_box.currentData() in self._tools:
            self.clear()

    def _set(self, geometry: Optional[QgsGeometry]) -> None:
        self._geometry = geometry
        if geometry is None:
            self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        else:
            self._crs = self._canvas.mapSettings().destinationCrs()
            self._band.setToGeometry(geometry, self._crs)
        self.changed.emit()

    def _describe_button(self) -> None:
        kind = self.kind_box.currentData()
        # Not hidden: a group that unfolds shows all it holds.
        self.again_button.setEnabled(kind != EVERYWHERE)
        draws = kind in self._tools
        self.again_button.setIcon(icon("draw" if draws else "region_view"))
        name = self.tr("Draw it again") if draws else self.tr("Take the view again")
        self.again_button.setAccessibleName(name)
        self.again_button.setToolTip(name if draws else self.tr("Search in what the map shows now"))
