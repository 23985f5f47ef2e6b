"""The rows nearest to a vector, in exact order, by one pass over a matrix in memory."""

from __future__ import annotations

from typing import Any, Iterator, Optional, Tuple

import numpy as np
from numpy.typing import NDArray

# Rows of one step: what a step leaves to be compared stays in the processor's cache.
_STEP = 65_536
# 1,000,000 rows of 384 are 1.5 GB as floats, which BLAS reads as fast as memory allows; beyond this
# rows stay integers, a quarter of that, and each step turns its own into floats.
_MOST_FLOAT_BYTES = 2 << 30


class VectorMatrix:
    """Quantised vectors, ready to be compared with a query.

    Args:
        integers: `[N, D]` int8, see `quantise`.
        scales: `[N]` float32.
        most_float_bytes: largest matrix to keep as floats.

    Note:
        Holds `4 * N * D` bytes up to `most_float_bytes`, `N * D` beyond.
    """

    def __init__(
        self,
        integers: NDArray[np.int8],
        scales: NDArray[np.float32],
        most_float_bytes: int = _MOST_FLOAT_BYTES,
    ) -> None:
        self._scales = scales
        self._values: NDArray[Any] = integers
        if integers.size * 4 <= most_float_bytes:
            self._values = integers.astype(np.float32)
        # Vectors are of unit length but for rounding; the bound below wants the longest there is.
        self._longest = 0.0
        for start in range(0, len(scales), _STEP):
            part = integers[start : start + _STEP].astype(np.float32)
            lengths = np.sqrt(np.einsum("nd,nd->n", part, part)) * scales[start : start + _STEP]
            self._longest = max(self._longest, float(lengths.max(initial=0)))

    def __len__(self) -> int:
        return len(self._scales)

    def nearest(
        self, vector: NDArray[np.float32], k: int, keep: Optional[NDArray[np.bool_]] = None
    ) -> Tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The k rows with the greatest dot product and these products, best first, ties by row.

        Products in float32 come out wrong by at most `e = (D + 3) 2^-24 |row| |vector|`, the
        classical bound of a dot product in any order of summation (Higham, Accuracy and Stability
        of Numerical Algorithms, 2002, section 3.1) with one more rounding for the scale. Let t be
        the k-th greatest such product. k rows have true products of at least t - e, so each of the
        true best k has a float32 product of at least t - 2e. Those rows are few; they are compared
        again in float64, and the order of that is returned.

        Args:
            vector: `[D]`.
            k: how many; fewer come where fewer rows are kept.
            keep: `[N]`, False for rows to pass over; None keeps all.

        Returns:
            Row numbers and products in float64.

        Note:
            O(N D) time, bound by memory bandwidth: some 70 ms for 1,000,000 x 384 floats.
        """
        length = float(np.linalg.norm(vector.astype(np.float64)))
        error = (len(vector) + 3) * 2.0**-24 * self._longest * length
        rows = np.zeros(0, dtype=np.int64)
        products = np.zeros(0, dtype=np.float32)
        least = -np.inf
        for start, found in self._steps(vector):
            passing = found >= least
            if keep is not None:
                passing &= keep[start : start + len(found)]
            chosen = np.flatnonzero(passing)
            if not len(chosen):
                continue
            rows = np.concatenate([rows, chosen + start])
            products = np.concatenate([products, found[chosen]])
            if len(products) > k:
                kth = np.partition(products, len(products) - k)[len(products) - k]
                least = float(kth) - 2 * error
                close = products >= least
                rows, products = rows[close], products[close]
        exact = self._exact(rows, vector)
        order = np.lexsort((rows, -exact))[:k]
        return rows[order], exact[order]

    def products(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """The dot product of every row with a vector `[D]`, in float32."""
        found = [part for _, part in self._steps(vector)]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.float32)

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The stored vectors of some rows `[len(rows), D]`."""
        chosen: NDArray[np.float32] = self._values[rows].astype(np.float32)
        return chosen * self._scales[rows][:, None]

    def _steps(self, vector: NDArray[np.float32]) -> Iterator[Tuple[int, NDArray[np.float32]]]:
        for start in range(0, len(self), _STEP):
            part = self._values[start : start + _STEP]
            if part.dtype != np.float32:
                part = part.astype(np.float32)
            yield start, (part @ vector) * self._scales[start : start + _STEP]

    def _exact(self, rows: NDArray[np.int64], vector: NDArray[np.float32]) -> NDArray[np.float64]:
        """Dot products in float64, each row on its own, so that they depend on nothing else."""
        values = self._values[rows].astype(np.float64) * vector.astype(np.float64)
        products: NDArray[np.float64] = values.sum(axis=1) * self._scales[rows].astype(np.float64)
        return products
