"""One command trains, exports, scores and compares stages, and goes on where it stopped."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from model_training.ablation import AblationError, check_equal_budget, is_finished, on_budget
from model_training.config import ExperimentConfig

from .conftest import TINY, run_script
from .parquet_sets import write_set

ONE_PASS = {**TINY["optimisation"], "epochs": 1}
DATA = {**TINY["data"], "synthetic_scenes": 0, "sets": ["ucm"]}
NARROW = {**TINY, "name": "narrow", "data": DATA, "optimisation": ONE_PASS}
WIDE = {**NARROW, "name": "wide", "decoder": {**TINY["decoder"], "width": 64}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ablation")
    write_set(folder / "data", "ucm", {"train": 40, "val": 12})
    for values in (NARROW, WIDE):
        (folder / f"{values['name']}.json").write_text(json.dumps(values), encoding="utf-8")
    return folder


def ablation(folder: Path, *more: object):
    return run_script(
        "ablation.py", "--configs", folder / "narrow.json", folder / "wide.json",
        "--data", folder / "data", "--runs", folder / "runs", "--results", folder / "results",
        "--sets", "ucm", "--threads", 1, "--float32", *more,
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("java") is None, reason="METEOR and the PTB tokenizer need Java")
def test_stages_are_made_scored_and_compared(folder: Path) -> None:
    first = ablation(folder)
    assert first.returncode == 0, first.stderr
    assert "Training narrow, seed 1." in first.stdout
    assert "Training wide, seed 1." in first.stdout
    for text in ("| floor: class lookup |", "wide against narrow", "M multiplications a tile"):
        assert text in first.stdout
    report = json.loads((folder / "results" / "ablation.json").read_text())
    narrow, wide = report["stages"]
    assert "against_previous" not in narrow
    change = wide["against_previous"]["ucm val retrieval"]["mean_recall"]
    recall = wide["scores"]["ucm val retrieval"]["mean_recall"]["value"]
    assert change["after"] == pytest.approx(recall)
    assert change["difference"]["low"] <= change["difference"]["value"]
    assert wide["cost"][0]["parameters"] > narrow["cost"][0]["parameters"]
    learnt = [entry for entry in narrow["learning"] if "caption" in entry]
    assert learnt[-1]["step"] == 40 // NARROW["optimisation"]["batch_size"]
    assert learnt[-1]["caption"] > 0
    for name in ("ablation.png", "ablation_curves.png"):
        assert (folder / "results" / name).read_bytes().startswith(b"\x89PNG")

    # Nothing is trained, exported or scored twice, and the same tables come out.
    weights = folder / "runs" / "narrow-seed1" / "best" / "model.safetensors"
    before = weights.stat().st_mtime_ns
    again = ablation(folder)
    assert again.returncode == 0, again.stderr
    assert "Training" not in again.stdout
    assert weights.stat().st_mtime_ns == before
    assert again.stdout.splitlines()[-20:] == first.stdout.splitlines()[-20:]


def test_unequal_budgets_are_refused() -> None:
    narrow, wide = (ExperimentConfig.from_json(values) for values in (NARROW, WIDE))
    check_equal_budget([narrow, wide])
    longer = replace(wide, optimisation=replace(wide.optimisation, epochs=2))
    with pytest.raises(AblationError, match="wide looks at all captioned images 2 times, narrow 1"):
        check_equal_budget([narrow, longer])
    other = replace(wide, optimisation=replace(wide.optimisation, batch_size=1))
    with pytest.raises(AblationError, match=r"wide has optimisation\.batch_size 1"):
        check_equal_budget([narrow, other])
    with pytest.raises(AblationError, match="same name"):
        check_equal_budget([narrow, narrow])


def test_half_of_the_images_twice_as_often_is_an_equal_budget() -> None:
    narrow, wide = (ExperimentConfig.from_json(values) for values in (NARROW, WIDE))
    half = replace(wide, data=replace(wide.data, train_share=0.5))
    with pytest.raises(AblationError, match=r"0\.5 times"):
        check_equal_budget([narrow, half])
    check_equal_budget([narrow, replace(half, optimisation=replace(half.optimisation, epochs=2))])


def test_a_run_of_other_settings_is_not_taken_for_this_one(tmp_path: Path) -> None:
    narrow = ExperimentConfig.from_json(NARROW)
    assert not is_finished(tmp_path / "none", narrow)
    (tmp_path / "experiment.json").write_text(json.dumps(narrow.to_json()), encoding="utf-8")
    assert not is_finished(tmp_path, narrow)
    (tmp_path / "best").mkdir()
    (tmp_path / "best" / "metrics.json").write_text("{}", encoding="utf-8")
    assert is_finished(tmp_path, narrow)
    with pytest.raises(AblationError, match="trained with other settings than narrow"):
        is_finished(tmp_path, replace(narrow, description="another"))


def test_what_is_missing_is_one_sentence(folder: Path) -> None:
    for wrong, sentence in (
        (("--seeds", "one"), "whole numbers"),
        (("--configs", folder / "narrow.json"), "fewer than two configurations"),
        (("--configs", folder / "narrow.json", folder / "none.json"), "no configuration file"),
    ):
        result = ablation(folder, *wrong)
        assert result.returncode == 1
        assert sentence in result.stderr.strip().splitlines()[-1]


def test_a_smaller_budget_is_every_stage_s() -> None:
    configs = [ExperimentConfig.from_json(values) for values in (NARROW, WIDE)]
    smaller = [on_budget(config, 0.5, 64, 32) for config in configs]
    check_equal_budget(smaller)
    assert {config.optimisation.epochs for config in smaller} == {0.5}
    assert {config.vision.image_size for config in smaller} == {64}
    assert {config.optimisation.batch_size for config in smaller} == {32}
    assert on_budget(configs[0]) == configs[0]
