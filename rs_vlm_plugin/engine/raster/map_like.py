"""Rasters that are maps rather than imagery: colour tables, and single bands of classes."""

from __future__ import annotations

from typing import Iterator, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..geometry import Window
from .source import RasterSource

PALETTE_NOTE = (
    "This raster has a colour table, so it may be a map, not imagery; read what is said of it with "
    "care."
)
CLASSES_NOTE = (
    "This raster has one band of few different values, so it may be a map of classes, not imagery; "
    "read what is said of it with care."
)
_SIDE = 256
_FEWEST_PIXELS = 1024
_MOST_CLASSES = 32
_LEAST_ALIKE = 0.6
"""Share of neighbours of one value from which on a band is patches rather than brightness; of calm
water in a photograph, with the same few values, some 0.3."""

Palette = Sequence[Tuple[int, int, int, int]]


def is_grey(palette: Palette) -> bool:
    """Whether a colour table only says how bright each value is, as of a scanned photograph."""
    return all(red == green == blue for red, green, blue, _ in palette)


def holds_classes(source: RasterSource, bands: Sequence[int]) -> bool:
    """Whether what is shown looks like classes: one band of whole numbers without a colour table,
    patches of a few values.

    Args:
        source: raster to look at.
        bands: the bands shown as red, green and blue.

    Raises:
        RasterNotReadable: the file refuses.

    Note:
        For a single band reads 256 x 256 pixels as they are, five times at most.
    """
    first = source.info.bands[bands[0] - 1]
    if len(set(bands)) > 1 or first.palette is not None or np.dtype(first.dtype).kind not in "iu":
        return False
    for window in _samples(source.info.window):
        values, mask = source.read(window, (window.height, window.width), bands[:1])
        if mask.sum() >= min(_FEWEST_PIXELS, window.area):
            return _is_patches(values[0].astype(np.int64), mask)
    return False


def _samples(whole: Window) -> Iterator[Window]:
    """Small windows in the middle of a raster and of its quarters."""
    width, height = min(_SIDE, whole.width), min(_SIDE, whole.height)
    for across, down in ((0.5, 0.5), (0.25, 0.25), (0.75, 0.75), (0.75, 0.25), (0.25, 0.75)):
        yield Window(
            round((whole.width - width) * across),
            round((whole.height - height) * down),
            width,
            height,
        )


def _is_patches(values: NDArray[np.int64], mask: NDArray[np.bool_]) -> bool:
    count = len(np.unique(values[mask]))
    both = mask[:, 1:] & mask[:, :-1]
    if not 2 <= count <= _MOST_CLASSES or not both.any():
        return False
    steps = np.abs(np.diff(values, axis=1))[both]
    if (steps == 0).mean() < _LEAST_ALIKE:
        return False
    edges = steps[steps > 0]
    # Compression makes patches of calm water too, but from one grey to the next.
    return count == 2 or (len(edges) > 0 and bool(np.median(edges) > 1))
