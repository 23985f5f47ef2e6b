"""Cutting validation from training data the way the test split was cut: blocks of consecutive
ids."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence

from .records import ImageText


def hold_out_blocks(
    records: Sequence[ImageText], per_class: int, seed: int
) -> tuple[list[ImageText], list[ImageText]]:
    """Cut one block of consecutive image numbers per scene class.

    Args:
        records: all that may be trained on.
        per_class: images per class to hold out.
        seed: decides where each class's block starts.

    Returns:
        (kept for training, held out for validation).
    """
    classes: dict[str, list[ImageText]] = defaultdict(list)
    for record in records:
        classes[record.scene].append(record)
    kept: list[ImageText] = []
    held: list[ImageText] = []
    for scene in sorted(classes):
        ordered = sorted(classes[scene], key=lambda record: _number(record.image_id))
        # Reproducible, not secret.
        start = random.Random(f"{seed}:{scene}").randrange(max(1, len(ordered) - per_class))  # noqa: S311
        held.extend(ordered[start : start + per_class])
        kept.extend(ordered[:start] + ordered[start + per_class :])
    return kept, held


def _number(image_id: str) -> tuple[int, str]:
    digits = re.search(r"(\d+)$", image_id)
    return (int(digits.group(1)) if digits else -1, image_id)
