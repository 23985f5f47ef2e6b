"""An experiment names a set by layout and path, and trains on it like on any other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from model_training.config import ConfigError, DataSettings, ExperimentConfig, TextSettings
from model_training.data.corpus import load_corpus
from model_training.data.drawn import drawn_records
from model_training.data.records import DataMissing, MalformedRecord
from model_training.data.training_set import training_set

from .conftest import TINY, run_script
from .parquet_sets import write_set

SET = "karpathy:dataset_x.json?images=pictures"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder: parquet set `one`, and `dataset_x.json` of 5 train, 2 val, 1 test images."""
    write_set(tmp_path, "one", {"train": 4, "val": 2})
    records, _ = drawn_records(10, seed=8)
    (tmp_path / "pictures").mkdir()
    splits = ["train"] * 5 + ["val"] * 2 + ["test"]
    images = []
    for number, (split, record) in enumerate(zip(splits, records)):
        (tmp_path / "pictures" / f"{number}.png").write_bytes(record.encoded)
        sentences = [{"raw": caption} for caption in record.captions]
        images.append({"filename": f"{number}.png", "split": split, "sentences": sentences})
    (tmp_path / "dataset_x.json").write_text(json.dumps({"images": images}), encoding="utf-8")
    return tmp_path


def experiment(*sets: str, on_malformed: str = "stop") -> ExperimentConfig:
    data = DataSettings(sets=sets, holdout_sets=(), vocabulary_text=(), on_malformed=on_malformed)
    text = TextSettings(weights="", vocabulary_size=400)
    return ExperimentConfig("named", text=text, data=data)


def test_sets_of_different_layouts_train_together(folder: Path) -> None:
    corpus = load_corpus(experiment("one", SET), folder)
    assert len(corpus.train) == 4 + 5
    assert {name: len(held) for name, held in corpus.validation.items()} == {"one": 2, SET: 2}
    assert "dataset_x/7" not in {record.image_id for record in corpus.train}


def test_a_small_set_is_seen_more_often(folder: Path) -> None:
    config = experiment("one", SET)
    config = replace(config, vision=replace(config.vision, image_size=32))
    seen = replace(config, data=replace(config.data, visits={SET: 3}))
    corpus = load_corpus(seen, folder)
    items = training_set(seen, corpus)
    records = [items[index].record for index in range(len(items))]
    assert sorted(records) == [*range(4), *(row for row in range(4, 9) for _ in range(3))]
    for visits in ({"two": 2}, {"one": 0}):
        with pytest.raises(ConfigError, match=r"data\.visits of (two|one)"):
            load_corpus(replace(config, data=replace(config.data, visits=visits)), folder)


def test_a_share_of_the_images_trains_and_all_validate(folder: Path) -> None:
    config = experiment("one", SET)
    half = load_corpus(replace(config, data=replace(config.data, train_share=0.5)), folder)
    every = load_corpus(config, folder)
    assert {r.image_id for r in half.train} < {r.image_id for r in every.train}
    assert half.validation == every.validation
    with pytest.raises(ConfigError, match="train_share"):
        load_corpus(replace(config, data=replace(config.data, train_share=0.0)), folder)


def test_every_missing_file_is_named_at_once(folder: Path) -> None:
    with pytest.raises(DataMissing, match=r"two/train\.parquet.*two/val\.parquet.*b\.jsonl"):
        load_corpus(experiment("one", "two", "llava:a/b.jsonl"), folder)


def test_a_broken_record_is_fatal_or_skipped(folder: Path) -> None:
    (folder / "pictures" / "1.png").unlink()
    with pytest.raises(MalformedRecord, match=r"dataset_x\.json, line 1: .*1\.png"):
        load_corpus(experiment(SET), folder)
    assert len(load_corpus(experiment(SET, on_malformed="skip"), folder).train) == 4
    with pytest.raises(ConfigError, match="stop or skip"):
        load_corpus(experiment(SET, on_malformed="ignore"), folder)


def test_images_without_a_caption_are_not_left_out_silently(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    turns = [{"from": "human", "value": "Is there a ship?"}, {"from": "gpt", "value": "No"}]
    described = [{"from": "human", "value": "Describe this."}, {"from": "gpt", "value": "A field."}]
    entries = [
        {"image": "0.png", "conversations": described},
        {"image": "1.png", "conversations": turns},
    ]
    (folder / "talk.json").write_text(json.dumps(entries), encoding="utf-8")
    load_corpus(experiment("one", "llava:talk.json?images=pictures"), folder)
    assert "1 of 2 images of llava:talk.json?images=pictures (train) have no caption" in caplog.text


def test_a_set_of_boxes_is_sent_where_boxes_are_read(folder: Path) -> None:
    boxes = [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 30, 40]}]
    coco = {
        "images": [{"id": 1, "file_name": "0.png"}],
        "categories": [{"id": 1, "name": "ship"}],
        "annotations": boxes,
    }
    (folder / "instances.json").write_text(json.dumps(coco), encoding="utf-8")
    name = "coco:instances.json?images=pictures"
    with pytest.raises(ConfigError, match=r"has a caption.*boxed_sets"):
        load_corpus(experiment("one", name), folder)
    config = experiment("one")
    boxed = replace(config, data=replace(config.data, boxed_sets=(name,)))
    (record,) = load_corpus(boxed, folder).boxed
    assert [box.category for box in record.boxes] == ["ship"]


def test_a_set_without_validation_needs_a_holdout(folder: Path) -> None:
    write_set(folder, "lone", {"train": 9})
    config = experiment("parquet:lone/train.parquet")
    with pytest.raises(ConfigError, match="No images to validate on"):
        load_corpus(config, folder)
    held = replace(config.data, holdout_sets=config.data.sets, holdout_per_class=1)
    corpus = load_corpus(replace(config, data=held), folder)
    assert sum(map(len, corpus.validation.values())) + len(corpus.train) == 9


def test_the_command_says_it_in_one_line(folder: Path) -> None:
    (folder / "pictures" / "1.png").write_bytes(b"")
    data = {**TINY["data"], "synthetic_scenes": 0, "sets": [SET]}  # type: ignore[dict-item]
    path = folder / "named.json"
    path.write_text(json.dumps({**TINY, "data": data}), encoding="utf-8")
    result = run_script("train.py", "--config", path, "--data", folder, "--output", folder / "run")
    assert result.returncode == 1
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith("train.py: ")
    assert "dataset_x.json, line 1" in last
