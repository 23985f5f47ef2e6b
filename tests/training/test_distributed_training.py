"""`torchrun` with two CPU processes trains as one process does; parts add up to a step."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

from .conftest import ROOT, run_script, script_environment
from .parquet_sets import write_set

STEPS = 6


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_set(folder, "one", {"train": 40, "val": 8}, captions=1)
    return folder


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smoke configuration on a data set, without chance: which random numbers an image gets
    depends on who else draws. Rates are small, because rounding grows with every large step."""
    values = json.loads((ROOT / "model_training" / "configs" / "smoke.json").read_text())
    values["text"]["dropout"] = 0.0
    values["decoder"]["dropout"] = 0.0
    values["data"] |= {
        "synthetic_scenes": 0, "sets": ["one"], "holdout_sets": [],
        "min_crop": 1.0, "colour_jitter": 0.0, "symmetries": False,
    }  # fmt: skip
    values["optimisation"] |= {
        "batch_size": 16, "evaluate_every_epochs": 0.5, "warmup_fraction": 0.0,
        "backbone_learning_rate": 1e-5, "text_learning_rate": 1e-4, "head_learning_rate": 1e-4,
    }  # fmt: skip
    return write(tmp_path_factory.mktemp("config"), values)


def write(folder: Path, values: dict[str, Any]) -> Path:
    path = folder / "config.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


def arguments(config: Path, data_dir: Path, output: Path) -> list[object]:
    return ["--config", config, "--data", data_dir, "--output", output,
            "--threads", 1, "--max-steps", STEPS]  # fmt: skip


def history(output: Path) -> list[dict[str, float]]:
    newest = output / "checkpoints" / f"checkpoint-{STEPS}" / "trainer_state.json"
    return [entry for entry in json.loads(newest.read_text())["log_history"] if "loss" in entry]


def run_in_two_processes(
    config: Path, data_dir: Path, output: Path
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone",
               "--nproc_per_node", "2", str(ROOT / "model_training" / "train.py"),
               *map(str, arguments(config, data_dir, output))]  # fmt: skip
    return subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False, env=script_environment()
    )


@pytest.fixture(scope="module")
def alone(config: Path, data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("alone")
    result = run_script("train.py", *arguments(config, data_dir, output))
    assert result.returncode == 0, result.stderr
    return output


@pytest.fixture(scope="module")
def shared(config: Path, data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("shared")
    result = run_in_two_processes(config, data_dir, output)
    assert result.returncode == 0, result.stderr
    assert result.stdout.count("Best checkpoint") == 1, "both processes end, one speaks"
    return output


def test_two_processes_have_the_losses_of_one(alone: Path, shared: Path) -> None:
    wanted, found = history(alone), history(shared)
    assert [entry["step"] for entry in found] == list(range(1, STEPS + 1))
    assert wanted[-1]["loss"] < wanted[0]["loss"] - 0.05, "nothing learnt, nothing compared"
    for one, two in zip(wanted, found, strict=True):
        # Sums in another order differ by 1e-5 at first, and grow through every step; the same
        # images in reverse, in one process, differ as much.
        tolerance = 1e-4 if one["step"] == 1 else 5e-3
        for part in ("loss", "contrastive", "caption"):
            assert two[part] == pytest.approx(one[part], rel=tolerance), (part, one["step"])
    assert found[0]["grad_norm"] == pytest.approx(wanted[0]["grad_norm"], rel=3e-2)


def test_two_processes_end_with_the_weights_of_one(alone: Path, shared: Path) -> None:
    wanted = load_file(alone / "best" / "model.safetensors")
    found = load_file(shared / "best" / "model.safetensors")
    assert wanted.keys() == found.keys()
    for name, weights in wanted.items():
        # Together, not one by one: AdamW's first steps follow the sign of a gradient, which is
        # noise where the gradient is nearly zero.
        difference = np.linalg.norm((weights - found[name]).astype(np.float64))
        assert difference <= 0.01 * np.linalg.norm(weights.astype(np.float64)) + 1e-2, name


def test_interrupted_processes_resume_to_the_same_weights(
    config: Path, data_dir: Path, shared: Path, tmp_path: Path
) -> None:
    run = tmp_path / "run"
    shutil.copytree(shared, run)
    shutil.rmtree(run / "best")
    shutil.rmtree(run / "checkpoints" / f"checkpoint-{STEPS}")
    assert list((run / "checkpoints").glob("checkpoint-*")), "nothing to resume from"
    result = run_in_two_processes(config, data_dir, run)
    assert result.returncode == 0, result.stderr
    straight = load_file(shared / "best" / "model.safetensors")
    resumed = load_file(run / "best" / "model.safetensors")
    for name, weights in straight.items():
        assert (weights == resumed[name]).all(), name


def test_parts_add_up_to_a_step(config: Path, data_dir: Path, tmp_path: Path) -> None:
    values = json.loads(config.read_text())
    values["optimisation"] |= {"accumulated_parts": 2}
    run = tmp_path / "run"
    result = run_script("train.py", *arguments(write(tmp_path, values), data_dir, run))
    assert result.returncode == 0, result.stderr
    steps = history(run)
    assert [entry["step"] for entry in steps] == list(range(1, STEPS + 1))
    # Six steps of two parts of eight go through the 40 images twice; six parts would not.
    assert steps[-1]["epoch"] >= 2
    assert steps[-1]["caption"] < steps[0]["caption"]


def test_a_batch_that_cannot_be_shared_is_refused_in_a_sentence(
    config: Path, data_dir: Path, tmp_path: Path
) -> None:
    values = json.loads(config.read_text())
    values["optimisation"] |= {"accumulated_parts": 3}
    result = run_script("train.py", *arguments(write(tmp_path, values), data_dir, tmp_path / "run"))
    assert result.returncode == 1
    assert "cannot be shared" in result.stderr
