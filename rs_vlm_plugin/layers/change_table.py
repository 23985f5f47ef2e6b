"""The changes of a comparison as a table."""

from __future__ import annotations

from typing import Iterator

from ..engine.compare import Comparison
from ..engine.compare.results import counted
from .result_tables import INTEGER, REAL, TEXT, Field, Row, Table

CHANGES = Table(
    "changes",
    "Changes",
    (
        Field("number", INTEGER, "Number"),
        Field("score", REAL, "Change (0 to 1)"),
        Field("place", TEXT, "Place in the region"),
        Field("before", TEXT, "Before"),
        Field("after", TEXT, "After"),
        Field("gained", TEXT, "Gained"),
        Field("lost", TEXT, "Lost"),
        Field("raster", TEXT, "Raster before"),
        Field("raster_after", TEXT, "Raster after"),
        Field("model", TEXT, "Model"),
        Field("model_version", TEXT, "Model version"),
        Field("started", TEXT, "Started"),
    ),
)


def change_rows(result: Comparison) -> Iterator[Row]:
    """The features of `CHANGES`, most changed first."""
    origin = result.provenance
    made = (
        result.before.raster,
        result.after.raster,
        origin.model,
        origin.model_version,
        origin.started,
    )
    for number, change in enumerate(result.changes, start=1):
        moved = (counted(names, result.grounded) for names in (change.gained, change.lost))
        said = (change.place, change.before, change.after)
        yield Row(change.geometry, (number, change.score, *said, *moved, *made))
