"""A second stage starts from a checkpoint of like architecture and vocabulary, no other."""

from __future__ import annotations

import json
from pathlib import Path

from safetensors.numpy import load_file

from .conftest import TINY, run_script

BATCH_STATISTICS = ("running_mean", "running_var", "num_batches_tracked")


def stage(folder: Path, start: Path, **changes: dict[str, object]) -> tuple[int, str]:
    config = {key: {**value, **changes.get(key, {})} if isinstance(value, dict) else value
              for key, value in TINY.items()}  # fmt: skip
    path = folder / "stage.json"
    path.write_text(json.dumps(config), encoding="utf-8")
    result = run_script(
        "train.py", "--config", path, "--start", start, "--output", folder / "run",
        "--threads", 1, "--max-steps", 1,
    )  # fmt: skip
    return result.returncode, result.stderr.strip().splitlines()[-1] if result.stderr else ""


def test_second_stage_continues_from_the_first(trained: Path, tmp_path: Path) -> None:
    # The least learning rate moves nothing that half precision would show.
    still = {
        "backbone_learning_rate": 1e-12,
        "text_learning_rate": 1e-12,
        "head_learning_rate": 1e-12,
    }
    code, error = stage(tmp_path, trained / "best", optimisation=still)
    assert code == 0, error
    before = load_file(trained / "best" / "model.safetensors")
    after = load_file(tmp_path / "run" / "best" / "model.safetensors")
    for name, weights in before.items():
        if not name.endswith(BATCH_STATISTICS):  # these follow the images, whatever the rate
            assert (weights == after[name]).all(), name


def test_another_architecture_is_refused_in_a_sentence(trained: Path, tmp_path: Path) -> None:
    code, error = stage(tmp_path, trained / "best", decoder={"layers": 2})
    assert code == 1
    assert "another architecture" in error


def test_another_vocabulary_is_refused_in_a_sentence(trained: Path, tmp_path: Path) -> None:
    code, error = stage(tmp_path, trained / "best", data={"synthetic_scenes": 40})
    assert code == 1
    assert "another vocabulary" in error


def test_a_start_that_is_no_checkpoint_is_refused_in_a_sentence(tmp_path: Path) -> None:
    code, error = stage(tmp_path, tmp_path)
    assert code == 1
    assert "no checkpoint" in error
