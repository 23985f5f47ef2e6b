"""Pointing at the map: evidence flashes, and the map moves when it cannot be seen."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtGui import QColor

from ..engine.geometry import GeoJson
from ..layers.geojson import geometry_from_geojson

ROOM_AROUND = 1.6
SMALLEST_SHARE = 0.04
FLASH = QColor(255, 60, 0, 170)
FLASH_END = QColor(255, 60, 0, 0)


def point_at(
    canvas: QgsMapCanvas,
    evidence: GeoJson,
    crs: QgsCoordinateReferenceSystem,
    least_share: float = SMALLEST_SHARE,
) -> bool:
    """Flash evidence given in `crs`; False where there is nothing that can be shown.

    The map is moved only where the evidence is out of sight or narrower than `least_share` of it.
    """
    geometry = geometry_from_geojson(evidence)
    if geometry.isEmpty():
        return False
    map_crs = canvas.mapSettings().destinationCrs()
    bounds = geometry.boundingBox()
    if crs.isValid() and map_crs.isValid():
        transform = QgsCoordinateTransform(crs, map_crs, QgsProject.instance())
        try:
            bounds = transform.transformBoundingBox(bounds)
        except QgsCsException:
            return False
    view = canvas.mapSettings().visibleExtent()
    if not view.contains(bounds) or _share(bounds, view) < least_share:
        bounds.scale(ROOM_AROUND)
        canvas.setExtent(bounds)
        canvas.refresh()
    canvas.flashGeometries([geometry], crs, FLASH, FLASH_END, 3, 600)
    return True


def _share(bounds: QgsRectangle, view: QgsRectangle) -> float:
    return max(bounds.width() / view.width(), bounds.height() / view.height())
