"""How what a model sees becomes the probability that a place shows what is looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple

import numpy as np
from numpy.typing import NDArray

from .manifest_fields import Fields

Numbers = NDArray[np.float64]

_LEAST = 1e-6
"""Shares are kept this far from 0 and 1, whose odds are endless."""


@dataclass(frozen=True)
class RelevanceSpec:
    """Logistic functions, fitted on whether people who describe a place mention a thing.

    `first_look` weighs the log-odds of an embedding's share against other names and adds a bias.
    `second_look` weighs those log-odds and how much likelier the decoder is to say the words here
    than of a blank image (natural logarithm), and adds a bias; None where the bundle has no such
    fit, whose second look is the first.
    """

    first_look: Tuple[float, float] = (1.0, 0.0)
    second_look: Optional[Tuple[float, float, float]] = None

    def first(self, shares: Numbers) -> Numbers:
        """Probabilities from shares in 0..1."""
        weight, bias = self.first_look
        return _logistic(weight * log_odds(shares) + bias)

    def second(self, shares: Numbers, gains: Numbers) -> Numbers:
        """Probabilities from shares in 0..1 and gains in likelihood."""
        if self.second_look is None:
            return self.first(shares)
        odds_weight, gain_weight, bias = self.second_look
        return _logistic(odds_weight * log_odds(shares) + gain_weight * gains + bias)


def read_relevance(calibration: Fields) -> RelevanceSpec:
    """The section `relevance` of a manifest's calibration; without it, shares are taken as they
    are."""
    if not calibration.has("relevance"):
        return RelevanceSpec()
    fields = calibration.section("relevance")
    first = fields.section("first_look")
    first_look = (_weight(first, "log_odds"), _bias(first))
    if not fields.has("second_look"):
        return RelevanceSpec(first_look)
    second = fields.section("second_look")
    return RelevanceSpec(
        first_look, (_weight(second, "log_odds"), _weight(second, "likelihood"), _bias(second))
    )


def _weight(look: Fields, name: str) -> float:
    # A negative one would rank the wrong way round.
    return look.number(name, 0.0, 100.0)


def _bias(look: Fields) -> float:
    return look.number("bias", -100.0, 100.0)


def log_odds(shares: Numbers) -> Numbers:
    """Natural logarithm of the odds of shares in 0..1."""
    inside = np.clip(shares, _LEAST, 1 - _LEAST)
    odds: Numbers = np.log(inside / (1 - inside))
    return odds


def _logistic(values: Numbers) -> Numbers:
    probabilities: Numbers = 1 / (1 + np.exp(-values))
    return probabilities
