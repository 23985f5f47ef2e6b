"""The three tables of a description, the same in the GeoPackage and in Processing's sinks."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Dict, Iterator, Tuple

from ..engine.geometry import GeoJson
from ..engine.results import Description

TEXT, REAL, INTEGER, BOOLEAN = "text", "real", "integer", "boolean"


@dataclass(frozen=True)
class Field:
    """One attribute: its name in the file, its type and what the user reads in its place."""

    name: str
    kind: str
    alias: str


@dataclass(frozen=True)
class Table:
    """A result table: its name in the GeoPackage, its title in the layer tree, its fields."""

    name: str
    title: str
    fields: Tuple[Field, ...]


@dataclass(frozen=True)
class Row:
    """One feature: its place in the raster's CRS and its values in the order of the fields."""

    geometry: GeoJson
    values: Tuple[Any, ...]


SCENE = Table(
    "scene",
    "Scene",
    (
        Field("text", TEXT, "Description"),
        Field("confidence", REAL, "Confidence (0 to 1)"),
        Field("partial", BOOLEAN, "Stopped early"),
        Field("raster", TEXT, "Raster"),
        Field("model", TEXT, "Model"),
        Field("model_version", TEXT, "Model version"),
        Field("policy", TEXT, "Policy"),
        Field("budget", INTEGER, "Budget (tile evaluations)"),
        Field("tile_evaluations", INTEGER, "Tile evaluations used"),
        Field("gsd_m", REAL, "Ground sample distance (m)"),
        Field("started", TEXT, "Started"),
        Field("duration_s", REAL, "Duration (s)"),
        Field("notes", TEXT, "Notes"),
        Field("provenance", TEXT, "Provenance (JSON)"),
    ),
)
REGIONS = Table(
    "regions",
    "Regions",
    (
        Field("number", INTEGER, "Number"),
        Field("place", TEXT, "Place in the region"),
        Field("text", TEXT, "Description"),
        Field("share", REAL, "Share of the area (0 to 1)"),
        Field("confidence", REAL, "Confidence (0 to 1)"),
    ),
)
OBJECTS = Table(
    "objects",
    "Objects",
    (
        Field("name", TEXT, "Object"),
        Field("count", INTEGER, "Places found"),
        Field("confidence", REAL, "Confidence (0 to 1)"),
        Field("method", TEXT, "How the places were found"),
    ),
)
# From the bottom of the layer tree to its top.
TABLES = (SCENE, REGIONS, OBJECTS)


def rows(description: Description, table: Table) -> Iterator[Row]:
    """The features of one of the three tables."""
    if table is SCENE:
        yield Row(description.scene.geometry, _scene_values(description))
    elif table is REGIONS:
        for number, region in enumerate(description.regions, start=1):
            values = (number, region.place, region.text, region.share, region.confidence)
            yield Row(region.geometry, values)
    else:
        for item in description.objects:
            yield Row(item.geometry, (item.name, item.count, item.confidence, item.method))


def provenance_json(description: Description) -> str:
    """Everything needed to make the description again, as one JSON object."""
    content: Dict[str, Any] = {**asdict(description.provenance), "partial": description.partial}
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _scene_values(description: Description) -> Tuple[Any, ...]:
    provenance = description.provenance
    return (
        description.scene.text,
        description.scene.confidence,
        description.partial,
        provenance.raster,
        provenance.model,
        provenance.model_version,
        provenance.policy,
        provenance.budget,
        provenance.tile_evaluations,
        provenance.ground_sample_distance_m,
        provenance.started,
        provenance.duration_s,
        "\n".join(provenance.notes),
        provenance_json(description),
    )
