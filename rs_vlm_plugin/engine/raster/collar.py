"""Undeclared fill: the black or white collar around an image that nobody declared as nodata."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..geometry import Window

_GRID = 128
_LEAST_SHARE = 0.002
# What JPEG makes of a flat colour next to an edge. Deeper types are not stored lossily.
_LOSSY_TOLERANCE = 6
# How many pixels from the edge: JPEG's blocks are 8, or 16 where colour is subsampled.
_LOSSY_REACH = 16
_SENTINELS = (-9999.0, -32768.0, float(np.finfo(np.float32).min))


@dataclass(frozen=True)
class Collar:
    """Where a raster is fill, not image.

    The rule: in a raster that declares no nodata, alpha or mask, a value that is usual as fill (0;
    1 where deeper than 8 bit; the type's largest integer; -9999, -32768, the lowest float) and is
    the same in every band looked at is fill where it forms an area that reaches a corner of the
    raster, is at least 1/128 of the raster wide and covers at least 0.2 % of it; provided that what
    is left shows more than one value. Found once on a grid of at most 128 x 128 cells laid over the
    raster; a pixel is fill when it has the fill's value and lies in such a cell or the next. In
    8-bit rasters, for JPEG's sake, to within 6 and within 16 pixels. So a black roof or a white
    cloud inside the image stays image.

    Attributes:
        value: the fill, in the raster's own units.
        tolerance: how far a pixel may be from it.
        rows: the grid, one string per row, "1" where pixels may be fill: the collar's cells and
            their neighbours.
        size: width and height of the raster in pixels.
    """

    value: float
    tolerance: float
    rows: Tuple[str, ...]
    size: Tuple[int, int]

    def covers(self, window: Window, values: NDArray[np.generic]) -> NDArray[np.bool_]:
        """Which pixels of a read are fill.

        Args:
            window: the raster pixels that were read.
            values: `[bands, height, width]`, at any resolution.

        Returns:
            `[height, width]`, True where there is fill.
        """
        height, width = values.shape[1:]
        marks = np.frombuffer("".join(self.rows).encode("ascii"), dtype=np.uint8)
        cells = marks.reshape(len(self.rows), -1) == ord("1")
        row_of = _cell_of(window.row_off, window.height, height, self.size[1], cells.shape[0])
        col_of = _cell_of(window.col_off, window.width, width, self.size[0], cells.shape[1])
        near = cells[row_of[:, None], col_of[None, :]]
        return near & _is_value(values, self.value, self.tolerance)


def find_collar(values: NDArray[np.generic], size: Tuple[int, int]) -> Optional[Collar]:
    """Look for a collar in a coarse read of the whole raster.

    Args:
        values: `[bands, height, width]`, the bands that will be shown.
        size: width and height of the raster in pixels.

    Returns:
        The first found, trying black before white; None where there is none.
    """
    for value in _candidates(values.dtype):
        matches = _is_value(values, value, 0)
        cells = _from_corners(_all_within(matches, _GRID))
        if not cells.any():
            continue
        reach = _LOSSY_REACH * max(cells.shape[0] / size[1], cells.shape[1] / size[0])
        near = cells
        for _ in range(max(1, math.ceil(reach)) if values.dtype == np.uint8 else 1):
            near = _grown(near)
        inside = _spread(near, values.shape[1], values.shape[2]) & matches
        if inside.mean() < _LEAST_SHARE or not _shows_something(values[:, ~inside]):
            continue
        tolerance = _LOSSY_TOLERANCE if values.dtype == np.uint8 else 0
        rows = tuple("".join("1" if mark else "0" for mark in row) for row in near)
        return Collar(value, tolerance, rows, size)
    return None


def _candidates(dtype: np.dtype) -> Sequence[float]:
    if dtype.kind == "u":
        # Processors that keep 0 for other ends write 1 around a deeper image.
        darkest = (0.0, 1.0) if dtype.itemsize > 1 else (0.0,)
        return (*darkest, *_largest(dtype))
    if dtype.kind == "i":
        limits = np.iinfo(dtype)
        fitting = [value for value in _SENTINELS if limits.min <= value <= limits.max]
        return (0.0, *_largest(dtype), *fitting)
    return (0.0, *_SENTINELS)


def _largest(dtype: np.dtype) -> Tuple[float, ...]:
    """White. No 64-bit image has one, and a float could not hold it."""
    return (float(np.iinfo(dtype).max),) if dtype.itemsize < 8 else ()


def _is_value(values: NDArray[np.generic], value: float, tolerance: float) -> NDArray[np.bool_]:
    if tolerance:
        return (np.abs(values.astype(np.int32) - int(value)) <= tolerance).all(axis=0)
    same: NDArray[np.bool_] = (values == values.dtype.type(value)).all(axis=0)
    return same


def _shows_something(values: NDArray[np.generic]) -> bool:
    """Whether more than one value is left: a blank raster or a binary mask has no collar."""
    return values.size > 0 and bool((values != values[:, :1]).any())


def _all_within(matches: NDArray[np.bool_], most: int) -> NDArray[np.bool_]:
    """Grid of at most `most` x `most` cells, True where every pixel of the cell matches."""
    rows = np.linspace(0, matches.shape[0], min(most, matches.shape[0]) + 1).astype(int)
    cols = np.linspace(0, matches.shape[1], min(most, matches.shape[1]) + 1).astype(int)
    by_row = np.logical_and.reduceat(matches, rows[:-1], axis=0)
    grid: NDArray[np.bool_] = np.logical_and.reduceat(by_row, cols[:-1], axis=1)
    return grid


def _from_corners(cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The True cells that are joined, side to side, to a corner of the grid."""
    height, width = cells.shape
    reached = np.zeros_like(cells)
    waiting: List[Tuple[int, int]] = [
        (row, col) for row in (0, height - 1) for col in (0, width - 1)
    ]
    while waiting:
        row, col = waiting.pop()
        inside = 0 <= row < height and 0 <= col < width
        if inside and cells[row, col] and not reached[row, col]:
            reached[row, col] = True
            waiting += [(row - 1, col), (row + 1, col), (row, col - 1), (row, col + 1)]
    return reached


def _grown(cells: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cells and their eight neighbours."""
    padded = np.pad(cells, 1)
    height, width = cells.shape
    grown = np.zeros_like(cells)
    for drow in range(3):
        for dcol in range(3):
            grown |= padded[drow : drow + height, dcol : dcol + width]
    return grown


def _spread(cells: NDArray[np.bool_], height: int, width: int) -> NDArray[np.bool_]:
    """The grid at the resolution of the read it was made from."""
    row_of = _cell_of(0, height, height, height, cells.shape[0])
    col_of = _cell_of(0, width, width, width, cells.shape[1])
    return cells[row_of[:, None], col_of[None, :]]


def _cell_of(
    offset: int, length: int, samples: int, raster_length: int, cells: int
) -> NDArray[np.intp]:
    """Along one axis, the grid cell under each sample's centre."""
    centres = offset + (np.arange(samples) + 0.5) * length / samples
    return np.minimum((centres * cells / raster_length).astype(np.intp), cells - 1)
