"""A training run that is killed and started again ends where an uninterrupted one does."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from safetensors.numpy import load_file

from .conftest import ROOT, TINY, run_script, script_environment


def test_killed_run_resumes_to_the_same_weights(
    tiny_config: Path, trained: Path, tmp_path: Path
) -> None:
    kill_at_checkpoint(3, tiny_config, tmp_path)
    check_resumed(tiny_config, tmp_path, trained)


def test_a_run_killed_within_an_epoch_draws_the_same_captions_and_views(tmp_path: Path) -> None:
    config = tmp_path / "config.json"
    settings = {**TINY["optimisation"], "evaluate_every_epochs": 0.67}
    config.write_text(json.dumps({**TINY, "optimisation": settings}), encoding="utf-8")
    straight, killed = tmp_path / "straight", tmp_path / "killed"
    result = run_script("train.py", "--config", config, "--output", straight, "--threads", 1)
    assert result.returncode == 0, result.stderr
    # The second step of the second epoch's three.
    kill_at_checkpoint(4, config, killed)
    check_resumed(config, killed, straight)


def kill_at_checkpoint(step: int, config: Path, output: Path) -> None:
    process = subprocess.Popen(
        [
            sys.executable,
            str(ROOT / "model_training" / "train.py"),
            *("--config", str(config), "--output", str(output), "--threads", "1"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=script_environment(),
    )
    # The trainer writes this file last, so the checkpoint it lies in is complete.
    state = output / "checkpoints" / f"checkpoint-{step}" / "trainer_state.json"
    deadline = time.monotonic() + 200
    while not state.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert state.exists(), "no checkpoint was written before the deadline"
    assert not (output / "best").exists(), "the run ended before it could be killed"


def check_resumed(config: Path, output: Path, straight: Path) -> None:
    """Go on with a killed run, and compare it with one that was not."""
    result = run_script("train.py", "--config", config, "--output", output, "--threads", 1)
    assert result.returncode == 0, result.stderr
    # The best one may be older than the interruption, so the last one counts too.
    for weights_file in (Path("best") / "model.safetensors", newest_weights(straight)):
        expected = load_file(straight / weights_file)
        resumed = load_file(output / weights_file)
        assert expected.keys() == resumed.keys()
        for name, weights in expected.items():
            assert (weights == resumed[name]).all(), (weights_file, name)


def newest_weights(run: Path) -> Path:
    """Of the run's newest checkpoint, relative to the run."""
    found = (run / "checkpoints").glob("checkpoint-*")
    newest = max(found, key=lambda folder: int(folder.name.partition("-")[2]))
    return newest.relative_to(run) / "model.safetensors"


def test_training_leaves_a_tensorboard_log_and_metrics(trained: Path) -> None:
    assert list((trained / "checkpoints").rglob("events.out.tfevents.*"))
    assert (trained / "best" / "metrics.json").exists()
