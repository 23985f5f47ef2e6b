"""Retrieval in two stages: candidates by embedding, ranked anew with the caption decoder.

A candidate's score is the logit scale times the cosine plus the log-likelihood that the decoder
says the text of the image, as in the plugin's search. Texts of one image are ranked by how much
likelier they are there than elsewhere (pointwise mutual information; the decoder likes short and
frequent captions everywhere), elsewhere being `BANK` training images.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from ..data.captions import distinct
from .encoding import EncodedImages

Floats = NDArray[np.float32]

IMAGES_A_TEXT = 50
TEXTS_AN_IMAGE = 100
BANK = 64
_OUT_OF_REACH = np.float32(1e4)
"""Taken off the score of what is no candidate: more than any log-likelihood, so that order stays
that of the first stage behind all candidates."""


def rerank(
    model: VisionLanguageModel,
    images: EncodedImages,
    texts: Sequence[str],
    text_embeddings: Floats,
    bank: Floats,
) -> tuple[Floats, Floats]:
    """Scores of every image with every text, after both stages.

    Args:
        model: with a decoder.
        images: B of them.
        texts: M captions; equal ones are scored once.
        text_embeddings: [M, D].
        bank: decoder tokens [K, N, d] of training images.

    Returns:
        (scores by which a text's images are ranked, and those by which an image's texts are),
        [B, M] both.

    Note:
        M' * (50 + K) + 100 * B decoder passes over a text, M' being the distinct ones.
    """
    different, column = distinct(texts)
    once = text_embeddings[np.unique(column, return_index=True)[1]]
    scaled = model.bundle.manifest.logit_scale * (images.embeddings @ once.T)
    by_text = _candidates(scaled.T, IMAGES_A_TEXT).T
    by_image = _candidates(scaled, TEXTS_AN_IMAGE)
    likely = _likelihoods(model, images.tokens, different, by_text | by_image)
    everywhere = by_image.any(axis=0)
    prior = np.zeros(len(different), dtype=np.float32)
    asked = np.broadcast_to(everywhere, (len(bank), len(different)))
    prior[everywhere] = _log_mean(_likelihoods(model, bank, different, asked)[:, everywhere])
    of_text = np.where(by_text, scaled + likely, scaled - _OUT_OF_REACH)
    of_image = np.where(by_image, scaled + likely - prior, scaled - _OUT_OF_REACH)
    return of_text[:, column], of_image[:, column]


def _candidates(scores: Floats, count: int) -> NDArray[np.bool_]:
    """The `count` best of each row."""
    chosen = np.zeros(scores.shape, dtype=bool)
    best = np.argsort(-scores, axis=1, kind="stable")[:, :count]
    np.put_along_axis(chosen, best, True, axis=1)
    return chosen


def _likelihoods(
    model: VisionLanguageModel, tokens: Floats, texts: Sequence[str], wanted: NDArray[np.bool_]
) -> Floats:
    """Log-likelihood of the texts [B, M] where `wanted`; 0 elsewhere."""
    found = np.zeros(wanted.shape, dtype=np.float32)
    for image, columns in enumerate(map(np.flatnonzero, wanted)):
        asked = [texts[index] for index in columns]
        found[image, columns] = model.log_likelihood(
            asked, tokens[image : image + 1], [0] * len(asked)
        )
    return found


def _log_mean(values: Floats) -> Floats:
    """Logarithm of the mean of the exponentials over the first axis."""
    largest = values.max(axis=0)
    mean: Floats = np.log(np.exp(values - largest).mean(axis=0)) + largest
    return mean
