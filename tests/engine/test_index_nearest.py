"""The nearest rows come exactly, in order, whatever the numbers."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.index.nearest import VectorMatrix
from rs_vlm_plugin.engine.index.quantise import quantised, restored


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def brute_force(integers, scales, vector, keep=None):
    exact = (integers.astype(np.float64) * vector.astype(np.float64)).sum(axis=1) * scales.astype(
        np.float64
    )
    order = np.lexsort((np.arange(len(exact)), -exact))
    if keep is not None:
        order = order[keep[order]]
    return order, exact


@pytest.mark.parametrize("most_float_bytes", [0, 1 << 30])
@pytest.mark.parametrize("seed", range(3))
def test_order_is_that_of_float64(seed, most_float_bytes):
    random = np.random.default_rng(seed)
    integers, scales = quantised(unit(random.standard_normal((150_000, 24))))
    # Many rows that differ by less than float32 can tell, and rows that do not differ at all.
    integers[1000:9000] = integers[0]
    scales[1000:9000] = scales[0] * (1 + 1e-7 * random.integers(0, 4, 8000).astype(np.float32))
    vector = unit(integers[:1].astype(np.float32) + 3 * random.standard_normal((1, 24)))[0]
    matrix = VectorMatrix(integers, scales, most_float_bytes)
    expected, exact = brute_force(integers, scales, vector)
    for k in (1, 10, 500):
        rows, similarities = matrix.nearest(vector, k)
        np.testing.assert_array_equal(rows, expected[:k])
        np.testing.assert_allclose(similarities, exact[expected[:k]], rtol=0, atol=1e-15)


def test_rows_passed_over_do_not_count():
    random = np.random.default_rng(5)
    integers, scales = quantised(unit(random.standard_normal((70_000, 8))))
    vector = unit(random.standard_normal((1, 8)))[0]
    keep = random.random(70_000) < 0.001
    expected, _ = brute_force(integers, scales, vector, keep)
    rows, _ = VectorMatrix(integers, scales).nearest(vector, 1000, keep)
    np.testing.assert_array_equal(rows, expected)
    assert 0 < len(rows) < 1000


def test_nothing_is_nearest_to_nothing():
    matrix = VectorMatrix(np.zeros((0, 8), np.int8), np.zeros(0, np.float32))
    rows, similarities = matrix.nearest(np.ones(8, np.float32), 3)
    assert len(rows) == len(similarities) == 0


def test_integers_keep_vectors_to_half_a_step():
    vectors = unit(np.random.default_rng(1).standard_normal((1000, 384)))
    integers, scales = quantised(vectors)
    assert integers.dtype == np.int8
    worst = np.abs(restored(integers, scales) - vectors).max(axis=1)
    assert (worst <= scales / 2 * 1.001).all()


def test_a_zero_vector_survives():
    integers, scales = quantised(np.zeros((2, 4), np.float32))
    np.testing.assert_array_equal(restored(integers, scales), 0)
