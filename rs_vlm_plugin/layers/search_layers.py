"""Search results as temporary layers: outlines by relevance, a heat map. Main thread only."""

from __future__ import annotations

import json
from typing import Dict, List, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsGradientColorRamp,
    QgsGradientStop,
    QgsHeatmapRenderer,
    QgsLayerMetadata,
    QgsLayerTreeGroup,
    QgsProject,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor

from ..engine.search import SearchResult
from ..engine.version import plugin_version
from .hit_table import HITS, common_crs, hit_rows
from .result_geopackage import style_file
from .result_layers import free_group_name
from .result_tables import REAL, Field, Table
from .table_fields import table_fields
from .uncovered import uncovered_shares

_HEAT = Table("heat", "Heat map", (*HITS.fields, Field("weight", REAL, "Weight on the map")))
_NAMED_CHARACTERS = 40
# Millimetres on the screen: a blot that is readable at any zoom.
_HEAT_RADIUS_MM = 12.0
_HEAT_STOPS = (
    (0.15, QColor(255, 237, 160, 90)),
    (0.45, QColor(254, 178, 76, 150)),
    (0.75, QColor(240, 59, 32, 190)),
)
_HEAT_END = QColor(150, 0, 60, 215)


def outline_layer(result: SearchResult, project: QgsProject) -> QgsVectorLayer:
    """The places as polygons in classes of relevance, without labels."""
    crs = common_crs(result)
    rows = list(hit_rows(result, crs, project.transformContext()))
    layer = _layer(result, "MultiPolygon", HITS, HITS.title, crs, rows)
    layer.loadNamedStyle(str(style_file(HITS)))
    layer.setLabelsEnabled(False)
    return layer


def heat_layer(result: SearchResult, project: QgsProject) -> QgsVectorLayer:
    """The places' centres as a heat map, weighted by relevance.

    The map adds up what lies close together. So of a place that several images show only the most
    relevant picture counts, and another one as far as it reaches beyond.
    """
    crs = common_crs(result)
    places = list(hit_rows(result, crs, project.transformContext()))
    shares = uncovered_shares([outline for outline, _ in places])
    rows = [
        (_inside(outline), [*values, hit.score * share])
        for (outline, values), hit, share in zip(places, result.hits, shares)
    ]
    layer = _layer(result, "Point", _HEAT, _tr("Heat map"), crs, rows)
    ramp = QgsGradientColorRamp(
        QColor(255, 255, 204, 0),
        _HEAT_END,
        False,
        [QgsGradientStop(offset, colour) for offset, colour in _HEAT_STOPS],
    )
    renderer = QgsHeatmapRenderer()
    renderer.setColorRamp(ramp)
    renderer.setRadius(_HEAT_RADIUS_MM)
    renderer.setRadiusUnit(QgsUnitTypes.RenderUnit.RenderMillimeters)
    renderer.setWeightExpression('"weight"')
    renderer.setRenderQuality(2)
    layer.setRenderer(renderer)
    return layer


def add_search_layers(
    result: SearchResult, layers: Sequence[QgsVectorLayer], project: QgsProject
) -> QgsLayerTreeGroup:
    """Put layers into a group of their own at the top, named after the query."""
    words = result.query[:_NAMED_CHARACTERS]
    name = free_group_name(project, _tr("RS-VLM search: {words}").format(words=words))
    group = project.layerTreeRoot().insertGroup(0, name)
    for layer in layers:
        project.addMapLayer(layer, False)
        group.insertLayer(0, layer)
    return group


def search_metadata(result: SearchResult, table: Table) -> QgsLayerMetadata:
    """Where the places come from, as the layers of descriptions say it."""
    metadata = QgsLayerMetadata()
    metadata.setTitle(f"{table.title}: {result.query}")
    metadata.setType("dataset")
    metadata.setLanguage("ENG")
    metadata.setAbstract(
        "\n".join(
            (
                f"Places found for: {result.query}",
                "Places and their relevance are a model's answer and were checked by nobody.",
                *result.notes,
            )
        )
    )
    metadata.setKeywords({"rs-vlm": ["search", result.model]})
    rasters = sorted({hit.raster for hit in result.hits})
    metadata.setHistory(
        [
            f"Model: {result.model} {result.model_version}, bundle sha256 {result.bundle_sha256}",
            f"Software: RS-VLM {plugin_version()}",
            *(f"Raster: {raster}" for raster in rasters),
            provenance_json(result),
        ]
    )
    return metadata


def provenance_json(result: SearchResult) -> str:
    """Everything needed to search again, as one JSON object."""
    content: Dict[str, object] = {
        "query": result.query,
        "model": result.model,
        "model_version": result.model_version,
        "bundle_sha256": result.bundle_sha256,
        "rows": result.rows,
        "tile_evaluations": result.tile_evaluations,
        "text_evaluations": result.text_evaluations,
        "duration_s": result.duration_s,
        "partial": result.partial,
        "notes": list(result.notes),
        "plugin_version": plugin_version(),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _layer(
    result: SearchResult,
    geometry_type: str,
    table: Table,
    title: str,
    crs: QgsCoordinateReferenceSystem,
    rows: Sequence[Tuple[QgsGeometry, List[object]]],
) -> QgsVectorLayer:
    layer = QgsVectorLayer(geometry_type, title, "memory")
    layer.setCrs(crs)
    provider = layer.dataProvider()
    provider.addAttributes(list(table_fields(table)))
    layer.updateFields()
    for number, field in enumerate(table.fields):
        layer.setFieldAlias(number, field.alias)
    features: List[QgsFeature] = []
    for geometry, values in rows:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(geometry)
        feature.setAttributes(values)
        features.append(feature)
    provider.addFeatures(features)
    layer.updateExtents()
    metadata = search_metadata(result, table)
    if crs.isValid():
        metadata.setCrs(crs)
    layer.setMetadata(metadata)
    return layer


def _inside(geometry: QgsGeometry) -> QgsGeometry:
    # A centroid may lie between the parts of an outline; this point never does.
    return geometry if geometry.isEmpty() else geometry.pointOnSurface()


def _tr(text: str) -> str:
    return QCoreApplication.translate("SearchLayers", text)
