"""Which of a set's images train: validation is cut off the way the test split was, as blocks of
consecutive ids, and of the rest a share may be drawn."""

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
    classes = _by_scene(records)
    kept: list[ImageText] = []
    held: list[ImageText] = []
    for scene in sorted(classes):
        ordered = sorted(classes[scene], key=lambda record: _number(record.image_id))
        # Reproducible, not secret.
        start = random.Random(f"{seed}:{scene}").randrange(max(1, len(ordered) - per_class))  # noqa: S311
        held.extend(ordered[start : start + per_class])
        kept.extend(ordered[:start] + ordered[start + per_class :])
    return kept, held


def drawn_share(records: Sequence[ImageText], share: float, seed: int) -> list[ImageText]:
    """A share of each scene class, one image at least, drawn at random; a larger share of the same
    seed holds all of a smaller one. In the order given.

    Raises:
        ValueError: `share` is not in 0..1, or is 0.
    """
    if not 0 < share <= 1:
        raise ValueError(f"A share of {share} of the images cannot be drawn.")
    chosen: set[str] = set()
    for scene, members in _by_scene(records).items():
        ids = sorted(record.image_id for record in members)
        random.Random(f"{seed}:{scene}").shuffle(ids)  # noqa: S311
        chosen.update(ids[: max(1, round(share * len(ids)))])
    return [record for record in records if record.image_id in chosen]


def _by_scene(records: Sequence[ImageText]) -> dict[str, list[ImageText]]:
    classes: dict[str, list[ImageText]] = defaultdict(list)
    for record in records:
        classes[record.scene].append(record)
    return classes


def _number(image_id: str) -> tuple[int, str]:
    digits = re.search(r"(\d+)$", image_id)
    return (int(digits.group(1)) if digits else -1, image_id)
