"""The data pack's parquet schema: one row per image, its bytes inside."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ...synthetic import Question
from ..captions import clean_captions
from ..image_text import ImageText, LabelledBox
from .fields import items, labelled_box, text
from .images import check_bytes
from .malformed import Located, Malformed, Unusable

REQUIRED_COLUMNS = ("image", "image_id", "scene", "captions")
OPTIONAL_COLUMNS = ("qa", "objects", "gsd_m")


def load_parquet(path: Path, malformed: Malformed) -> Iterator[ImageText]:
    """Every usable row as a record; rows are counted from 1.

    Raises:
        MalformedRecord: the file is no parquet file or lacks a column, whatever the user chose.
    """
    malformed.unit = "row"
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise malformed.broken(1, "is no parquet file that can be read") from error
    present = set(file.schema_arrow.names)
    lacking = [name for name in REQUIRED_COLUMNS if name not in present]
    if lacking:
        raise malformed.broken(1, f"lacks the column {', '.join(lacking)}")
    columns = [*REQUIRED_COLUMNS, *(name for name in OPTIONAL_COLUMNS if name in present)]
    return malformed.usable(_rows(file, columns, malformed), _record)


def _rows(file: pq.ParquetFile, columns: list[str], malformed: Malformed) -> Iterator[Located]:
    number = 0
    try:
        for batch in file.iter_batches(batch_size=256, columns=columns):
            for row in batch.to_pylist():
                number += 1
                yield Located(number, row)
    except (pa.ArrowException, OSError) as error:
        raise malformed.broken(number + 1, "cannot be read from here on") from error


def _record(row: dict[str, Any]) -> ImageText:
    image = row["image"]
    if not isinstance(image, dict) or "bytes" not in image:
        raise Unusable("its image is not a struct with bytes")
    size = check_bytes(image["bytes"])
    captions = items(row, "captions")
    if not all(isinstance(caption, str) for caption in captions):
        raise Unusable("a caption is no text")
    scene = row["scene"] or ""
    if not isinstance(scene, str):
        raise Unusable("its scene is no text")
    return ImageText(
        image_id=text(row, "image_id"),
        scene=scene,
        captions=tuple(clean_captions(captions)),
        encoded=image["bytes"],
        questions=tuple(_question(item) for item in items(row, "qa")),
        boxes=tuple(_box(item, size) for item in items(row, "objects")),
        metres=_metres(row.get("gsd_m")),
    )


def _metres(value: Any) -> float:
    """Metres per pixel; 0 where a row does not say."""
    if value is None:
        return 0.0
    if not isinstance(value, (int, float)) or not 0 < value < math.inf:
        raise Unusable("its gsd_m is no positive number of metres")
    return float(value)


def _box(item: Any, size: tuple[int, int]) -> LabelledBox:
    if not isinstance(item, dict):
        raise Unusable("an object is no struct")
    return labelled_box(item.get("category"), item.get("bbox"), size)


def _question(item: Any) -> Question:
    if not isinstance(item, dict):
        raise Unusable("a question is no struct")
    return Question(text(item, "question"), text(item, "answer"), text(item, "type"))
