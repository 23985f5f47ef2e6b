"""What a model's words are worth at a ground sample distance it did not learn from."""

from __future__ import annotations

from typing import Optional, Sequence, Tuple

from .dris.plan import Tile
from .sentence import say

# How far outside the trained range a reader is warned, and how far confidences still hold.
_NOTED_FACTOR = 2.0
_TRUSTED_FACTOR = 4.0


def familiarity(gsd: Optional[float], tile: Tile, trained: Tuple[float, float]) -> float:
    """What a confidence for a tile is multiplied by, because calibration ends where training did.

    1 up to a factor of 4 outside the trained range, where pictures still look alike; `4 / factor`
    beyond: a half at a factor of 8, a thousandth for a world map shown to a model of villages. The
    form is a choice, not a measurement: it makes nothing surer, and keeps order within a tile.

    Args:
        gsd: metres per raster pixel; None where unknown, which costs nothing.
        tile: what was looked at.
        trained: finest and coarsest metres per model pixel in training.
    """
    if gsd is None:
        return 1.0
    return familiarity_of(gsd * tile.scale, trained)


def familiarity_of(metres: float, trained: Tuple[float, float]) -> float:
    """`familiarity` of a tile that was seen with that many metres per model pixel."""
    factor = max(metres / trained[1], trained[0] / metres)
    return min(1.0, _TRUSTED_FACTOR / factor)


def gsd_notes(
    gsd: Optional[float], tiles: Sequence[Tile], trained: Tuple[float, float]
) -> Tuple[str, ...]:
    """A warning where tiles were seen much finer or coarser than any picture the model learnt from.

    Args:
        gsd: metres per raster pixel, or None.
        tiles: what was looked at.
        trained: finest and coarsest metres per model pixel in training.
    """
    if gsd is None or not tiles:
        return ()
    seen = [gsd * tile.scale for tile in tiles]
    finest, coarsest = min(seen), max(seen)
    if finest >= trained[0] / _NOTED_FACTOR and coarsest <= trained[1] * _NOTED_FACTOR:
        return ()
    span = _short(finest)
    if _short(coarsest) != span:
        span = say("{finest} to {coarsest}", finest=span, coarsest=_short(coarsest))
    values = {"span": span, "finest": _short(trained[0]), "coarsest": _short(trained[1])}
    notes = [
        say(
            "The image was looked at with {span} m per model pixel; the model learnt from {finest} "
            "to {coarsest} m, so its words are less reliable here and their confidence is lowered.",
            **values,
        )
        if any(familiarity(gsd, tile, trained) < 1 for tile in tiles)
        else say(
            "The image was looked at with {span} m per model pixel; the model learnt from {finest} "
            "to {coarsest} m, so its words are less reliable here.",
            **values,
        )
    ]
    if coarsest > trained[1] * _NOTED_FACTOR and gsd <= trained[1]:
        notes.append(say("A smaller region or a larger budget is looked at more closely."))
    return tuple(notes)


def _short(metres: float) -> str:
    """Three significant digits without an exponent."""
    rounded = float(f"{metres:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:g}"
