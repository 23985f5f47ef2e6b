"""Checkpoints of one start are averaged into one; others are refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from .conftest import TINY, run_script


@pytest.fixture(scope="module")
def changed(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint that two more steps took away from `trained`, its batches made by two
    processes."""
    folder = tmp_path_factory.mktemp("changed")
    config = folder / "further.json"
    config.write_text(json.dumps(TINY), encoding="utf-8")
    result = run_script(
        "train.py", "--config", config, "--start", trained / "best", "--output", folder / "run",
        "--threads", 1, "--workers", 2, "--max-steps", 2,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return folder / "run" / "best"


def test_average_lies_between(trained: Path, changed: Path, tmp_path: Path) -> None:
    result = run_script("average.py", trained / "best", changed, "--output", tmp_path)

    assert result.returncode == 0, result.stderr
    one, other, mean = (
        load_file(folder / "model.safetensors") for folder in (trained / "best", changed, tmp_path)
    )
    moved = 0.0
    for name, weights in mean.items():
        if weights.dtype != np.float16:
            continue
        middle = (one[name].astype(np.float32) + other[name].astype(np.float32)) / 2
        assert np.allclose(weights, middle, rtol=2e-3, atol=1e-6), name
        moved = max(moved, float(np.abs(middle - one[name]).max()))
    assert moved > 1e-3, "the two checkpoints are the same"


def test_average_is_a_checkpoint_to_start_from(
    trained: Path, changed: Path, tmp_path: Path, tiny_config: Path
) -> None:
    assert run_script("average.py", trained / "best", changed, "--output", tmp_path).returncode == 0
    result = run_script(
        "train.py", "--config", tiny_config, "--start", tmp_path, "--output", tmp_path / "run",
        "--threads", 1, "--max-steps", 1,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr


def test_what_cannot_be_averaged_is_refused_in_a_sentence(trained: Path, tmp_path: Path) -> None:
    alone = run_script("average.py", trained / "best", "--output", tmp_path / "a")
    nothing = run_script("average.py", trained / "best", tmp_path, "--output", tmp_path / "a")

    assert alone.returncode == nothing.returncode == 1
    assert alone.stderr.strip().endswith("An average takes two checkpoints or more.")
    assert "no checkpoint" in nothing.stderr.strip().splitlines()[-1]
    assert not (tmp_path / "a").exists()
