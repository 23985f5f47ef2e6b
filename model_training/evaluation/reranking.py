"""Retrieval in two stages: candidates by embedding, ranked anew with the caption decoder.

A candidate's score is its similarity over the image's quarter turns and the log-likelihood that the
decoder says the text of the image, weighed as in the plugin's search (`RelevanceSpec.second_look`).
Texts of one image are ranked by how much likelier they are there than elsewhere (pointwise mutual
information; the decoder likes short and frequent captions everywhere), elsewhere being training
images.
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
BANK = 600
"""Training images that say how likely a text is elsewhere."""

NEAREST_IN_BANK = 24
"""Of these a text is put to the most similar ones: of all others it is hardly likely."""

_OUT_OF_REACH = np.float32(1e4)
"""Taken off the similarity of what is no candidate: more than any log-likelihood, so that behind
all candidates order stays that of the first stage."""


def rerank(
    model: VisionLanguageModel,
    images: EncodedImages,
    turned: Floats,
    texts: Sequence[str],
    text_embeddings: Floats,
    bank: EncodedImages,
) -> tuple[Floats, Floats]:
    """Scores of every image with every text, after both stages.

    Args:
        model: with a decoder.
        images: B of them.
        turned: their embeddings over the quarter turns, [B, D].
        texts: M captions; equal ones are scored once.
        text_embeddings: [M, D].
        bank: training images.

    Returns:
        (scores by which a text's images are ranked, and those by which an image's texts are),
        [B, M] both.

    Note:
        M' * (50 + 24) + 100 * B decoder passes over a text, M' being the distinct ones.
    """
    different, column = distinct(texts)
    once = text_embeddings[np.unique(column, return_index=True)[1]]
    first = images.embeddings @ once.T
    by_text = _candidates(first.T, IMAGES_A_TEXT).T
    by_image = _candidates(first, TEXTS_AN_IMAGE)
    likely = _likelihoods(model, images.tokens, different, by_text | by_image)
    near = _candidates(once @ bank.embeddings.T, NEAREST_IN_BANK).T & by_image.any(axis=0)
    elsewhere = np.where(near, _likelihoods(model, bank.tokens, different, near), -np.inf)
    prior = _log_mean(elsewhere)
    second = _similarity_weight(model) * (turned @ once.T) + likely
    of_text = np.where(by_text, second, first - _OUT_OF_REACH)
    of_image = np.where(by_image, second - prior, first - _OUT_OF_REACH)
    return of_text[:, column], of_image[:, column]


def _similarity_weight(model: VisionLanguageModel) -> float:
    """What a cosine counts beside a log-likelihood."""
    spec = model.bundle.manifest
    if spec.relevance.second_look is None:
        return spec.logit_scale
    odds, likelihood, _ = spec.relevance.second_look
    return spec.logit_scale * odds / max(likelihood, 1e-6)


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
    """Logarithm of the mean of the exponentials over the first axis; 0 where all are -inf."""
    known = np.isfinite(values).any(axis=0)
    largest = np.where(known, values.max(axis=0), 0.0)
    total = np.where(known, np.exp(values - largest).mean(axis=0), 1.0)
    mean: Floats = np.log(total) + largest
    return mean
