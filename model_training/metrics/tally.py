"""A metric kept as statistics per image, from which any weighting of the images gives its value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


class TallyInvalid(ValueError):
    """Per-image statistics that were read back do not belong to a known metric."""


def _ratio(sums: Floats) -> Floats:
    """Percent of (hits, of how many)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return 100 * sums[:, 0] / sums[:, 1]


def _mean(sums: Floats) -> Floats:
    """(sum, how many), as it is."""
    return _ratio(sums) / 100


def _mean_of_ratios(sums: Floats) -> Floats:
    """Mean of several percentages, (hits, of how many) side by side."""
    return np.mean([_ratio(sums[:, i : i + 2]) for i in range(0, sums.shape[1], 2)], axis=0)


def _f1(sums: Floats) -> Floats:
    """Percent, from (right, found, wanted); nothing found of nothing wanted has no F1."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return 200 * sums[:, 0] / (sums[:, 1] + sums[:, 2])


def _bleu4(sums: Floats) -> Floats:
    """Corpus BLEU-4 in percent, from right n-grams (4), said n-grams (4), said and wanted length.

    The same small numbers as pycocoevalcap's, so that both agree to the last digit.
    """
    right, said, length, wanted = sums[:, :4], sums[:, 4:8], sums[:, 8], sums[:, 9]
    precision = np.prod((right + 1e-15) / (said + 1e-9), axis=1) ** 0.25
    ratio = (length + 1e-15) / (wanted + 1e-9)
    return 100 * precision * np.where(ratio < 1, np.exp(1 - 1 / ratio), 1.0)


def _calibration_error(sums: Floats) -> Floats:
    """Expected calibration error in 0..1, from (how many, sum of confidence, right) per bin."""
    count, confidence, right = sums[:, 0::3], sums[:, 1::3], sums[:, 2::3]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.abs(right - confidence).sum(axis=1) / count.sum(axis=1)


KINDS: dict[str, Callable[[Floats], Floats]] = {
    "ratio": _ratio,
    "mean": _mean,
    "mean_of_ratios": _mean_of_ratios,
    "f1": _f1,
    "bleu4": _bleu4,
    "calibration_error": _calibration_error,
}
"""Each takes sums [resamples, statistics] and gives values [resamples]; NaN where undefined."""


@dataclass(frozen=True)
class Tally:
    """One metric of one run: `rows` [images, statistics] whose sums `kind` turns into its value."""

    kind: str
    rows: Floats

    @classmethod
    def ratio(cls, hits: ArrayLike, totals: ArrayLike) -> Tally:
        """Percent of hits among totals, each given per image."""
        return cls(
            "ratio", np.stack([np.asarray(hits), np.asarray(totals)], axis=1).astype(np.float64)
        )

    @property
    def value(self) -> float:
        """The metric over all images, each once."""
        return float(KINDS[self.kind](self.rows.sum(axis=0, keepdims=True))[0])

    def weighted(self, counts: Floats) -> Floats:
        """The metric [resamples] for each row of `counts` [resamples, images]: how often each image
        was drawn."""
        return KINDS[self.kind](counts @ self.rows)

    def to_json(self) -> dict[str, Any]:
        """Plain values; whole numbers without a decimal point, others to six digits."""
        return {"kind": self.kind, "rows": [[_short(v) for v in row] for row in self.rows.tolist()]}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Tally:
        """Read `to_json`'s values. Raises `TallyInvalid`."""
        if values.get("kind") not in KINDS:
            raise TallyInvalid(f"There is no metric of kind {values.get('kind')!r}.")
        rows = np.asarray(values.get("rows"), dtype=np.float64)
        if rows.ndim != 2:
            raise TallyInvalid(f"The statistics of a {values['kind']} are not rows of numbers.")
        return cls(values["kind"], rows)


def pooled(tallies: Sequence[Tally]) -> Tally:
    """One tally over several runs on the same images (seeds): statistics are added image by
    image."""
    return Tally(tallies[0].kind, np.sum([tally.rows for tally in tallies], axis=0))


def _short(value: float) -> float | int:
    return int(value) if value == int(value) else float(f"{value:.6g}")
