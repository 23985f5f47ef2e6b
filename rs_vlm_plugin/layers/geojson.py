"""Polygons between the engine's GeoJSON dictionaries and QGIS geometries. No CRS changes here."""

from __future__ import annotations

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes

from ..engine.errors import BadRequest
from ..engine.geometry import GeoJson, Region


def geometry_from_geojson(geometry: GeoJson) -> QgsGeometry:
    """A Polygon or MultiPolygon as a MultiPolygon geometry.

    Raises:
        BadRequest: another type, or a ring of fewer than four points.
    """
    return QgsGeometry.fromMultiPolygonXY(
        [
            [[QgsPointXY(x, y) for x, y in ring] for ring in polygon]
            for polygon in Region.from_geojson(geometry).polygons
        ]
    )


def geojson_from_geometry(geometry: QgsGeometry) -> GeoJson:
    """The polygons of a geometry as GeoJSON; curves are segmented, points and lines dropped.

    Raises:
        BadRequest: the geometry has no area.
    """
    polygons = []
    for part in geometry.asGeometryCollection():
        if part.type() != QgsWkbTypes.GeometryType.PolygonGeometry:
            continue
        flat = QgsGeometry(part)
        flat.convertToSingleType()
        # `asPolygon` segments curves and drops Z and M.
        rings = [[[point.x(), point.y()] for point in ring] for ring in flat.asPolygon()]
        if rings and len(rings[0]) >= 4:
            polygons.append([ring for ring in rings if len(ring) >= 4])
    if not polygons:
        raise BadRequest("The region has no area.", "Draw or choose a polygon.")
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}
