"""Results of Find and Ask as layers: `write_found` in any thread, the rest on the main thread."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Optional, Sequence, Tuple, Union

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsLayerMetadata,
    QgsLayerTreeGroup,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt import sip

from ..engine.ask import Reply
from ..engine.find import FindResult
from .found_table import EVIDENCE, FOUND, found_rows
from .result_geopackage import Sheet, write_geopackage
from .result_layers import MOST_COLOURS, colour_by, free_group_name, open_table
from .result_metadata import result_metadata
from .result_tables import Table

_UNCHECKED = "Outlines and scores are a model's answer and were checked by nobody."
_NAMED_CHARACTERS = 60


def write_found(result: Union[FindResult, Reply], path: Path) -> Path:
    """Write objects found, or the evidence of an answer, to a new GeoPackage, styled and
    documented.

    Args:
        result: what to write, whole or partial.
        path: file to make; its folder is made where it is missing.

    Returns:
        The path.

    Raises:
        OutputNotWritable: the file exists, the folder is read-only, the disk is full.
    """
    path = Path(path)
    table, summary = _table_of(result)
    sheet = Sheet(table, found_rows(result), summary, _metadata(result, table, summary))
    write_geopackage([sheet], result.provenance.crs_wkt, path)
    return path


def open_found(path: Path, phrases: Sequence[str], crs_wkt: str) -> QgsVectorLayer:
    """Open what `write_found` wrote of a `FindResult`: a colour for each phrase, ready to edit.

    Raises:
        OutputNotWritable: the file cannot be opened (any more).
    """
    layer = _opened(path, FOUND, crs_wkt)
    colour_by(layer, "phrase", phrases)
    # A word on every outline covers the image; colours say it, as long as each is there once.
    layer.setLabelsEnabled(len(phrases) > MOST_COLOURS)
    return layer


def open_evidence(path: Path, question: str, crs_wkt: str) -> QgsVectorLayer:
    """Open what `write_found` wrote of a `Reply`, named after the question.

    Raises:
        OutputNotWritable: the file cannot be opened (any more).
    """
    layer = _opened(path, EVIDENCE, crs_wkt)
    layer.setName(short_name(question))
    seen = {str(feature["what"]) for feature in layer.getFeatures()}
    # The question says what it is: one word on every outline would only cover the image.
    layer.setLabelsEnabled(len(seen) > 1)
    return layer


def show_from(layer: QgsVectorLayer, least_score: float) -> bool:
    """Let the layer hold only what is at least so sure; False while it is being edited.

    A filter of the layer itself: its table, its exports and whatever else reads it see the same.
    """
    return bool(layer.setSubsetString(f'"score" >= {least_score:.4f}'))


def put_aside(group: Optional[QgsLayerTreeGroup]) -> None:
    """Untick an older result's group: two results drawn over each other can be read by nobody."""
    if group is not None and not sip.isdeleted(group):
        group.setItemVisibilityChecked(False)
        group.setExpanded(False)


def add_in_group(
    layer: QgsVectorLayer, group: Optional[QgsLayerTreeGroup], name: str, project: QgsProject
) -> QgsLayerTreeGroup:
    """Put a layer into a project: at the top of `group`, or where that is gone of a new one.

    Args:
        layer: what to add; the project owns it from now on.
        group: where to.
        name: of a new group, with a number where another has it.
        project: of the group.

    Returns:
        The group that the layer lies in.
    """
    project.addMapLayer(layer, False)
    if group is not None and not sip.isdeleted(group):
        group.insertLayer(0, layer)
        return group
    made = QgsLayerTreeGroup(free_group_name(project, short_name(name)))
    made.insertLayer(0, layer)
    project.layerTreeRoot().insertChildNode(0, made)
    # The layer panel shows a new group folded and hears of changes only.
    made.setExpanded(False)
    made.setExpanded(True)
    return made


def short_name(text: str) -> str:
    """A text as the name of a layer or group."""
    return text if len(text) <= _NAMED_CHARACTERS else f"{text[: _NAMED_CHARACTERS - 1]}…"


def _opened(path: Path, table: Table, crs_wkt: str) -> QgsVectorLayer:
    layer = open_table(path, table)
    if not crs_wkt:
        # GeoPackage says "undefined Cartesian", which QGIS takes for a CRS that fits nothing.
        layer.setCrs(QgsCoordinateReferenceSystem())
    return layer


def _table_of(result: Union[FindResult, Reply]) -> Tuple[Table, str]:
    if isinstance(result, FindResult):
        return FOUND, f"Objects found for: {', '.join(result.phrases)}"
    return EVIDENCE, f"{result.question} {result.text}"


def _metadata(result: Union[FindResult, Reply], table: Table, summary: str) -> QgsLayerMetadata:
    parts = [summary]
    if result.partial:
        parts.append("It was stopped early and covers only part of the region.")
    found = isinstance(result, FindResult)
    full = {**asdict(result.provenance), "partial": result.partial}
    if isinstance(result, FindResult):
        full["min_score"] = result.min_score
    return result_metadata(
        result.provenance,
        table,
        "find" if found else "ask",
        "\n".join([*parts, _UNCHECKED, *result.provenance.notes]),
        json.dumps(full, ensure_ascii=False, sort_keys=True),
    )
