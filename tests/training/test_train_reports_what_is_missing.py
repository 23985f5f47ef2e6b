"""Missing data, weights and settings are each one sentence on stderr, and exit code 1."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from .conftest import TINY, run_script


def test_missing_data_names_every_file(tmp_path: Path) -> None:
    result = run_script("train.py", "--data", tmp_path, "--output", tmp_path / "run")
    assert result.returncode == 1
    line = result.stderr.strip().splitlines()[-1]
    assert "rsicd_aid/train.parquet" in line
    assert "ucm/val.parquet" in line
    assert "--data" in line


def test_missing_weights_are_named(tmp_path: Path) -> None:
    config = {**TINY, "vision": {"weights": "no_such_folder_of_weights"}}
    path = tmp_path / "config.json"
    path.write_text(json.dumps(config), encoding="utf-8")
    result = run_script(
        "train.py", "--config", path, "--weights", tmp_path, "--output", tmp_path / "run"
    )
    assert result.returncode == 1
    assert "no_such_folder_of_weights" in result.stderr.strip().splitlines()[-1]


def test_missing_text_weights_are_named(tmp_path: Path) -> None:
    config = {**TINY, "text": {**TINY["text"], "weights": "nobody/no_such_encoder"}}  # type: ignore[dict-item]
    path = tmp_path / "config.json"
    path.write_text(json.dumps(config), encoding="utf-8")
    result = run_script(
        "train.py", "--config", path, "--output", tmp_path / "run", HF_HUB_OFFLINE="1"
    )
    assert result.returncode == 1
    assert "nobody/no_such_encoder" in result.stderr.strip().splitlines()[-1]
    assert "hub name" in result.stderr.strip().splitlines()[-1]


def test_a_hub_name_is_a_text_encoder(trained: Path, tmp_path: Path) -> None:
    hub = tmp_path / "models--somebody--tiny-encoder"
    files = hub / "snapshots" / "0123"
    files.mkdir(parents=True)
    shutil.copy(trained / "best" / "tokenizer.json", files)
    words = Tokenizer.from_file(str(files / "tokenizer.json")).get_vocab_size()
    size = {"hidden_size": 32, "num_attention_heads": 2, "intermediate_size": 64}
    encoder = BertModel(BertConfig(vocab_size=words, num_hidden_layers=1, **size))
    encoder.save_pretrained(files)
    (hub / "refs").mkdir()
    (hub / "refs" / "main").write_text("0123", encoding="utf-8")
    text = {**TINY["text"], "weights": "somebody/tiny-encoder", "frozen_layers": 0}  # type: ignore[dict-item]
    path = tmp_path / "config.json"
    path.write_text(json.dumps({**TINY, "text": text}), encoding="utf-8")
    result = run_script(
        "train.py", "--config", path, "--output", tmp_path / "run", "--threads", 1,
        "--max-steps", 1, HF_HUB_OFFLINE="1", HF_HUB_CACHE=str(tmp_path),
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-2000:]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{", "not JSON"),
        ('{"name": "x", "optimisation": {"epoch": 3}}', "optimisation.epoch"),
        ('{"vision": {}}', "name"),
        ('["name"]', "not an object"),
        ('{"name": "x", "vision": 160}', "section vision"),
    ],
)
def test_broken_configuration_is_named(tmp_path: Path, text: str, word: str) -> None:
    path = tmp_path / "config.json"
    path.write_text(text, encoding="utf-8")
    result = run_script("train.py", "--config", path)
    assert result.returncode == 1
    assert word in result.stderr


@pytest.mark.parametrize("script", ["export_onnx.py", "evaluate.py"])
def test_a_folder_that_is_no_checkpoint_is_named(tmp_path: Path, script: str) -> None:
    result = run_script(script, "--checkpoint", tmp_path)
    assert result.returncode == 1
    assert "no checkpoint" in result.stderr
