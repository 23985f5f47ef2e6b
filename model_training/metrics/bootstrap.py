"""How much of a score, or of a difference between two runs, the choice of test images explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .tally import Floats, Tally

RESAMPLES = 2000
SEED = 20
LEVEL = 0.95
LEAST = 1e-6


class RunsDiffer(ValueError):
    """Two runs were not scored on the same images by the same metric, so they cannot be paired."""


@dataclass(frozen=True)
class Interval:
    """A value and its 95 % bootstrap interval."""

    value: float
    low: float
    high: float

    def to_json(self) -> dict[str, float | None]:
        """Plain values, None for what is undefined."""
        return {name: known(value) for name, value in vars(self).items()}


@dataclass(frozen=True)
class Comparison:
    """`after` against `before` on the same images: absolute difference, relative one in percent.

    `differs` says that the interval of the difference leaves out 0.
    """

    before: float
    after: float
    difference: Interval
    relative: Interval

    @property
    def differs(self) -> bool:
        """Whether the 95 % interval of the difference leaves out 0."""
        return self.difference.low > 0 or self.difference.high < 0

    def to_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "before": known(self.before),
            "after": known(self.after),
            "difference": self.difference.to_json(),
            "relative": self.relative.to_json(),
            "differs": self.differs,
        }


def known(value: float) -> float | None:
    """The value, or None where it is undefined: JSON has no NaN and no infinity."""
    return float(value) if np.isfinite(value) else None


def interval(tally: Tally, resamples: int = RESAMPLES, seed: int = SEED) -> Interval:
    """Percentile bootstrap over images.

    Args:
        tally: one metric of one run.
        resamples: how often as many images as there are, are drawn with replacement.
        seed: of the draws; the same for all metrics, so that they are drawn together.
    """
    values = _resampled(tally, resamples, seed)
    return _interval(tally.value, values)


def compare(
    before: Tally, after: Tally, resamples: int = RESAMPLES, seed: int = SEED
) -> Comparison:
    """Paired percentile bootstrap: both runs are scored on the same drawn images (Koehn 2004).

    Raises:
        RunsDiffer: another metric, or another number of images.
    """
    if before.kind != after.kind or len(before.rows) != len(after.rows):
        raise RunsDiffer(
            f"A {before.kind} over {len(before.rows)} images cannot be compared with "
            f"a {after.kind} over {len(after.rows)}."
        )
    first, second = (_resampled(tally, resamples, seed) for tally in (before, after))
    change = after.value - before.value
    relative = _relative(second - first, first)
    return Comparison(
        before=before.value,
        after=after.value,
        difference=_interval(change, second - first),
        relative=_interval(_relative(change, before.value), relative),
    )


def same_images(before: Sequence[str], after: Sequence[str]) -> None:
    """Raise `RunsDiffer` unless both runs list the same images in the same order."""
    if list(before) != list(after):
        only = sorted(set(before) ^ set(after))
        example = f", {only[0]} among them" if only else " in order"
        raise RunsDiffer(f"The two runs were scored on different images{example}.")


def _relative(change: ArrayLike, before: ArrayLike) -> Any:
    """Percent; undefined of next to nothing, such as a BLEU without one common 4-gram."""
    base = np.asarray(before, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(np.abs(base) > LEAST, 100 * np.asarray(change) / base, np.nan)


def _resampled(tally: Tally, resamples: int, seed: int) -> Floats:
    images = len(tally.rows)
    rng = np.random.default_rng(seed)
    counts = rng.multinomial(images, np.full(images, 1 / images), size=resamples)
    return tally.weighted(counts.astype(np.float64))


def _interval(value: float, values: Floats) -> Interval:
    # A draw without a single question of a kind has no accuracy of that kind; it says nothing.
    known = values[np.isfinite(values)]
    if len(known) == 0:
        return Interval(float(value), float("nan"), float("nan"))
    tail = 50 * (1 - LEVEL)
    low, high = np.percentile(known, [tail, 100 - tail])
    return Interval(float(value), float(low), float(high))
