"""The sets an experiment names, as records: parquet files, or any layout that `loaders` reads."""

from __future__ import annotations

import logging
from pathlib import Path

import pyarrow.parquet as pq

from ..synthetic import Question
from .captions import clean_captions
from .errors import DataError
from .image_text import ImageText, LabelledBox
from .loaders import (
    ON_MALFORMED,
    STOP,
    DataMissing,
    MalformedRecord,
    SetSource,
    load_records,
    parse_source,
    require_files,
)
from .near_duplicates import without_near_duplicates

LOGGER = logging.getLogger(__name__)

__all__ = [
    "ON_MALFORMED",
    "DataError",
    "DataMissing",
    "ImageText",
    "LabelledBox",
    "MalformedRecord",
    "Question",
    "SetSource",
    "parse_source",
    "read_all",
    "read_extra_text",
    "read_split",
    "require_files",
]


def read_split(
    data_dir: Path, set_name: str, split: str, on_malformed: str = STOP
) -> list[ImageText]:
    """All records of a set's split that have at least one usable caption; how many have none is
    said in the log.

    Raises:
        DataMissing: the file is not there.
        MalformedRecord: a record cannot be used and `on_malformed` is "stop".

    Note:
        Parquet files' encoded images are held in memory: some 35 MB for 7,000 images of 150 px.
    """
    records = read_all(data_dir, set_name, split, on_malformed)
    captioned = [record for record in records if record.captions]
    if without := len(records) - len(captioned):
        LOGGER.warning(
            "%d of %d images of %s (%s) have no caption and are left out",
            without, len(records), set_name, split,
        )  # fmt: skip
    return captioned


def read_all(
    data_dir: Path, set_name: str, split: str, on_malformed: str = STOP
) -> list[ImageText]:
    """All records of a set's split, also those without a caption (`hrplanes` has none).

    `set_name` is a folder of parquet files or `layout:path` (see docs/training-data.md). Images
    known to be nearly one of a test split are left out of any other split. Raises what `read_split`
    raises.
    """
    records = load_records(parse_source(set_name), split, data_dir, on_malformed)
    return records if split == "test" else without_near_duplicates(records)


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
