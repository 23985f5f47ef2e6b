"""A record that cannot be used is named with file and line, then skipped or fatal as chosen."""

from __future__ import annotations

import io
import json
import logging
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from model_training.data.loaders import images as image_files
from model_training.data.records import DataError, DataMissing, MalformedRecord, read_all


def picture(width: int = 40, height: int = 30) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 60)).save(buffer, format="PNG")
    return buffer.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one image, `in/a.png` of 40 x 30 pixels, and one outside of `in`."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.png").write_bytes(picture())
    (tmp_path / "outside.png").write_bytes(picture())
    return tmp_path


GOOD = {
    "image": "a.png",
    "conversations": [
        {"from": "human", "value": "Describe it."},
        {"from": "gpt", "value": "A field."},
    ],
}


def lines(folder: Path, *records: Any) -> str:
    """A `.jsonl` file of records, or of text as it is; the good one is line 1."""
    written = [r if isinstance(r, str) else json.dumps(r) for r in (GOOD, *records)]
    (folder / "in" / "talk.jsonl").write_text("\n".join(written), encoding="utf-8")
    return "llava:in/talk.jsonl"


BAD = [
    ("{", "is not JSON"),
    ({**GOOD, "image": float("nan")}, "names no image"),
    ("[1]", "no JSON object"),
    ("[" * 100_000, "is not JSON"),
    ({"image": "a.png"}, "no conversations"),
    ({**GOOD, "image": None}, "names no image"),
    ({**GOOD, "image": ["a.png", "a.png"]}, "names no image"),
    ({**GOOD, "image": "b.png"}, "lacks"),
    ({**GOOD, "image": "a\0.png"}, "null character"),
    ({**GOOD, "image": "../outside.png"}, "lies outside"),
    ({**GOOD, "image": "/etc/hostname"}, "lies outside"),
    ({**GOOD, "conversations": GOOD["conversations"][::-1]}, "human, gpt"),
    ({**GOOD, "conversations": [*GOOD["conversations"], GOOD["conversations"][0]]}, "human, gpt"),
    ({**GOOD, "conversations": ["a", "b"]}, "no JSON object"),
    (
        {**GOOD, "conversations": [GOOD["conversations"][0], {"from": "gpt", "value": 3}]},
        "its value",
    ),
]


@pytest.mark.parametrize(("bad", "why"), BAD)
def test_a_bad_line_stops_with_its_number(folder: Path, bad: Any, why: str) -> None:
    name = lines(folder, bad)
    with pytest.raises(MalformedRecord, match=r"talk\.jsonl, line 2: ") as caught:
        read_all(folder, name, "train")
    assert why in str(caught.value)


def test_bad_lines_are_skipped_counted_and_listed(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    name = lines(folder, *(bad for bad, _ in BAD))
    with caplog.at_level(logging.WARNING):
        (record,) = read_all(folder, name, "train", on_malformed="skip")
    assert record.captions == ("A field.",)
    assert f"{len(BAD)} malformed records" in caplog.text
    assert "talk.jsonl, line 2: " in caplog.text
    assert f"line {len(BAD) + 1}: " in caplog.text


def test_a_link_does_not_lead_out_of_the_folder(folder: Path) -> None:
    (folder / "in" / "link.png").symlink_to(folder / "outside.png")
    name = lines(folder, {**GOOD, "image": "link.png"})
    with pytest.raises(MalformedRecord, match="lies outside"):
        read_all(folder, name, "train")


def huge_header() -> bytes:
    """A PNG of a hundred bytes that says it has 20,000 x 20,000 pixels."""
    data = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + data
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(data))
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", 0)
        + b"IDAT"
        + struct.pack(">I", zlib.crc32(b"IDAT"))
    )


