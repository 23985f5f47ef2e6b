"""The captioned training set as PyTorch sees it: cached pixels and sampled captions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch.utils.data import Dataset

from ..model.objectives import WHOLE
from ..synthetic import Question
from .image_text import ImageText
from .items import NO_SCENE, TrainingItem
from .turned_places import Symmetry, TurnedAnswers

LOCATION = "location"
COUNT = "count"


class CaptionDataset(Dataset[TrainingItem]):
    """Images with captions; each access samples `captions_per_image` captions and
    `questions_per_image` questions from PyTorch's generator.

    `scenes` are the classes that a record's scene is numbered by. Where a question asks for a place
    the image is turned here, answers along with it (`symmetries`), and is upright from then on.
    """

    def __init__(
        self,
        records: Sequence[ImageText],
        pixels: NDArray[np.uint8],
        captions_per_image: int,
        scenes: Sequence[str] = (),
        questions_per_image: int = 0,
        symmetries: bool = True,
    ) -> None:
        self._captions = [record.captions for record in records]
        self._questions = [record.questions for record in records]
        number = {scene: i for i, scene in enumerate(scenes)}
        self._scenes = [number.get(record.scene, NO_SCENE) for record in records]
        self._pixels = pixels
        side = pixels.shape[-1]
        self._metres = [
            r.metres * math.sqrt(math.prod(r.size)) / side if r.metres else 0.0 for r in records
        ]
        self._captions_per_image = captions_per_image
        self._questions_per_image = questions_per_image
        self._symmetries = symmetries
        self._places = TurnedAnswers(
            q.answer for record in records for q in record.questions if q.kind == LOCATION
        )

    @property
    def counted_or_placed(self) -> list[int]:
        """Items with a question that one look at the whole image cannot answer."""
        kinds = [{q.kind for q in questions} for questions in self._questions]
        return [i for i, asked in enumerate(kinds) if asked & {LOCATION, COUNT}]

    def __len__(self) -> int:
        return len(self._captions)

    def __getitem__(self, index: int) -> TrainingItem:
        captions = self._captions[index]
        order = torch.randperm(len(captions))[: self._captions_per_image].tolist()
        while len(order) < self._captions_per_image:
            order.append(order[0])
        item = TrainingItem(
            image=torch.from_numpy(self._pixels[index]),
            captions=tuple(captions[i] for i in order),
            cells=(WHOLE,) * len(order),
            scene=self._scenes[index],
            record=index,
            metres=self._metres[index],
            questions=self._some_questions(index),
        )
        return self._turned(item) if any(q.kind == LOCATION for q in item.questions) else item

    def _turned(self, item: TrainingItem) -> TrainingItem:
        symmetry = Symmetry.drawn() if self._symmetries else Symmetry()
        answers = [
            self._places.turned(q.answer, symmetry) if q.kind == LOCATION else q.answer
            for q in item.questions
        ]
        if None in answers:
            return replace(item, upright=True)
        questions = tuple(
            replace(q, answer=answer or "")
            for q, answer in zip(item.questions, answers, strict=True)
        )
        return replace(item, image=symmetry.of_image(item.image), questions=questions, upright=True)

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
