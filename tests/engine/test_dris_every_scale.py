"""Each place of a plan is what the tiles of every scale saw of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rs_vlm_plugin.engine.dris.every_scale import cells_at_every_scale, within
from rs_vlm_plugin.engine.dris.plan import DrisPlan, Tile
from rs_vlm_plugin.engine.dris.planner import plan
from rs_vlm_plugin.engine.errors import EmptyRegion
from rs_vlm_plugin.engine.geometry import Region, Window
from tests.engine.test_dris_invariants import STRETCH, sources

NORTH, EAST, SOUTH = np.eye(3, dtype=np.float32)
ROOT_HALF = np.sqrt(0.5)


def tile(window: Window, scale: float, level: int, parent: int | None = None) -> Tile:
    return Tile(window, window, scale, level, 1.0, "", 1.0, parent)


@pytest.fixture
def refined_once() -> DrisPlan:
    """A 64 px tile at half resolution, of which a quarter is seen at full."""
    tiles = (tile(Window(0, 0, 64, 64), 2, 0), tile(Window(32, 0, 32, 32), 1, 1, parent=0))
    return DrisPlan(tiles, (0, 1), "query", 2)


def test_a_place_seen_twice_is_what_both_saw(refined_once):
    # 2 x 2 cells: in the coarse tile the upper right one is where the fine tile is.
    coarse = np.stack([NORTH, 5 * EAST, NORTH, NORTH])
    fine = np.stack([3 * SOUTH, EAST, SOUTH, SOUTH])
    seen = cells_at_every_scale(refined_once, (2, 2), [coarse, fine], 32)
    assert seen.places.tolist() == [
        # The coarse tile's own ground, without its upper right quarter.
        [16, 16],
        [16, 48],
        [48, 48],
        [40, 8],
        [56, 8],
        [40, 24],
        [56, 24],
    ]
    both = ROOT_HALF * (EAST + SOUTH)
    expected = [NORTH, NORTH, NORTH, both, EAST, both, both]
    np.testing.assert_allclose(seen.vectors, expected, rtol=1e-6)


def test_a_name_that_fits_the_coarse_view_wins_where_the_fine_one_is_in_doubt(refined_once):
    doubtful = (0.45 * EAST + 0.55 * SOUTH)[None]
    seen = cells_at_every_scale(refined_once, (1, 1), [EAST[None], doubtful], 32)
    place = seen.places.tolist().index([48, 16])
    assert seen.vectors[place] @ EAST > seen.vectors[place] @ SOUTH
    assert doubtful[0] @ EAST < doubtful[0] @ SOUTH


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_cell_is_of_one_leaf_and_unit_length(data):
    source = data.draw(sources())
    policy = data.draw(st.sampled_from(("fixed", "random", "content")))
    region = Region.from_window(source.info.transform, source.info.window)
    budget = data.draw(st.integers(1, 40))
    try:
        made = plan(source, region, policy, budget, 64, None, STRETCH, in_parts=True)
    except EmptyRegion:
        return
    random = np.random.default_rng(3)
    cells = [random.standard_normal((9, 4)).astype(np.float32) for _ in made.tiles]
    seen = cells_at_every_scale(made, (3, 3), cells, 64)
    np.testing.assert_allclose(np.linalg.norm(seen.vectors, axis=1), 1, rtol=1e-5)
    grounds = [part for leaf in made.leaves for part in made.ground(leaf)]
    of_grounds = np.sum([within(seen.places, part) for part in grounds], axis=0)
    assert (of_grounds == 1).all()
