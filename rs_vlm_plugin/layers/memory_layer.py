"""Rows of a result table as a temporary layer in the look that their file would have."""

from __future__ import annotations

from typing import Iterable

from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsVectorLayer

from .geojson import geometry_from_geojson
from .result_geopackage import style_file
from .result_tables import Row, Table
from .table_fields import table_fields


def memory_layer(
    table: Table, rows: Iterable[Row], crs: QgsCoordinateReferenceSystem
) -> QgsVectorLayer:
    """A layer in memory, styled. Main thread only.

    Args:
        table: what the rows are of.
        rows: the features, in `crs`.
        crs: the raster's; not valid where it has none.
    """
    layer = QgsVectorLayer("MultiPolygon", table.title, "memory")
    layer.setCrs(crs)
    provider = layer.dataProvider()
    provider.addAttributes(list(table_fields(table)))
    layer.updateFields()
    features = []
    for row in rows:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(geometry_from_geojson(row.geometry))
        feature.setAttributes(list(row.values))
        features.append(feature)
    provider.addFeatures(features)
    layer.updateExtents()
    layer.loadNamedStyle(str(style_file(table)))
    return layer
