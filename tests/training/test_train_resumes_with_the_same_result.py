"""A training run that is killed and started again ends where an uninterrupted one does."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from safetensors.numpy import load_file

from .conftest import ROOT, run_script, script_environment


def test_killed_run_resumes_to_the_same_weights(
    tiny_config: Path, trained: Path, tmp_path: Path
) -> None:
    arguments = ["--config", str(tiny_config), "--output", str(tmp_path), "--threads", "1"]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "model_training" / "train.py"), *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=script_environment(),
    )
    # The trainer writes this file last, so the checkpoint it lies in is complete.
    state = tmp_path / "checkpoints" / "checkpoint-3" / "trainer_state.json"
    deadline = time.monotonic() + 200
    while not state.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert state.exists(), "no checkpoint was written before the deadline"
    assert not (tmp_path / "best").exists(), "the run ended before it could be killed"

    result = run_script("train.py", *arguments)

    assert result.returncode == 0, result.stderr
    straight = load_file(trained / "best" / "model.safetensors")
    resumed = load_file(tmp_path / "best" / "model.safetensors")
    assert straight.keys() == resumed.keys()
    for name, weights in straight.items():
        assert (weights == resumed[name]).all(), name


def test_training_leaves_a_tensorboard_log_and_metrics(trained: Path) -> None:
    assert list((trained / "checkpoints").rglob("events.out.tfevents.*"))
    assert (trained / "best" / "metrics.json").exists()
