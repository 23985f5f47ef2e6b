"""An experiment has its captions written by somebody else's causal language model, with LoRA.

Tiny random models stand in for published ones; all goes through the commands.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.numpy import load_file

from model_training.checkpoint import load_checkpoint
from model_training.model.modelling import MsVlamModel

from .conftest import TINY, run_script
from .language_models import save_language_model
from .test_levels_train_and_export_by_command import LEVELS

STEPS = 40


def configuration(folder: Path, **changes: Any) -> Path:
    """An experiment whose captions `language`, below the weights folder, writes."""
    decoder = {
        **TINY["decoder"], "kind": "causal_lm", "weights": "language", "lora_rank": 4,
        "lora_dropout": 0.0, "max_tokens": 48,
    }  # fmt: skip
    decoder |= changes.pop("decoder", {})
    optimisation = {
        **TINY["optimisation"], "evaluate_every_epochs": 10, "head_learning_rate": 5e-3,
    }  # fmt: skip
    optimisation |= changes.pop("optimisation", {})
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.json"
    path.write_text(
        json.dumps({**TINY, "decoder": decoder, "optimisation": optimisation, **changes}),
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module", params=["llama", "gpt2"])
def family(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def weights(family: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of initial weights."""
    folder = tmp_path_factory.mktemp("weights")
    save_language_model(folder / "language", family)
    return folder


@pytest.fixture(scope="module")
def run(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The run folder of a short training, and what was printed."""
    folder = tmp_path_factory.mktemp("run")
    result = run_script(
        "train.py", "--config", configuration(folder), "--weights", weights, "--output",
        folder / "run", "--threads", 1, "--max-steps", STEPS,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-3000:]
    return folder / "run", result.stdout + result.stderr


def test_the_loss_of_captions_falls(run: tuple[Path, str]) -> None:
    losses = [float(found) for found in re.findall(r"'caption': '?([\d.]+)", run[1])]
    assert len(losses) >= 2, run[1][-2000:]
    assert losses[-1] < 0.9 * losses[0]