@pytest.mark.parametrize(
    "content", [huge_header(), b"", b"no image", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9"]
)
def test_a_file_that_is_no_fit_image_is_named(folder: Path, content: bytes) -> None:
    (folder / "in" / "b.png").write_bytes(content)
    name = lines(folder, {**GOOD, "image": "b.png"})
    with pytest.raises(MalformedRecord, match=r"line 2: .*b\.png"):
        read_all(folder, name, "train")


def test_pixels_that_break_off_are_named_when_they_are_needed(folder: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (30, 40, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, format="JPEG")
    (folder / "in" / "b.jpg").write_bytes(buffer.getvalue()[:900])
    record = read_all(folder, lines(folder, {**GOOD, "image": "b.jpg"}), "train")[1]
    assert record.size == (40, 30)
    with pytest.raises(DataError, match="talk/b "):
        record.rgb()


def test_a_file_too_large_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_files, "LARGEST_FILE", 50)
    with pytest.raises(MalformedRecord, match="more than 50"):
        read_all(folder, lines(folder), "train")


def test_a_record_in_an_array_is_named_by_the_line_it_starts_on(folder: Path) -> None:
    path = folder / "in" / "talk.json"
    path.write_text(json.dumps([GOOD, {**GOOD, "image": "b.png"}, GOOD], indent=2), "utf-8")
    start = 1 + path.read_text("utf-8").split("b.png")[0].rsplit("  {\n", 1)[0].count("\n")
    with pytest.raises(MalformedRecord, match=rf"talk\.json, line {start}: "):
        read_all(folder, "llava:in/talk.json", "train")
    assert len(read_all(folder, "llava:in/talk.json", "train", "skip")) == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[\n{"a": 1},\n{"a": }\n]', 3),
        ('[\n{"a": 1}\n{"a": 2}\n]', 3),
        ('[\n{"a": 1},\n', 3),
        ("[]\n[]", 2),
        ('{"a": 1}', 1),
        ("", 1),
    ],
)
def test_broken_json_always_stops(folder: Path, text: str, line: int) -> None:
    (folder / "in" / "talk.json").write_text(text, "utf-8")
    with pytest.raises(MalformedRecord, match=rf"talk\.json, line {line}: "):
        read_all(folder, "llava:in/talk.json", "train", "skip")


KARPATHY = {"filename": "a.png", "split": "train", "sentences": [{"raw": "a field"}]}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"split": "training"}, "'training' is none of"),
        ({"sentences": []}, "no sentences"),
        ({"sentences": [{}]}, "neither raw text nor tokens"),
        ({"filename": "../outside.png"}, "lies outside"),
        ({"filepath": ".."}, "lies outside"),
    ],
)
def test_karpathy_images_are_checked(folder: Path, change: dict[str, Any], why: str) -> None:
    path = folder / "in" / "dataset_x.json"
    path.write_text(json.dumps({"images": [KARPATHY, {**KARPATHY, **change}]}, indent=0), "utf-8")
    with pytest.raises(MalformedRecord, match=r"dataset_x\.json, line \d+: ") as caught:
        read_all(folder, "karpathy:in/dataset_x.json", "train")
    assert why in str(caught.value)
    assert len(read_all(folder, "karpathy:in/dataset_x.json", "train", "skip")) == 1


BOX = {"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"bbox": [1, 2, 3]}, "not four numbers"),
        ({"bbox": [1, 2, "3", 4]}, "not four numbers"),
        ({"bbox": [1, 2, 1e999, 4]}, "not four numbers"),
        ({"bbox": [1, 2, 0, 4]}, "empty"),
        ({"bbox": [38, 2, 4, 4]}, "2 pixels out of the image"),
        ({"bbox": [-5, 2, 8, 4]}, "5 pixels out of the image"),
        ({"category_id": 2}, "no category's"),
        ({"category_id": "1"}, "no whole number"),
        ({"image_id": 9}, "no image's"),
    ],
)
def test_coco_boxes_are_checked(folder: Path, change: dict[str, Any], why: str) -> None:
    write_coco(folder, annotations=[BOX, {**BOX, **change}])
    with pytest.raises(MalformedRecord, match=r"c\.json, line \d+: ") as caught:
        read_all(folder, "coco:in/c.json", "train")
    assert why in str(caught.value)
    (record,) = read_all(folder, "coco:in/c.json", "train", "skip")
    assert len(record.boxes) == 1


