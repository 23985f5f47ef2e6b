"""Images composed while training, of which more is known than of any single one."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.utils.data import Dataset

from .boxed import box_questions, object_list
from .copy_paste import COMPACT, cut_objects, is_bare, paste_objects
from .image_text import ImageText, LabelledBox
from .items import ItemBox, TrainingItem
from .mosaic import compose_mosaic, draw_cells

MOST_PASTED = 9
"""Objects pasted onto one image, at most."""


class Mosaics(Dataset[TrainingItem]):
    """Two-by-two mosaics of captioned images; each cell has one of its image's captions."""

    def __init__(self, records: Sequence[ImageText], pixels: Tensor, count: int) -> None:
        self._records = records
        self._scenes = [record.scene for record in records]
        self._pixels = pixels
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> TrainingItem:
        cells = draw_cells(self._scenes, 2)
        mosaic = compose_mosaic(self._records, self._pixels, cells, self._pixels.shape[-1])
        said = [own[int(torch.randint(len(own), ()))] for own in mosaic.captions]
        return TrainingItem(
            image=mosaic.pixels,
            captions=tuple(said),
            cells=tuple(range(len(said))),
            upright=True,
        )


class PastedObjects(Dataset[TrainingItem]):
    """Images of bare ground with boxed objects of one or two categories pasted onto them."""

    def __init__(
        self,
        records: Sequence[ImageText],
        pixels: Tensor,
        boxed: Sequence[ImageText],
        count: int,
    ) -> None:
        bare = [i for i, record in enumerate(records) if is_bare(record)]
        self._ground = pixels[bare]
        self._cutouts = cut_objects(boxed)
        self._of: dict[str, list[int]] = {}
        for i, cutout in enumerate(self._cutouts):
            self._of.setdefault(cutout.category, []).append(i)
        self._categories = tuple(sorted(self._of.keys() & set(COMPACT)))
        self._count = count if self._categories and bare else 0

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> TrainingItem:
        ground = self._ground[int(torch.randint(len(self._ground), ()))]
        kinds = 1 + int(torch.randint(min(2, len(self._categories)), ()))
        chosen = torch.randperm(len(self._categories))[:kinds].tolist()
        names = [self._categories[i] for i in chosen]
        if "" in self._of:
            names.append("")
        wanted = int(torch.randint(MOST_PASTED + 1, ()))
        cutouts = []
        for _ in range(wanted):
            own = self._of[names[int(torch.randint(len(names), ()))]]
            cutouts.append(self._cutouts[own[int(torch.randint(len(own), ()))]])
        pasted = paste_objects(ground, (), cutouts)
        side = ground.shape[-1]
        boxes = tuple(_relative(box, side) for box in pasted.boxes)
        return TrainingItem(
            image=pasted.pixels,
            questions=box_questions(boxes, self._categories),
            boxes=boxes,
            labelled=self._categories,
            object_list=object_list(boxes),
        )


def _relative(box: LabelledBox, side: int) -> ItemBox:
    return ItemBox(
        box.category,
        (
            (box.x_min + box.width / 2) / side,
            (box.y_min + box.height / 2) / side,
            box.width / side,
            box.height / side,
        ),
    )
