"""The captions a knowledge base may be built from: training splits, and text without images."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import pyarrow.parquet as pq

from rs_vlm_plugin.engine.knowledge import Source

from ..data.captions import clean_captions
from ..data.records import require_files
from .caption_entries import CaptionedImage


class Captioned(Protocol):
    """A training record, as far as captions go."""

    @property
    def image_id(self) -> str: ...  # noqa: D102

    @property
    def captions(self) -> tuple[str, ...]: ...  # noqa: D102


def captioned_images(records: Iterable[Captioned]) -> list[CaptionedImage]:
    """Training records as images with captions; the set is the first part of `image_id`."""
    return [
        CaptionedImage(
            record.image_id,
            tuple(record.captions),
            Source(record.image_id.split("/", 1)[0], "captions", "train"),
        )
        for record in records
        if record.captions
    ]


def text_only_images(data_dir: Path, names: Sequence[str]) -> list[CaptionedImage]:
    """Training rows of text-only files, without anything that touches RSICD's test or validation.

    Left out are rows of other splits; every image of which one caption occurs in RSICD's test
    split, with all its captions, because it is most likely that test image described again; and
    captions that occur in RSICD's other splits, whose own records say who may see them.

    Raises:
        DataMissing: a file is not there.
    """
    require_files(data_dir, list(names))
    columns = ["dataset", "split", "file", "caption", "caption_in_rsicd"]
    images = []
    for name in names:
        captions: dict[tuple[str, str], list[str]] = defaultdict(list)
        barred = set()
        for row in pq.read_table(data_dir / name, columns=columns).to_pylist():
            image = (row["dataset"], row["file"])
            if row["split"] != "train" or row["caption_in_rsicd"] == "test":
                barred.add(image)
            elif row["caption_in_rsicd"] is None:
                captions[image].append(row["caption"])
        images += [
            CaptionedImage(
                f"{dataset}/{file}",
                tuple(clean_captions(texts)),
                Source(dataset, "captions", "train"),
            )
            for (dataset, file), texts in captions.items()
            if (dataset, file) not in barred
        ]
    return images
