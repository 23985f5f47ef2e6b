"""How likely a caption decoder is to say a given text of an image.

The contrastive embedding compares an image and a text as wholes; the decoder reads the image token
by token for every word of the text. The two err differently, so their sum ranks better than either
(a product of experts: logit scale times cosine, plus log-likelihood).
"""

from __future__ import annotations

from typing import Callable, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..errors import Cancelled
from .decoding import Decoder, Floats, log_softmax

_ROWS = 256
"""Texts said at a time; their caches are the memory this takes, some 100 MB."""


def log_likelihoods(
    decoder: Decoder,
    tokens: Floats,
    texts: Sequence[NDArray[np.int64]],
    images: Sequence[int],
    should_stop: Callable[[], bool] = lambda: False,
) -> Floats:
    """Natural logarithm of the probability that what is said of an image begins with a text.

    Args:
        decoder: runs the graphs.
        tokens: images as the decoder sees them, `[B, N, d]`.
        texts: token ids of each text after the begin token, of the decoder's vocabulary.
        images: for each text the row of `tokens` that it is said of.
        should_stop: asked before every step.

    Returns:
        `[len(texts)]`, at most 0; summed over the text's tokens, so longer texts are less likely.

    Raises:
        Cancelled: `should_stop` said so.

    Note:
        One decoder step a token for up to 256 texts at once; texts of like length go together.
    """
    result = np.zeros(len(texts), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
    for start in range(0, len(order), _ROWS):
        rows = order[start : start + _ROWS]
        used, position = np.unique([images[row] for row in rows], return_inverse=True)
        cross = decoder.prefill(tokens[used])
        if len(used) > 1:
            cross = (cross[0][:, position], cross[1][:, position])
        result[rows] = _said(decoder, cross, [texts[row] for row in rows], should_stop)
    return result


def _said(
    decoder: Decoder,
    cross: Tuple[Floats, Floats],
    texts: Sequence[NDArray[np.int64]],
    should_stop: Callable[[], bool],
) -> Floats:
    """Texts, the longest first, each about its own image, or all about a single one: the graphs
    stretch a batch of one, which spares copying its keys for every text."""
    lengths = np.asarray([len(text) for text in texts])
    total = np.zeros(len(texts), dtype=np.float32)
    keys = values = decoder.empty_cache(len(texts))
    for step in range(int(lengths[0]) - 1):
        if should_stop():
            raise Cancelled()
        # Longest first, so those that still have a next token are the first ones.
        running = int((lengths > step + 1).sum())
        if running < keys.shape[1]:
            keys, values = keys[:, :running], values[:, :running]
            cross = (cross[0][:, :running], cross[1][:, :running])
        ids = np.asarray([text[step] for text in texts[:running]], dtype=np.int64)
        following = np.asarray([text[step + 1] for text in texts[:running]])
        logits, keys, values, _ = decoder.step(ids, keys, values, cross)
        total[:running] += log_softmax(logits)[np.arange(running), following]
    return total
