"""The decoder's written answers as a second opinion on closed ones.

The closed head sees a question as one vector, the decoder reads it word by word while it looks at
the image; where a place is asked for the two err differently. A closed answer's chance is then the
weighed geometric mean of both, which is less sure of itself than either: a product of experts made
to keep the scale of one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, List, Sequence

import numpy as np

from ..model.answers import Answer
from ..model.encoding import Floats
from ..model.vlm import VisionLanguageModel

_LEAST = 1e-9


def with_written(
    answers: Sequence[Answer],
    question: str,
    tokens: Floats,
    model: VisionLanguageModel,
    weight: float,
    fits: Callable[[str], bool],
) -> List[Answer]:
    """Closed answers to one question about several images, weighed anew with the written ones.

    Args:
        answers: B of them, one for each image.
        question: as it was put.
        tokens: the images as the decoder sees them, `[B, N, d]`.
        model: has a decoder that answers.
        weight: of the written answer, the closed one's being 1.
        fits: the closed answers in question; the chance of all together stays as it was.

    Raises:
        ActionUnsupported, BundleInvalid: the decoder cannot answer.
        InferenceFailed: onnxruntime failed.
    """
    texts = [text for text in answers[0].likelihoods if fits(text)] if answers else []
    if not texts or not weight:
        return list(answers)
    written = model.answer_log_likelihood(question, texts, tokens)
    weighed = []
    for answer, likely in zip(answers, written):
        closed = np.array([answer.likelihoods[text] for text in texts])
        scores = (np.log(np.maximum(closed, _LEAST)) + weight * likely) / (1 + weight)
        chances = np.exp(scores - scores.max())
        chances *= closed.sum() / chances.sum()
        likelihoods = {**answer.likelihoods, **dict(zip(texts, chances.tolist()))}
        best = max(likelihoods, key=lambda text: likelihoods[text])
        weighed.append(
            replace(answer, text=best, confidence=likelihoods[best], likelihoods=likelihoods)
        )
    return weighed
