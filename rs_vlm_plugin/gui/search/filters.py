"""Where and at what scale to search, folded away because everything is the usual answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Sequence, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsWkbTypes
from qgis.gui import QgsCollapsibleGroupBox, QgsMapCanvas
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QWidget,
)

from ..icons import icon
from ..map_tools import region_rubber_band
from ..narrow import keep_narrow

if TYPE_CHECKING:
    from ...engine.index.records import Filter

WGS84 = "EPSG:4326"
_COARSEST_M = 10_000.0


class SearchFilters(QgsCollapsibleGroupBox):
    """Region, image, least relevance and resolution. `changed` follows each change.

    The view is taken when "the view" is chosen or taken again, not followed: clicking a result
    moves the map, and must not change the results.
    """

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("rsVlmSearchFilters")
        self.setTitle(self.tr("Where to search"))
        self._canvas = canvas
        self._region: Optional[QgsGeometry] = None
        self._region_crs = QgsCoordinateReferenceSystem()
        self._band = region_rubber_band(canvas, filled=False)
        self._build()
        self.setCollapsed(True)

    def dispose(self) -> None:
        """Take the region's outline off the canvas."""
        self._canvas.scene().removeItem(self._band)

    def rows(self) -> Filter:
        """The engine's filter. Main thread only.

        Raises:
            BadRequest: the view cannot be expressed in longitude and latitude.
        """
        from ...engine.index.records import Filter
        from ...layers.region import region_from_geometry

        region = None
        if self._region is not None:
            region = region_from_geometry(
                self._region, self._region_crs, QgsCoordinateReferenceSystem(WGS84)
            )
        chosen = self.image_box.currentData()
        return Filter(
            region=region,
            # Without a region this must be the default: then no place has to be looked up.
            region_is_lonlat=region is not None,
            rasters=(chosen,) if chosen else None,
            finest_m=self.finest_box.value() or None,
            coarsest_m=self.coarsest_box.value() or None,
        )

    def least_score(self) -> float:
        """Places of less relevance are left out, 0..1."""
        return self.score_box.value() / 100

    def set_rasters(self, rasters: Sequence[Tuple[str, str]]) -> None:
        """Offer the images (uri, name) that can be searched."""
        known = [
            (self.image_box.itemData(row), self.image_box.itemText(row))
            for row in range(1, self.image_box.count())
        ]
        if known == list(rasters):
            return
        chosen = self.image_box.currentData()
        self.image_box.blockSignals(True)
        while self.image_box.count() > 1:
            self.image_box.removeItem(1)
        for uri, name in rasters:
            self.image_box.addItem(name, uri)
        self.image_box.setCurrentIndex(max(0, self.image_box.findData(chosen)))
        self.image_box.blockSignals(False)
        if self.image_box.currentData() != chosen:
            self.changed.emit()

    def clear(self) -> None:
        """Search everywhere again."""
        self.region_box.setCurrentIndex(0)
        self.image_box.setCurrentIndex(0)
        self.score_box.setValue(0)
        self.finest_box.setValue(0.0)
        self.coarsest_box.setValue(0.0)

    def _build(self) -> None:
        self.region_box = QComboBox(self)
        self.region_box.setObjectName("rsVlmSearchRegion")
        self.region_box.addItem(icon("region_layer"), self.tr("everywhere"), False)
        self.region_box.addItem(icon("region_view"), self.tr("in the current view"), True)
        self.region_box.setAccessibleName(self.tr("Part of the map to search"))
        self.region_box.setToolTip(
            self.tr("Search everywhere, or only what the map showed when this was chosen")
        )
        keep_narrow(self.region_box)
        self.again_button = QToolButton(self)
        self.again_button.setObjectName("rsVlmSearchViewAgain")
        self.again_button.setIcon(icon("region_view"))
        self.again_button.setAutoRaise(True)
        self.again_button.setAccessibleName(self.tr("Take the view again"))
        self.again_button.setToolTip(self.tr("Search in what the map shows now"))
        # Not hidden: a group that unfolds shows all it holds.
        self.again_button.setEnabled(False)
        self.image_box = QComboBox(self)
        self.image_box.setObjectName("rsVlmSearchImage")
        self.image_box.addItem(self.tr("all images"), "")
        self.image_box.setAccessibleName(self.tr("Image to search"))
        self.image_box.setToolTip(self.tr("Search all indexed images, or one of them"))
        keep_narrow(self.image_box)
        self.score_box = QSpinBox(self)
        self.score_box.setObjectName("rsVlmSearchLeastScore")
        self.score_box.setRange(0, 99)
        self.score_box.setSuffix(self.tr(" %"))
        self.score_box.setSpecialValueText(self.tr("any"))
        self.score_box.setAccessibleName(self.tr("Least relevance"))
        self.score_box.setToolTip(self.tr("Leave out places of less relevance than this"))
        self.finest_box = self._metres("rsVlmSearchFinest", self.tr("Finest resolution"))
        self.coarsest_box = self._metres("rsVlmSearchCoarsest", self.tr("Coarsest resolution"))
        region = QHBoxLayout()
        region.setContentsMargins(0, 0, 0, 0)
        region.addWidget(self.region_box, 1)
        region.addWidget(self.again_button)
        scale = QHBoxLayout()
        scale.setContentsMargins(0, 0, 0, 0)
        scale.addWidget(self.finest_box, 1)
        scale.addWidget(QLabel(self.tr("to"), self))
        scale.addWidget(self.coarsest_box, 1)
        form = QFormLayout(self)
        form.addRow(self.tr("Search"), region)
        form.addRow(self.tr("In"), self.image_box)
        form.addRow(self.tr("Relevance from"), self.score_box)
        form.addRow(self.tr("Seen at"), scale)
        self.region_box.activated.connect(lambda _index: self._take_view())
        self.region_box.currentIndexChanged.connect(self._region_changed)
        self.again_button.clicked.connect(lambda _checked=False: self._take_view())
        for signal in (
            self.image_box.currentIndexChanged,
            self.score_box.valueChanged,
            self.finest_box.valueChanged,
            self.coarsest_box.valueChanged,
        ):
            signal.connect(lambda _value: self.changed.emit())

    def _metres(self, name: str, title: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox(self)
        box.setObjectName(name)
        box.setRange(0.0, _COARSEST_M)
        box.setDecimals(2)
        box.setSuffix(self.tr(" m/px"))
        box.setSpecialValueText(self.tr("any"))
        box.setMinimumWidth(1)
        box.setAccessibleName(title)
        box.setToolTip(
            self.tr(
                "Ground covered by a pixel as the model saw it: large values find wide "
                "landscapes, small values single things"
            )
        )
        return box

    def _region_changed(self, _index: int) -> None:
        if bool(self.region_box.currentData()) != (self._region is not None):
            self._take_view()

    def _take_view(self) -> None:
        chosen = bool(self.region_box.currentData())
        self.again_button.setEnabled(chosen)
        if chosen:
            settings = self._canvas.mapSettings()
            # The visible polygon, not the extent: the two differ on a rotated map.
            corners = [QgsPointXY(at) for at in settings.visiblePolygon()]
            self._region = QgsGeometry.fromPolygonXY([[*corners, corners[0]]])
            self._region_crs = settings.destinationCrs()
            self._band.setToGeometry(self._region, self._region_crs)
        else:
            self._region = None
            self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)
        self.changed.emit()
