"""Results written to a GeoPackage: tables with aliases, default styles and metadata.

Plain OGR, no layer and no project, so that a background thread can do it; whoever opens the file in
QGIS, with or without this plugin, finds it styled and documented.
"""

from __future__ import annotations

import html
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, Sequence

from osgeo import ogr, osr
from qgis.core import QgsLayerMetadata, QgsProviderRegistry

from ..engine.errors import OutputNotWritable
from ..engine.geometry import GeoJson
from ..resource_paths import resource
from .gdal_exceptions import gdal_exceptions
from .result_tables import BOOLEAN, INTEGER, REAL, TEXT, Row, Table

_OGR_TYPES = {
    TEXT: ogr.OFTString,
    REAL: ogr.OFTReal,
    INTEGER: ogr.OFTInteger64,
    BOOLEAN: ogr.OFTInteger,
}
_STYLE_FIELDS = (
    "f_table_catalog",
    "f_table_schema",
    "f_table_name",
    "f_geometry_column",
    "styleName",
    "styleQML",
    "styleSLD",
    "useAsDefault",
    "description",
    "owner",
    "ui",
)
_GEOMETRY_COLUMN = "geom"


@dataclass(frozen=True)
class Sheet:
    """One table to be written: its features, what it is in a sentence, and its metadata."""

    table: Table
    rows: Iterable[Row]
    summary: str
    metadata: QgsLayerMetadata


def write_geopackage(sheets: Sequence[Sheet], crs_wkt: str, path: Path) -> None:
    """Write tables; the file appears whole or not at all. Safe in any thread.

    Args:
        sheets: the tables; the rows of each are taken once.
        crs_wkt: of all geometries; empty where they are in pixels.
        path: file to make; its folder is made where it is missing.

    Raises:
        OutputNotWritable: the file exists, or the folder cannot be written to, or the disk is full.
    """
    if path.exists():
        raise OutputNotWritable(
            "{path} exists already.",
            "Choose another name.",
            path=path,
        )
    # SQLite keeps a journal beside the file, so the unfinished file gets a folder of its own.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".rsvlm-", dir=path.parent) as unfinished:
            draft = Path(unfinished) / path.name
            _write_tables(sheets, crs_wkt, draft)
            _write_metadata(sheets, draft)
            os.replace(draft, path)
    except OSError as error:
        raise _not_writable(path, error.strerror or str(error)) from error
    except RuntimeError as error:
        raise _not_writable(path, str(error)) from error


def _write_tables(sheets: Sequence[Sheet], crs_wkt: str, path: Path) -> None:
    with gdal_exceptions():
        dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
        crs = _spatial_reference(crs_wkt)
        dataset.StartTransaction()
        for sheet in sheets:
            _write_table(dataset, crs, sheet)
        _write_styles(dataset, [sheet.table for sheet in sheets])
        dataset.CommitTransaction()
        dataset.FlushCache()
        # OGR closes a file when the last reference to it goes.
        del dataset


def _write_table(dataset: Any, crs: Any, sheet: Sheet) -> None:
    table = sheet.table
    options = [
        f"GEOMETRY_NAME={_GEOMETRY_COLUMN}",
        f"IDENTIFIER={table.title}",
        f"DESCRIPTION={sheet.summary}",
    ]
    layer = dataset.CreateLayer(table.name, crs, ogr.wkbMultiPolygon, options)
    for field in table.fields:
        definition = ogr.FieldDefn(field.name, _OGR_TYPES[field.kind])
        if field.kind == BOOLEAN:
            definition.SetSubType(ogr.OFSTBoolean)
        definition.SetAlternativeName(field.alias)
        layer.CreateField(definition)
    for row in sheet.rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        for index, value in enumerate(row.values):
            if value is not None:
                feature.SetField(index, int(value) if isinstance(value, bool) else value)
        feature.SetGeometry(_geometry(row.geometry))
        layer.CreateFeature(feature)


def _write_styles(dataset: Any, tables: Sequence[Table]) -> None:
    """QGIS's own `layer_styles` table, which it reads the default style of a table from."""
    layer = dataset.CreateLayer("layer_styles", None, ogr.wkbNone)
    for name in _STYLE_FIELDS:
        kind = ogr.OFTInteger if name == "useAsDefault" else ogr.OFTString
        definition = ogr.FieldDefn(name, kind)
        if name == "useAsDefault":
            definition.SetSubType(ogr.OFSTBoolean)
        layer.CreateField(definition)
    layer.CreateField(ogr.FieldDefn("update_time", ogr.OFTDateTime))
    for table in tables:
        style = ogr.Feature(layer.GetLayerDefn())
        style.SetField("f_table_catalog", "")
        style.SetField("f_table_schema", "")
        style.SetField("f_table_name", table.name)
        style.SetField("f_geometry_column", _GEOMETRY_COLUMN)
        style.SetField("styleName", f"rsvlm {table.name}")
        style.SetField("styleQML", _style_with_aliases(table))
        style.SetField("useAsDefault", 1)
        layer.CreateFeature(style)


def style_file(table: Table) -> Path:
    """The QML of a table."""
    return resource("styles", f"{table.name}.qml")


def _style_with_aliases(table: Table) -> str:
    """The QML, with the aliases that QGIS before 3.30 does not read from the table itself."""
    aliases = "".join(
        f'<alias field="{field.name}" index="{index}" name="{html.escape(field.alias)}"/>'
        for index, field in enumerate(table.fields, start=1)
    )
    style = style_file(table).read_text(encoding="utf-8")
    return style.replace("</qgis>", f"<aliases>{aliases}</aliases></qgis>")


def layer_uri(path: Path, table: Table) -> str:
    """What QGIS opens a table of a GeoPackage by."""
    return f"{path}|layername={table.name}"


def _write_metadata(sheets: Sequence[Sheet], path: Path) -> None:
    registry = QgsProviderRegistry.instance()
    for sheet in sheets:
        saved, problem = registry.saveLayerMetadata(
            "ogr", layer_uri(path, sheet.table), sheet.metadata
        )
        if not saved:
            raise RuntimeError(problem)


def _spatial_reference(wkt: str) -> Any:
    """The raster's CRS by its definition, never by an authority id: custom ones have none."""
    if not wkt:
        return None
    reference = osr.SpatialReference()
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    reference.ImportFromWkt(wkt)
    return reference


def _geometry(geometry: GeoJson) -> Any:
    shape = ogr.CreateGeometryFromJson(json.dumps(geometry))
    if shape is None:
        raise RuntimeError(f"A result has no valid place ({geometry.get('type')!r})")
    return ogr.ForceToMultiPolygon(shape)


def _not_writable(path: Path, reason: str) -> OutputNotWritable:
    return OutputNotWritable(
        "The results cannot be written to {path}: {reason}.",
        "Choose another folder, or make room on the disk.",
        path=path,
        reason=" ".join(reason.split()).rstrip("."),
    )
