"""What a model must offer to be scored on questions and on finding things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""RGB [H, W, 3] at the size the data set stores; the model decides how to read it."""


class AnswerLike(Protocol):
    """An answer: its words, a calibrated confidence in 0..1, and whether it is held back."""

    @property
    def text(self) -> str:
        """The words, also of an answer that is held back."""

    @property
    def confidence(self) -> float:
        """Calibrated, in 0..1."""

    @property
    def abstained(self) -> bool:
        """Whether the model would rather say that it cannot tell."""


class FoundLike(Protocol):
    """A place found for a phrase."""

    @property
    def phrase(self) -> str:
        """The phrase it was found for, as asked."""

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """(x_min, y_min, x_max, y_max) in pixels of the image asked about."""

    @property
    def score(self) -> float:
        """Larger is surer; comparable between images and phrases."""


@runtime_checkable
class Answerer(Protocol):
    """Answers questions about images."""

    def answer(self, images: Sequence[Pixels], questions: Sequence[str]) -> Sequence[AnswerLike]:
        """One answer for each pair of image and question.

        Several questions on an image come one after another with the same array object, so that it
        need be encoded only once.
        """


@runtime_checkable
class Grounder(Protocol):
    """Finds what phrases name."""

    def find(self, image: Pixels, phrases: Sequence[str]) -> Sequence[FoundLike]:
        """Boxes for each phrase, with low scores too: the evaluation chooses the threshold."""
