"""bf16 trains as float32 does, but for rounding."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import TINY, run_script

LEVELS = {
    "levels": {"enabled": True, "object_queries": 3},
    "knowledge": {"enabled": True, "entries": 2, "refresh_steps": 1},
    "experts": {"kind": "soft"},
    "answers": {"enabled": True},
}


def losses(folder: Path, bf16: bool) -> list[dict[str, float]]:
    """Those of two logged steps of a model of three levels."""
    values: dict[str, Any] = {**TINY, **LEVELS}
    values["data"] = {**TINY["data"], "boxed_sets": ["drawn"], "boxed_crops_per_image": 1}  # type: ignore[dict-item]
    values["optimisation"] = {
        **TINY["optimisation"],  # type: ignore[dict-item]
        "bf16": bf16,
        "evaluate_every_epochs": 1e-3,
        # Small steps, or rounding would grow through them.
        "backbone_learning_rate": 1e-5,
        "text_learning_rate": 1e-5,
        "head_learning_rate": 1e-5,
    }
    folder.mkdir()
    path = folder / "config.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    result = run_script(
        "train.py", "--config", path, "--output", folder / "run", "--threads", 1, "--max-steps", 2
    )
    assert result.returncode == 0, result.stderr[-2000:]
    state = folder / "run" / "checkpoints" / "checkpoint-2" / "trainer_state.json"
    return [entry for entry in json.loads(state.read_text())["log_history"] if "loss" in entry]


def test_bf16_has_the_losses_of_float32_but_for_rounding(tmp_path: Path) -> None:
    whole, half = losses(tmp_path / "whole", False), losses(tmp_path / "half", True)
    parts = ("loss", "contrastive", "caption", "local", "centre", "closed_answer", "written")
    for one, other in zip(whole, half, strict=True):
        # Random weights and batch statistics of few images make much of rounding.
        for part in parts:
            assert other[part] == pytest.approx(one[part], rel=0.1), part
    assert [entry["loss"] for entry in half] != [entry["loss"] for entry in whole]
