"""What the user pointed at, as the engine's `Region` in the raster's CRS."""

from __future__ import annotations

import math
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)

from ..engine.errors import BadRequest
from ..engine.geometry import Region
from .geojson import geojson_from_geometry, geometry_from_geojson

# A straight side of one CRS is a curve in another: points along it keep it within a few pixels.
_POINTS_ALONG_A_SIDE = 32


def region_from_geometry(
    geometry: QgsGeometry,
    crs: QgsCoordinateReferenceSystem,
    raster_crs: QgsCoordinateReferenceSystem,
    context: Optional[QgsCoordinateTransformContext] = None,
) -> Region:
    """A polygon geometry as a region of the raster.

    Args:
        geometry: polygons in `crs`; invalid ones are repaired.
        crs: of the geometry. Where it or `raster_crs` is not valid, both are taken to be the same.
        raster_crs: the raster layer's CRS.
        context: transform context; the project's where None (then call on the main thread).

    Raises:
        BadRequest: no area, or no place in the raster's CRS.
    """
    if geometry.isNull() or geometry.isEmpty():
        raise BadRequest("The region is empty.", "Draw or choose a polygon.")
    if geometry.type() != QgsWkbTypes.GeometryType.PolygonGeometry:
        raise BadRequest("The region is not a polygon.", "Draw or choose a polygon.")
    polygons = QgsGeometry(geometry)
    if not polygons.isGeosValid():
        polygons = polygons.makeValid()
    if crs.isValid() and raster_crs.isValid() and crs != raster_crs:
        if context is None:
            context = QgsProject.instance().transformContext()
        polygons = _transformed(polygons, QgsCoordinateTransform(crs, raster_crs, context))
        bounds = polygons.boundingBox()
        if bounds.isEmpty() or not bounds.isFinite():
            raise _no_place(crs, raster_crs)
    return Region.from_geojson(geojson_from_geometry(polygons))


def region_from_rectangle(
    rectangle: QgsRectangle,
    crs: QgsCoordinateReferenceSystem,
    raster_crs: QgsCoordinateReferenceSystem,
    context: Optional[QgsCoordinateTransformContext] = None,
) -> Region:
    """A rectangle in `crs` as a region of the raster; see `region_from_geometry`."""
    if rectangle.isEmpty() or not rectangle.isFinite():
        raise BadRequest("The region is empty: its rectangle has no area.", "Draw it again.")
    return region_from_geometry(QgsGeometry.fromRect(rectangle), crs, raster_crs, context)


def bounds_of(region: Optional[Region]) -> Optional[QgsRectangle]:
    """The smallest rectangle around a region, in its CRS; None without a region."""
    return region and geometry_from_geojson(region.to_geojson()).boundingBox()


def _transformed(polygons: QgsGeometry, transform: QgsCoordinateTransform) -> QgsGeometry:
    bounds = polygons.boundingBox()
    longer = max(bounds.width(), bounds.height())
    if math.isfinite(longer) and longer > 0:
        polygons = polygons.densifyByDistance(longer / _POINTS_ALONG_A_SIDE)
    try:
        polygons.transform(transform)
    except QgsCsException as error:
        raise _no_place(transform.sourceCrs(), transform.destinationCrs()) from error
    return polygons if polygons.isGeosValid() else polygons.makeValid()


def _no_place(
    crs: QgsCoordinateReferenceSystem, raster_crs: QgsCoordinateReferenceSystem
) -> BadRequest:
    return BadRequest(
        "The region cannot be moved from {own} to the raster's {raster}.",
        "It may reach beyond where that coordinate system is defined: choose a smaller one.",
        own=_name(crs),
        raster=_name(raster_crs),
    )


def _name(crs: QgsCoordinateReferenceSystem) -> str:
    return crs.authid() or crs.description() or "custom coordinate system"
