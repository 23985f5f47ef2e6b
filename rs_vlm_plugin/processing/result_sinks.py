"""Result tables as Processing sinks, and the look their layers get when they are loaded."""

from __future__ import annotations

from typing import Dict

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
)

from ..engine.results import Description
from ..layers.geojson import geometry_from_geojson
from ..layers.result_geopackage import style_file
from ..layers.result_tables import Table, rows


def fill(sink: QgsFeatureSink, description: Description, table: Table) -> bool:
    """Add a table's rows to a sink; False where the sink refuses one."""
    for row in rows(description, table):
        feature = QgsFeature()
        feature.setGeometry(geometry_from_geojson(row.geometry))
        feature.setAttributes(list(row.values))
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            return False
    return True


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
