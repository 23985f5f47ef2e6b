"""Found objects and places of evidence as tables."""

from __future__ import annotations

from typing import Iterator, Union

from ..engine.ask import Reply
from ..engine.find import FindResult
from .result_tables import REAL, TEXT, Field, Row, Table

FOUND = Table(
    "found",
    "Objects found",
    (
        Field("phrase", TEXT, "Phrase"),
        Field("score", REAL, "Score (0 to 1)"),
        Field("area_m2", REAL, "Area of the outline (m\u00b2, ellipsoidal)"),
        Field("length_m", REAL, "Longer side (m)"),
        Field("width_m", REAL, "Shorter side (m)"),
        Field("raster", TEXT, "Raster"),
        Field("model", TEXT, "Model"),
        Field("model_version", TEXT, "Model version"),
        Field("started", TEXT, "Started"),
    ),
)
EVIDENCE = Table(
    "evidence",
    "Evidence",
    (
        Field("what", TEXT, "What is seen"),
        Field("score", REAL, "Score (0 to 1)"),
        Field("question", TEXT, "Question"),
        Field("answer", TEXT, "Answer"),
        Field("confidence", REAL, "Confidence of the answer (0 to 1)"),
        Field("raster", TEXT, "Raster"),
        Field("model", TEXT, "Model"),
        Field("model_version", TEXT, "Model version"),
        Field("started", TEXT, "Started"),
    ),
)


def found_rows(result: Union[FindResult, Reply]) -> Iterator[Row]:
    """The features of `FOUND` for a Find, of `EVIDENCE` for an Ask."""
    origin = result.provenance
    made = (origin.raster, origin.model, origin.model_version, origin.started)
    if isinstance(result, FindResult):
        for item in result.objects:
            sizes = (item.area_m2, item.length_m, item.width_m)
            yield Row(item.geometry, (item.phrase, item.score, *sizes, *made))
        return
    asked = (result.question, result.text, result.confidence)
    for place in result.evidence:
        yield Row(place.geometry, (place.what, place.score, *asked, *made))
