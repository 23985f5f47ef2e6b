"""Recall of images by texts and of texts by images."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .tally import Tally

RECALL_RANKS = (1, 5, 10)


def retrieval_recall(
    images: NDArray[np.float32], texts: NDArray[np.float32], owner: NDArray[np.int64]
) -> dict[str, float]:
    """Values of `recall_tallies`: recall at 1, 5 and 10 in percent, both ways, and their mean."""
    return {name: tally.value for name, tally in recall_tallies(images, texts, owner).items()}


def recall_tallies(
    images: NDArray[np.float32], texts: NDArray[np.float32], owner: NDArray[np.int64]
) -> dict[str, Tally]:
    """`ranking_tallies` by similarity.

    Args:
        images: [B, D].
        texts: [N, D]; equal captions have equal rows.
        owner: [N], index of the image each text belongs to.
    """
    similarity = images @ texts.T
    return ranking_tallies(similarity, similarity, owner)


def ranking_tallies(
    of_image: NDArray[np.float32], of_text: NDArray[np.float32], owner: NDArray[np.int64]
) -> dict[str, Tally]:
    """Recall at 1, 5 and 10, both ways, and their mean, per image.

    Image to text counts a hit when any of the image's own captions is among the first k; text to
    image when the caption's own image is. Equal captions of other images count as misses, as in
    published figures; where they tie with an own one, every order is as likely, and the expected
    recall over all orders is given. A bootstrap over these rows draws queries, not the gallery.

    Args:
        of_image: [B, N], scores by which each image's texts are ranked; equal captions have equal
            columns.
        of_text: [B, N], scores by which each text's images are.
        owner: [N], index of the image each text belongs to.
    """
    images = len(of_image)
    own = owner[None, :] == np.arange(images)[:, None]
    once = np.ones(images)
    texts_each = own.sum(axis=1).astype(np.float64)
    tallies = {
        f"i2t_r{k}": Tally.ratio(_expected_hits(of_image, own, k), once) for k in RECALL_RANKS
    }
    for k in RECALL_RANKS:
        hits = np.bincount(owner, _expected_hits(of_text.T, own.T, k), minlength=images)
        tallies[f"t2i_r{k}"] = Tally.ratio(hits, texts_each)
    every = np.concatenate([tally.rows for tally in tallies.values()], axis=1)
    return {**tallies, "mean_recall": Tally("mean_of_ratios", every)}


def _expected_hits(
    similarity: NDArray[np.float32], own: NDArray[np.bool_], k: int
) -> NDArray[np.float64]:
    """Per row, the chance that its best own column is among the first k, ties in random order."""
    best = np.where(own, similarity, -np.inf).max(axis=1, keepdims=True)
    better = (similarity > best).sum(axis=1)
    tied = similarity == best
    own_tied, other_tied = (tied & own).sum(axis=1), (tied & ~own).sum(axis=1)
    missed = np.ones(len(similarity))
    for place in range(k):
        # The chance that this place among the tied ones goes to another's, given all before did.
        open_place = place < k - better
        left = np.maximum(other_tied - place, 0) / np.maximum(own_tied + other_tied - place, 1)
        missed *= np.where(open_place, left, 1.0)
    hits: NDArray[np.float64] = 1 - missed
    return hits
