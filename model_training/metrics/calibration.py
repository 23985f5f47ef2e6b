"""Whether a confidence of 0.8 is right eight times in ten."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .tally import Tally

BINS = 15


def expected_calibration_error(confidence: Sequence[float], correct: Sequence[bool]) -> float:
    """Mean gap between confidence and accuracy over 15 equal bins of confidence, weighted by size.

    Args:
        confidence: in 0..1.
        correct: for each confidence, whether what it was given for was right.

    Returns:
        In 0..1; NaN for nothing (Guo et al. 2017).
    """
    return calibration_tally(confidence, correct, range(len(confidence)), len(confidence)).value


def calibration_tally(
    confidence: Sequence[float], correct: Sequence[bool], owner: Sequence[int], images: int
) -> Tally:
    """The same error as statistics per image; `owner` says which image each confidence belongs
    to."""
    rows = np.zeros((images, BINS, 3))
    sure = np.asarray(confidence, dtype=np.float64)
    part = np.clip((sure * BINS).astype(np.int64), 0, BINS - 1)
    seen = np.stack([np.ones_like(sure), sure, np.asarray(correct, dtype=np.float64)], axis=1)
    np.add.at(rows, (np.asarray(owner, dtype=np.int64), part), seen)
    return Tally("calibration_error", rows.reshape(images, -1))
