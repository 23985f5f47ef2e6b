"""Embeddings as 8-bit integers and back.

Each vector has a scale of its own: `x ~ scale * q`, `scale = max|x| / 127`, q in -127..127. A
component is off by at most half a scale, so the cosine with a unit vector v by at most
`scale / 2 * |v|_1`; tests/engine/test_index_quantise.py holds the loss on the bundled model's own
embeddings below 0.002, an eighth of what halves a text's odds. fp16 would lose next to nothing at
twice the size. The order of what is stored is exact either way.
"""

from __future__ import annotations

from typing import Tuple

import numpy as np
from numpy.typing import NDArray

_LARGEST = 127


def quantised(vectors: NDArray[np.float32]) -> Tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Integers `[N, D]` and scales `[N]` of vectors `[N, D]`."""
    scales = (np.abs(vectors).max(axis=1, initial=0) / _LARGEST).astype(np.float32)
    safe = np.where(scales > 0, scales, np.float32(1))
    integers = np.clip(np.round(vectors / safe[:, None]), -_LARGEST, _LARGEST).astype(np.int8)
    return integers, scales


def restored(integers: NDArray[np.int8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors `[N, D]` from integers `[N, D]` and scales `[N]`."""
    vectors: NDArray[np.float32] = integers.astype(np.float32) * scales[:, None]
    return vectors
