"""Drawn scenes are reproducible, exact about what they show, and quick to draw."""

from __future__ import annotations

import time

import numpy as np
import pytest

from model_training.synthetic import SCENE_CLASSES, draw_mosaic, draw_scene, write_geotiff

COUNT_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}


def test_same_seed_same_scene():
    first, second = draw_scene(11, 96), draw_scene(11, 96)
    assert np.array_equal(first.image, second.image)
    assert (first.objects, first.captions, first.qa) == (
        second.objects,
        second.captions,
        second.qa,
    )


def test_another_seed_is_another_scene():
    assert not np.array_equal(draw_scene(1, 96).image, draw_scene(2, 96).image)


@pytest.mark.parametrize("name", SCENE_CLASSES)
def test_every_class_keeps_the_promises_of_a_scene(name):
    for seed in range(5):
        scene = draw_scene(seed, 112, name)
        assert scene.image.shape == (112, 112, 3)
        assert scene.image.dtype == np.uint8
        assert scene.image.std() > 3
        assert scene.scene_class == name
        assert 3 <= len(scene.captions) <= 5
        assert all(text[0].isupper() and text.endswith(".") for text in scene.captions)
        for item in scene.objects:
            xmin, ymin, xmax, ymax = item.bbox
            assert 0 <= xmin < xmax <= 112
            assert 0 <= ymin < ymax <= 112


def test_counts_in_captions_are_the_counts_of_boxes():
    checked = 0
    for seed in range(120):
        scene = draw_scene(seed, 96)
        for category, count in scene.counts().items():
            for text in scene.captions:
                words = text.lower().replace(".", "").split(f" {category}")
                said = words[0].split()[-1] if len(words) > 1 and words[0] else ""
                if said in COUNT_WORDS:
                    assert COUNT_WORDS[said] == count, (seed, text, scene.counts())
                    checked += 1
    assert checked > 50


def test_answers_are_those_of_the_boxes():
    for seed in range(60):
        scene = draw_scene(seed, 96)
        counts = scene.counts()
        kinds = {item.kind for item in scene.qa}
        assert {"count", "presence", "rural_urban"} <= kinds | {"count"}
        for item in scene.qa:
            if item.kind == "count":
                words = item.question.removeprefix("How many ").removesuffix(" are there?")
                expected = next((n for c, n in counts.items() if c + "s" == words), 0)
                assert item.answer == str(expected)


def test_a_box_holds_what_differs_from_the_ground():
    scene = draw_scene(3, 160, "airport")
    planes = [item for item in scene.objects if item.category == "plane"]
    assert planes
    for item in planes:
        xmin, ymin, xmax, ymax = (round(v) for v in item.bbox)
        inside = scene.image[ymin:ymax, xmin:xmax].astype(float).mean(axis=2)
        # An airliner is brighter than the apron it stands on.
        assert np.percentile(inside, 98) > np.median(inside) + 20


def test_no_such_class_is_said_by_name():
    with pytest.raises(ValueError, match="no scene class 'moon base'"):
        draw_scene(0, 96, "moon base")


def test_drawing_is_quick_enough_for_training_on_the_fly():
    draw_scene(0, 128)
    started = time.process_time()
    for seed in range(20):
        draw_scene(seed, 128)
    assert (time.process_time() - started) / 20 < 0.06


def test_mosaic_holds_every_quarter():
    scene = draw_mosaic(5, 1024)
    assert scene.image.shape == (1024, 1024, 3)
    assert scene.gsd_m == 0.5
    assert {"house", "plane", "ship", "storage tank"} <= set(scene.counts())


def test_a_mosaic_too_small_is_refused():
    with pytest.raises(ValueError, match="1024"):
        draw_mosaic(0, 512)


def test_geotiff_has_place_scale_and_overviews(tmp_path):
    rasterio = pytest.importorskip("rasterio")
    scene = draw_scene(5, 512)
    path = write_geotiff(scene, tmp_path / "deep" / "scene.tif")
    with rasterio.open(path) as opened:
        assert opened.crs.to_epsg() == 32632
        assert opened.res == pytest.approx((scene.gsd_m, scene.gsd_m))
        assert opened.overviews(1) == [2, 4]
        assert np.array_equal(np.moveaxis(opened.read(), 0, -1), scene.image)
