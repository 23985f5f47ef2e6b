"""Where and at what scale to search, folded away because everything is the usual answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Sequence, Tuple

from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsCollapsibleGroupBox, QgsMapCanvas
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)

from ..narrow import keep_narrow
from .region_filter import RegionFilter

if TYPE_CHECKING:
    from ...engine.index.records import Filter

WGS84 = "EPSG:4326"
_COARSEST_M = 10_000.0


class SearchFilters(QgsCollapsibleGroupBox):
    """Region, image, least relevance and resolution. `changed` follows each change."""

    changed = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("rsVlmSearchFilters")
        self.region = RegionFilter(canvas, self)
        self._build()
        self._tell_limits()
        self.setCollapsed(True)

    def dispose(self) -> None:
        """Take the region's outline and map tools off the canvas."""
        self.region.dispose()

    def rows(self) -> Filter:
        """The engine's filter. Main thread only.

        Raises:
            BadRequest: the region cannot be expressed in longitude and latitude.
        """
        from ...engine.index.records import Filter
        from ...layers.region import region_from_geometry

        region = None
        chosen_region = self.region.geometry_chosen()
        if chosen_region is not None:
            region = region_from_geometry(
                chosen_region, self.region.crs(), QgsCoordinateReferenceSystem(WGS84)
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

    def is_limiting(self) -> bool:
        """Whether anything is left out of the search."""
        return bool(
            self.region.geometry_chosen() is not None
            or self.image_box.currentData()
            or self.score_box.value()
            or self.finest_box.value()
            or self.coarsest_box.value()
        )

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
        self.region.clear()
        self.image_box.setCurrentIndex(0)
        self.score_box.setValue(0)
        self.finest_box.setValue(0.0)
        self.coarsest_box.setValue(0.0)

    def _build(self) -> None:
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
        scale = QHBoxLayout()
        scale.setContentsMargins(0, 0, 0, 0)
        scale.addWidget(self.finest_box, 1)
        scale.addWidget(QLabel(self.tr("to"), self))
        scale.addWidget(self.coarsest_box, 1)
        form = QFormLayout(self)
        form.addRow(self.tr("Search"), self.region)
        form.addRow(self.tr("In"), self.image_box)
        form.addRow(self.tr("Relevance from"), self.score_box)
        form.addRow(self.tr("Seen at"), scale)
        self.clear_button = QPushButton(self.tr("Search everything"), self)
        self.clear_button.setObjectName("rsVlmSearchEverything")
        self.clear_button.setToolTip(self.tr("Lift all of these limits"))
        form.addRow(self.clear_button)
        self.clear_button.clicked.connect(lambda _checked=False: self.clear())
        self.changed.connect(self._tell_limits)
        self.region.changed.connect(self.changed)
        for signal in (
            self.image_box.currentIndexChanged,
            self.score_box.valueChanged,
            self.finest_box.valueChanged,
            self.coarsest_box.valueChanged,
        ):
            signal.connect(lambda _value: self.changed.emit())

    def _tell_limits(self) -> None:
        limiting = self.is_limiting()
        self.clear_button.setEnabled(limiting)
        # Folded away, a limit would be forgotten.
        self.setTitle(
            self.tr("Where to search (limited)") if limiting else self.tr("Where to search")
        )

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
