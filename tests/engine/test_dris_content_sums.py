"""Content of a cell from summed-area tables is what it is by its definition, and so are plans."""

from __future__ import annotations

import numpy as np
import pytest

from model_training.synthetic import draw_scene
from rs_vlm_plugin.engine.dris import planner
from rs_vlm_plugin.engine.dris.policies import ContentPolicy
from rs_vlm_plugin.engine.dris.summed_area import SummedArea
from rs_vlm_plugin.engine.dris.survey import survey_region
from rs_vlm_plugin.engine.geometry import Region, Window
from rs_vlm_plugin.engine.raster.normalise import Stretch
from tests.engine.array_source import ArraySource

STRETCH = Stretch((1, 2, 3), ((0.0, 255.0),) * 3)


class ByDefinition(ContentPolicy):
    """Content computed pixel by pixel, as the class says in words."""

    def content(self, window: Window) -> float:
        survey = self._survey
        rows, cols = (to_pairs(side) for side in survey.patch(window))
        mask = survey.mask[rows, cols]
        if not mask.any():
            return 0.0
        light = survey.rgb @ np.array([38, 75, 15]) / 128
        steps = np.zeros(light.shape)
        both = survey.mask[:, :-1] & survey.mask[:, 1:]
        steps[:, :-1] += np.where(both, np.abs(light[:, 1:] - light[:, :-1]), 0)
        both = survey.mask[:-1] & survey.mask[1:]
        steps[:-1] += np.where(both, np.abs(light[1:] - light[:-1]), 0)
        gradient = (steps / 2)[rows, cols][mask].mean() / 32
        shares = np.bincount((light[rows, cols][mask] / 8).astype(int), minlength=32) / mask.sum()
        entropy = -(shares[shares > 0] * np.log2(shares[shares > 0])).sum() / 5
        deviation = survey.rgb[rows, cols][mask].std(axis=0, dtype=np.float64).mean() / 64
        return (min(1.0, gradient) + entropy + min(1.0, deviation)) / 3


def to_pairs(side: slice) -> slice:
    """Survey pixels widened to begin and end at even ones."""
    return slice(side.start // 2 * 2, (side.stop + 1) // 2 * 2)


def drawn(seed: int) -> ArraySource:
    pixels = np.ascontiguousarray(draw_scene(seed, 700).image.transpose(2, 0, 1))
    mask = None
    if seed % 2:
        mask = np.ones(pixels.shape[1:], dtype=bool)
        mask[100:400, :333] = False
    return ArraySource(pixels, mask)


@pytest.mark.parametrize("seed", range(4))
def test_content_is_what_its_definition_says(seed):
    source = drawn(seed)
    survey = survey_region(source, whole(source), STRETCH)
    quick, plain = ContentPolicy(survey), ByDefinition(survey)
    rng = np.random.default_rng(seed)
    for _ in range(40):
        col, row = rng.integers(0, 690, 2)
        window = Window(
            int(col), int(row), int(rng.integers(1, 701 - col)), int(rng.integers(1, 701 - row))
        )
        assert quick.content(window) == pytest.approx(plain.content(window), abs=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_plans_of_drawn_scenes_are_those_of_the_definition(seed, monkeypatch):
    source = drawn(seed)
    arguments = (source, whole(source), "content", 60, 64, None, STRETCH)
    quick = planner.plan(*arguments)
    monkeypatch.setattr(planner, "make_policy", lambda name, survey: ByDefinition(survey))
    plain = planner.plan(*arguments)
    assert quick.used > 20
    assert [t.window for t in quick.tiles] == [t.window for t in plain.tiles]
    assert quick.leaves == plain.leaves


@pytest.mark.parametrize(
    ("dtype", "largest"), [("bool", 1), ("uint8", 255), ("uint16", 65535), ("int64", 65025)]
)
def test_sums_of_whole_numbers_are_exact(dtype, largest):
    values = np.random.default_rng(1).integers(0, largest + 1, (361, 247)).astype(dtype)
    table = SummedArea(values)
    for rows in (slice(0, 361), slice(7, 8), slice(30, 161)):
        for cols in (slice(0, 247), slice(46, 47), slice(3, 120)):
            assert table.sum(rows, cols) == values[rows, cols].sum(dtype=np.int64)


def test_a_sum_beyond_32_bits_is_exact():
    values = np.full((300, 300), 65535, np.uint16)
    assert SummedArea(values).sum(slice(0, 300), slice(0, 300)) == 65535 * 300 * 300


def whole(source: ArraySource) -> Region:
    return Region.from_window(source.info.transform, source.info.window)
