"""The benchmark of Find's areas scores what the bundle that ships outlines in drawn mosaics."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.dris_policies import CELL_PX, BenchScene, mosaics
from benchmarks.find_areas import SCORES, benchmark
from model_training.data.drawn import drawn_records
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.resource_paths import default_bundle


@pytest.fixture(scope="module")
def model() -> VisionLanguageModel:
    return VisionLanguageModel(load_bundle(default_bundle()), device="cpu", threads=1)


@pytest.fixture(scope="module")
def scene() -> BenchScene:
    (scene,) = mosaics(drawn_records(80, seed=2)[0], 3, 1)
    return scene


def test_what_is_there_is_outlined_where_it_is(
    scene: BenchScene, model: VisionLanguageModel
) -> None:
    (row,) = benchmark("drawn", [scene], model, ["query"])
    assert row["precision"] > 60
    assert row["found"] > 40
    assert 0 < row["recall"] <= 100
    # The 9 cells make 4 x 4 tiles at the finest, and a coarse one: a quarter of them.
    assert row["tiles"] <= 5
    assert all(f"{score}_95" in row for score in SCORES)


def test_an_outline_in_another_place_is_no_hit(
    scene: BenchScene, model: VisionLanguageModel
) -> None:
    """The same picture, with every name said of the cell to the right of its own."""
    moved = [
        replace(target, boxes=((left, top, left + CELL_PX, bottom),))
        for target in scene.targets
        for _, top, right, bottom in target.boxes
        for left in [right % (3 * CELL_PX)]
    ]
    (row,) = benchmark("drawn", [replace(scene, targets=tuple(moved))], model, ["query"])
    assert row["precision"] < 40
