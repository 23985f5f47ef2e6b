"""A comparison as a layer: `write_changes` in any thread, the rest on the main thread."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from qgis.core import QgsCoordinateReferenceSystem, QgsLayerMetadata, QgsVectorLayer

from ..engine.compare import Comparison
from .change_table import CHANGES, change_rows
from .result_geopackage import Sheet, write_geopackage
from .result_layers import open_table
from .result_metadata import result_metadata

_UNCHECKED = "Changes and texts are a model's answer and were checked by nobody."


def write_changes(result: Comparison, path: Path) -> Path:
    """Write the changes of a comparison to a new GeoPackage, styled and documented.

    Args:
        result: what to write, whole or partial.
        path: file to make; its folder is made where it is missing.

    Returns:
        The path.

    Raises:
        OutputNotWritable: the file exists, the folder is read-only, the disk is full.
    """
    path = Path(path)
    sheet = Sheet(CHANGES, change_rows(result), result.summary(), _metadata(result))
    write_geopackage([sheet], result.provenance.crs_wkt, path)
    return path


def open_changes(path: Path, crs_wkt: str) -> QgsVectorLayer:
    """Open what `write_changes` wrote.

    Raises:
        OutputNotWritable: the file cannot be opened (any more).
    """
    layer = open_table(path, CHANGES)
    if not crs_wkt:
        # GeoPackage says "undefined Cartesian", which QGIS takes for a CRS that fits nothing.
        layer.setCrs(QgsCoordinateReferenceSystem())
    return layer


def _metadata(result: Comparison) -> QgsLayerMetadata:
    parts = [result.summary()]
    if result.partial:
        parts.append("The comparison was stopped early and covers only part of the region.")
    full = {
        **asdict(result.provenance),
        "after": asdict(result.after_provenance),
        "min_change": result.min_change,
        "scale": asdict(result.scale),
        "partial": result.partial,
    }
    return result_metadata(
        result.provenance,
        CHANGES,
        "compare",
        "\n".join([*parts, _UNCHECKED, *result.provenance.notes]),
        json.dumps(full, ensure_ascii=False, sort_keys=True),
    )
