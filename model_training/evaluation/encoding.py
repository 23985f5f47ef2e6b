"""A set's images and captions as the exported model encodes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from ..data.captions import distinct
from ..data.pixels import pixel_cache
from ..data.records import ImageText

BATCH = 32
TEXT_BATCH = 128


@dataclass(frozen=True)
class EncodedImages:
    """Whole images, row by row: embeddings [N, D] and decoder tokens [N, T, d]."""

    embeddings: NDArray[np.float32]
    tokens: NDArray[np.float32]

    def of(self, rows: Sequence[int]) -> EncodedImages:
        """Some of them."""
        return EncodedImages(self.embeddings[rows], self.tokens[rows])


def encode_records(
    model: VisionLanguageModel, records: Sequence[ImageText], describe: bool = False
) -> tuple[EncodedImages, list[str]]:
    """The records' images, and a caption for each where `describe`."""
    embeddings, tokens, captions = [], [], []
    for start in range(0, len(records), BATCH):
        encoding = model.encode_images(_pixels(model, records[start : start + BATCH]))
        embeddings.append(encoding.embedding)
        tokens.append(encoding.tokens)
        if describe:
            said = model.caption(encoding.tokens, embeddings=encoding.embedding)
            captions += [caption.text for caption in said]
    return EncodedImages(np.concatenate(embeddings), np.concatenate(tokens)), captions


def encode_turned(
    model: VisionLanguageModel, records: Sequence[ImageText], upright: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The records' embeddings [N, D] over all quarter turns, `upright` being those over none."""
    batches = (slice(start, start + BATCH) for start in range(0, len(records), BATCH))
    return np.concatenate(
        [model.embed_turned(_pixels(model, records[rows]), upright[rows]) for rows in batches]
    )


def _pixels(model: VisionLanguageModel, records: Sequence[ImageText]) -> NDArray[np.uint8]:
    return np.ascontiguousarray(pixel_cache(records, model.input_size).transpose(0, 2, 3, 1))


def encode_texts(model: VisionLanguageModel, texts: Sequence[str]) -> NDArray[np.float32]:
    """Embeddings [N, D]; equal texts get exactly equal rows."""
    different, index = distinct(texts)
    batches = range(0, len(different), TEXT_BATCH)
    embedded = np.concatenate([model.encode_texts(different[i : i + TEXT_BATCH]) for i in batches])
    return embedded[index]
