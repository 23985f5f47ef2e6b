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
from safetensors.torch import load_file

from model_training.checkpoint import load_checkpoint
from model_training.data.drawn import drawn_records
from model_training.writing import write_captions
from rs_vlm_plugin.engine.model.bundle import load_bundle

from .conftest import TINY, run_script
from .language_models import save_language_model
from .parquet_sets import write_set
from .test_levels_train_and_export_by_command import LEVELS

# An epoch has three steps, so a checkpoint falls within one.
STEPS, EVERY = 60, 20


def configuration(folder: Path, **changes: Any) -> Path:
    """An experiment whose captions `language`, below the weights folder, writes; `changes` go into
    its sections."""
    sections: dict[str, Any] = {
        **TINY,
        "decoder": {
            **TINY["decoder"],  # type: ignore[dict-item]
            "kind": "causal_lm",
            "weights": "language",
            "lora_rank": 4,
            "lora_dropout": 0.0,
            "max_tokens": 48,
        },
        "optimisation": {
            **TINY["optimisation"],  # type: ignore[dict-item]
            "evaluate_every_epochs": EVERY / 3,
            "head_learning_rate": 5e-3,
        },
    }
    for section, values in changes.items():
        sections[section] = {**sections.get(section, {}), **values}
    path = folder / "config.json"
    path.write_text(json.dumps(sections), encoding="utf-8")
    return path


def train(config: Path, weights: Path, output: Path, steps: int, *more: object) -> Any:
    return run_script(
        "train.py", "--config", config, "--weights", weights, "--output", output, "--threads", 1,
        "--max-steps", steps, *more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of initial weights."""
    folder = tmp_path_factory.mktemp("weights")
    save_language_model(folder / "language", "llama")
    return folder


@pytest.fixture(scope="module")
def run(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The run folder of a short training, and what was printed."""
    folder = tmp_path_factory.mktemp("run")
    result = train(configuration(folder), weights, folder / "run", STEPS)
    assert result.returncode == 0, result.stderr[-3000:]
    return folder / "run", result.stdout + result.stderr


def test_the_loss_of_captions_falls(run: tuple[Path, str]) -> None:
    losses = [float(found) for found in re.findall(r"'caption': '?([\d.]+)", run[1])]
    assert len(losses) == STEPS // EVERY
    assert losses[-1] < 0.9 * losses[0]


def test_a_checkpoint_holds_only_what_was_learnt(run: tuple[Path, str], weights: Path) -> None:
    saved = load_file(run[0] / "best" / "model.safetensors")
    of_decoder = {name for name in saved if name.startswith("decoder.")}
    assert any("lora_" in name for name in of_decoder)
    assert any(".projector." in name for name in of_decoder)
    assert all("lora_" in name or ".projector." in name for name in of_decoder)
    for folder in run[0].glob("checkpoints/checkpoint-*"):
        assert load_file(folder / "model.safetensors").keys() == saved.keys()
    described = json.loads((run[0] / "best" / "config.json").read_text(encoding="utf-8"))
    assert described["language_model"]["weights"] == "language"
    assert str(weights) not in json.dumps(described), "a path of this machine"


def test_a_loaded_checkpoint_writes_as_the_trained_model_did(
    run: tuple[Path, str], weights: Path
) -> None:
    checkpoint = load_checkpoint(run[0] / "best", weights)
    _, held_out = drawn_records(TINY["data"]["synthetic_scenes"], seed=1)  # type: ignore[index]
    records = [record for part in held_out.values() for record in part]
    said = write_captions(checkpoint, records)
    assert len(said) == len(records)
    assert all(said)
    # Learnt, in a few steps: words of drawn scenes among the random model's bytes.
    known = {word for record in records for caption in record.captions for word in caption.split()}
    words = [word for caption in said for word in caption.split()]
    assert sum(word in known for word in words) > 0.2 * len(words)
    state = checkpoint.model.state_dict()
    for name, value in load_file(run[0] / "best" / "model.safetensors").items():
        torch.testing.assert_close(state[name], value.to(state[name].dtype), msg=name)
    published = load_file(weights / "language" / "model.safetensors")
    (embeddings,) = (name for name in state if name.endswith("embed_tokens.weight"))
    assert torch.equal(state[embeddings], published["model.embed_tokens.weight"])


def test_an_interrupted_run_ends_with_the_same_weights(
    run: tuple[Path, str], weights: Path, tmp_path: Path
) -> None:
    shutil.copytree(run[0], tmp_path / "run")
    shutil.rmtree(tmp_path / "run" / "best")
    last = f"checkpoints/checkpoint-{STEPS}"
    shutil.rmtree(tmp_path / "run" / last)
    result = train(configuration(tmp_path), weights, tmp_path / "run", STEPS)
    assert result.returncode == 0, result.stderr[-2000:]
    resumed = load_file(tmp_path / "run" / last / "model.safetensors")
    for name, value in load_file(run[0] / last / "model.safetensors").items():
        assert torch.equal(resumed[name], value), name


def test_its_bundle_searches_and_says_that_it_does_not_describe(
    run: tuple[Path, str], weights: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "weights").symlink_to(weights)
    result = run_script(
        "export_onnx.py", "--checkpoint", run[0] / "best", "--data", data, "--output",
        tmp_path / "bundle", "--float32",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-2000:]
    assert "does not describe" in result.stdout
    assert load_bundle(tmp_path / "bundle").manifest.actions == ("classify", "search")


def test_another_family_learns_on_three_levels(tmp_path: Path) -> None:
    save_language_model(tmp_path / "weights" / "language", "gpt2")
    data = {"boxed_sets": ["drawn"], "boxed_crops_per_image": 1, "mosaics": 8}
    config = configuration(tmp_path, **LEVELS, data=data)
    result = train(config, tmp_path / "weights", tmp_path / "run", 2)
    assert result.returncode == 0, result.stderr[-2000:]
    metrics = json.loads((tmp_path / "run" / "best" / "metrics.json").read_text(encoding="utf-8"))
    assert any(name.endswith("cider") for name in metrics)
    checkpoint = load_checkpoint(tmp_path / "run" / "best", tmp_path / "weights")
    records, _ = drawn_records(4, seed=9)
    assert len(write_captions(checkpoint, records)) == len(records)


@pytest.mark.skipif(shutil.which("java") is None, reason="METEOR and the PTB tokenizer need Java")
def test_its_captions_are_scored(run: tuple[Path, str], weights: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    write_set(data, "one", {"train": 12, "val": 4})
    (tmp_path / "weights").symlink_to(weights)
    report = tmp_path / "scores.json"
    result = run_script(
        "evaluate.py", "--checkpoint", run[0] / "best", "--data", data, "--sets", "one",
        "--split", "val", "--json", report,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-2000:]
    (scores,) = json.loads(report.read_text(encoding="utf-8"))["sets"]
    assert scores["tasks"]["captions"]["scores"]["model"]["cider"] >= 0
    assert "mean_recall" in scores["tasks"]["retrieval"]["scores"]["model"]
