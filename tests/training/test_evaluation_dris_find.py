"""The benchmark of Find by DRIS policy gives every policy the same shares of `fixed`'s tiles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks.dris_find import OTHERS, benchmark, scenes
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.engine.conftest import LEVEL_ACTIONS
from tests.tiny_bundle import make_tiny_bundle


def test_every_policy_is_scored_beside_fixed(tmp_path: Path) -> None:
    bundle = make_tiny_bundle(tmp_path / "bundle", actions=LEVEL_ACTIONS)
    model = VisionLanguageModel(load_bundle(bundle), device="cpu", threads=1)
    name, records = scenes(tmp_path / "none", "val")
    assert name == "drawn"
    # The one kind of object that the tiny bundle knows the word of.
    planes = [
        replace(record, boxes=tuple(replace(box, category="plane") for box in record.boxes))
        for record in records[:2]
    ]
    fixed, *others = benchmark(name, planes, model, (0.3, 0.6))
    assert (fixed["policy"], fixed["tiles_of_fixed"]) == ("fixed", 1)
    assert [(row["share"], row["policy"]) for row in others] == [
        (share, policy) for share in (0.3, 0.6) for policy in OTHERS
    ]
    for row in others:
        assert 0 < row["tiles_of_fixed"] <= row["share"]
