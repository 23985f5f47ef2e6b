"""Where and how closely to read a layer without pixels that is laid over another raster."""

from __future__ import annotations

from typing import Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsRasterLayer,
    QgsRectangle,
)

from ..engine.raster.source import RasterInfo


def matching_view(
    layer: QgsRasterLayer,
    over: RasterInfo,
    over_crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> Tuple[Optional[QgsRectangle], Optional[float]]:
    """The part of a layer that another raster covers, and its map units per pixel of that; None
    where the one has no place in the CRS of the other."""
    corners = over.transform.window_polygon(over.window)["coordinates"][0]
    xs, ys = zip(*corners)
    bounds = QgsRectangle(min(xs), min(ys), max(xs), max(ys))
    if over_crs.isValid() and layer.crs().isValid():
        try:
            bounds = QgsCoordinateTransform(over_crs, layer.crs(), context).transformBoundingBox(
                bounds
            )
        except QgsCsException:
            return None, None
    units = max(bounds.width() / over.width, bounds.height() / over.height)
    return (bounds, units) if bounds.isFinite() and units > 0 else (None, None)
