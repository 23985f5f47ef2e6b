"""Scores that the data allow at most, or that people get: the other end from floors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .data.records import ImageText
from .metrics import (
    GivenAnswer,
    answer_tallies,
    caption_scores,
    expected_calibration_error,
    retrieval_recall,
)

DRAWS = 2000
SEED = 7
LEAST_CAPTIONS = 3
"""A caption is set against two others at least."""
READER = Path(__file__).with_name("careful_reader.json")
"""Image -> question -> what a careful reader of the image answered."""


def person_scores(records: Sequence[ImageText], different: bool = False) -> dict[str, float] | None:
    """What each caption scores against the other captions of its image.

    A model is scored against one reference more, which is worth it a little.

    Args:
        records: with captions.
        different: only images whose captions all differ; where people said word for word the same,
            they score as no model can.

    Returns:
        Scores as of `caption_scores`; None where no image has `LEAST_CAPTIONS`.

    Raises:
        JavaMissing: there is no `java`.
    """
    said: list[str] = []
    others: list[list[str]] = []
    for record in records:
        texts = list(record.captions)
        repeated = len({text.lower() for text in texts}) < len(texts)
        if len(texts) < LEAST_CAPTIONS or (different and repeated):
            continue
        said += texts
        others += [texts[:i] + texts[i + 1 :] for i in range(len(texts))]
    return caption_scores(said, others) if said else None


def recall_ceiling(records: Sequence[ImageText]) -> dict[str, float]:
    """Recalls of one who knows every image's captions, but not which of several images with the
    same caption is meant."""
    texts = [caption.lower() for record in records for caption in record.captions]
    owner = np.array([i for i, record in enumerate(records) for _ in record.captions])
    number = {text: i for i, text in enumerate(dict.fromkeys(texts))}
    known = np.zeros((len(records), len(number)), dtype=np.float32)
    for image, text in zip(owner, texts, strict=True):
        known[image, number[text]] = 1
    asked: NDArray[np.float32] = np.eye(len(number), dtype=np.float32)[[number[t] for t in texts]]
    return retrieval_recall(known, asked, owner)


def reader_scores(records: Sequence[ImageText], answers: Path = READER) -> dict[str, float]:
    """How far a careful reader agrees with the labels, over the questions that one answered: what
    labels leave open, no model can know. Empty where none of these was answered.

    Args:
        records: with questions.
        answers: a JSON file of a reader's `answers`.
    """
    said = json.loads(answers.read_text(encoding="utf-8"))["answers"]
    questions, given = [], []
    for record in records:
        own = said.get(record.image_id, {})
        asked = [question for question in record.questions if question.question in own]
        if asked:
            questions.append(asked)
            given.append([GivenAnswer(own[question.question], 1.0) for question in asked])
    if not questions:
        return {}
    tallies = answer_tallies(questions, given)
    # A reader says no confidence.
    return {name: t.value for name, t in tallies.items() if "calibration" not in name}


def honest_calibration_error(confidence: Sequence[float]) -> dict[str, dict[str, float]]:
    """The calibration error, in 0..1, that one shows who is right exactly as often as he says: few
    answers fall so unevenly that even his is not 0. Its mean, and what it reaches one time in
    twenty."""
    sure = np.asarray(confidence, dtype=np.float64)
    draw = np.random.default_rng(SEED)
    errors = [
        expected_calibration_error(sure.tolist(), (draw.random(len(sure)) < sure).tolist())
        for _ in range(DRAWS)
    ]
    return {
        "ceiling: right as often as it says": {"calibration_error": float(np.mean(errors))},
        "ceiling: the same, one time in twenty": {
            "calibration_error": float(np.percentile(errors, 95))
        },
    }
