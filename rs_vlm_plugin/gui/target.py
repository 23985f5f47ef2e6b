"""What Describe, Ask and Find begin with: which image, which region, how closely to look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Optional, Tuple

from qgis.core import QgsRasterLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from ..settings import load_settings, save_settings
from .describe_options import DescribeOptions
from .layer_picker import LayerPicker
from .region_chooser import ChosenRegion, RegionChooser
from .region_size import canvas_resolution

if TYPE_CHECKING:
    from ..layers.raster_layer_source import QgsRasterLayerSource
    from ..tasks import RegionRequest


@dataclass(frozen=True)
class Aim:
    """A region of a raster layer of the project."""

    layer: QgsRasterLayer
    region: ChosenRegion


class Target(QWidget):
    """One of them for all tabs that look at a region: it lies in the tab that is in front."""

    def __init__(self, iface: QgisInterface, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("rsVlmTarget")
        settings = load_settings()
        self._iface = iface
        self.picker = LayerPicker(iface, self)
        self.chooser = RegionChooser(iface.mapCanvas(), self)
        self.options = DescribeOptions(settings.policy, settings.budget, self)
        self._form = QFormLayout()
        self._form.addRow(self.tr("&Image"), self.picker)
        self._form.addRow(self.tr("Re&gion"), self.chooser)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._form)
        column.addWidget(self.options)

    def dispose(self) -> None:
        """Stop listening to QGIS, and take everything off the canvas."""
        self.picker.dispose()
        self.chooser.dispose()

    def label_width(self) -> int:
        """Room for the widest of its labels, so that a tab's own rows can stand in line."""
        labels = (self._form.labelForField(field) for field in (self.picker, self.chooser))
        return max(label.sizeHint().width() for label in labels)

    def layer(self) -> Optional[QgsRasterLayer]:
        """The raster layer chosen, or None where the project has none."""
        return self.picker.layer()

    def aim(self) -> Optional[Aim]:
        """What is chosen; None while there is no layer, or nothing drawn or selected yet."""
        layer, region = self.layer(), self.chooser.chosen()
        return None if layer is None or region is None else Aim(layer, region)

    def prepare(self, aim: Aim) -> Tuple[QgsRasterLayerSource, RegionRequest]:
        """What a task needs to look at a region as closely as chosen, which is kept for next time.

        Main thread only.

        Raises:
            RsVlmError: the layer cannot be read, or the region not be found on it.
        """
        from ..layers.raster_layer_source import QgsRasterLayerSource
        from ..layers.region import bounds_of, region_from_geometry
        from ..tasks import RegionRequest

        region = None
        if aim.region.geometry is not None:
            region = region_from_geometry(aim.region.geometry, aim.region.crs, aim.layer.crs())
        policy, budget = self.options.policy(), self.options.budget()
        settings = replace(load_settings(), policy=policy, budget=budget)
        save_settings(settings)
        request = RegionRequest(
            region=region,
            policy=policy,
            budget=budget,
            bundle_path=settings.bundle(),
            device=settings.device,
            results_folder=settings.results(),
        )
        resolution = canvas_resolution(self._iface.mapCanvas(), aim.layer)
        extent = bounds_of(region)
        return QgsRasterLayerSource.from_layer(aim.layer, resolution, extent), request
