"""The training set as PyTorch sees it: cached pixels, sampled captions, token batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.utils.data import Dataset

from .records import ImageText

NO_SCENE = -1


class CaptionDataset(Dataset[dict[str, Any]]):
    """Images with captions; each access samples `captions_per_image` captions from PyTorch's
    generator.

    `scenes` are the classes that a record's scene is numbered by; any other scene is -1."""

    def __init__(
        self,
        records: Sequence[ImageText],
        pixels: NDArray[np.uint8],
        captions_per_image: int,
        scenes: Sequence[str] = (),
    ) -> None:
        self._captions = [record.captions for record in records]
        number = {scene: i for i, scene in enumerate(scenes)}
        self._scenes = [number.get(record.scene, NO_SCENE) for record in records]
        self._pixels = pixels
        self._captions_per_image = captions_per_image

    def __len__(self) -> int:
        return len(self._captions)

    def __getitem__(self, index: int) -> dict[str, Any]:
        captions = self._captions[index]
        # PyTorch's generator, because its state is what a checkpoint saves: a resumed run samples
        # the same.
        order = torch.randperm(len(captions))[: self._captions_per_image].tolist()
        while len(order) < self._captions_per_image:
            order.append(order[0])
        return {
            "image": torch.from_numpy(self._pixels[index]),
            "captions": [captions[i] for i in order],
            "scene": self._scenes[index],
        }


@dataclass
class CaptionCollator:
    """Stack images and tokenise captions, all captions of the first image first."""

    # Not named `tokenizer`: the Trainer would take it for one of transformers' and try to save it.
    wordpiece: Tokenizer
    max_tokens: int

    def __call__(self, items: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
        """Batch of uint8 images [B, 3, S, S], `input_ids` and `attention_mask` [B*k, T],
        `caption_image` [B*k], `scene` [B]."""
        texts = [caption for item in items for caption in item["captions"]]
        owners = [i for i, item in enumerate(items) for _ in item["captions"]]
        ids, mask = tokenise(self.wordpiece, texts, self.max_tokens)
        return {
            "images": torch.stack([item["image"] for item in items]),
            "input_ids": ids,
            "attention_mask": mask,
            "caption_image": torch.tensor(owners),
            "scene": torch.tensor([item["scene"] for item in items]),
        }


def tokenise(
    tokenizer: Tokenizer, texts: Sequence[str], max_tokens: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and mask, int64 [N, T], padded to the longest; `[CLS]` first and `[SEP]` last,
    always."""
    encodings = [tokenizer.encode(text).ids for text in texts]
    encodings = [
        ids if len(ids) <= max_tokens else [*ids[: max_tokens - 1], ids[-1]] for ids in encodings
    ]
    longest = max(len(ids) for ids in encodings)
    batch = torch.zeros((len(encodings), longest), dtype=torch.int64)
    mask = torch.zeros_like(batch)
    for row, ids in enumerate(encodings):
        batch[row, : len(ids)] = torch.tensor(ids)
        mask[row, : len(ids)] = 1
    return batch, mask
