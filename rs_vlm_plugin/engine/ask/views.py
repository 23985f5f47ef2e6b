"""What each tile answers, and which of the model's closed answers are of which kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, Mapping, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..dris.plan import Tile
from ..model.encoding import Floats
from ..outline import Rectangle
from ..phrases import spoken_words

_PLACES_WORDS = (
    "upper lower left right center centre top bottom up down middle main minor diagonal and four "
    "corner corners side central edge around throughout everywhere"
)
_PLACES = frozenset(_PLACES_WORDS.split())
_SETTINGS = ("rural", "urban")


@dataclass(frozen=True)
class View:
    """One tile's answers.

    `likelihoods` has, for each question put to it, a calibrated probability of every closed answer;
    they are multiplied by `trust` (see `familiarity`). `looked_at` are the pixel rectangles that
    the first question's answer counted, `embedding` [D] what the tile shows. A tile may be both a
    root and a `leaf` of the plan.
    """

    tile: Tile
    leaf: bool
    likelihoods: Tuple[Mapping[str, float], ...]
    trust: float
    looked_at: Tuple[Rectangle, ...]
    embedding: NDArray[np.float32]

    @property
    def weight(self) -> float:
        """Valid pixels of its own window."""
        return max(self.tile.window.area * self.tile.valid_fraction, 1e-9)

    @property
    def yes(self) -> Optional[float]:
        """Chance of yes rather than no, nearer to even where the tile is unfamiliar; None where the
        model knows neither."""
        likely = self.likelihoods[0]
        total = likely.get("yes", 0.0) + likely.get("no", 0.0)
        if not total:
            return None
        return 0.5 + self.trust * (likely.get("yes", 0.0) / total - 0.5)

    def best(self, fits: Callable[[str], bool], question: int = 0) -> Optional[Tuple[str, float]]:
        """The likeliest closed answer that fits, and how likely it is; None where none fits."""
        own = {text: p for text, p in self.likelihoods[question].items() if fits(text)}
        if not own:
            return None
        text = max(own, key=lambda answer: own[answer])
        return text, own[text] * self.trust

    def likelihood(self, fits: Callable[[str], bool], question: int = 0) -> float:
        """How likely it is that the answer is any of those that fit."""
        return self.trust * sum(p for text, p in self.likelihoods[question].items() if fits(text))


def is_count(text: str) -> bool:
    """Whether a closed answer is a number."""
    return text.isdecimal()


def is_yes_or_no(text: str) -> bool:
    """Whether a closed answer is yes or no."""
    return text in ("yes", "no")


def is_place(text: str) -> bool:
    """Whether a closed answer says where in the picture."""
    words = [word for word, _, _ in spoken_words(text)]
    return bool(words) and all(word in _PLACES for word in words)


def is_setting(text: str) -> bool:
    """Whether a closed answer is rural or urban."""
    return text in _SETTINGS


def is_theme(text: str) -> bool:
    """Whether a closed answer can only be what the picture as a whole shows."""
    return not (is_count(text) or is_yes_or_no(text) or is_place(text) or is_setting(text))


def roots_and_leaves(views: Sequence[View]) -> Tuple[Tuple[View, ...], Tuple[View, ...]]:
    """The overview, and the closest looks (the overview where there are none yet)."""
    roots = tuple(view for view in views if view.tile.level == 0)
    return roots, tuple(view for view in views if view.leaf) or roots


def mean_likelihoods(views: Sequence[View], fits: Callable[[str], bool]) -> Dict[str, float]:
    """Probabilities of the closed answers that fit, over the overview and the closest looks.

    Each of the two is averaged by area; the result is their mean.
    """
    total: Dict[str, float] = {}
    for part in roots_and_leaves(views):
        area = sum(view.weight for view in part)
        for view in part:
            share = view.weight * view.trust / area / 2
            for text, probability in view.likelihoods[0].items():
                if fits(text):
                    total[text] = total.get(text, 0.0) + share * probability
    return total


def mean_embedding(views: Sequence[View]) -> Floats:
    """What the region shows `[D]`, of unit length, over the overview and the closest looks."""
    mean = np.zeros_like(views[0].embedding)
    for part in roots_and_leaves(views):
        own = sum(view.weight * view.embedding for view in part)
        mean = mean + own / max(float(np.linalg.norm(own)), 1e-12)
    unit: Floats = (mean / max(float(np.linalg.norm(mean)), 1e-12)).astype(np.float32)
    return unit
