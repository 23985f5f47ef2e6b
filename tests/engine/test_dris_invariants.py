"""Whatever the raster, region, policy and budget: what every plan promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rs_vlm_plugin.engine.dris.plan import DrisPlan
from rs_vlm_plugin.engine.dris.planner import plan
from rs_vlm_plugin.engine.errors import EmptyRegion
from rs_vlm_plugin.engine.geometry import Region, Window
from rs_vlm_plugin.engine.raster.normalise import Stretch
from rs_vlm_plugin.engine.region import coverage_mask, region_window
from tests.engine.array_source import ArraySource

STRETCH = Stretch((1, 2, 3), ((0.0, 255.0),) * 3)


@st.composite
def sources(draw) -> ArraySource:
    width, height = draw(st.integers(1, 420)), draw(st.integers(1, 420))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    pixels = rng.integers(0, 256, (3, height, width), dtype="uint8")
    if draw(st.booleans()):
        pixels[:, :, : width // 2] = 90
    mask = None
    if draw(st.booleans()):
        # Blocks of nodata, as clouds and scene edges are, sometimes all of it.
        blocks = rng.random((1 + height // 37, 1 + width // 37)) < draw(
            st.sampled_from((0.0, 0.1, 0.6))
        )
        mask = np.kron(blocks, np.ones((37, 37), dtype=bool))[:height, :width]
    return ArraySource(pixels, mask, gsd=draw(st.sampled_from((None, 0.5, 10.0))))


@st.composite
def regions(draw, source: ArraySource) -> Region:
    """Whole raster, rectangle or polygon with or without hole, perhaps partly or wholly outside."""
    width, height = source.info.width, source.info.height
    kind = draw(st.sampled_from(("whole", "rectangle", "polygon", "holed", "tiny")))
    if kind == "whole":
        return Region.from_window(source.info.transform, source.info.window)
    x = st.floats(-0.3 * width, 1.3 * width)
    y = st.floats(-1.3 * height, 0.3 * height)
    if kind == "tiny":
        left, bottom = draw(x), draw(y)
        return Region.from_bounds(left, bottom, left + 0.01, bottom + 0.01)
    if kind == "rectangle":
        xs, ys = sorted((draw(x), draw(x))), sorted((draw(y), draw(y)))
        return Region.from_bounds(xs[0], ys[0], xs[1] + 0.5, ys[1] + 0.5)
    corners = [(draw(x), draw(y)) for _ in range(draw(st.integers(3, 7)))]
    rings = [(*corners, corners[0])]
    if kind == "holed":
        centre = np.mean(corners, axis=0)
        hole = [tuple((np.array(corner) + centre) / 2) for corner in corners]
        rings.append((*hole, hole[0]))
    return Region((tuple(rings),))


def covered(windows: list[Window], source: ArraySource) -> np.ndarray:
    count = np.zeros((source.info.height, source.info.width), dtype=int)
    for window in windows:
        count[window.row_off : window.row_end, window.col_off : window.col_end] += 1
    return count


def check_promises(made: DrisPlan, valid: np.ndarray, source: ArraySource) -> None:
    """What `DrisPlan` says of itself, counted pixel by pixel."""
    assert 1 <= made.used <= made.budget
    roots = [tile.window for tile in made.tiles if tile.level == 0]
    assert (covered(roots, source)[valid] == 1).all()
    assert covered(roots, source).max() == 1
    grounds = [covered(list(made.ground(index)), source) for index in range(made.used)]
    for index, tile in enumerate(made.tiles):
        assert tile.valid_fraction > 0, "a window without a valid pixel costs nothing"
        finer = [made.tiles[child].window for child in made.children[index]]
        assert covered(finer, source).max() <= 1, "children do not overlap"
        # What a tile shows is its own or its children's, never both.
        own = covered([tile.window], source)
        assert (grounds[index] + covered(finer, source) == own).all()
        assert (index in made.leaves) == bool((grounds[index].astype(bool) & valid).any())
        if tile.level == 0:
            assert tile.parent is None
        else:
            parent = made.tiles[tile.parent]
            assert tile.parent < index
            assert parent.level < tile.level
            assert parent.window.intersection(tile.window) == tile.window
    assert list(made.leaves) == sorted(set(made.leaves))
    leaves = sum(grounds[index] for index in made.leaves)
    assert (leaves[valid] == 1).all()
    assert leaves.max() == 1
    areas = sum(made.ground_area(index) for index in made.leaves)
    assert areas == pytest.approx(valid.sum())


@pytest.mark.parametrize("in_parts", [False, True])
@pytest.mark.parametrize("policy", ["fixed", "random", "content"])
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_every_plan_keeps_its_promises(policy, in_parts, data):
    source = data.draw(sources())
    region = data.draw(regions(source))
    budget = data.draw(st.integers(1, 60))
    input_size = data.draw(st.sampled_from((1, 16, 64, 224)))
    finest = data.draw(st.sampled_from((None, 0.1, 4.0)))
    arguments = (source, region, policy, budget, input_size, finest, STRETCH, in_parts)

    # The truth, pixel by pixel: what of the region is image.
    valid = np.zeros((source.info.height, source.info.width), dtype=bool)
    try:
        window = region_window(source.info, region)
    except EmptyRegion:
        with pytest.raises(EmptyRegion):
            plan(*arguments)
        return
    shape = (window.height, window.width)
    _, mask = source.read(window, shape, (1,))
    mask = mask & coverage_mask(region, source.info.transform, window, shape)
    valid[window.row_off : window.row_end, window.col_off : window.col_end] = mask
    if not valid.any():
        with pytest.raises(EmptyRegion):
            plan(*arguments)
        return

    source.reads.clear()
    made = plan(*arguments)
    assert len(source.reads) == 1
    assert max(source.reads[0][1]) <= 1024

    assert made.budget == budget
    assert made == plan(*arguments)
    check_promises(made, valid, source)
    if not in_parts:
        # Whole or not at all: a leaf is all of its tile.
        leaves = [made.tiles[index].window for index in made.leaves]
        assert (covered(leaves, source)[valid] == 1).all()
        assert covered(leaves, source).max() == 1

    for tile in made.tiles:
        inside = valid[
            tile.window.row_off : tile.window.row_end, tile.window.col_off : tile.window.col_end
        ]
        assert inside.any(), "a cell without a valid pixel costs nothing"
        assert tile.valid_fraction == pytest.approx(inside.mean())
        assert tile.window.intersection(window) == tile.window
        assert tile.read_window.intersection(source.info.window) == tile.read_window
        assert tile.read_window.intersection(tile.window) == tile.window
        assert tile.read_window.width >= min(96, source.info.width)
        assert tile.read_window.height >= min(96, source.info.height)
        assert tile.scale > 0
        assert tile.reason
        if tile.parent is not None:
            parent = made.tiles[tile.parent]
            assert max(parent.window.width, parent.window.height) > 1.25 * input_size
            if policy != "fixed":
                assert parent.level == tile.level - 1


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_fixed_looks_at_one_resolution_over_its_coarse_level(data):
    source = data.draw(sources())
    region = Region.from_window(source.info.transform, source.info.window)
    try:
        made = plan(source, region, "fixed", data.draw(st.integers(1, 60)), 16, None, STRETCH)
    except EmptyRegion:
        return
    split = [made.tiles[index] for index in made.leaves]
    deepest = max(tile.level for tile in split)
    for tile in split:
        # Only what is not worth splitting stays coarser than the rest: up to a quarter larger
        # than the model's 16 px input.
        assert tile.level == deepest or max(tile.window.width, tile.window.height) <= 20
    assert {tile.level for tile in made.tiles} <= {0} | {tile.level for tile in split}
