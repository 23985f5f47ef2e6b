"""Objects that phrases name, read off the fine map: peaks of the score with their boxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from .encoding import Floats, LevelEncoding
from .level_spec import LevelSpec

OVERLAP = 0.45
"""Two boxes of one phrase that overlap more (intersection over union) are one object."""


@dataclass(frozen=True)
class FoundObject:
    """An object in one image: which of the phrases, its score in 0..1, and its box (left, top,
    right, bottom) in image sides."""

    phrase: int
    score: float
    box: Tuple[float, float, float, float]


def centre_scores(cells: Floats, phrases: Floats, spec: LevelSpec) -> Floats:
    """How surely each fine cell is the centre of what each phrase names.

    Args:
        cells: [M, D] of one image, unit length.
        phrases: [P, D], unit length.
        spec: gives scale and bias.

    Returns:
        [P, rows, columns] in 0..1.
    """
    logits = spec.scale * (phrases @ cells.T) + spec.bias
    return (1 / (1 + np.exp(-logits))).reshape(len(phrases), *spec.fine).astype(np.float32)


def find_objects(
    levels: LevelEncoding, image: int, phrases: Floats, spec: LevelSpec, least_score: float
) -> List[FoundObject]:
    """Objects of one image, the surest first.

    A cell counts where its score is a peak among its eight neighbours (CenterNet, Zhou et al.
    2019); boxes that overlap a surer one of the same phrase are dropped.
    """
    scores = centre_scores(levels.fine_cells[image], phrases, spec)
    boxes = _corners(levels.boxes[image])
    found: List[FoundObject] = []
    for phrase, heat in enumerate(scores):
        cells = np.flatnonzero(_is_peak(heat).ravel() & (heat.ravel() >= least_score))
        order = cells[np.argsort(-heat.ravel()[cells], kind="stable")]
        for cell in _apart(order.tolist(), boxes):
            left, top, right, bottom = boxes[cell].tolist()
            score = float(heat.ravel()[cell])
            found.append(FoundObject(phrase, score, (left, top, right, bottom)))
    return sorted(found, key=lambda item: -item.score)


def _is_peak(heat: Floats) -> NDArray[np.bool_]:
    padded = np.pad(heat, 1, constant_values=-1.0)
    rows, columns = heat.shape
    around = [
        padded[1 + down : 1 + down + rows, 1 + right : 1 + right + columns]
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
        if down or right
    ]
    peak: NDArray[np.bool_] = heat >= np.max(around, axis=0)
    return peak


def _corners(boxes: Floats) -> Floats:
    half = boxes[:, 2:] / 2
    return np.concatenate([boxes[:, :2] - half, boxes[:, :2] + half], axis=1).clip(0, 1)


def _apart(order: Sequence[int], boxes: Floats) -> List[int]:
    """Greedy non-maximum suppression of cells given surest first."""
    kept: List[int] = []
    for cell in order:
        if all(overlap(boxes[cell], boxes[other]) < OVERLAP for other in kept):
            kept.append(int(cell))
    return kept


def overlap(first: Floats, second: Floats) -> float:
    """Intersection over union of two boxes (left, top, right, bottom)."""
    sides = np.minimum(first[2:], second[2:]) - np.maximum(first[:2], second[:2])
    if (sides <= 0).any():
        return 0.0
    shared = float(sides.prod())
    areas = float((first[2:] - first[:2]).prod() + (second[2:] - second[:2]).prod())
    return shared / max(areas - shared, 1e-12)
