from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rs_vlm_plugin.engine.geometry import GeoTransform
from rs_vlm_plugin.engine.outline import connected, outline

UP = GeoTransform(1, 0, 0, 0, -1, 0)
shapely_geometry = pytest.importorskip("shapely.geometry")
shapely_ops = pytest.importorskip("shapely.ops")

CELLS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1)


@settings(max_examples=200, deadline=None)
@given(CELLS)
def test_outline_is_the_valid_union(cells: set) -> None:
    rectangles = [(x, y, x + 1.0, y + 1.0) for x, y in sorted(cells)]
    shape = shapely_geometry.shape(outline(rectangles, UP))
    expected = shapely_ops.unary_union(
        [shapely_geometry.box(x, -y - 1, x + 1, -y) for x, y in cells]
    )
    assert shape.is_valid
    assert shape.equals(expected)
    assert len(shape.geoms) == len(connected(rectangles))
    for polygon in shape.geoms:
        assert polygon.exterior.is_ccw
        assert not any(ring.is_ccw for ring in polygon.interiors)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.integers(0, 12)] * 2, *[st.integers(1, 5)] * 2), min_size=1, max_size=12
    )
)
def test_overlapping_rectangles_of_any_size(parts: list) -> None:
    rectangles = [(x, y, x + width, y + height) for x, y, width, height in parts]
    shape = shapely_geometry.shape(outline(rectangles, UP))
    expected = shapely_ops.unary_union(
        [
            shapely_geometry.box(left, -bottom, right, -top)
            for left, top, right, bottom in rectangles
        ]
    )
    assert shape.is_valid
    assert shape.area == pytest.approx(expected.area)


def test_corner_does_not_connect() -> None:
    assert connected([(0, 0, 1, 1), (1, 1, 2, 2), (2, 1, 3, 2)]) == [[0], [1, 2]]


def test_straight_edges_have_no_corner_in_between() -> None:
    (polygon,) = outline([(0, 0, 1, 1), (1, 0, 2, 1), (2, 0, 3, 1)], UP)["coordinates"]
    assert len(polygon[0]) == 5


def test_nothing() -> None:
    assert outline([], UP) == {"type": "MultiPolygon", "coordinates": []}


def test_rotated_raster() -> None:
    turned = GeoTransform(0.0, 2.0, 100.0, 2.0, 0.0, 50.0)
    shape = shapely_geometry.shape(outline([(0, 0, 2, 1)], turned))
    assert shape.is_valid
    assert shape.bounds == (100, 50, 102, 54)
