"""Crops of boxed images, with the questions and object lists that their boxes answer exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.utils.data import Dataset

from ..synthetic import Question
from ..synthetic.wording import plural
from .image_text import ImageText, LabelledBox
from .items import ItemBox, TrainingItem

LOW_ALTITUDE_ONLY = {"vhr10": "vehicle"}
"""Category that a set labels only in some of its images: where none is boxed, nothing is known."""

LEAST_VISIBLE = 0.4
"""Share of a box inside a crop from which its object counts as seen."""

SCALES = (0.8, 3.2)
"""Raster pixels per crop pixel, drawn log-uniformly."""

ABSENT_ASKED = 2


class BoxedCrops(Dataset[TrainingItem]):
    """Square crops around boxed objects, at random scales and places.

    Each image is visited `per_image` times an epoch; PyTorch's generator decides.
    """

    def __init__(self, records: Sequence[ImageText], size: int, per_image: int) -> None:
        self._records = [record for record in records if record.boxes]
        self._size = size
        self._per_image = per_image
        self.categories = tuple(sorted({b.category for r in self._records for b in r.boxes}))
        by_set: dict[str, set[str]] = {}
        for record in self._records:
            by_set.setdefault(_set_name(record), set()).update(b.category for b in record.boxes)
        self._by_set = {name: tuple(sorted(found)) for name, found in by_set.items()}

    def __len__(self) -> int:
        return len(self._records) * self._per_image

    def labelled(self, record: ImageText) -> tuple[str, ...]:
        """Categories of which the record's set boxes every object in this image."""
        name = _set_name(record)
        partly = LOW_ALTITUDE_ONLY.get(name)
        present = {box.category for box in record.boxes}
        return tuple(c for c in self._by_set[name] if c != partly or c in present)

    def __getitem__(self, index: int) -> TrainingItem:
        record = self._records[index % len(self._records)]
        rgb = record.rgb()
        window = _window(rgb.shape[1], rgb.shape[0], record.boxes, self._size)
        pixels = _read(rgb, window, self._size)
        boxes = tuple(_seen(record.boxes, window))
        labelled = self.labelled(record)
        return TrainingItem(
            image=torch.from_numpy(pixels.transpose(2, 0, 1).copy()),
            metres=record.metres * window[2] / self._size,
            questions=box_questions(boxes, labelled),
            boxes=boxes,
            labelled=labelled,
            object_list=object_list(boxes),
        )


def object_list(boxes: Sequence[ItemBox]) -> str:
    """What is there and how often, most frequent first: "3 airplanes, 1 bridge"; "nothing"."""
    counts = Counter(box.category for box in boxes)
    named = [
        f"{count} {plural(name) if count > 1 else name}"
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    return ", ".join(named) or "nothing"


def box_questions(boxes: Sequence[ItemBox], labelled: Sequence[str]) -> tuple[Question, ...]:
    """A count and a presence question for a present category, and presence of absent ones."""
    counts = Counter(box.category for box in boxes)
    asked = []
    present = [name for name in labelled if counts[name]]
    for name in _some(present, 1):
        asked.append(
            Question(f"How many {plural(name)} are in the image?", str(counts[name]), "count")
        )
    for name in _some(present, 1):
        asked.append(Question(f"Is there {_with_article(name)} in the image?", "yes", "presence"))
    for name in _some([name for name in labelled if not counts[name]], ABSENT_ASKED):
        asked.append(Question(f"Is there {_with_article(name)} in the image?", "no", "presence"))
    return tuple(asked)


def _with_article(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _some(names: Sequence[str], count: int) -> list[str]:
    return [names[i] for i in torch.randperm(len(names))[:count].tolist()]


def _set_name(record: ImageText) -> str:
    return record.image_id.split("/")[0]


def _window(
    width: int, height: int, boxes: Sequence[LabelledBox], size: int
) -> tuple[float, float, float]:
    """Left, top and side of a square crop in pixels; three in four hold a chosen object."""
    draw = torch.rand(5).tolist()
    low, high = np.log(SCALES[0]), np.log(SCALES[1])
    side = float(min(size * np.exp(low + draw[0] * (high - low)), max(width, height)))
    if draw[1] < 0.75:
        box = boxes[int(draw[2] * len(boxes)) % len(boxes)]
        left = box.x_min + box.width / 2 - draw[3] * side
        top = box.y_min + box.height / 2 - draw[4] * side
    else:
        left, top = draw[3] * (width - side), draw[4] * (height - side)
    return _kept(left, side, width), _kept(top, side, height), side


def _kept(start: float, side: float, length: int) -> float:
    """Move a crop into the image; centre it where it is larger."""
    if side >= length:
        return (length - side) / 2
    return float(min(max(start, 0.0), length - side))


def _read(
    rgb: NDArray[np.uint8], window: tuple[float, float, float], size: int
) -> NDArray[np.uint8]:
    """The window resampled to `size`; black where it leaves the image."""
    left, top, side = window
    image = Image.fromarray(rgb)
    # `resize` averages when shrinking, `transform` does not: pad first where the window leaves.
    whole = image.crop((round(left), round(top), round(left + side), round(top + side)))
    return np.asarray(whole.resize((size, size), Image.Resampling.BILINEAR))


def _seen(boxes: Sequence[LabelledBox], window: tuple[float, float, float]) -> list[ItemBox]:
    """Boxes that a crop shows enough of, clipped to it."""
    left, top, side = window
    found = []
    for box in boxes:
        low_x, low_y = max(box.x_min, left), max(box.y_min, top)
        high_x = min(box.x_min + box.width, left + side)
        high_y = min(box.y_min + box.height, top + side)
        if high_x <= low_x or high_y <= low_y:
            continue
        if (high_x - low_x) * (high_y - low_y) < LEAST_VISIBLE * box.width * box.height:
            continue
        centre_x, centre_y = (low_x + high_x) / 2 - left, (low_y + high_y) / 2 - top
        found.append(
            ItemBox(
                box.category,
                (
                    centre_x / side,
                    centre_y / side,
                    (high_x - low_x) / side,
                    (high_y - low_y) / side,
                ),
            )
        )
    return found
