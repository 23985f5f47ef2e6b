"""One training item: a square image with whatever is known of it."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from ..synthetic import Question

NO_SCENE = -1
NO_RECORD = -1


@dataclass(frozen=True)
class ItemBox:
    """An object's box in image sides: centre x, centre y, width, height."""

    category: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class TrainingItem:
    """`image` uint8 [3, H, H]. `cells[i]` is the mosaic cell that caption i is about, -1 for the
    image; `record` numbers the captioned record it came from (its own knowledge is withheld);
    `metres` are those of one of its pixels, 0 where unknown.
    `labelled` are the categories of which every object is boxed. `upright` images are not
    turned: their answers or captions say where things are. `seed` starts what is drawn for the item
    still.
    """

    image: torch.Tensor
    captions: tuple[str, ...] = ()
    cells: tuple[int, ...] = ()
    scene: int = NO_SCENE
    record: int = NO_RECORD
    metres: float = 0.0
    questions: tuple[Question, ...] = ()
    boxes: tuple[ItemBox, ...] = ()
    labelled: tuple[str, ...] = ()
    object_list: str = ""
    upright: bool = False
    seed: int = 0
