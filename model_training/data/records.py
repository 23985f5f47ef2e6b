"""Image-text records and the parquet files they come from."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray
from PIL import Image

from ..synthetic import Question
from .captions import clean_captions

__all__ = [
    "DataMissing",
    "ImageText",
    "LabelledBox",
    "Question",
    "read_all",
    "read_extra_text",
    "read_split",
    "require_files",
]


class DataMissing(FileNotFoundError):
    """Training or evaluation data is not where it was looked for; the message names every missing
    file."""


@dataclass(frozen=True)
class LabelledBox:
    """One object's axis-aligned box, in pixels of the stored image."""

    category: str
    x_min: float
    y_min: float
    width: float
    height: float


@dataclass(frozen=True)
class ImageText:
    """One image with what is known of it. `encoded` holds the file's bytes; `scene` may be empty.

    Boxes are in pixels of the stored image, whose `size` is read from its header.
    """

    image_id: str
    scene: str
    captions: tuple[str, ...]
    encoded: bytes
    questions: tuple[Question, ...] = ()
    boxes: tuple[LabelledBox, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the stored image in pixels; decodes no pixels."""
        return Image.open(io.BytesIO(self.encoded)).size

    def rgb(self) -> NDArray[np.uint8]:
        """Decode to uint8 [H, W, 3]."""
        return np.asarray(Image.open(io.BytesIO(self.encoded)).convert("RGB"))


def require_files(data_dir: Path, names: list[str]) -> None:
    """Raise `DataMissing` naming all files of `names` that `data_dir` lacks."""
    missing = [name for name in names if not (data_dir / name).is_file()]
    if missing:
        raise DataMissing(
            f"{data_dir} lacks {', '.join(missing)}; give the folder that holds them with --data, "
            "or train on drawn scenes with --config model_training/configs/smoke.json."
        )


def read_split(data_dir: Path, set_name: str, split: str) -> list[ImageText]:
    """All records of `<set>/<split>.parquet` that have at least one usable caption.

    Raises:
        DataMissing: the file is not there.

    Note:
        Holds the encoded images in memory: some 35 MB for 7,000 images of 150 px.
    """
    return [record for record in read_all(data_dir, set_name, split) if record.captions]


def read_all(data_dir: Path, set_name: str, split: str) -> list[ImageText]:
    """All records of `<set>/<split>.parquet`, also those without a caption (`hrplanes` has none).

    Raises:
        DataMissing: the file is not there.
    """
    name = f"{set_name}/{split}.parquet"
    require_files(data_dir, [name])
    return list(_rows(data_dir / name))


REQUIRED_COLUMNS = ("image", "image_id", "scene", "captions")
OPTIONAL_COLUMNS = ("qa", "objects")


def _rows(path: Path) -> Iterator[ImageText]:
    file = pq.ParquetFile(path)
    present = set(file.schema_arrow.names)
    columns = [*REQUIRED_COLUMNS, *(name for name in OPTIONAL_COLUMNS if name in present)]
    for batch in file.iter_batches(batch_size=256, columns=columns):
        for row in batch.to_pylist():
            yield record_of_row(row)


def record_of_row(row: dict[str, Any]) -> ImageText:
    """One row of the parquet schema as a record. Raises `KeyError`, `TypeError` or `ValueError`."""
    return ImageText(
        image_id=row["image_id"],
        scene=row["scene"] or "",
        captions=tuple(clean_captions(row["captions"] or ())),
        encoded=row["image"]["bytes"],
        questions=tuple(
            Question(item["question"], item["answer"], item["type"]) for item in row.get("qa") or ()
        ),
        boxes=tuple(
            LabelledBox(item["category"], *item["bbox"]) for item in row.get("objects") or ()
        ),
    )


def read_extra_text(data_dir: Path, names: tuple[str, ...]) -> list[str]:
    """Captions of text-only files that are neither test rows nor occur in RSICD's test split.

    Used for the vocabulary only. A file that is absent is an error: the vocabulary would silently
    change.
    """
    require_files(data_dir, list(names))
    sentences: list[str] = []
    for name in names:
        table = pq.read_table(data_dir / name, columns=["split", "caption", "caption_in_rsicd"])
        sentences.extend(
            row["caption"]
            for row in table.to_pylist()
            if row["split"] != "test" and row["caption_in_rsicd"] != "test"
        )
    return clean_captions(sentences)
