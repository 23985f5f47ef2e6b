"""Answers to questions: what counts as the same answer, and how right a confidence is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..synthetic import Question
from .calibration import calibration_tally
from .captions import plain_words
from .tally import Tally

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {word: value for value, word in enumerate(_UNITS)}
_NUMBERS |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_NUMBERS |= {"no": 0, "none": 0, "a": 1, "an": 1, "single": 1}
_SCALES = {"hundred": 100, "thousand": 1000}
# "About fifty" is how UC Merced's questions put fifty that nobody counted twice.
_LOOSE = {"about", "around", "approximately", "roughly", "nearly", "almost", "over", "and"}
_FILLING = {"a", "an", "the"}
_PLACES = {"up": "top", "upper": "top", "lower": "bottom", "down": "bottom", "middle": "center"}
_PLACES |= {"centre": "center"}


@dataclass(frozen=True)
class GivenAnswer:
    """What was answered: `confidence` in 0..1; an abstention keeps the text it held back."""

    text: str
    confidence: float
    abstained: bool = False


def parse_count(text: str) -> int | None:
    """The number a text says: "8", "eight", "thirty-three", "about fifty", "none".

    None where it says none that one could count to: "several", "many", "left".
    """
    words = [word for word in plain_words(text).split() if word not in _LOOSE]
    total, part, seen = 0, 0, False
    for word in words:
        if word.isdecimal():
            part, seen = part + int(word), True
        elif word in _NUMBERS:
            part, seen = part + _NUMBERS[word], True
        elif word in _SCALES:
            part, seen = max(1, part) * _SCALES[word], True
            if _SCALES[word] == 1000:
                total, part = total + part, 0
        else:
            return None
    return total + part if seen else None


def normalise_answer(text: str) -> str:
    """Lower case, no punctuation, no articles; "an airplane." and "Airplane" are the same."""
    return " ".join(word for word in plain_words(text).split() if word not in _FILLING)


def places(text: str) -> frozenset[str]:
    """Where a location answer points, whatever the order and wording: "up and bottom" and "bottom
    and top" are the same."""
    parts = re.split(r",|\band\b", text.lower())
    named = (normalise_answer(part).split() for part in parts)
    return frozenset(
        " ".join(_PLACES.get(word, word) for word in words) for words in named if words
    )


def is_correct(question: Question, answer: GivenAnswer) -> bool:
    """Whether an answer is the true one: equal numbers for counts, equal words otherwise.

    An abstention is not correct, even where the text it held back is.
    """
    return not answer.abstained and says_the_same(question, answer.text)


def says_the_same(question: Question, text: str) -> bool:
    """Whether a text is the question's answer, by numbers for counts and by words otherwise."""
    if question.kind == "count":
        wanted, given = parse_count(question.answer), parse_count(text)
        if wanted is not None or given is not None:
            return wanted == given
    return normalise_answer(question.answer) == normalise_answer(text)


def answer_tallies(
    questions: Sequence[Sequence[Question]], answers: Sequence[Sequence[GivenAnswer]]
) -> dict[str, Tally]:
    """Accuracies per image, in percent.

    `accuracy` is over all questions and `accuracy_<kind>` over those of a kind: abstentions count
    as wrong. `count_within_1` allows one more or less; `location_any_wording` compares places, not
    words. `coverage` is the share answered, `answered_accuracy` the accuracy among these.
    `calibration_error` (0..1) and `calibration_error_<kind>` judge the confidence of every answer,
    also of those held back.

    Args:
        questions: per image.
        answers: per image, one for each of its questions.
    """
    images = len(questions)
    flat = [
        (image, question, answer)
        for image, (asked, given) in enumerate(zip(questions, answers, strict=True))
        for question, answer in zip(asked, given, strict=True)
    ]
    groups = {"": flat}
    for kind in sorted({question.kind for _, question, _ in flat}):
        groups[f"_{kind}"] = [item for item in flat if item[1].kind == kind]
    tallies: dict[str, Tally] = {}
    for suffix, items in groups.items():
        owner = [image for image, _, _ in items]
        right = [is_correct(question, answer) for _, question, answer in items]
        would = [says_the_same(question, answer.text) for _, question, answer in items]
        answered = [not answer.abstained for _, _, answer in items]
        sure = [answer.confidence for _, _, answer in items]
        tallies[f"accuracy{suffix}"] = _share(owner, right, images)
        tallies[f"coverage{suffix}"] = _share(owner, answered, images)
        tallies[f"answered_accuracy{suffix}"] = _share(owner, right, images, among=answered)
        tallies[f"calibration_error{suffix}"] = calibration_tally(sure, would, owner, images)
        if suffix == "_count":
            near = [not a.abstained and _within_one(q, a.text) for _, q, a in items]
            tallies["count_within_1"] = _share(owner, near, images)
        if suffix == "_location":
            alike = [not a.abstained and places(q.answer) == places(a.text) for _, q, a in items]
            tallies["location_any_wording"] = _share(owner, alike, images)
    return tallies


def _within_one(question: Question, text: str) -> bool:
    wanted, given = parse_count(question.answer), parse_count(text)
    if wanted is None or given is None:
        return says_the_same(question, text)
    return abs(wanted - given) <= 1


def _share(
    owner: Sequence[int],
    hits: Sequence[bool],
    images: int,
    among: Sequence[bool] | None = None,
) -> Tally:
    weights = np.ones(len(owner)) if among is None else np.asarray(among, dtype=np.float64)
    place = np.asarray(owner, dtype=np.int64)
    return Tally.ratio(
        np.bincount(place, np.asarray(hits, dtype=np.float64), minlength=images),
        np.bincount(place, weights, minlength=images),
    )


def accuracy_by_coverage(
    confidence: Sequence[float], correct: Sequence[bool], coverages: Sequence[float]
) -> list[tuple[float, float]]:
    """Accuracy in percent when only the surest share is answered, for each share.

    Equal confidences are answered in random order: the expected accuracy is given.

    Args:
        confidence: one number per answer.
        correct: for each, whether it is right.
        coverages: shares in (0, 1]; of n answers the surest `ceil(share * n)` are kept.
    """
    sure = np.asarray(confidence, dtype=np.float64)
    if len(sure) == 0:
        return []
    order = np.argsort(-sure, kind="stable")
    _, group = np.unique(-sure[order], return_inverse=True)
    right = np.asarray(correct, dtype=np.float64)[order]
    expected = (np.bincount(group, right) / np.bincount(group))[group]
    running = np.cumsum(expected)
    kept = [max(1, int(np.ceil(share * len(sure) - 1e-9))) for share in coverages]
    return [
        (float(share), float(100 * running[count - 1] / count))
        for share, count in zip(coverages, kept, strict=True)
    ]
