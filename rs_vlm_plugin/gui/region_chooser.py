"""Choosing what to describe: view, drawn rectangle or polygon, selected features or layer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Callable, Dict, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsMapLayerProxyModel,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsMapLayerComboBox, QgsMapTool
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from .icons import icon
from .map_tools import PolygonTool, RectangleTool, region_rubber_band
from .narrow import keep_narrow, wrap_in_any_width
from .region_size import in_layer_crs, size_text


class RegionKind(Enum):
    """The ways to say what is to be described."""

    VIEW = "view"
    RECTANGLE = "rectangle"
    POLYGON = "polygon"
    FEATURES = "features"
    LAYER = "layer"


@dataclass(frozen=True)
class ChosenRegion:
    """What is to be described; `geometry` in `crs`, None for the whole layer."""

    kind: RegionKind
    geometry: Optional[QgsGeometry]
    crs: QgsCoordinateReferenceSystem


class RegionChooser(QWidget):
    """Combo box with a line below that says what is chosen and how large it is.

    `changed` is emitted whenever `chosen()` may have become another.
    """

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._raster: Optional[QgsRasterLayer] = None
        self._drawn: Optional[QgsGeometry] = None
        self._drawn_crs = QgsCoordinateReferenceSystem()
        self._previous_tool: Optional[QgsMapTool] = None
        self._band = region_rubber_band(canvas, filled=False)
        self._tools: Dict[RegionKind, QgsMapTool] = {
            RegionKind.RECTANGLE: RectangleTool(canvas),
            RegionKind.POLYGON: PolygonTool(canvas),
        }
        self._build()
        for tool in self._tools.values():
            tool.drawn.connect(self._take_drawing)
            tool.abandoned.connect(self.stop_drawing)
            tool.deactivated.connect(self._refresh)
        # Panning emits many extents a second; the size line needs only the last of them.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(60)
        self._soon.timeout.connect(self._refresh)
        canvas.extentsChanged.connect(self._soon.start)
        canvas.selectionChanged.connect(self._soon.start)
        canvas.destinationCrsChanged.connect(self._show_drawing)
        self._refresh()

    def dispose(self) -> None:
        """Take tools and rubber band off the canvas."""
        self._soon.stop()
        self.stop_drawing()
        self._tools[RegionKind.POLYGON].dispose()
        for tool in self._tools.values():
            tool.deleteLater()
        self._tools = {}
        self._canvas.scene().removeItem(self._band)

    def kind(self) -> RegionKind:
        """The kind of region chosen in the combo box."""
        return RegionKind(self.kind_box.currentData())

    def set_kind(self, kind: RegionKind) -> None:
        """Choose a kind; a drawn kind without a drawing starts its map tool."""
        self.kind_box.setCurrentIndex(self.kind_box.findData(kind.value))
        self._kind_picked()

    def set_raster(self, raster: Optional[QgsRasterLayer]) -> None:
        """Layer whose pixels the size is given in."""
        self._raster = raster
        self._refresh()

    def chosen(self) -> Optional[ChosenRegion]:
        """What is to be described, or None where nothing is drawn or selected yet."""
        kind = self.kind()
        map_crs = self._canvas.mapSettings().destinationCrs()
        if kind is RegionKind.LAYER:
            return ChosenRegion(kind, None, map_crs)
        if kind is RegionKind.VIEW:
            # The visible polygon, not the extent: the two differ on a rotated map.
            corners = [QgsPointXY(at) for at in self._canvas.mapSettings().visiblePolygon()]
            outline = QgsGeometry.fromPolygonXY([[*corners, corners[0]]])
            return ChosenRegion(kind, outline, map_crs)
        if kind is RegionKind.FEATURES:
            return self._selection()
        if self._drawn is None:
            return None
        return ChosenRegion(kind, self._drawn, self._drawn_crs)

    def clear_drawing(self) -> None:
        """Forget the drawn region."""
        self._drawn = None
        self._show_drawing()

    def start_drawing(self) -> None:
        """Hand the mouse to the map tool of the chosen kind."""
        tool = self._tools.get(self.kind())
        if tool is None:
            return
        if self._canvas.mapTool() not in self._tools.values():
            self._previous_tool = self._canvas.mapTool()
        self._canvas.setMapTool(tool)
        self._canvas.setFocus()
        self._refresh()

    def is_drawing(self) -> bool:
        """Whether the mouse draws a region."""
        return self._canvas.mapTool() in self._tools.values()

    def stop_drawing(self) -> None:
        """Give the mouse back to the tool that had it."""
        tool = self._canvas.mapTool()
        if tool is not None and tool in self._tools.values():
            if self._previous_tool is not None:
                self._canvas.setMapTool(self._previous_tool)
            else:
                self._canvas.unsetMapTool(tool)
        self._previous_tool = None
        self._refresh()

    def showEvent(self, event) -> None:
        """Show the drawn region with the dock."""
        super().showEvent(event)
        self._show_drawing()

    def hideEvent(self, event) -> None:
        """Hide the drawn region, and hand the mouse back, with the dock."""
        super().hideEvent(event)
        self.stop_drawing()
        self._band.hide()

    def _build(self) -> None:
        self.kind_box = QComboBox(self)
        self.kind_box.setObjectName("rsVlmRegionKind")
        self.kind_box.setAccessibleName(self.tr("Region to look at"))
        self.kind_box.setToolTip(self.tr("Which part of the image to look at"))
        for kind, name, text in (
            (RegionKind.VIEW, "region_view", self.tr("Current view")),
            (RegionKind.RECTANGLE, "region_rectangle", self.tr("Rectangle")),
            (RegionKind.POLYGON, "region_polygon", self.tr("Polygon")),
            (RegionKind.FEATURES, "region_features", self.tr("Selected features")),
            (RegionKind.LAYER, "region_layer", self.tr("Whole layer")),
        ):
            self.kind_box.addItem(icon(name), text, kind.value)
        self.kind_box.activated.connect(self._kind_picked)
        keep_narrow(self.kind_box)
        self.setFocusProxy(self.kind_box)

        self.draw_button = self._button(
            "rsVlmDraw",
            "draw",
            self.tr("Draw"),
            self.tr("Draw a new region on the map"),
            self.start_drawing,
        )
        self.clear_button = self._button(
            "rsVlmClear",
            "cancel",
            self.tr("Clear"),
            self.tr("Remove the drawn region"),
            self.clear_drawing,
        )
        self.polygon_box = QgsMapLayerComboBox(self)
        self.polygon_box.setObjectName("rsVlmPolygonLayer")
        self.polygon_box.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.polygon_box.setAccessibleName(self.tr("Polygon layer with the selected features"))
        self.polygon_box.setToolTip(self.tr("Polygon layer whose selected features are described"))
        self.polygon_box.layerChanged.connect(self._refresh)
        keep_narrow(self.polygon_box)
        self.summary = QLabel(self)
        self.summary.setObjectName("rsVlmRegionSummary")
        wrap_in_any_width(self.summary)
        self.summary.setAccessibleName(self.tr("Chosen region"))

        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.kind_box, 1)
        row.addWidget(self.draw_button)
        row.addWidget(self.clear_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.polygon_box)
        column.addWidget(self.summary)

    def _button(
        self, name: str, icon_name: str, text: str, tip: str, clicked: Callable[[], None]
    ) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIcon(icon(icon_name))
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.setAutoRaise(True)
        button.clicked.connect(lambda _checked=False: clicked())
        return button

    def _kind_picked(self, _index: int = 0) -> None:
        kind = self.kind()
        self.stop_drawing()
        if kind in self._tools:
            self.start_drawing()
        elif kind is RegionKind.FEATURES:
            self._prefer_layer_with_selection()
        self._show_drawing()

    def _prefer_layer_with_selection(self) -> None:
        current = self.polygon_box.currentLayer()
        if current is not None and current.selectedFeatureCount():
            return
        for layer in QgsProject.instance().mapLayers().values():
            if (
                isinstance(layer, QgsVectorLayer)
                and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
                and layer.selectedFeatureCount()
            ):
                self.polygon_box.setLayer(layer)
                return

    def _selection(self) -> Optional[ChosenRegion]:
        layer = self.polygon_box.currentLayer()
        if layer is None or not layer.selectedFeatureCount():
            return None
        parts = [feature.geometry() for feature in layer.getSelectedFeatures()]
        merged = QgsGeometry.unaryUnion([part for part in parts if not part.isEmpty()])
        if merged.isEmpty():
            return None
        return ChosenRegion(RegionKind.FEATURES, merged, layer.crs())

    def _take_drawing(self, geometry: QgsGeometry) -> None:
        self._drawn = geometry
        self._drawn_crs = self._canvas.mapSettings().destinationCrs()
        self.stop_drawing()
        self._show_drawing()

    def _show_drawing(self) -> None:
        if self._drawn is not None and self.kind() in self._tools and self.isVisible():
            self._band.setToGeometry(self._drawn, self._drawn_crs)
            self._band.show()
        else:
            self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        self._refresh()

    def _refresh(self) -> None:
        draws = self.kind() in self._tools
        self.draw_button.setVisible(draws)
        self.clear_button.setVisible(draws)
        self.clear_button.setEnabled(self._drawn is not None)
        self.polygon_box.setVisible(
            self.kind() is RegionKind.FEATURES and self.polygon_box.count() > 0
        )
        self.summary.setText(self._summary_text())
        self.changed.emit()

    def _summary_text(self) -> str:
        chosen = self.chosen()
        if chosen is None:
            return self._what_is_missing()
        if self._raster is None:
            return ""
        if chosen.geometry is None:
            return size_text(self._raster, None)
        moved = in_layer_crs(chosen.geometry, chosen.crs, self._raster)
        if moved is None:
            return self.tr("The region cannot be expressed in the layer's coordinate system.")
        return size_text(self._raster, moved)

    def _what_is_missing(self) -> str:
        drawing = self._canvas.mapTool() is self._tools.get(self.kind())
        if self.kind() is RegionKind.RECTANGLE:
            if drawing:
                return self.tr("Drag a rectangle on the map. Esc gives up.")
            return self.tr("Nothing drawn yet: press the pencil and drag a rectangle.")
        if self.kind() is RegionKind.POLYGON:
            if drawing:
                return self.tr(
                    "Click the corners on the map; a right click ends, Backspace takes one back, "
                    "Esc gives up."
                )
            return self.tr("Nothing drawn yet: press the pencil and click the corners.")
        if self.polygon_box.currentLayer() is None:
            return self.tr("The project has no polygon layer to take features from.")
        return self.tr("No feature of this layer is selected.")
