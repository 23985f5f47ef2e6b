"""Result tables as Processing sinks, and the look their layers get when they are loaded."""

from __future__ import annotations

from typing import Any, Dict, Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsWkbTypes,
)

from ..engine.results import Description
from ..layers.geojson import geometry_from_geojson
from ..layers.result_geopackage import style_file
from ..layers.result_tables import Row, Table, rows
from ..layers.table_fields import table_fields


def fill(sink: QgsFeatureSink, description: Description, table: Table) -> bool:
    """Add a table's rows to a sink; False where the sink refuses one."""
    return all(_add(sink, row) for row in rows(description, table))


def write_rows(
    algorithm: QgsProcessingAlgorithm,
    parameters: Dict[str, Any],
    name: str,
    context: QgsProcessingContext,
    table: Table,
    features: Iterable[Row],
    crs: QgsCoordinateReferenceSystem,
) -> str:
    """Write rows to the sink that a parameter names, styled where it gets loaded.

    Returns:
        The sink's destination.

    Raises:
        QgsProcessingException: it cannot be made, or refuses a row.
    """
    sink, destination = algorithm.parameterAsSink(
        parameters, name, context, table_fields(table), QgsWkbTypes.Type.MultiPolygon, crs
    )
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
    for row in features:
        if not _add(sink, row):
            raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, name))
    del sink
    style_when_loaded(context, destination, table)
    return str(destination)


def _add(sink: QgsFeatureSink, row: Row) -> bool:
    feature = QgsFeature()
    feature.setGeometry(geometry_from_geojson(row.geometry))
    feature.setAttributes(list(row.values))
    return bool(sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert))


class _ResultStyle(QgsProcessingLayerPostProcessorInterface):
    """Gives a loaded result layer the style and the aliases of its table."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._table = table

    def postProcessLayer(
        self,
        layer: QgsMapLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        """Called by QGIS on the main thread."""
        layer.loadNamedStyle(str(style_file(self._table)))
        for each in self._table.fields:
            index = layer.fields().lookupField(each.name)
            if index >= 0:
                layer.setFieldAlias(index, each.alias)
        layer.triggerRepaint()


# QGIS keeps only a pointer, and uses it after the algorithm has gone.
_styles: Dict[str, _ResultStyle] = {}


def style_when_loaded(context: QgsProcessingContext, destination: str, table: Table) -> None:
    """Have a sink's layer styled if it gets loaded."""
    if context.willLoadLayerOnCompletion(destination):
        style = _styles.setdefault(table.name, _ResultStyle(table))
        context.layerToLoadOnCompletionDetails(destination).setPostProcessor(style)
