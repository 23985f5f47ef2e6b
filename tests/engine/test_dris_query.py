"""Planning that looks: the query steers it, and what was seen is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, List, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rs_vlm_plugin.engine.dris.foveas import foveas
from rs_vlm_plugin.engine.dris.model_looker import look_for, look_for_detail
from rs_vlm_plugin.engine.dris.plan import Tile
from rs_vlm_plugin.engine.dris.planner import plan_looking
from rs_vlm_plugin.engine.dris.quadtree import split
from rs_vlm_plugin.engine.errors import ActionUnsupported, BadRequest, EmptyRegion
from rs_vlm_plugin.engine.geometry import Region, Window
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests import rasters
from tests.engine.array_source import ArraySource
from tests.engine.test_dris_invariants import STRETCH, check_promises, sources
from tests.tiny_bundle import make_tiny_bundle

Cut = Callable[[Window, int], Sequence[Window]]


@dataclass(frozen=True)
class Brightness:
    """How bright a tile is at its best: a query with a known answer."""

    tile: Tile
    pixels: np.ndarray

    def gains(self, windows: Sequence[Window]) -> np.ndarray:
        parts = (self.pixels[w.row_off : w.row_end, w.col_off : w.col_end] for w in windows)
        return np.array([part.max() / 255 for part in parts])


class BrightnessLooker:
    name = "query"

    def __init__(self, pixels: np.ndarray, parts: Cut = split) -> None:
        self.pixels = pixels
        self.parts = parts
        self.looks: List[Tile] = []

    def look(self, tiles: Sequence[Tile]) -> List[Brightness]:
        self.looks += tiles
        return [Brightness(tile, self.pixels) for tile in tiles]

    def reason(self, gain: float) -> str:
        return f"up to {gain:.2f} bright"


def whole(source: ArraySource) -> Region:
    return Region.from_window(source.info.transform, source.info.window)


def test_the_search_goes_to_the_answer():
    pixels = np.full((3, 1024, 1024), 10, dtype="uint8")
    pixels[:, 700, 300] = 255
    looker = BrightnessLooker(pixels[0])
    source = ArraySource(pixels)
    looked = plan_looking(source, whole(source), looker, 5, 64, None, STRETCH)
    # Not one tile is spent beside the way to it.
    assert [tile.level for tile in looked.plan.tiles] == [0, 1, 2, 3, 4]
    for tile in looked.plan.tiles:
        assert tile.window.holds(300, 700)
    first_child = looked.plan.tiles[1]
    assert first_child.window == Window(0, 512, 512, 512), "most promising child first"
    assert first_child.score == 1.0
    assert "bright" in first_child.reason
    # All else stays seen through the cells around it.
    assert looked.plan.leaves == (0, 1, 2, 3, 4)
    assert looked.plan.ground(0) == Window(0, 0, 1024, 1024).minus(first_child.window)


def test_a_fovea_holds_what_lies_on_a_seam_of_the_quadtree():
    pixels = np.full((3, 1024, 1024), 10, dtype="uint8")
    pixels[:, 500:524, 500:524] = 255

    class Whole(Brightness):
        def gains(self, windows: Sequence[Window]) -> np.ndarray:
            square = Window(500, 500, 24, 24)
            return np.array([w.intersection(square).area / w.area for w in windows])

    class WholeLooker(BrightnessLooker):
        def look(self, tiles: Sequence[Tile]) -> List[Brightness]:
            return [Whole(tile, self.pixels) for tile in tiles]

    source = ArraySource(pixels)
    looker = WholeLooker(pixels[0], foveas)
    looked = plan_looking(source, whole(source), looker, 2, 64, None, STRETCH)
    fovea = looked.plan.tiles[1].window
    assert fovea.intersection(Window(500, 500, 24, 24)).area == 24 * 24
    assert (fovea.width, fovea.height) == (256, 256)


@pytest.mark.parametrize("parts", [split, foveas])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_looking_keeps_what_every_plan_promises(parts, data):
    source = data.draw(sources())
    budget = data.draw(st.integers(1, 60))
    size = data.draw(st.sampled_from((16, 64, 224)))
    _, valid = source.read(source.info.window, (source.info.height, source.info.width), (1,))
    light = source.read(source.info.window, valid.shape, (1,))[0][0]
    looker = BrightnessLooker(light, parts)
    arguments = (source, whole(source), looker, budget, size, None, STRETCH)
    if not valid.any():
        with pytest.raises(EmptyRegion):
            plan_looking(*arguments)
        assert not looker.looks
        return
    looked = plan_looking(*arguments)
    made = looked.plan
    assert made.budget == budget
    # Looked at once each, in the plan's order, and handed over.
    assert tuple(looker.looks) == made.tiles == tuple(sight.tile for sight in looked.sights)
    assert plan_looking(*arguments).plan == made
    check_promises(made, valid, source)


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> VisionLanguageModel:
    folder = make_tiny_bundle(tmp_path_factory.mktemp("bundle"))
    return VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)


def busy() -> ArraySource:
    return ArraySource(rasters.pattern_pixels("busy_corner", 3, (512, 512), "uint8"))


def test_a_real_model_looks_for_words(model):
    source = busy()
    (vector,) = model.encode_texts(["planes"])
    looked = look_for(source, whole(source), vector, model, 21, STRETCH)
    assert looked.plan.policy == "query"
    assert 5 < looked.plan.used <= 21
    for tile, sight in zip(looked.plan.tiles, looked.sights):
        assert sight.image.tile == tile
        again = model.encode_images(sight.image.pixels[None])
        np.testing.assert_allclose(sight.encoding.cells, again.cells, atol=1e-4)
        cells = again.cells[0] / np.linalg.norm(again.cells[0], axis=1, keepdims=True)
        (level,) = sight.levels
        if tile.window == tile.read_window:
            assert level.scores.max() == pytest.approx((cells @ vector).max(), abs=1e-4)
        bound = (1 + level.scores.max() + sight.uncertainty) / 2
        assert sight.gains([tile.window]) == pytest.approx([bound])
    coarse, finest = looked.sights[0], looked.sights[-1]
    assert coarse.uncertainty > finest.uncertainty >= 0
    assert look_for(source, whole(source), vector, model, 21, STRETCH).plan == looked.plan


def test_one_of_several_queries_is_enough(model):
    source = busy()
    vectors = model.encode_texts(["planes", "water"])
    both = look_for(source, whole(source), vectors, model, 1, STRETCH).sights[0]
    each = [look_for(source, whole(source), v, model, 1, STRETCH).sights[0] for v in vectors]
    expected = np.maximum(each[0].levels[0].scores, each[1].levels[0].scores)
    np.testing.assert_allclose(both.levels[0].scores, expected, atol=1e-5)


def test_what_cannot_be_looked_for_is_refused(model):
    source = busy()
    with pytest.raises(BadRequest, match="another model"):
        look_for(source, whole(source), np.ones(3, "float32"), model, 4, STRETCH)
    with pytest.raises(BadRequest, match="budget"):
        look_for(source, whole(source), model.encode_texts(["sea"]), model, 0, STRETCH)
    with pytest.raises(ActionUnsupported, match="closer look"):
        look_for_detail(source, whole(source), model, 4, STRETCH)


def test_three_levels_are_all_looked_at(tmp_path):
    actions = ["describe", "classify", "search", "find"]
    three = VisionLanguageModel(
        load_bundle(make_tiny_bundle(tmp_path, actions=actions)), device="cpu", threads=1
    )
    source = busy()
    (vector,) = three.encode_texts(["planes"])
    looked = look_for(source, whole(source), vector, three, 9, STRETCH)
    spec = three.bundle.manifest
    grids = (spec.vision.cells, spec.levels.regions, spec.levels.fine)
    sight = looked.sights[0]
    assert [len(cells.scores) for cells in sight.levels] == [r * c for r, c in grids]
    assert len(sight.encoding.levels.regions) == 1
    best = np.mean([cells.scores.max() for cells in sight.levels])
    (gain,) = sight.gains([looked.plan.tiles[0].window])
    assert gain == pytest.approx((1 + best + sight.uncertainty) / 2)
