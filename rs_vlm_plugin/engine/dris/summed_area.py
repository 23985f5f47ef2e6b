"""Sums over any rectangle of an image in four look-ups (Crow 1984, summed-area tables)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class SummedArea:
    """Sums of `values` [h, w] over rectangles.

    Whole numbers are summed exactly, others in double precision.

    Note:
        One pass over the image when made, 8 bytes a pixel, or 4 where no sum can be larger; each
        sum is O(1).
    """

    def __init__(self, values: NDArray[Any]) -> None:
        height, width = values.shape
        self._table = np.zeros((height + 1, width + 1), dtype=_dtype_of_sums(values))
        inner = self._table[1:, 1:]
        np.cumsum(values, axis=1, dtype=inner.dtype, out=inner)
        # Row by row: numpy's own sum down the columns strides through memory, four times as slow.
        for row in range(1, height):
            inner[row] += inner[row - 1]

    def sum(self, rows: slice, cols: slice) -> float:
        """The sum over a rectangle; both slices have a start and a stop inside the image."""
        # Python's numbers: they neither overflow on the way nor take as long as numpy's.
        at = self._table.item
        return float(
            at(rows.stop, cols.stop)
            - at(rows.start, cols.stop)
            - at(rows.stop, cols.start)
            + at(rows.start, cols.start)
        )


def _dtype_of_sums(values: NDArray[Any]) -> DTypeLike:
    """Of whole numbers the smallest that holds the sum of all: half the bytes are half the time."""
    if values.dtype.kind not in "biu":
        return np.float64
    fits = values.dtype.kind != "i" and int(values.max()) * values.size < 1 << 32
    return np.uint32 if fits else np.int64
