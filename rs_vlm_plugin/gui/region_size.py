"""How large a region is, in the units an analyst thinks in."""

from __future__ import annotations

import math
from typing import List, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsDistanceArea,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QCoreApplication, QLocale

WGS84_ELLIPSOID = "EPSG:7030"
STEPS = 8


def in_layer_crs(
    geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, layer: QgsRasterLayer
) -> Optional[QgsGeometry]:
    """The geometry in the layer's CRS, or None where it cannot be transformed.

    A layer or a geometry without a CRS is taken to be in the other's coordinates.
    """
    moved = QgsGeometry(geometry)
    if crs.isValid() and layer.crs().isValid():
        transform = QgsCoordinateTransform(crs, layer.crs(), QgsProject.instance())
        try:
            moved.transform(transform)
        except QgsCsException:
            return None
    return moved


def size_text(layer: QgsRasterLayer, geometry: Optional[QgsGeometry]) -> str:
    """Size of the part of a region on the layer: "1,240 x 860 px, 620 x 430 m".

    `geometry` is in the layer's CRS; None means the whole layer.
    """
    extent = layer.extent()
    bounds = extent.intersect(geometry.boundingBox()) if geometry else extent
    if bounds.isEmpty():
        return _tr("The region lies outside the layer.")
    parts = [text for text in (_pixels(layer, bounds), _metres(layer, bounds)) if text]
    return ", ".join(parts)


def canvas_resolution(canvas: QgsMapCanvas, layer: QgsRasterLayer) -> Optional[float]:
    """Size of a screen pixel in the layer's units at the view's centre; None where undefined."""
    settings = canvas.mapSettings()
    centre = settings.visibleExtent().center()
    half = settings.mapUnitsPerPixel() / 2
    pixel = QgsRectangle(centre.x() - half, centre.y() - half, centre.x() + half, centre.y() + half)
    moved = in_layer_crs(QgsGeometry.fromRect(pixel), settings.destinationCrs(), layer)
    if moved is None:
        return None
    bounds = moved.boundingBox()
    size = max(bounds.width(), bounds.height())
    return size if size > 0 else None


def _pixels(layer: QgsRasterLayer, bounds: QgsRectangle) -> str:
    # Web map layers have no pixels of their own: QGIS reports a width of 0 for them.
    if layer.width() <= 0 or layer.rasterUnitsPerPixelX() <= 0 or layer.rasterUnitsPerPixelY() <= 0:
        return ""
    columns = max(1, round(bounds.width() / layer.rasterUnitsPerPixelX()))
    rows = max(1, round(bounds.height() / layer.rasterUnitsPerPixelY()))
    locale = QLocale()
    return _tr("{columns} × {rows} px").format(
        columns=locale.toString(columns), rows=locale.toString(rows)
    )


def _metres(layer: QgsRasterLayer, bounds: QgsRectangle) -> str:
    if not layer.crs().isValid():
        return ""
    measure = QgsDistanceArea()
    measure.setSourceCrs(layer.crs(), QgsProject.instance().transformContext())
    measure.setEllipsoid(layer.crs().ellipsoidAcronym() or WGS84_ELLIPSOID)
    if not measure.willUseEllipsoid():
        return ""
    centre = bounds.center()
    width = measure.measureLine(
        [QgsPointXY(x, centre.y()) for x in _steps(bounds.xMinimum(), bounds.xMaximum())]
    )
    height = measure.measureLine(
        [QgsPointXY(centre.x(), y) for y in _steps(bounds.yMinimum(), bounds.yMaximum())]
    )
    # Coordinates no ellipsoid knows (degrees beyond the poles) measure as NaN.
    return _length_pair(width, height) if math.isfinite(width + height) else ""


def _steps(low: float, high: float) -> List[float]:
    # The shortest line from -180 to 180 degrees is no line at all: walk there in steps.
    return [low + (high - low) * step / STEPS for step in range(STEPS + 1)]


def _length_pair(width: float, height: float) -> str:
    unit, divisor = ("km", 1000.0) if max(width, height) >= 10000 else ("m", 1.0)
    return f"{_short(width / divisor)} × {_short(height / divisor)} {unit}"


def _short(value: float) -> str:
    return QLocale().toString(value, "f", 1 if value < 10 else 0)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RegionSize", text)
