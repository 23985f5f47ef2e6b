"""The one coarse look at a region that a plan is made from: where there is image, and which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import List, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..errors import EmptyRegion
from ..geometry import Region, Window
from ..raster.normalise import Stretch, coarse_shape, read_rgb
from ..raster.source import RasterSource
from ..region import coverage_mask, region_window
from .summed_area import SummedArea

_SURVEY_SIDE = 1024


@dataclass(frozen=True)
class Survey:
    """A coarse view of a region.

    Attributes:
        window: the region's raster pixels.
        rgb: `[h, w, 3]`, at most 1024 pixels a side.
        mask: `[h, w]`, True where a pixel is image and inside the region.
    """

    window: Window
    rgb: NDArray[np.uint8]
    mask: NDArray[np.bool_]

    def patch(self, window: Window) -> Tuple[slice, slice]:
        """Rows and columns of the survey that a window in the region touches, one at least."""
        height, width = self.mask.shape
        return (
            _touched(
                window.row_off - self.window.row_off, window.height, self.window.height, height
            ),
            _touched(window.col_off - self.window.col_off, window.width, self.window.width, width),
        )

    def valid_fraction(self, window: Window) -> float:
        """The share of a window's survey pixels that are image and inside the region."""
        rows, cols = self.patch(window)
        return self.valid.sum(rows, cols) / ((rows.stop - rows.start) * (cols.stop - cols.start))

    @property
    def shown(self) -> Window:
        """The smallest window that holds every valid pixel, to one survey pixel; the mask has one
        at least."""
        rows, cols = (np.flatnonzero(self.mask.any(axis=axis)) for axis in (1, 0))
        top, bottom = _covered(rows, self.window.height, self.mask.shape[0])
        left, right = _covered(cols, self.window.width, self.mask.shape[1])
        return Window(
            self.window.col_off + left, self.window.row_off + top, right - left, bottom - top
        )

    @cached_property
    def valid(self) -> SummedArea:
        """Counts of valid survey pixels."""
        return SummedArea(self.mask)


def survey_region(source: RasterSource, region: Region, stretch: Stretch) -> Survey:
    """Look at a region coarsely.

    Args:
        source: raster to read.
        region: area in the raster's CRS.
        stretch: from `fit_stretch` on the same raster.

    Raises:
        EmptyRegion: the region lies outside the raster, or in nodata.

    Note:
        One read of at most 1024 x 1024 pixels. Nodata and region are known to one survey pixel:
        exactly where the region is no larger than that.
    """
    window = region_window(source.info, region)
    shape = coarse_shape(window, _SURVEY_SIDE)
    rgb, mask = read_rgb(source, window, shape, stretch)
    mask = mask & coverage_mask(region, source.info.transform, window, shape)
    if not mask.any():
        raise EmptyRegion(
            "The region holds no valid pixel of {name}: all of it is nodata.",
            "Choose an area where the raster shows something.",
            name=source.info.name,
        )
    return Survey(window, rgb, mask)


def valid_in_all(surveys: Sequence[Survey]) -> List[Survey]:
    """Surveys of one region on one grid, each with the mask that they have in common.

    Raises:
        EmptyRegion: no pixel is valid in all of them.
    """
    mask = np.logical_and.reduce([survey.mask for survey in surveys])
    if not mask.any():
        raise EmptyRegion(
            "The region holds no pixel that all of the images show.",
            "Choose an area where each of them shows something.",
        )
    return [replace(survey, mask=mask) for survey in surveys]


def _covered(chosen: NDArray[np.intp], length: int, samples: int) -> Tuple[int, int]:
    """First pixel, and the one past the last, of the samples chosen along a side of so many
    pixels."""
    first, last = int(chosen[0]), int(chosen[-1])
    return first * length // samples, -(-(last + 1) * length // samples)


def _touched(offset: int, length: int, region_length: int, samples: int) -> slice:
    first = offset * samples // region_length
    end = -(-(offset + length) * samples // region_length)
    return slice(first, max(first + 1, end))
