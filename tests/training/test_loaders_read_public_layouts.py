"""The layouts that users' data come in give the same records, one way or another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model_training.data.drawn import drawn_records
from model_training.data.image_text import LabelledBox
from model_training.data.loaders import UnknownLayout, load_records, parse_source
from model_training.data.loaders.llava import turn_question
from model_training.data.records import Question, read_all, read_split

from .parquet_sets import write_set


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with three drawn images `pictures/scene_<n>.png` of 128 x 128 pixels."""
    records, _ = drawn_records(4, seed=2)
    (tmp_path / "pictures").mkdir()
    for number, record in enumerate(records[:3], start=1):
        (tmp_path / "pictures" / f"scene_{number}.png").write_bytes(record.encoded)
    return tmp_path


def write(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")
    return path


def talk(image: str, *turns: str) -> dict[str, object]:
    speakers = ["human", "gpt"] * len(turns)
    return {
        "id": "x",
        "image": image,
        "conversations": [{"from": who, "value": said} for who, said in zip(speakers, turns)],
    }


LLAVA = [
    talk(
        "scene_1.png",
        "<image>\nDescribe this image.",
        "A harbour with two ships.",
        "How many ships are there? Answer the question using a single word or phrase.",
        "2",
    ),
    talk("scene_2.png", "<image>\n[vqa] Is there a bridge?", "No"),
    talk("scene_1.png", "<image>\nWhere is the ship?", "top left"),
]


@pytest.mark.parametrize("name", ["train.json", "train.jsonl"])
def test_conversations_give_captions_and_questions_by_image(folder: Path, name: str) -> None:
    if name.endswith("l"):
        (folder / name).write_text("\n".join(map(json.dumps, LLAVA)), encoding="utf-8")
    else:
        write(folder / name, LLAVA)
    first, second = read_all(folder, f"llava:{name}?images=pictures", "train")
    assert first.image_id == "train/scene_1"
    assert first.captions == ("A harbour with two ships.",)
    assert first.questions == (
        Question("How many ships are there?", "2", "count"),
        Question("Where is the ship?", "top left", "location"),
    )
    assert second.questions == (Question("Is there a bridge?", "No", "presence"),)
    assert first.rgb().shape == (128, 128, 3)
    assert first.encoded == b""


@pytest.mark.parametrize(
    ("prompt", "answer", "kind"),
    [
        ("<image>\nPlease provide a one-sentence caption for the image.", "A beach.", "caption"),
        ("[caption] Tell me about it", "A beach.", "caption"),
        ("Can you describe the image in detail?", "A beach.", "caption"),
        ("What is the theme of this picture?", "farmland", "theme"),
        ("Classify the image into one category.", "farmland", "theme"),
        ("Are there ships? Answer with yes or no.", "Yes", "presence"),
        ("What is the number of cars?", "3", "count"),
        ("What colour is the roof?", "red", "other"),
        ("[refer] give me the location of <p> the ship </p>", "{<12><20><40><60>|<90>}", None),
        ("Where is the ship?", "[0.1, 0.2, 0.5, 0.6]", None),
        ("<image>", "hello", None),
    ],
)
def test_captions_are_told_from_questions(prompt: str, answer: str, kind: str | None) -> None:
    asked = turn_question(prompt, answer)
    assert (asked.kind if asked else None) == kind


def test_karpathy_file_is_cut_by_its_own_splits(folder: Path) -> None:
    sentence = {"raw": "two ships in a harbour .", "tokens": ["two"], "sentid": 0}
    images = [
        {"filename": "scene_1.png", "split": "train", "sentences": [sentence]},
        {"filename": "scene_2.png", "split": "test", "sentences": [{"tokens": ["a", "beach"]}]},
        {"filename": "scene_3.png", "split": "restval", "sentences": [sentence, {"raw": "."}]},
    ]
    write(folder / "dataset_x.json", {"dataset": "x", "images": images, "extra": [1, {"a": "]"}]})
    name = "karpathy:dataset_x.json?images=pictures"
    assert [r.image_id for r in read_split(folder, name, "train")] == [
        "dataset_x/scene_1",
        "dataset_x/scene_3",
    ]
    assert read_split(folder, name, "test")[0].captions == ("a beach",)
    assert read_split(folder, name, "train")[1].captions == ("two ships in a harbour .",)
    assert read_split(folder, name, "val") == []


def test_coco_boxes_and_captions(folder: Path) -> None:
    coco = {
        "info": {"year": 2026},
        "images": [
            {"id": 7, "file_name": "scene_1.png", "width": 128, "height": 128},
            {"id": 8, "file_name": "scene_2.png"},
        ],
        "categories": [{"id": 1, "name": "ship"}],
        "annotations": [
            {"id": 1, "image_id": 7, "category_id": 1, "bbox": [1, 2, 30, 4]},
            {"id": 2, "image_id": 7, "category_id": 1, "bbox": [120, 2, 8.5, 4]},
            {"id": 3, "image_id": 7, "category_id": 1, "bbox": [0, 0, 90, 90], "iscrowd": 1},
            {"id": 4, "image_id": 7, "caption": "two  ships"},
        ],
    }
    write(folder / "instances_val.json", coco)
    first, second = read_all(folder, "coco:instances_{split}.json?images=pictures", "val")
    assert first.boxes == (LabelledBox("ship", 1, 2, 30, 4), LabelledBox("ship", 120, 2, 8, 4))
    assert first.captions == ("two ships",)
    assert second.boxes == ()


def test_a_file_without_the_mark_is_one_split(folder: Path) -> None:
    write(folder / "pictures" / "talk.json", LLAVA)
    assert len(read_all(folder, "llava:pictures/talk.json", "train")) == 2
    assert read_all(folder, "llava:pictures/talk.json", "val") == []
    assert len(read_all(folder, "llava:pictures/talk.json?split=val", "val")) == 2


def test_parquet_can_be_named_either_way(tmp_path: Path) -> None:
    write_set(tmp_path, "one", {"train": 2})
    named = read_all(tmp_path, "one", "train")
    absolute = f"parquet:{tmp_path / 'one'}"
    assert load_records(parse_source(absolute), "train") == named


@pytest.mark.parametrize(
    ("name", "word"),
    [("yolo:x.json", "yolo"), ("llava:x.json?image=a", "'image'"), ("coco:", "no path")],
)
def test_a_set_named_wrongly_is_refused(name: str, word: str) -> None:
    with pytest.raises(UnknownLayout, match=word):
        parse_source(name)
