"""What a result layer says about itself in its properties: where it comes from, its limits."""

from __future__ import annotations

from typing import List

from qgis.core import (
    QgsAbstractMetadataBase,
    QgsCoordinateReferenceSystem,
    QgsLayerMetadata,
)

from ..engine.results import Description, Provenance
from .result_tables import OBJECTS, Table, provenance_json


def layer_metadata(description: Description, table: Table) -> QgsLayerMetadata:
    """Metadata of one table of a description, the full provenance as JSON in its history."""
    return result_metadata(
        description.provenance,
        table,
        "description",
        abstract(description, table),
        provenance_json(description),
    )


def result_metadata(
    provenance: Provenance, table: Table, made_by: str, text: str, full_provenance: str
) -> QgsLayerMetadata:
    """Metadata of a result table.

    Args:
        provenance: of the result.
        table: which table.
        made_by: what the user did, as a keyword ("description", "find", "ask").
        text: the abstract.
        full_provenance: all that is needed to make the result again, as JSON, for the history.
    """
    metadata = QgsLayerMetadata()
    metadata.setIdentifier(f"rsvlm-{table.name}-{provenance.started}")
    metadata.setTitle(f"{table.title}: {provenance.raster}")
    metadata.setType("dataset")
    metadata.setLanguage("ENG")
    metadata.setAbstract(text)
    metadata.setLicenses([f"Made with a model under {provenance.model_licence}"])
    metadata.setKeywords({"rs-vlm": [made_by, table.name, provenance.model]})
    metadata.setHistory([*summary_lines(provenance), full_provenance])
    link = QgsAbstractMetadataBase.Link("bundle", "sha256", provenance.bundle_sha256)
    link.description = f"Model bundle {provenance.model} {provenance.model_version}"
    metadata.setLinks([link])
    crs = QgsCoordinateReferenceSystem.fromWkt(provenance.crs_wkt)
    if crs.isValid():
        metadata.setCrs(crs)
    return metadata


def abstract(description: Description, table: Table) -> str:
    """What the layer holds and what its numbers mean, for a reader who was not there."""
    provenance = description.provenance
    parts = [description.scene.text]
    if description.partial:
        parts.append("The description was stopped early and covers only part of the region.")
    if table is OBJECTS and description.objects:
        methods = ", ".join(sorted({item.method for item in description.objects}))
        parts.append(f"Places of objects were found by: {methods}. A count is of such places.")
    parts.append("Text and places are a model's answer and were checked by nobody.")
    parts.extend(provenance.notes)
    return "\n".join(parts)


def summary_lines(provenance: Provenance) -> List[str]:
    """Provenance in short lines: model, raster, plan, time."""
    lines = [
        f"Model: {provenance.model} {provenance.model_version}, "
        f"licence {provenance.model_licence}, bundle sha256 {provenance.bundle_sha256}",
        f"Software: RS-VLM {provenance.plugin_version}, {', '.join(provenance.providers)}",
        f"Raster: {provenance.raster}",
        f"Bands: {', '.join(str(band) for band in provenance.bands)}; "
        f"stretch {'; '.join(f'{low:g} to {high:g}' for low, high in provenance.stretch)}",
        f"Plan: policy {provenance.policy}, {provenance.tile_evaluations} of "
        f"{provenance.budget} tile evaluations",
        f"Time: {provenance.started}, {provenance.duration_s:.1f} s",
    ]
    if provenance.ground_sample_distance_m is not None:
        lines.append(f"Ground sample distance: {provenance.ground_sample_distance_m:.3g} m")
    if provenance.prompt:
        lines.append(f"Prompt: {provenance.prompt}")
    return lines
