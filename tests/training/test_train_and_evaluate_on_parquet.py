"""Any folder of the documented schema trains and evaluates; test images are not needed to train."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from model_training.data.records import ImageText, read_extra_text, read_split

from .conftest import TINY, run_script
from .parquet_sets import write_set, write_text


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_set(folder, "one", {"train": 40, "val": 8})
    return folder


@pytest.fixture(scope="module")
def checkpoint(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Trained where there is no test file at all."""
    output = tmp_path_factory.mktemp("parquet-run")
    data = {
        **TINY["data"],
        "synthetic_scenes": 0,
        "sets": ["one"],
        "holdout_sets": ["one"],
        "holdout_per_class": 1,
    }
    config = output / "config.json"
    config.write_text(json.dumps({**TINY, "data": data}), encoding="utf-8")
    result = run_script(
        "train.py", "--config", config, "--data", data_dir, "--output", output, "--threads", 1
    )
    assert result.returncode == 0, result.stderr
    return output / "best"


def all_records(data_dir: Path) -> list[ImageText]:
    return [*read_split(data_dir, "one", "train"), *read_split(data_dir, "one", "val")]


def test_captions_without_letters_are_dropped(data_dir: Path) -> None:
    for record in read_split(data_dir, "one", "train"):
        assert "." not in record.captions
        assert record.captions


@pytest.mark.skipif(shutil.which("java") is None, reason="METEOR and the PTB tokenizer need Java")
def test_a_checkpoint_is_scored_beside_its_floors(
    checkpoint: Path, data_dir: Path, tmp_path: Path
) -> None:
    report = tmp_path / "scores.json"
    result = run_script(
        "evaluate.py", "--checkpoint", checkpoint, "--data", data_dir,
        "--sets", "one", "--split", "val", "--json", report,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    (scores,) = json.loads(report.read_text())["sets"]
    # Not the 8 images of the `val` file, most of which it trained on, but those it held out.
    held_out = len({record.scene for record in all_records(data_dir)})
    captions, retrieval = scores["tasks"]["captions"], scores["tasks"]["retrieval"]
    assert captions["images"] == retrieval["images"] == held_out
    assert {"bleu4", "meteor", "rouge_l", "cider"} <= set(captions["scores"]["model"])
    assert "mean_recall" in retrieval["scores"]["model"]
    floors = {"floor: best single caption", "floor: class lookup", "floor: chance"}
    assert floors <= {*captions["scores"], *retrieval["scores"]}
    for floor in floors:
        assert floor in result.stdout


def test_a_missing_split_is_one_sentence(checkpoint: Path, data_dir: Path) -> None:
    result = run_script(
        "evaluate.py", "--checkpoint", checkpoint, "--data", data_dir, "--sets", "one",
        "--split", "test",
    )  # fmt: skip
    assert result.returncode == 1
    assert "one/test.parquet" in result.stderr.strip().splitlines()[-1]


def test_vocabulary_text_leaves_out_test_rows(tmp_path: Path) -> None:
    rows = [
        ("train", "a quay", None),
        ("test", "a secret", None),
        ("train", "a leaked sentence", "test"),
    ]
    write_text(tmp_path, "text.parquet", rows)
    assert read_extra_text(tmp_path, ("text.parquet",)) == ["a quay"]