def test_coco_image_of_another_size_is_refused(folder: Path) -> None:
    write_coco(folder, annotations=[BOX], width=80, height=60)
    with pytest.raises(MalformedRecord, match="40 x 30 pixels, not 80 x 60"):
        read_all(folder, "coco:in/c.json", "train")
    assert read_all(folder, "coco:in/c.json", "train", "skip") == []


def write_coco(folder: Path, annotations: list[Any], **stated: int) -> None:
    value = {
        "images": [{"id": 1, "file_name": "a.png", **stated}],
        "annotations": annotations,
        "categories": [{"id": 1, "name": "ship"}],
    }
    (folder / "in" / "c.json").write_text(json.dumps(value, indent=0), "utf-8")


def test_parquet_rows_are_checked(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    good = {
        "image": {"bytes": picture(), "path": "a.png"},
        "image_id": "s/1",
        "scene": "",
        "captions": ["a field"],
        "objects": [{"category": "ship", "bbox": [1.0, 2.0, 3.0, 4.0]}],
    }
    rows = [
        good,
        {**good, "image": {"bytes": b"no image", "path": ""}},
        {**good, "image": None},
        {**good, "image_id": None},
        {**good, "objects": [{"category": "ship", "bbox": [1.0, 2.0]}]},
    ]
    (folder / "s").mkdir()
    pq.write_table(pa.Table.from_pylist(rows), folder / "s" / "train.parquet")
    with pytest.raises(MalformedRecord, match=r"train\.parquet, row 2: .*cannot be decoded"):
        read_all(folder, "s", "train")
    with caplog.at_level(logging.WARNING):
        assert [r.image_id for r in read_all(folder, "s", "train", "skip")] == ["s/1"]
    assert "4 malformed records" in caplog.text


@pytest.mark.parametrize(
    ("column", "value"), [("captions", "a field"), ("qa", "none"), ("objects", ["ship"])]
)
def test_parquet_columns_of_another_type_are_named(
    folder: Path, column: str, value: object
) -> None:
    row = {"image": {"bytes": picture()}, "image_id": "s/1", "scene": "", "captions": ["x"]}
    (folder / "s").mkdir()
    table = pa.Table.from_pylist([{**row, column: value}])
    pq.write_table(table, folder / "s" / "train.parquet")
    with pytest.raises(MalformedRecord, match=r"train\.parquet, row 1: "):
        read_all(folder, "s", "train")


def test_a_parquet_file_damaged_inside_is_named(folder: Path) -> None:
    row = {"image": {"bytes": picture()}, "image_id": "s/1", "scene": "", "captions": ["x"]}
    (folder / "s").mkdir()
    path = folder / "s" / "train.parquet"
    pq.write_table(pa.Table.from_pylist([row]), path)
    content = bytearray(path.read_bytes())
    content[4:60] = b"\xff" * 56
    path.write_bytes(content)
    with pytest.raises(MalformedRecord, match=r"train\.parquet, row 1: cannot be read"):
        read_all(folder, "s", "train", "skip")


def test_what_is_no_parquet_or_not_there_is_named(folder: Path) -> None:
    (folder / "s").mkdir()
    (folder / "s" / "train.parquet").write_bytes(b"no parquet")
    with pytest.raises(MalformedRecord, match=r"train\.parquet"):
        read_all(folder, "s", "train", "skip")
    with pytest.raises(DataMissing, match=r"val\.parquet"):
        read_all(folder, "s", "val")
    with pytest.raises(DataMissing, match=r"none\.json"):
        read_all(folder, "coco:none.json", "train")
