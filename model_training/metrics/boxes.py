"""Boxes found against boxes labelled: one-to-one matching, precision, recall, counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ..data.records import LabelledBox
from .tally import Tally

IOU_HIT = 0.5


@dataclass(frozen=True)
class FoundBox:
    """A box found for a category's phrase, in pixels of the image; `score` orders the boxes."""

    category: str
    x_min: float
    y_min: float
    width: float
    height: float
    score: float


Box = LabelledBox | FoundBox
Closeness = Callable[[FoundBox, LabelledBox], float]


@dataclass(frozen=True)
class Match:
    """One found box after matching: whether it hit a labelled box that none before it had hit."""

    image: int
    category: str
    score: float
    hit: bool


def overlap(one: Box, other: Box) -> float:
    """Intersection over union, 0..1."""
    width = _shared(one.x_min, one.width, other.x_min, other.width)
    height = _shared(one.y_min, one.height, other.y_min, other.height)
    shared = width * height
    union = one.width * one.height + other.width * other.height - shared
    return shared / union if union > 0 else 0.0


def _shared(start: float, length: float, other_start: float, other_length: float) -> float:
    return max(0.0, min(start + length, other_start + other_length) - max(start, other_start))


def iou_closeness(found: FoundBox, labelled: LabelledBox) -> float:
    """The overlap where it reaches 0.5, else 0: no hit."""
    value = overlap(found, labelled)
    return value if value >= IOU_HIT else 0.0


def centre_closeness(found: FoundBox, labelled: LabelledBox) -> float:
    """1 where both centres are one, less the farther they are apart, 0 outside the labelled box."""
    if labelled.width <= 0 or labelled.height <= 0:
        return 0.0
    across = abs(found.x_min + found.width / 2 - labelled.x_min - labelled.width / 2)
    down = abs(found.y_min + found.height / 2 - labelled.y_min - labelled.height / 2)
    off = max(across / labelled.width, down / labelled.height)
    # Half a side off the centre is the edge, and still a hit.
    return 1.0 - off if off <= 0.5 else 0.0


CRITERIA: dict[str, Closeness] = {"iou50": iou_closeness, "centre": centre_closeness}


def match_boxes(
    found: Sequence[Sequence[FoundBox]],
    labelled: Sequence[Sequence[LabelledBox]],
    closeness: Closeness,
) -> list[Match]:
    """Match greedily, category by category: best scores first, each to the closest box still free.

    Since better scores choose first, cutting the result at any score gives the matching that the
    boxes above it would have had alone.

    Args:
        found: per image.
        labelled: per image.
        closeness: above 0 for a hit, larger is closer.
    """
    matches = []
    for image, (boxes, truth) in enumerate(zip(found, labelled, strict=True)):
        free = list(truth)
        for box in sorted(boxes, key=lambda item: -item.score):
            same = [other for other in free if other.category == box.category]
            best = max(same, key=lambda other: closeness(box, other), default=None)
            hit = best is not None and closeness(box, best) > 0
            if hit and best is not None:
                # By identity: two labels may be equal, and only one of them is taken.
                free = [other for other in free if other is not best]
            matches.append(Match(image, box.category, box.score, hit))
    return matches


def choose_threshold(matches: Sequence[Match], wanted: int) -> float:
    """The score from which boxes are kept so that F1 is best; ties go to the higher threshold.

    Args:
        matches: of validation images.
        wanted: labelled boxes on them.

    Returns:
        A score that occurs, or infinity where nothing was found or nothing hit.
    """
    scores = np.array([match.score for match in matches])
    hits = np.array([match.hit for match in matches], dtype=np.float64)
    if not hits.any():
        return float("inf")
    order = np.argsort(-scores, kind="stable")
    scores, right = scores[order], np.cumsum(hits[order])
    f1 = 2 * right / (np.arange(1, len(scores) + 1) + wanted)
    # Only the last of equal scores is a threshold that can be cut at.
    last = np.append(scores[1:] < scores[:-1], True)
    return float(scores[np.where(last, f1, -1.0).argmax()])


def grounding_tallies(
    matches: Sequence[Match],
    labelled: Sequence[Sequence[LabelledBox]],
    threshold: float,
    category: str | None = None,
) -> dict[str, Tally]:
    """Precision, recall and F1 in percent per image, of boxes scored `threshold` or more.

    Args:
        matches: of `match_boxes`.
        labelled: per image.
        threshold: least score that counts as found.
        category: count only this one; None for all together.
    """
    images = len(labelled)
    kept = [
        match
        for match in matches
        if match.score >= threshold and (category is None or match.category == category)
    ]
    owner = np.array([match.image for match in kept], dtype=np.int64)
    hits = np.array([match.hit for match in kept], dtype=np.float64)
    right = np.bincount(owner, hits, minlength=images)
    said = np.bincount(owner, minlength=images).astype(np.float64)
    wanted = np.array(
        [sum(category in (None, box.category) for box in boxes) for boxes in labelled], dtype=float
    )
    return {
        "precision": Tally.ratio(right, said),
        "recall": Tally.ratio(right, wanted),
        "f1": Tally("f1", np.stack([right, said, wanted], axis=1)),
    }


def count_errors(
    found: Sequence[Sequence[FoundBox]],
    labelled: Sequence[Sequence[LabelledBox]],
    asked: Sequence[Sequence[str]],
    threshold: float,
) -> dict[str, Tally]:
    """How far the number of boxes found is from the number labelled, for the categories present.

    Absent categories are left out: a model that finds nothing would count them all right.

    Args:
        found: per image.
        labelled: per image.
        asked: per image, the categories that were searched for.
        threshold: least score that counts as found.

    Returns:
        `count_exact` and `count_within_1` in percent, `count_error` the mean absolute error.
    """
    exact, near, error, total = (np.zeros(len(labelled)) for _ in range(4))
    for image, (boxes, truth, names) in enumerate(zip(found, labelled, asked, strict=True)):
        for name in names:
            wanted = sum(box.category == name for box in truth)
            if wanted == 0:
                continue
            said = sum(box.category == name and box.score >= threshold for box in boxes)
            exact[image] += said == wanted
            near[image] += abs(said - wanted) <= 1
            error[image] += abs(said - wanted)
            total[image] += 1
    return {
        "count_exact": Tally.ratio(exact, total),
        "count_within_1": Tally.ratio(near, total),
        "count_error": Tally("mean", np.stack([error, total], axis=1)),
    }
