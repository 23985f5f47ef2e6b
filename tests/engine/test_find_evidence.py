"""Where a closer look for objects pays: in doubt, as large as what is in doubt needs."""

from __future__ import annotations

from typing import Sequence, Tuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rs_vlm_plugin.engine.dris.foveas import foveas
from rs_vlm_plugin.engine.find.evidence import Evidence
from rs_vlm_plugin.engine.geometry import Window

SMALL, LARGE = Window(0, 0, 200, 200), Window(0, 0, 400, 400)


def evidence(cells: Sequence[Tuple[float, float, float, float]]) -> Evidence:
    """Of cells (column, row, chance, length in raster pixels), 8 raster pixels to a model pixel."""
    column, row, chance, length = np.array(cells).T
    return Evidence(np.stack([column, row], axis=1), chance * (1 - chance), length, 8.0, 100)


def test_doubt_is_worth_a_look_and_what_is_sure_is_not() -> None:
    for sure in (0.001, 0.999):
        (doubtful,) = evidence([(100, 100, 0.5, 40)]).gains([SMALL])
        (known,) = evidence([(100, 100, sure, 40)]).gains([SMALL])
        assert 0 < known < 0.1 * doubtful < 0.1


def test_what_is_seen_large_needs_no_closer_look() -> None:
    small, large = (evidence([(100, 100, 0.5, side)]).gains([SMALL])[0] for side in (40, 800))
    assert large < 0.5 * small


def test_one_thing_is_looked_at_closely_and_several_together() -> None:
    one = evidence([(100, 100, 0.5, 40)])
    several = evidence([(100, 100, 0.5, 40), (300, 100, 0.5, 40), (100, 300, 0.5, 40)])
    assert np.argmax(one.gains([SMALL, LARGE])) == 0
    assert np.argmax(several.gains([SMALL, LARGE])) == 1


def test_a_look_that_is_no_closer_gains_nothing() -> None:
    assert evidence([(100, 100, 0.5, 40)]).gains([Window(0, 0, 900, 900)]) == [0.0]


def test_ground_that_the_tile_does_not_show_gains_nothing() -> None:
    assert evidence([(100, 100, 0.5, 40)]).gains([Window(500, 500, 200, 200)]) == [0.0]


@given(
    st.tuples(*[st.integers(0, 50)] * 2), st.tuples(*[st.integers(1, 900)] * 2), st.integers(1, 300)
)
def test_foveas_lie_in_their_cell_and_are_smaller(offset, size, smallest: int) -> None:
    cell = Window(*offset, *size)
    found = foveas(cell, smallest)
    assert len(found) <= 3 * 13 * 13
    assert bool(found) == (max(size) > smallest)
    assert len(set(found)) == len(found)
    for window in found:
        assert window.intersection(cell) == window != cell
        least = max(1, round(smallest / 2))
        assert window.width >= min(least, cell.width)
        assert window.height >= min(least, cell.height)


@pytest.mark.parametrize("other", [Window(3, 4, 2, 2), Window(-5, 0, 9, 40), Window(90, 90, 5, 5)])
def test_what_a_window_leaves_of_another(other: Window) -> None:
    window = Window(0, 0, 20, 30)
    count = np.zeros((30, 20), dtype=int)
    for part in window.minus(other):
        count[part.row_off : part.row_end, part.col_off : part.col_end] += 1
    rows, cols = np.mgrid[:30, :20]
    hole = np.vectorize(other.holds)(cols, rows)
    np.testing.assert_array_equal(count, ~hole)
