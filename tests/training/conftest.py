"""A model small enough to train in seconds, on scenes the project draws."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

TINY = {
    "name": "tiny",
    "vision": {"weights": "", "image_size": 64, "depth_multiplier": 0.35},
    "text": {"weights": "", "layers": 1, "hidden_size": 32, "heads": 2, "vocabulary_size": 600},
    "decoder": {"layers": 1, "width": 32, "heads": 2, "beam_size": 2},
    "data": {
        "sets": [],
        "holdout_sets": [],
        "vocabulary_text": [],
        "synthetic_scenes": 60,
        "stored_size": 72,
        "captions_per_image": 1,
    },
    "optimisation": {
        "epochs": 3,
        "batch_size": 18,
        "evaluate_every_epochs": 1,
        "bf16": False,
    },
}


@pytest.fixture(scope="session")
def tiny_config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration file that trains nine steps on drawn scenes."""
    path = tmp_path_factory.mktemp("config") / "tiny.json"
    path.write_text(json.dumps(TINY), encoding="utf-8")
    return path


def run_script(
    name: str, *arguments: object, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a script of `model_training` as a user would, with these environment variables."""
    return subprocess.run(
        [sys.executable, str(ROOT / "model_training" / name), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**script_environment(), **environment},
    )


def script_environment() -> dict[str, str]:
    """One thread, so that sums are added in one order and two runs can be equal."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}


@pytest.fixture(scope="session")
def trained(tiny_config: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run folder of one uninterrupted tiny training."""
    output = tmp_path_factory.mktemp("run")
    result = run_script("train.py", "--config", tiny_config, "--output", output, "--threads", 1)
    assert result.returncode == 0, result.stderr
    return output
