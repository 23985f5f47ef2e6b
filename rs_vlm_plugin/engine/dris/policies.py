"""Policies: what is gained by looking closer at a cell."""

from __future__ import annotations

import zlib
from typing import Dict, List, Protocol, Type

import numpy as np
from numpy.typing import NDArray

from ..errors import BadRequest
from ..geometry import Window
from .summed_area import SummedArea
from .survey import Survey

# Half a grey level of everything: paper-white fill, saturated cloud, a lake without a ripple.
_BLANK = 0.02
_FULL_GRADIENT = 32.0
_FULL_DEVIATION = 64.0
_ENTROPY_BINS = 32


class Policy(Protocol):
    """Scores cells of one surveyed region."""

    name: str

    def __init__(self, survey: Survey) -> None: ...

    def gain(self, window: Window) -> float:
        """What splitting this cell is expected to bring, in 0..1; 0 when it is not worth a tile."""

    def reason(self, gain: float) -> str:
        """A few words on why a cell's children were chosen."""


class ContentPolicy:
    """Looks closer where the coarse view is busy.

    A cell's content is the mean of three measures of its valid pixels, each in 0..1: gradient
    energy (mean absolute difference to the right and lower neighbour), entropy of its luminance,
    and deviation of its colours. Content times the square root of the cell's valid share of the
    region is the gain: below proportion, because a small busy place is worth more than its area
    says.

    Note:
        Gradient and deviation of a cell are O(1), from summed-area tables; its histogram is one
        pass over its survey pixels.
    """

    name = "content"

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        mask = survey.mask
        luminance = survey.rgb.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
        self._gradient = SummedArea(_gradient(luminance, mask) * mask)
        self._bins = (luminance * (_ENTROPY_BINS / 256)).astype(np.uint8)
        # A bin of their own for pixels that do not count is quicker than leaving them out.
        self._bins[~mask] = _ENTROPY_BINS
        colours = [np.where(mask, channel, 0).astype(np.int32) for channel in _channels(survey)]
        self._sums = [SummedArea(channel) for channel in colours]
        self._squares = [SummedArea(channel * channel) for channel in colours]
        self._valid = survey.valid.sum(*survey.patch(survey.window)) / mask.size

    def gain(self, window: Window) -> float:
        """See `Policy.gain`."""
        content = self.content(window)
        if content < _BLANK:
            return 0.0
        share = window.area * self._survey.valid_fraction(window)
        share /= self._survey.window.area * self._valid
        return content * min(1.0, share) ** 0.5

    def reason(self, gain: float) -> str:
        """See `Policy.reason`."""
        return f"busy ground (gain {gain:.2f})"

    def content(self, window: Window) -> float:
        """How busy a cell is, 0 (blank) to 1."""
        rows, cols = self._survey.patch(window)
        count = self._survey.valid.sum(rows, cols)
        if count == 0:
            return 0.0
        gradient = self._gradient.sum(rows, cols) / count / _FULL_GRADIENT
        bins = np.bincount(self._bins[rows, cols].ravel(), minlength=_ENTROPY_BINS + 1)
        seen = bins[:_ENTROPY_BINS][bins[:_ENTROPY_BINS] > 0] / count
        entropy = float(-(seen * np.log2(seen)).sum()) / np.log2(_ENTROPY_BINS)
        deviation = 0.0
        for sums, squares in zip(self._sums, self._squares):
            mean = sums.sum(rows, cols) / count
            variance = squares.sum(rows, cols) / count - mean * mean
            deviation += max(0.0, variance) ** 0.5 / len(self._sums) / _FULL_DEVIATION
        return (min(1.0, gradient) + entropy + min(1.0, deviation)) / 3


class RandomPolicy:
    """Looks closer anywhere; seeded by the region's place, so the same region gives one plan."""

    name = "random"

    def __init__(self, survey: Survey) -> None:
        window = survey.window
        place = f"{window.col_off},{window.row_off},{window.width},{window.height}"
        self._seed = zlib.crc32(place.encode("ascii"))

    def gain(self, window: Window) -> float:
        """See `Policy.gain`: a number that depends on the cell's place alone, above 0."""
        place = (self._seed, window.col_off, window.row_off, window.width, window.height)
        return float(np.random.default_rng(place).uniform(0.001, 1.0))

    def reason(self, gain: float) -> str:
        """See `Policy.reason`."""
        return "drawn at random"


class FixedPolicy:
    """The conventional reference: every place at one resolution. The planner treats it apart."""

    name = "fixed"

    def __init__(self, survey: Survey) -> None:
        self._survey = survey

    def gain(self, window: Window) -> float:
        """See `Policy.gain`: the same everywhere, its share of the region."""
        return min(1.0, window.area / self._survey.window.area)

    def reason(self, gain: float) -> str:
        """See `Policy.reason`."""
        return "one resolution everywhere"


POLICIES: Dict[str, Type[Policy]] = {
    policy.name: policy for policy in (FixedPolicy, RandomPolicy, ContentPolicy)
}


def make_policy(name: str, survey: Survey) -> Policy:
    """The policy of a name, over one surveyed region. Raises `BadRequest` for an unknown name."""
    if name not in POLICIES:
        known = ", ".join(POLICIES)
        raise BadRequest(f"There is no policy {name!r}.", f"Choose one of: {known}.")
    return POLICIES[name](survey)


def _channels(survey: Survey) -> List[NDArray[np.uint8]]:
    return [survey.rgb[:, :, channel] for channel in range(survey.rgb.shape[2])]


def _gradient(luminance: NDArray[np.float32], mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Mean absolute step to the right and lower neighbour, 0 across the edge of what is valid."""
    right = np.abs(np.diff(luminance, axis=1, append=luminance[:, -1:]))
    right[:, :-1] *= mask[:, :-1] & mask[:, 1:]
    lower = np.abs(np.diff(luminance, axis=0, append=luminance[-1:]))
    lower[:-1] *= mask[:-1] & mask[1:]
    gradient: NDArray[np.float32] = (right + lower) / 2
    return gradient
