"""How closely to read a layer without pixels of its own that is laid over another raster."""

from __future__ import annotations

from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsRasterLayer,
    QgsRectangle,
)

from ..engine.raster.source import RasterInfo


def matching_resolution(
    layer: QgsRasterLayer,
    over: RasterInfo,
    over_crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> Optional[float]:
    """Map units of a layer per pixel of another raster, seen over all of that; None where the one
    has no place in the CRS of the other."""
    corners = over.transform.window_polygon(over.window)["coordinates"][0]
    xs, ys = zip(*corners)
    bounds = QgsRectangle(min(xs), min(ys), max(xs), max(ys))
    if over_crs.isValid() and layer.crs().isValid():
        try:
            bounds = QgsCoordinateTransform(over_crs, layer.crs(), context).transformBoundingBox(
                bounds
            )
        except QgsCsException:
            return None
    units = max(bounds.width() / over.width, bounds.height() / over.height)
    return units if bounds.isFinite() and units > 0 else None
