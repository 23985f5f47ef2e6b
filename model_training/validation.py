"""Validation during training: retrieval and greedy captions straight from the model."""

from __future__ import annotations

import numpy as np
import torch
from tokenizers import Tokenizer

from .augment import centre_resize
from .data.captions import distinct
from .data.pixels import pixel_cache
from .data.records import ImageText
from .data.tokens import tokenise
from .language_tokens import LanguageTokens
from .metrics import caption_scores_plain, retrieval_recall
from .model.modelling import MsVlamModel
from .writing import write_greedily, write_in_language

BATCH = 64


class ValidationSet:
    """One set's images and captions, prepared once; `language` where a language model writes."""

    def __init__(
        self,
        records: list[ImageText],
        image_size: int,
        tokenizer: Tokenizer,
        max_tokens: int,
        language: LanguageTokens | None = None,
    ) -> None:
        self._pixels = torch.from_numpy(pixel_cache(records, image_size))
        self._size = image_size
        self._tokenizer = tokenizer
        self._language = language
        self._references = [record.captions for record in records]
        texts = [text for record in records for text in record.captions]
        self._owner = np.array([i for i, record in enumerate(records) for _ in record.captions])
        different, self._rows = distinct(texts)
        self._ids, self._mask = tokenise(tokenizer, different, max_tokens)

    @torch.no_grad()
    def scores(self, model: MsVlamModel) -> dict[str, float]:
        """Retrieval recalls, BLEU-4 and CIDEr (plain words, greedy), all in percent."""
        device = model.device
        images, captions = [], []
        for start in range(0, len(self._pixels), BATCH):
            batch = centre_resize(self._pixels[start : start + BATCH].to(device), self._size)
            seen = model.encode_images(batch)
            images.append(seen.embedding.cpu())
            memory = model.memory(seen, model.read_levels(seen))
            captions += (
                write_greedily(model, memory, self._tokenizer)
                if self._language is None
                else write_in_language(model, memory, self._language)
            )
        texts = [
            model.text(
                self._ids[start : start + 256].to(device),
                self._mask[start : start + 256].to(device),
            ).cpu()
            for start in range(0, len(self._ids), 256)
        ]
        recalls = retrieval_recall(
            torch.cat(images).numpy(), torch.cat(texts).numpy()[self._rows], self._owner
        )
        return recalls | caption_scores_plain(captions, self._references)
