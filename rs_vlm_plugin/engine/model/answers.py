"""Closed answers to questions about encoded images."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Mapping, Sequence, Tuple

import numpy as np

from ..errors import BundleInvalid
from .decoding import log_softmax
from .encoding import Encoding, Floats
from .level_spec import AnswerSpec
from .manifest_fields import REINSTALL
from .runtime import Session


@dataclass(frozen=True)
class Answer:
    """An answer: its words, calibrated confidence in 0..1, the cells it counted ([rows, columns]
    in 0..1), and how likely each closed answer is."""

    text: str
    confidence: float
    gate: Floats
    likelihoods: Mapping[str, float]


def closed_answers(
    session: Session,
    questions: Floats,
    encoding: Encoding,
    images: Sequence[int],
    spec: AnswerSpec,
    cells: Tuple[int, int],
    kind: str,
) -> List[Answer]:
    """The likeliest of the closed answers to each question.

    Args:
        session: the answers' graph.
        questions: embeddings `[Q, D]`.
        encoding: of images, with levels.
        images: for each question the image that it is on.
        spec: the answers, and the temperatures of their calibration.
        cells: rows and columns of what is counted.
        kind: of all the questions; see `ask.question`.

    Raises:
        BundleInvalid: the images were encoded without levels.
        InferenceFailed: onnxruntime failed.
    """
    if encoding.levels is None:
        raise BundleInvalid("The model bundle has no answers.", REINSTALL)
    rows = list(images)
    logits, gate = session.run(
        ("logits", "gate"),
        {
            "question": questions,
            "tokens": encoding.tokens[rows],
            "fine": encoding.levels.fine[rows],
        },
    )
    shares = np.exp(log_softmax(logits / spec.temperature_of(kind)))
    return [
        Answer(
            spec.texts[int(row.argmax())],
            float(row.max()),
            counted.reshape(cells),
            dict(zip(spec.texts, row.tolist())),
        )
        for row, counted in zip(shares, gate)
    ]
