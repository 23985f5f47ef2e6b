"""The raster layer to look at: follows the active layer until the user picks one."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsMapLayer, QgsMapLayerProxyModel, QgsRasterLayer
from qgis.gui import QgisInterface, QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QToolButton, QWidget

from .icons import icon
from .narrow import keep_narrow


class LayerPicker(QWidget):
    """Combo box of raster layers beside a "follow the active layer" switch.

    Picking a layer by hand switches following off; switching it on takes the active raster layer
    again. `layer_changed` carries the new layer or None.
    """

    layer_changed = pyqtSignal(object)

    def __init__(self, iface: QgisInterface, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self.layer_box = QgsMapLayerComboBox(self)
        self.layer_box.setObjectName("rsVlmRasterLayer")
        self.layer_box.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer_box.setAccessibleName(self.tr("Raster layer to look at"))
        self.layer_box.setToolTip(self.tr("Raster layer to look at"))
        keep_narrow(self.layer_box)
        self.setFocusProxy(self.layer_box)
        self.follow_button = QToolButton(self)
        self.follow_button.setObjectName("rsVlmFollow")
        self.follow_button.setIcon(icon("follow"))
        self.follow_button.setCheckable(True)
        self.follow_button.setChecked(True)
        self.follow_button.setAutoRaise(True)
        self.follow_button.setAccessibleName(self.tr("Follow the active layer"))
        self.follow_button.setToolTip(
            self.tr("Follow the active raster layer. Picking a layer by hand switches this off.")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.layer_box, 1)
        row.addWidget(self.follow_button)

        self.layer_box.activated.connect(self._picked_by_hand)
        self.layer_box.layerChanged.connect(self._box_changed)
        self.follow_button.toggled.connect(self._follow_toggled)
        iface.currentLayerChanged.connect(self._active_layer_changed)
        self._active_layer_changed()

    def dispose(self) -> None:
        """Stop listening to QGIS."""
        self._iface.currentLayerChanged.disconnect(self._active_layer_changed)

    def layer(self) -> Optional[QgsRasterLayer]:
        """The raster layer shown, or None where the project has none."""
        return self.layer_box.currentLayer()

    def _active_layer_changed(self, _layer: Optional[QgsMapLayer] = None) -> None:
        layer = self._iface.activeLayer()
        # A vector layer made active (the results, say) leaves the last raster layer in place.
        if self.follow_button.isChecked() and isinstance(layer, QgsRasterLayer):
            self.layer_box.setLayer(layer)

    def _picked_by_hand(self, _index: int) -> None:
        if self.layer() != self._iface.activeLayer():
            self.follow_button.setChecked(False)

    def _follow_toggled(self, follows: bool) -> None:
        if follows:
            self._active_layer_changed()

    def _box_changed(self, layer: Optional[QgsMapLayer]) -> None:
        self.layer_changed.emit(layer)
