"""Policies: what is gained by looking closer at a cell."""

from __future__ import annotations

import zlib
from typing import Any, Dict, Protocol, Sequence, Type

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
# Rec. 601 luma in whole numbers, which are added many times as fast; two steps of it fit 16 bit.
_LUMA = (38, 75, 15)
_LUMA_UNIT = sum(_LUMA)


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

    A cell is measured to pairs of survey rows and columns, so that the tables of sums are a quarter
    as large: they are most of what planning a small raster costs.

    Note:
        Gradient and deviation of a cell are O(1), from summed-area tables; its histogram is one
        pass over its survey pixels.
    """

    name = "content"

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        mask = survey.mask
        channels = [np.ascontiguousarray(survey.rgb[:, :, channel]) for channel in range(3)]
        luma = _luma(channels)
        self._steps = SummedArea(_in_pairs(_steps(luma, mask)))
        self._bins = (luma // (256 * _LUMA_UNIT // _ENTROPY_BINS)).astype(np.uint8)
        if not mask.all():
            # A bin of their own for pixels that do not count is quicker than leaving them out.
            self._bins[~mask] = _ENTROPY_BINS
            channels = [channel * mask for channel in channels]
        self._counts = SummedArea(_in_pairs(mask))
        self._sums = [SummedArea(_in_pairs(channel)) for channel in channels]
        self._squares = [
            SummedArea(_in_pairs(np.multiply(channel, channel, dtype=np.uint16)))
            for channel in channels
        ]
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
        rows, cols = (_pairs(side) for side in self._survey.patch(window))
        count = self._counts.sum(rows, cols)
        if count == 0:
            return 0.0
        gradient = self._steps.sum(rows, cols) / (2 * _LUMA_UNIT) / count / _FULL_GRADIENT
        pixels = self._bins[2 * rows.start : 2 * rows.stop, 2 * cols.start : 2 * cols.stop]
        bins = np.bincount(pixels.ravel(), minlength=_ENTROPY_BINS + 1)
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


def _pairs(pixels: slice) -> slice:
    """The pairs that hold these pixels."""
    return slice(pixels.start // 2, -(-pixels.stop // 2))


def _in_pairs(values: NDArray[Any]) -> NDArray[Any]:
    """Sums of two by two pixels; beyond an odd edge there is nothing."""
    height, width = values.shape
    if height % 2 or width % 2:
        values = np.pad(values, ((0, height % 2), (0, width % 2)))
    wide = np.uint16 if values.dtype.itemsize == 1 else np.uint32
    by_row = np.add(values[::2], values[1::2], dtype=wide)
    sums: NDArray[Any] = by_row[:, ::2] + by_row[:, 1::2]
    return sums


def _luma(channels: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint16]:
    """Luminance of red, green and blue; a grey level is `_LUMA_UNIT`."""
    luma = np.zeros(channels[0].shape, dtype=np.uint16)
    for channel, weight in zip(channels, _LUMA):
        luma += np.multiply(channel, weight, dtype=np.uint16)
    return luma


def _steps(luma: NDArray[np.uint16], mask: NDArray[np.bool_]) -> NDArray[np.uint16]:
    """Sum of the absolute steps to the right and lower neighbour, 0 across the edge of what is
    valid."""
    steps = np.zeros(luma.shape, dtype=np.uint16)
    everywhere = bool(mask.all())
    for here, there in ((np.s_[:, :-1], np.s_[:, 1:]), (np.s_[:-1], np.s_[1:])):
        # Unsigned numbers must not go below nought on the way.
        step = np.maximum(luma[here], luma[there])
        step -= np.minimum(luma[here], luma[there])
        if not everywhere:
            step *= mask[here] & mask[there]
        steps[here] += step
    return steps
