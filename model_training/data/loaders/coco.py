"""COCO's `instances_*.json` and `captions_*.json`: images, annotations and categories by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..captions import clean_captions
from ..image_text import ImageText, LabelledBox
from .fields import labelled_box, mapping, text
from .images import find_image, image_id
from .located_json import json_object
from .malformed import Malformed, Unusable


@dataclass
class _Annotated:
    """One image and the annotations found for it."""

    name: str
    file: Path
    size: tuple[int, int]
    boxes: list[LabelledBox] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)


def load_coco(path: Path, images: Path, malformed: Malformed) -> Iterator[ImageText]:
    """Every usable image with its boxes and captions, also where it has none.

    An image, an annotation and a category are each a record: skipping a malformed box keeps its
    image. Annotations of skipped images and of crowds (one box around many) are left out silently.
    """
    arrays = json_object(path, malformed)
    for name in ("images", "annotations"):
        if name not in arrays:
            raise malformed.broken(1, f'has no array "{name}"')
    categories = dict(malformed.usable(arrays.get("categories", []), _category))
    listed: set[int] = set()
    known: dict[int, _Annotated] = {}
    for number, image in malformed.usable(
        arrays["images"], lambda value: _image(images, mapping(value), listed)
    ):
        known[number] = image
    for _ in malformed.usable(
        arrays["annotations"],
        lambda value: _annotate(mapping(value), categories, listed, known),
    ):
        pass
    for image in known.values():
        yield ImageText(
            image_id(path, image.name),
            "",
            tuple(clean_captions(image.captions)),
            b"",
            boxes=tuple(image.boxes),
            file=image.file,
        )


def _number(record: dict[str, Any], key: str) -> int:
    value = record.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unusable(f"its {key} is missing or no whole number")
    return value


def _category(value: Any) -> tuple[int, str]:
    category = mapping(value)
    return _number(category, "id"), text(category, "name")


def _image(images: Path, entry: dict[str, Any], listed: set[int]) -> tuple[int, _Annotated]:
    number = _number(entry, "id")
    if number in listed:
        raise Unusable(f"its id {number} is another image's too")
    listed.add(number)
    name = text(entry, "file_name")
    file, size = find_image(images, name)
    stated = (entry.get("width", size[0]), entry.get("height", size[1]))
    if stated != size:
        raise Unusable(
            f"the image {name!r} has {size[0]} x {size[1]} pixels, not {stated[0]} x {stated[1]}, "
            "so its boxes would be misplaced"
        )
    return number, _Annotated(name, file, size)


def _annotate(
    entry: dict[str, Any],
    categories: dict[int, str],
    listed: set[int],
    known: dict[int, _Annotated],
) -> None:
    number = _number(entry, "image_id")
    if number not in listed:
        raise Unusable(f"its image_id {number} is no image's")
    if number not in known or entry.get("iscrowd"):
        return
    image = known[number]
    if "caption" in entry:
        image.captions.append(text(entry, "caption"))
        return
    category = _number(entry, "category_id")
    if category not in categories:
        raise Unusable(f"its category_id {category} is no category's")
    image.boxes.append(labelled_box(categories[category], entry.get("bbox"), image.size))
