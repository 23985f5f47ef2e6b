"""Finding objects by name: precision, recall and F1 by overlap and by centre, and counts."""

from __future__ import annotations

from collections.abc import Sequence

from ..data.records import ImageText
from ..metrics import (
    FoundBox,
    Match,
    Tally,
    choose_threshold,
    count_errors,
    grounding_tallies,
    known,
    match_boxes,
)
from ..metrics.boxes import CRITERIA
from .classification import PARTLY_LABELLED
from .interfaces import Grounder
from .result import MODEL, TaskResult


def evaluate_grounding(
    grounder: Grounder, records: Sequence[ImageText], validation: Sequence[ImageText]
) -> TaskResult:
    """Search every image for every kind of object that the set labels.

    A kind that is labelled in part of the images only (VHR-10's vehicles) is searched for where it
    is labelled, so that true finds elsewhere are not held against the model. The score from which a
    box counts is chosen on `validation` for the best F1 by centre.

    Args:
        grounder: the model.
        records: images; those without a box are left out.
        validation: images to choose the threshold on. Where they are the records themselves, scores
            are a little too good, and `details` says so by `threshold_from`.
    """
    records = [record for record in records if record.boxes]
    validation = [record for record in validation if record.boxes]
    names = sorted({box.category for record in (*records, *validation) for box in record.boxes})
    found, asked = search(grounder, records, names)
    same = [record.image_id for record in records] == [record.image_id for record in validation]
    tuned = found if same else search(grounder, validation, names)[0]
    labelled = [record.boxes for record in records]
    matches = {name: match_boxes(found, labelled, close) for name, close in CRITERIA.items()}
    threshold = choose_threshold(
        match_boxes(tuned, [record.boxes for record in validation], CRITERIA["centre"]),
        sum(len(record.boxes) for record in validation),
    )
    tallies = _by_criterion(matches, labelled, threshold, None)
    tallies |= count_errors(found, labelled, asked, threshold)
    kinds = {
        name: {
            key: tally.value
            for key, tally in _by_criterion(matches, labelled, threshold, name).items()
        }
        for name in names
    }
    return TaskResult(
        "grounding",
        tuple(record.image_id for record in records),
        {MODEL: {name: tally.value for name, tally in tallies.items()}}
        | {f"model, {name}": scores for name, scores in kinds.items()},
        tallies,
        {
            "threshold": known(threshold),
            "threshold_from": "the same images" if same else "validation",
        },
    )


def search(
    grounder: Grounder, records: Sequence[ImageText], names: Sequence[str]
) -> tuple[list[list[FoundBox]], list[list[str]]]:
    """What is found on each image, and the kinds that were searched for there."""
    found, asked = [], []
    for record in records:
        present = {box.category for box in record.boxes}
        phrases = [n for n in names if n in present or n != PARTLY_LABELLED]
        asked.append(phrases)
        found.append(
            [
                FoundBox(
                    item.phrase,
                    item.bbox[0],
                    item.bbox[1],
                    item.bbox[2] - item.bbox[0],
                    item.bbox[3] - item.bbox[1],
                    float(item.score),
                )
                for item in grounder.find(record.rgb(), phrases)
            ]
        )
    return found, asked


def _by_criterion(
    matches: dict[str, list[Match]],
    labelled: Sequence[Sequence],
    threshold: float,
    category: str | None,
) -> dict[str, Tally]:
    return {
        f"{criterion}_{key}": tally
        for criterion, found in matches.items()
        for key, tally in grounding_tallies(found, labelled, threshold, category).items()
    }
