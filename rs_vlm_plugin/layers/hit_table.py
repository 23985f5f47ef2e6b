"""The hits of a search as a table, in one CRS."""

from __future__ import annotations

from typing import Iterator, List, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
)

from ..engine.search import Hit, SearchResult
from .geojson import geometry_from_geojson
from .result_tables import BOOLEAN, INTEGER, REAL, TEXT, Field, Table

HITS = Table(
    "hits",
    "Hits",
    (
        Field("rank", INTEGER, "Rank"),
        Field("score", REAL, "Relevance (0 to 1)"),
        Field("similarity", REAL, "Similarity (cosine)"),
        Field("query", TEXT, "Query"),
        Field("raster", TEXT, "Raster"),
        Field("level", TEXT, "Embedding level"),
        Field("depth", INTEGER, "Depth of the tile (0 coarsest)"),
        Field("gsd_m", REAL, "Metres per model pixel"),
        Field("looked_closer", BOOLEAN, "Looked at closer"),
        Field("model", TEXT, "Model"),
        Field("model_version", TEXT, "Model version"),
        Field("bundle_sha256", TEXT, "Model bundle (SHA-256)"),
    ),
)


def common_crs(result: SearchResult) -> QgsCoordinateReferenceSystem:
    """The CRS of all hits where they share one, else WGS 84."""
    found = {hit.crs_wkt for hit in result.hits}
    if len(found) == 1:
        return QgsCoordinateReferenceSystem.fromWkt(found.pop())
    return QgsCoordinateReferenceSystem("EPSG:4326")


def hit_rows(
    result: SearchResult,
    crs: QgsCoordinateReferenceSystem,
    context: QgsCoordinateTransformContext,
) -> Iterator[Tuple[QgsGeometry, List[object]]]:
    """Geometry in `crs` (null where a raster without a CRS cannot be placed in it) and values."""
    for hit in result.hits:
        yield (
            _placed(hit, crs, context),
            [
                hit.rank,
                hit.score,
                hit.similarity,
                result.query,
                hit.raster,
                hit.level,
                hit.depth,
                hit.gsd_m,
                hit.looked_closer,
                result.model,
                result.model_version,
                result.bundle_sha256,
            ],
        )


def _placed(
    hit: Hit, crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
) -> QgsGeometry:
    geometry = geometry_from_geojson(hit.geometry)
    own = QgsCoordinateReferenceSystem.fromWkt(hit.crs_wkt)
    if own == crs:
        return geometry
    try:
        geometry.transform(QgsCoordinateTransform(own, crs, context))
    except QgsCsException:
        return QgsGeometry()
    return geometry if own.isValid() else QgsGeometry()
