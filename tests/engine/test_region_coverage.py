"""Which pixels of a read a region covers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rs_vlm_plugin.engine.geometry import GeoTransform, Region, Window
from rs_vlm_plugin.engine.region import coverage_mask

PIXELS = GeoTransform.identity()
WINDOW = Window(0, 0, 20, 10)


def ring(*corners):
    return (*corners, corners[0])


def square(left, top, side):
    return ring((left, top), (left + side, top), (left + side, top + side), (left, top + side))


def covered(*polygons, window=WINDOW, shape=(10, 20), transform=PIXELS):
    return coverage_mask(Region(polygons), transform, window, shape)


def test_a_rectangle_of_whole_pixels():
    mask = covered((square(3, 2, 4),))
    expected = np.zeros((10, 20), dtype=bool)
    expected[2:6, 3:7] = True
    np.testing.assert_array_equal(mask, expected)


def test_a_pixel_counts_by_its_centre():
    assert covered((square(3.4, 2.4, 0.9),)).sum() == 1
    assert covered((square(3.6, 2.6, 1.0),)).sum() == 1
    assert covered((square(3.4, 2.4, 2.0),)).sum() == 4


def test_holes_are_holes():
    mask = covered((square(2, 1, 8), square(4, 3, 4)))
    assert mask.sum() == 64 - 16
    assert not mask[3:7, 4:8].any()


def test_an_island_in_a_hole_is_covered():
    mask = covered((square(2, 1, 8), square(4, 3, 4)), (square(5, 4, 2),))
    assert mask.sum() == 64 - 16 + 4


def test_overlapping_polygons_do_not_cancel():
    assert covered((square(2, 2, 5),), (square(4, 4, 5),)).sum() == 25 + 25 - 9


def test_direction_of_the_ring_does_not_matter():
    forward = square(3, 2, 5)
    np.testing.assert_array_equal(covered((forward,)), covered((tuple(reversed(forward)),)))


def test_a_window_sees_its_part():
    polygon = (square(3, 2, 4),)
    part = covered(polygon, window=Window(5, 3, 10, 5), shape=(5, 10))
    np.testing.assert_array_equal(part, covered(polygon)[3:8, 5:15])


def test_coarse_and_fine_reads_agree():
    polygon = (ring((2.0, 1.0), (18.0, 3.0), (9.0, 9.0)),)
    coarse = covered(polygon, shape=(5, 10)).mean()
    fine = covered(polygon, shape=(200, 400)).mean()
    assert coarse == pytest.approx(fine, abs=0.05)


def test_georeference_is_followed():
    transform = GeoTransform(10, 0, 500_000, 0, -10, 5_000_000)
    region = Region.from_bounds(500_030, 4_999_940, 500_070, 4_999_980)
    mask = coverage_mask(region, transform, WINDOW, (10, 20))
    np.testing.assert_array_equal(mask, covered((square(3, 2, 4),)))


def test_beyond_the_window_is_clipped():
    assert covered((square(-100, -100, 300),)).all()
    assert not covered((square(50, 50, 5),)).any()


@pytest.mark.parametrize(
    "corners",
    [
        ((3.1, 2.1), (3.2, 2.1), (3.2, 2.2)),
        ((0.0, 2.1), (20.0, 2.1), (20.0, 2.2)),
        ((-5.0, -5.0), (25.0, 15.0), (25.0, 15.01)),
    ],
    ids=["tiny", "level sliver", "slanted sliver from outside"],
)
def test_what_slips_between_centres_still_covers_something(corners):
    mask = covered((ring(*corners),))
    assert mask.any()
    assert mask.sum() <= 30


def test_many_corners_are_quick():
    angles = np.linspace(0, 2 * np.pi, 200_000)
    circle = tuple(
        zip((500 + 400 * np.cos(angles)).tolist(), (500 + 400 * np.sin(angles)).tolist())
    )
    mask = covered((circle,), window=Window(0, 0, 1000, 1000), shape=(1000, 1000))
    assert mask.sum() == pytest.approx(np.pi * 400**2, rel=0.001)


@settings(max_examples=100, deadline=None)
@given(
    sides=st.tuples(st.floats(-5, 25), st.floats(-5, 15), st.floats(-5, 25), st.floats(-5, 15)),
    turn=st.integers(0, 3),
    backwards=st.booleans(),
)
def test_a_rectangle_covers_what_the_same_outline_with_a_corner_more_does(sides, turn, backwards):
    left, top, right, bottom = sides
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    corners = corners[turn:] + corners[:turn]
    if backwards:
        corners.reverse()
    (x0, y0), (x1, y1) = corners[:2]
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    expected = covered((ring(corners[0], middle, *corners[1:]),))
    np.testing.assert_array_equal(covered((ring(*corners),)), expected)


@settings(max_examples=100, deadline=None)
@given(
    corners=st.lists(st.tuples(st.floats(-5, 25), st.floats(-5, 15)), min_size=3, max_size=9),
)
def test_matches_the_even_odd_rule_point_by_point(corners):
    closed = ring(*corners)
    mask = covered((closed,))
    expected = np.zeros((10, 20), dtype=bool)
    clear = np.ones((10, 20), dtype=bool)
    for row in range(10):
        for col in range(20):
            x, y = col + 0.5, row + 0.5
            for (x1, y1), (x2, y2) in zip(closed, closed[1:]):
                if (y1 <= y) != (y2 <= y):
                    crossing = x1 + (y - y1) * (x2 - x1) / (y2 - y1)
                    expected[row, col] ^= x > crossing
                    # A centre on an edge may fall either way.
                    clear[row, col] &= abs(x - crossing) > 1e-6
                clear[row, col] &= abs(y - y1) > 1e-6
    if expected[clear].any():
        np.testing.assert_array_equal(mask[clear], expected[clear])
