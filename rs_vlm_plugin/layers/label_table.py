"""The labels of a classification as a table without places."""

from __future__ import annotations

from typing import Any, Iterator, Tuple

from ..engine.results import Classification
from .result_tables import INTEGER, REAL, TEXT, Field, Table

LABELS = Table(
    "labels",
    "Labels",
    (
        Field("rank", INTEGER, "Rank"),
        Field("label", TEXT, "Label"),
        Field("score", REAL, "Score (0 to 1)"),
        Field("raster", TEXT, "Raster"),
        Field("model", TEXT, "Model"),
        Field("model_version", TEXT, "Model version"),
        Field("started", TEXT, "Started"),
    ),
)


def label_values(result: Classification) -> Iterator[Tuple[Any, ...]]:
    """The rows of `LABELS`, best first."""
    origin = result.provenance
    made = (origin.raster, origin.model, origin.model_version, origin.started)
    for rank, item in enumerate(result.labels, start=1):
        yield (rank, item.label, item.score, *made)
