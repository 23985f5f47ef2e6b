"""Everything an experiment trains on, as one data set of items."""

from __future__ import annotations

from typing import cast

import torch
from torch.utils.data import ConcatDataset, Dataset, Subset

from ..config import ExperimentConfig
from .boxed import BoxedCrops
from .composed import Mosaics, PastedObjects
from .corpus import Corpus
from .dataset import CaptionDataset
from .items import TrainingItem
from .pixels import pixel_cache

QUESTIONS_PER_IMAGE = 4
"""One of each kind that UC Merced's questions are of."""


class TrainingSet(Dataset[TrainingItem]):
    """Captioned images, crops of boxed ones, pasted objects and mosaics, one after the other.

    `categories` are the boxed ones.
    """

    def __init__(self, parts: list[Dataset[TrainingItem]], categories: tuple[str, ...]) -> None:
        self._all: ConcatDataset[TrainingItem] = ConcatDataset(parts)
        self.categories = categories

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, index: int) -> TrainingItem:
        return cast(TrainingItem, self._all[index])


def training_set(config: ExperimentConfig, corpus: Corpus) -> TrainingSet:
    """The items of an experiment's training records."""
    data = config.data
    pixels = pixel_cache(corpus.train, data.stored_size)
    captioned = CaptionDataset(
        corpus.train,
        pixels,
        data.captions_per_image,
        corpus.scenes,
        QUESTIONS_PER_IMAGE if config.answers.enabled else 0,
        data.symmetries,
    )
    parts: list[Dataset[TrainingItem]] = [captioned]
    if corpus.again:
        parts.append(Subset(captioned, corpus.again))
    if config.answers.enabled:
        # A few hundred images ask how many and where: seen once an epoch they are not learnt from.
        parts += [Subset(captioned, captioned.counted_or_placed)] * (data.asked_visits - 1)
    categories: tuple[str, ...] = ()
    if corpus.boxed:
        crops = BoxedCrops(corpus.boxed, data.stored_size, data.boxed_crops_per_image)
        categories = crops.categories
        parts.append(crops)
    if data.pasted and corpus.boxed:
        parts.append(
            PastedObjects(corpus.train, torch.from_numpy(pixels), corpus.boxed, data.pasted)
        )
    if data.mosaics:
        parts.append(Mosaics(corpus.train, torch.from_numpy(pixels), data.mosaics))
    return TrainingSet(parts, categories)
