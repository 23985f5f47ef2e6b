"""Values of a record, checked: text is text, a box lies in its image."""

from __future__ import annotations

import math
from typing import Any

from ..image_text import LabelledBox
from .malformed import Unusable

OVERHANG = 1.0
"""Pixels by which a box may stand out of its image: rounding, cut off; more is a fault."""


def mapping(value: Any) -> dict[str, Any]:
    """`value` if it is an object."""
    if not isinstance(value, dict):
        raise Unusable("is no JSON object")
    return value


def text(record: dict[str, Any], key: str) -> str:
    """A field that must be text and not blank."""
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Unusable(f"its {key} is missing or no text")
    return value


def items(record: dict[str, Any], key: str) -> list[Any]:
    """A field that must be a list; none if it is missing or null."""
    value = record.get(key)
    if value is not None and not isinstance(value, list):
        raise Unusable(f"its {key} is no list")
    return value or []


def labelled_box(category: Any, bbox: Any, size: tuple[int, int]) -> LabelledBox:
    """A box `[x_min, y_min, width, height]` in pixels, cut to the image of `size`.

    Raises:
        Unusable: no category, not four finite numbers, empty, or out of the image.
    """
    if not isinstance(category, str) or not category.strip():
        raise Unusable("a box has no category")
    numbers = isinstance(bbox, list) and len(bbox) == 4
    if not numbers or not all(_is_number(value) for value in bbox):
        raise Unusable(f"the {category}'s box is not four numbers")
    left, top, width, height = (float(value) for value in bbox)
    if width <= 0 or height <= 0:
        raise Unusable(f"the {category}'s box is empty")
    right, bottom = left + width, top + height
    outside = max(-left, -top, right - size[0], bottom - size[1])
    if outside > OVERHANG:
        raise Unusable(f"the {category}'s box stands {outside:g} pixels out of the image")
    left, top = max(left, 0.0), max(top, 0.0)
    right, bottom = min(right, float(size[0])), min(bottom, float(size[1]))
    if right <= left or bottom <= top:
        raise Unusable(f"the {category}'s box is empty")
    return LabelledBox(category.strip(), left, top, right - left, bottom - top)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
