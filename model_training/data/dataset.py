"""The captioned training set as PyTorch sees it: cached pixels and sampled captions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import Dataset

from ..model.objectives import WHOLE
from ..synthetic import Question
from .image_text import ImageText
from .items import NO_SCENE, TrainingItem


class CaptionDataset(Dataset[TrainingItem]):
    """Images with captions; each access samples `captions_per_image` captions and
    `questions_per_image` questions from PyTorch's generator.

    `scenes` are the classes that a record's scene is numbered by.
    """

    def __init__(
        self,
        records: Sequence[ImageText],
        pixels: NDArray[np.uint8],
        captions_per_image: int,
        scenes: Sequence[str] = (),
        questions_per_image: int = 0,
    ) -> None:
        self._captions = [record.captions for record in records]
        self._questions = [record.questions for record in records]
        number = {scene: i for i, scene in enumerate(scenes)}
        self._scenes = [number.get(record.scene, NO_SCENE) for record in records]
        self._pixels = pixels
        self._captions_per_image = captions_per_image
        self._questions_per_image = questions_per_image

    def __len__(self) -> int:
        return len(self._captions)

    def __getitem__(self, index: int) -> TrainingItem:
        captions = self._captions[index]
        # PyTorch's generator, because its state is what a checkpoint saves: a resumed run samples
        # the same.
        order = torch.randperm(len(captions))[: self._captions_per_image].tolist()
        while len(order) < self._captions_per_image:
            order.append(order[0])
        return TrainingItem(
            image=torch.from_numpy(self._pixels[index]),
            captions=tuple(captions[i] for i in order),
            cells=(WHOLE,) * len(order),
            scene=self._scenes[index],
            record=index,
            questions=self._some_questions(index),
        )

    def _some_questions(self, index: int) -> tuple[Question, ...]:
        """Of different kinds where possible: most of UC Merced's ask for presence."""
        if not self._questions_per_image or not self._questions[index]:
            return ()
        questions = self._questions[index]
        order = torch.randperm(len(questions)).tolist()
        seen: set[str] = set()
        first: list[Question] = []
        rest: list[Question] = []
        for i in order:
            (rest if questions[i].kind in seen else first).append(questions[i])
            seen.add(questions[i].kind)
        return tuple([*first, *rest][: self._questions_per_image])
