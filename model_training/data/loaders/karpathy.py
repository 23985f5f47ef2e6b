"""Karpathy-style `dataset_*.json`: images with sentences and a split each.

`{"images": [{"filename": ..., "split": "train", "sentences": [{"raw": ...}]}]}`, as RSICD,
UCM-Captions and Sydney-Captions are offered; also COCO's with a `filepath` before the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..captions import clean_captions
from ..image_text import ImageText
from .fields import mapping, text
from .images import find_image, image_id
from .located_json import json_object
from .malformed import Malformed, Unusable

SPLITS = {"train": "train", "restval": "train", "val": "val", "test": "test"}
"""What the file calls a split, and ours; `restval` is COCO's further training part."""


def load_karpathy(
    path: Path, images: Path, split: str, malformed: Malformed
) -> Iterator[ImageText]:
    """Every usable image of the split. Raises `MalformedRecord` for a file that is none."""
    arrays = json_object(path, malformed)
    if "images" not in arrays:
        raise malformed.broken(1, 'has no array "images"')
    built = malformed.usable(
        arrays["images"], lambda value: _record(path, images, split, mapping(value))
    )
    return (record for record in built if record is not None)


def _record(path: Path, images: Path, wanted: str, entry: dict[str, Any]) -> ImageText | None:
    split = text(entry, "split")
    if split not in SPLITS:
        raise Unusable(f"its split {split!r} is none of {', '.join(SPLITS)}")
    if SPLITS[split] != wanted:
        return None
    name = str(Path(str(entry.get("filepath", ""))) / text(entry, "filename"))
    sentences = entry.get("sentences")
    if not isinstance(sentences, list) or not sentences:
        raise Unusable("it has no sentences")
    captions = clean_captions(_sentence(item) for item in sentences)
    file, _ = find_image(images, name)
    return ImageText(image_id(path, name), "", tuple(captions), b"", file=file)


def _sentence(item: Any) -> str:
    sentence = mapping(item)
    if isinstance(sentence.get("raw"), str):
        return str(sentence["raw"])
    tokens = sentence.get("tokens")
    if isinstance(tokens, list) and tokens and all(isinstance(token, str) for token in tokens):
        return " ".join(tokens)
    raise Unusable("a sentence has neither raw text nor tokens")
