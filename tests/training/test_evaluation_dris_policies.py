"""The DRIS benchmark scores what a plan's tiles show: pointing at things and naming them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.dris_policies import (
    CELL_PX,
    SHARE,
    BenchScene,
    Target,
    benchmark,
    boxed_scene,
    look,
    mosaics,
    on_target,
    opened,
    subjects,
)
from model_training.data.drawn import drawn_records
from model_training.data.records import ImageText
from rs_vlm_plugin.engine.dris.policies import POLICIES
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.engine.conftest import LEVEL_ACTIONS
from tests.tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def records() -> list[ImageText]:
    return drawn_records(80, seed=2)[0]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> VisionLanguageModel:
    folder = make_tiny_bundle(tmp_path_factory.mktemp("bundle"), actions=["classify", "search"])
    return VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)


def test_a_mosaic_shows_each_class_once(records: list[ImageText]) -> None:
    first, second = mosaics(records, side=3, count=2)
    assert first.rgb.shape == (3 * CELL_PX, 3 * CELL_PX, 3)
    assert len({target.name for target in first.targets}) == 9
    assert first.targets[4].boxes == ((CELL_PX, CELL_PX, 2 * CELL_PX, 2 * CELL_PX),)
    assert not np.array_equal(first.rgb, second.rgb)
    assert np.array_equal(first.rgb, mosaics(records, 3, 1)[0].rgb)
    with pytest.raises(ValueError, match="16 cells need as many classes"):
        mosaics(records, side=4, count=1)


def test_objects_of_a_kind_are_one_target(records: list[ImageText]) -> None:
    record = next(r for r in records if len(r.boxes) > len({b.category for b in r.boxes}))
    scene = boxed_scene(record)
    assert [t.name for t in scene.targets] == sorted({b.category for b in record.boxes})
    assert sum(len(target.boxes) for target in scene.targets) == len(record.boxes)


def test_on_target_within_the_margin() -> None:
    target = Target("ship", ((100, 100, 120, 110),))
    places = np.array([[110.0, 105], [130, 105], [140, 105], [110, 80]])
    assert on_target(places, target).tolist() == [True, True, False, False]
    assert on_target(places, target, margin=0).tolist() == [True, False, False, False]


def test_every_place_is_seen_once_and_finer_by_fixed(
    records: list[ImageText], model: VisionLanguageModel
) -> None:
    (scene,) = mosaics(records, 3, 1)
    with opened(scene.rgb) as ground:
        seen = {}
        for policy, budget in (("fixed", 4096), ("content", 5)):
            made = ground.plan(policy, budget, model.input_size)
            cells = look(ground, made, model).coarse
            places, vectors = cells.places, cells.vectors
            assert len(np.unique(places, axis=0)) == len(places) == len(vectors)
            np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
            assert places.min() >= 0
            assert places.max() < 3 * CELL_PX
            seen[policy] = len(places)
    assert seen["fixed"] > 4 * seen["content"]


def test_a_model_of_three_levels_points_with_its_fine_cells(
    records: list[ImageText], tmp_path: Path
) -> None:
    bundle = make_tiny_bundle(tmp_path / "levels", actions=LEVEL_ACTIONS)
    model = VisionLanguageModel(load_bundle(bundle), device="cpu", threads=1)
    (scene,) = mosaics(records, 3, 1)
    with opened(scene.rgb) as ground:
        seen = look(ground, ground.plan("content", 5, model.input_size), model)
    assert len(seen.fine.places) > len(seen.coarse.places)


def test_every_policy_gets_a_quarter_of_fixed(
    records: list[ImageText], model: VisionLanguageModel
) -> None:
    rows = benchmark("drawn", mosaics(records, 3, 2), model)
    # The tiny bundle has no detail head, so there is no `learned`.
    assert [row["policy"] for row in rows] == [*POLICIES, "query", "oracle"]
    fixed, *others = rows
    assert fixed["tiles_of_fixed"] == 1
    for what in ("pointed", "named"):
        # Of nothing, nothing can be kept.
        assert fixed[f"{what}_kept"] == (100 if fixed[what] else None)
    for row in others:
        assert 0 < row["tiles_of_fixed"] <= SHARE
        assert 0 <= row["pointed"] <= 100


def test_drawn_scenes_stand_in_and_say_so(tmp_path: Path) -> None:
    found = dict(subjects(tmp_path / "none", "val", 1, 3))
    assert list(found) == ["mosaics, drawn", "objects, drawn"]
    assert all(isinstance(scene, BenchScene) for scenes in found.values() for scene in scenes)
