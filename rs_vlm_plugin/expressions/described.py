"""What the session's descriptions say of a place."""

from __future__ import annotations

from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsGeometry,
)

from ..session import session


def description_at(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> Optional[str]:
    """The sentence of the newest description of a place, or None. Safe in any thread.

    Args:
        geometry: its middle is the place.
        crs: of the geometry.

    Raises:
        QgsCsException: the place has no place in the CRS of a described image.
    """
    from ..engine.results import Description
    from ..layers.geojson import geometry_from_geojson

    middle = geometry.pointOnSurface()
    # `entries` copies: the main thread may add to the session meanwhile.
    for entry in reversed(session().entries()):
        result = entry.result
        if not isinstance(result, Description):
            continue
        own = QgsCoordinateReferenceSystem.fromWkt(result.provenance.crs_wkt)
        if not own.isValid():
            continue
        point = QgsGeometry(middle)
        point.transform(QgsCoordinateTransform(crs, own, QgsCoordinateTransformContext()))
        for part in result.regions:
            if geometry_from_geojson(part.geometry).intersects(point):
                return part.text
        if geometry_from_geojson(result.provenance.region).intersects(point):
            return result.scene.text
    return None
