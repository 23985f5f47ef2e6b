"""Where answers point after an image was turned or mirrored: "left" becomes "top" and so on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

from ..metrics.answers import places

_MIRRORED = {"left": "right", "right": "left"}
_FLIPPED = {"top": "bottom", "bottom": "top"}
_TRANSPOSED = {"left": "top", "top": "left", "right": "bottom", "bottom": "right"}
_DIAGONALS = {"main": "minor", "minor": "main"}
_FIRST = ("top", "bottom", "left", "right")
"""Words of a place in the order they are said: "top left", never "left top"."""


@dataclass(frozen=True)
class Symmetry:
    """One of the square's eight: mirrored left to right, flipped top to bottom, then transposed."""

    mirrored: bool = False
    flipped: bool = False
    transposed: bool = False

    @classmethod
    def drawn(cls) -> Symmetry:
        """Any of the eight, from PyTorch's generator."""
        return cls(*torch.randint(0, 2, (3,)).bool().tolist())

    def of_image(self, image: Tensor) -> Tensor:
        """The image [..., H, H], turned."""
        axes = [axis for axis, does in ((-1, self.mirrored), (-2, self.flipped)) if does]
        turned = image.flip(axes) if axes else image
        return (turned.transpose(-1, -2) if self.transposed else turned).contiguous()

    def of_place(self, place: str) -> str:
        """One place, in the wording of `metrics.answers.places`."""
        words = place.split()
        for does, swap in (
            (self.mirrored, _MIRRORED),
            (self.flipped, _FLIPPED),
            (self.transposed, _TRANSPOSED),
            # Both at once, or a transposition, leave a diagonal where it is.
            (self.mirrored != self.flipped, _DIAGONALS),
        ):
            words = [swap.get(word, word) for word in words] if does else words
        return " ".join(sorted(words, key=_said_after))


def _said_after(word: str) -> int:
    return _FIRST.index(word) if word in _FIRST else len(_FIRST)


class TurnedAnswers:
    """Location answers put as the data set puts them: of all wordings of the same places ("up and
    bottom", "bottom and top") the one seen most often.

    Args:
        answers: all location answers of the training set.
    """

    def __init__(self, answers: Iterable[str]) -> None:
        self._said: dict[frozenset[str], str] = {}
        for answer, _ in Counter(answers).most_common():
            self._said.setdefault(places(answer), answer)

    def turned(self, answer: str, symmetry: Symmetry) -> str | None:
        """What `answer` becomes; None where nobody has ever said that."""
        if symmetry == Symmetry():
            return answer
        return self._said.get(frozenset(symmetry.of_place(place) for place in places(answer)))
