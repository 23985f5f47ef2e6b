"""Two images in one tone: exposure, haze and season's light are no change.

Relative radiometric normalisation by a line for each band, fitted to the pixels that changed least,
as is usual in change detection (after Schott, Salvaggio and Volchok 1988, "Radiometric scene
normalization using pseudoinvariant features"; least trimmed squares in place of chosen features).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Optional, Tuple

import numpy as np
from numpy.typing import NDArray

from ..raster.normalise import Stretch

# The half that fits best decides: so much of a region may have changed.
_TRUSTED_SHARE = 0.5
_ROUNDS = 12
_TRIED_LINES, _TRIED_PIXELS = 100, 1000
_FEWEST_PIXELS = 64
# Beyond these a band shows something else, and is left as it is.
_STEEPEST = 10.0
_LEAST_CORRELATION = 0.5
_LEAST_SPREAD = 2.0

Colours = NDArray[np.uint8]


def match_tone(before: Colours, after: Colours, shown: NDArray[np.bool_], own: Stretch) -> Stretch:
    """How to show the second image so that what did not change looks as in the first.

    Args:
        before: `[h, w, 3]`, the first image.
        after: `[h, w, 3]`, the second, of the same ground.
        shown: `[h, w]`, where both are image.
        own: what the second is shown with in `after`.

    Returns:
        The same stretch with other limits; as it is where it has a palette, where there are too few
        pixels, and for bands in which the images have nothing in common.
    """
    if own.palette is not None or int(shown.sum()) < _FEWEST_PIXELS:
        return own
    limits = []
    for band, (low, high) in enumerate(own.limits):
        line = _line(after[shown][:, band], before[shown][:, band])
        if line is not None and high > low and not _is_none(*line):
            slope, offset = line
            unit = (high - low) / 255
            # The values that are shown as 0 and as 255 once the line has been applied.
            low, high = low - offset / slope * unit, low + (255 - offset) / slope * unit
        limits.append((low, high))
    return replace(own, limits=tuple(limits))


def _line(x: NDArray[np.uint8], y: NDArray[np.uint8]) -> Optional[Tuple[float, float]]:
    """Slope and offset of the line that the best half of the pixels lie on."""
    values, wanted = x.astype(np.float64), y.astype(np.float64)
    # What is cut off at black or white in either lies on no line.
    open_ended = (x > 0) & (x < 255) & (y > 0) & (y < 255)
    values, wanted = values[open_ended], wanted[open_ended]
    if len(values) < _FEWEST_PIXELS:
        return None
    count = int(len(values) * _TRUSTED_SHARE)
    slope, offset = _start(values, wanted)
    best = np.arange(len(values))
    for _ in range(_ROUNDS):
        misses = np.abs(slope * values + offset - wanted)
        chosen = np.argpartition(misses, count)[:count]
        if values[chosen].std() < _LEAST_SPREAD:
            # Flat ground says how much brighter it became, and nothing of contrast.
            return 1.0, float(np.median(wanted[chosen] - values[chosen]))
        if np.array_equal(np.sort(chosen), best):
            break
        best = np.sort(chosen)
        slope, offset = (float(part) for part in np.polyfit(values[best], wanted[best], 1))
    spread = values[best].std() * wanted[best].std()
    if spread == 0 or not 1 / _STEEPEST <= slope <= _STEEPEST:
        return None
    covariance = np.mean(
        (values[best] - values[best].mean()) * (wanted[best] - wanted[best].mean())
    )
    return (slope, offset) if covariance / spread >= _LEAST_CORRELATION else None


def _is_none(slope: float, offset: float) -> bool:
    """Whether a line changes no colour by half a grey level."""
    return max(abs(offset), abs(255 * slope + offset - 255)) < 0.5


def _start(values: NDArray[np.float64], wanted: NDArray[np.float64]) -> Tuple[float, float]:
    """The line to begin with: of those through two pixels, and of that which takes quartiles to
    quartiles, the one that half of the pixels lie nearest to."""
    random = np.random.default_rng(0)
    some = random.integers(0, len(values), _TRIED_PIXELS)
    first, second = random.integers(0, len(values), (2, _TRIED_LINES))
    apart = values[second] - values[first]
    chosen = apart != 0
    slopes = (wanted[second] - wanted[first])[chosen] / apart[chosen]
    offsets = wanted[first][chosen] - slopes * values[first][chosen]
    low, middle, high = np.percentile(values, (25, 50, 75))
    wanted_low, wanted_middle, wanted_high = np.percentile(wanted, (25, 50, 75))
    slope = (wanted_high - wanted_low) / (high - low) if high > low else 1.0
    slopes = np.append(slopes, slope)
    offsets = np.append(offsets, wanted_middle - slope * middle)
    misses = np.abs(slopes[:, None] * values[some] + offsets[:, None] - wanted[some])
    best = int(np.quantile(misses, _TRUSTED_SHARE, axis=1).argmin())
    return float(slopes[best]), float(offsets[best])
