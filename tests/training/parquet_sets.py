"""A data folder of the schema training reads, from drawn scenes."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from model_training.data.drawn import drawn_records
from model_training.data.records import ImageText


def write_set(
    data_dir: Path, name: str, images: dict[str, int], captions: int | None = None
) -> None:
    """Write `<name>/<split>.parquet` with so many drawn images for each split, and at most
    `captions` captions each."""
    records, _ = drawn_records(2 * sum(images.values()), seed=5)
    (data_dir / name).mkdir(parents=True)
    for split, count in images.items():
        rows, records = records[:count], records[count:]
        pq.write_table(_table(name, rows, captions), data_dir / name / f"{split}.parquet")


def write_text(data_dir: Path, name: str, rows: list[tuple[str, str, str | None]]) -> None:
    """Write a text-only file of (split, caption, caption_in_rsicd)."""
    split, caption, known = zip(*rows, strict=True)
    pq.write_table(
        pa.table({"split": split, "caption": caption, "caption_in_rsicd": known}), data_dir / name
    )


def _table(name: str, records: list[ImageText], captions: int | None) -> pa.Table:
    return pa.table(
        {
            "image": [{"bytes": r.encoded, "path": "x.png"} for r in records],
            "image_id": [f"{name}/{r.scene}{i}" for i, r in enumerate(records)],
            "scene": [r.scene for r in records],
            "captions": [[*r.captions[:captions], "."] for r in records],
            "qa": [
                [{"question": q.question, "answer": q.answer, "type": q.kind} for q in r.questions]
                for r in records
            ],
            "objects": [
                [
                    {"category": b.category, "bbox": [b.x_min, b.y_min, b.width, b.height]}
                    for b in r.boxes
                ]
                for r in records
            ],
        }
    )
