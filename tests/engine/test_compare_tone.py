"""The second image is shown in the tone of the first, by what did not change."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.compare.change import distances, fit_scale
from rs_vlm_plugin.engine.compare.tone import match_tone
from rs_vlm_plugin.engine.raster.normalise import Stretch

OWN = Stretch((1, 2, 3), ((0.0, 255.0),) * 3)
ALL = np.ones((64, 64), dtype=bool)


def scene(seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(40, 200, (64, 64, 3), dtype=np.uint8)


def shown(image: np.ndarray, stretch: Stretch) -> np.ndarray:
    return stretch.apply(np.moveaxis(image, 2, 0), ALL)


@pytest.mark.parametrize("share", [0.0, 0.4])
def test_haze_goes_and_change_stays(share: float) -> None:
    before = scene()
    after = np.round(before * [0.7, 0.8, 0.9] + [40, 20, 10]).astype(np.uint8)
    rows = int(64 * share)
    after[:rows] = (235, 30, 30)
    matched = shown(after, match_tone(before, after, ALL, OWN))
    np.testing.assert_allclose(matched[rows:].astype(int), before[rows:], atol=3)
    if rows:
        assert np.abs(matched[:rows].astype(int) - before[:rows]).mean() > 40


def test_the_same_tone_is_left_alone() -> None:
    assert match_tone(scene(), scene(), ALL, OWN) == OWN


def test_images_with_nothing_in_common_are_left_alone() -> None:
    assert match_tone(scene(1), 255 - scene(1), ALL, OWN) == OWN


def test_too_few_pixels_and_palettes_are_left_alone() -> None:
    few = np.zeros((64, 64), dtype=bool)
    few[:3, :3] = True
    brighter = (scene() // 2).astype(np.uint8)
    assert match_tone(scene(), brighter, few, OWN) == OWN
    classes = Stretch((1, 1, 1), ((0.0, 255.0),) * 3, palette=((0, 0, 0, 255),) * 4)
    assert match_tone(scene(), brighter, ALL, classes) == classes


def test_of_flat_ground_only_brightness_is_taken() -> None:
    before, after = np.full((64, 64, 3), 90, np.uint8), np.full((64, 64, 3), 120, np.uint8)
    for image in (before, after):
        image[20:24, 20:24] = 240
    matched = shown(after, match_tone(before, after, ALL, OWN))
    assert (matched[:20] == 90).all()
    assert (matched[20:24, 20:24] == 210).all()
    assert match_tone(before, before, ALL, OWN) == OWN
    # There is nothing to fit where only the first is flat.
    assert match_tone(before, scene(), ALL, OWN) == OWN


def test_the_scale_runs_from_one_place_twice_to_two_places() -> None:
    random = np.random.default_rng(3)
    places = random.normal(size=(60, 32)).astype(np.float32)
    again = places + 0.1 * random.normal(size=places.shape).astype(np.float32)
    scale = fit_scale(places, again)
    assert scale.same < 0.05
    assert scale.other == pytest.approx(1, abs=0.1)
    assert scale.score(distances(places, again)).max() < 0.01
    assert np.median(scale.score(distances(places, places[::-1]))) > 0.9


def test_where_all_is_alike_a_ripple_is_no_change() -> None:
    places = np.ones((30, 8), np.float32)
    scale = fit_scale(places, places)
    ripple = places.copy()
    ripple[:, 0] = 1.3
    assert scale.score(distances(places, ripple)).max() < 0.05
