"""Records carry the questions and boxes of their images, also where an image has no caption."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from model_training.data.drawn import drawn_records
from model_training.data.records import LabelledBox, Question, read_all, read_split

from .parquet_sets import write_set

DATA = Path(os.environ.get("RSVLM_SHARED", Path(__file__).parents[3] / "shared")) / "data"


def write_full(path: Path) -> None:
    """Two drawn images in the full schema; the second has a box but no caption."""
    records, _ = drawn_records(4, seed=3)
    path.parent.mkdir(parents=True)
    pq.write_table(
        pa.table(
            {
                "image": [{"bytes": record.encoded, "path": "x.png"} for record in records[:2]],
                "image_id": ["s/1", "s/2"],
                "scene": ["harbour", None],
                "captions": [["ships lie at a pier"], []],
                "qa": [[{"question": "How many?", "answer": "2", "type": "count"}], []],
                "objects": [
                    [],
                    [{"category": "ship", "bbox": [1.0, 2.0, 30.5, 4.0]}],
                ],
            }
        ),
        path,
    )


def test_questions_and_boxes_are_read(tmp_path: Path) -> None:
    write_full(tmp_path / "s" / "train.parquet")
    first, second = read_all(tmp_path, "s", "train")
    assert first.questions == (Question("How many?", "2", "count"),)
    assert second.boxes == (LabelledBox("ship", 1.0, 2.0, 30.5, 4.0),)
    assert second.scene == ""
    assert second.size == second.rgb().shape[1::-1]


def test_read_split_keeps_to_images_with_a_caption(tmp_path: Path) -> None:
    write_full(tmp_path / "s" / "train.parquet")
    assert [record.image_id for record in read_split(tmp_path, "s", "train")] == ["s/1"]


def test_a_file_without_questions_and_boxes_can_still_be_read(tmp_path: Path) -> None:
    write_set(tmp_path, "plain", {"train": 2})
    path = tmp_path / "plain" / "train.parquet"
    table = pq.read_table(path)
    pq.write_table(table.select(["image", "image_id", "scene", "captions"]), path)
    records = read_all(tmp_path, "plain", "train")
    assert len(records) == 2
    assert all(record.questions == () and record.boxes == () for record in records)


def test_drawn_scenes_carry_what_was_drawn() -> None:
    records, _ = drawn_records(30, seed=1)
    boxes = [(box, record.size) for record in records for box in record.boxes]
    assert boxes
    assert all(
        0 <= box.x_min < box.x_min + box.width <= width
        and 0 <= box.y_min < box.y_min + box.height <= height
        for box, (width, height) in boxes
    )
    counted = next(record for record in records if record.boxes)
    category = counted.boxes[0].category
    number = sum(box.category == category for box in counted.boxes)
    answers = {question.question: question.answer for question in counted.questions}
    assert str(number) in answers.values()


@pytest.mark.skipif(not (DATA / "hrplanes").is_dir(), reason="the data pack is not here")
@pytest.mark.parametrize(
    ("name", "images", "captioned", "questions", "boxes"),
    [("vhr10", 98, 98, 457, 493), ("hrplanes", 60, 0, 0, 468), ("ucm", 210, 210, 447, 0)],
)
def test_the_data_pack_holds_what_its_description_says(
    name: str, images: int, captioned: int, questions: int, boxes: int
) -> None:
    records = read_all(DATA, name, "test")
    assert len(records) == images
    assert len(read_split(DATA, name, "test")) == captioned
    assert sum(len(record.questions) for record in records) == questions
    assert sum(len(record.boxes) for record in records) == boxes
    assert all(
        box.x_min + box.width <= record.size[0] + 1 and box.y_min + box.height <= record.size[1] + 1
        for record in records
        for box in record.boxes
    )
