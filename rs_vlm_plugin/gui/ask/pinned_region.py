"""The region that a conversation is about: kept while the map moves, outlined on it."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsWkbTypes
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication

from ..map_tools import region_rubber_band
from ..region_chooser import RegionKind
from ..region_size import in_layer_crs, size_text
from ..target import Aim, Target


class PinnedRegion:
    """Follow-up questions keep their region, though following a link to its evidence moves the map.

    Choosing another image or another region lets it go; panning does not.
    """

    def __init__(self, canvas: QgsMapCanvas, target: Target) -> None:
        self._canvas = canvas
        self._target = target
        self._aim: Optional[Aim] = None
        self._shown = False
        self._band = region_rubber_band(canvas, filled=False)

    def dispose(self) -> None:
        """Take the outline off the canvas."""
        self._canvas.scene().removeItem(self._band)

    def aim(self) -> Optional[Aim]:
        """The region kept, or None."""
        return self._aim

    def kind(self) -> Optional[RegionKind]:
        """How it was chosen."""
        return None if self._aim is None else self._aim.region.kind

    def keep(self, aim: Aim) -> None:
        """Keep a region from now on."""
        self._aim = aim
        self._draw()

    def release(self) -> None:
        """Keep none."""
        self._aim = None
        self._draw()

    def check(self) -> None:
        """Let the region go where the user has chosen another image or region since."""
        if self._aim is not None and not self._is_still_meant(self._aim):
            self.release()

    def set_shown(self, shown: bool) -> None:
        """Show or hide the outline."""
        self._shown = shown
        self._draw()

    def _is_still_meant(self, kept: Aim) -> bool:
        if sip.isdeleted(kept.layer):
            return False
        now = self._target.aim()
        if now is None or now.layer != kept.layer or now.region.kind is not kept.region.kind:
            return False
        if kept.region.kind in (RegionKind.VIEW, RegionKind.LAYER):
            return True
        return now.region.geometry.equals(kept.region.geometry)

    def _draw(self) -> None:
        geometry = self._aim.region.geometry if self._aim is not None else None
        if self._shown and geometry is not None:
            self._band.setToGeometry(geometry, self._aim.region.crs)
            self._band.show()
        else:
            self._band.reset(QgsWkbTypes.GeometryType.PolygonGeometry)


def about_text(aim: Aim) -> str:
    """Which region it is, for people: "town, whole layer: 96 x 64 px, 960 x 640 m"."""
    geometry = aim.region.geometry
    moved = None if geometry is None else in_layer_crs(geometry, aim.region.crs, aim.layer)
    names = {
        RegionKind.VIEW: _tr("what the map showed"),
        RegionKind.RECTANGLE: _tr("rectangle"),
        RegionKind.POLYGON: _tr("polygon"),
        RegionKind.FEATURES: _tr("selected features"),
        RegionKind.LAYER: _tr("whole layer"),
    }
    return _tr("{layer}, {region}: {size}").format(
        region=names[aim.region.kind], layer=aim.layer.name(), size=size_text(aim.layer, moved)
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("PinnedRegion", text)
