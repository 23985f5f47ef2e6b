"""How many tiles rasters will take, before any is read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Dict, Mapping, Sequence, Tuple

from ..errors import RsVlmError
from ..feedback import Feedback
from ..raster.sampling import BUILD_OVERVIEWS_NOTE
from ..sentence import say
from .reading import Choice, RasterInput, auto_budget


@dataclass(frozen=True)
class ExpectedTiles:
    """Most tiles of each raster, by uri, none of one that cannot be opened; `unreadable` counts
    these, `slow` are names of rasters that lack overviews."""

    tiles: Mapping[str, int]
    unreadable: int
    slow: Tuple[str, ...]


def expected_tiles(
    rasters: Sequence[Tuple[RasterInput, Choice]], feedback: Feedback
) -> ExpectedTiles:
    """Open each raster, read none.

    Args:
        rasters: each with how its tiles are to be chosen; one of the same uri counts once.
        feedback: hears how many are opened, and may end it early: the figures are then those of
            the rasters opened.
    """
    distinct = {raster.uri: (raster, choice) for raster, choice in rasters}
    tiles: Dict[str, int] = {}
    slow = []
    unreadable = 0
    for number, (uri, (raster, choice)) in enumerate(distinct.items()):
        if feedback.is_cancelled():
            break
        feedback.report(
            0.0, say("{done} of {total} rasters opened", done=number, total=len(distinct))
        )
        try:
            with raster.opened() as source:
                info = source.info
                gsd_m = source.ground_sample_distance(info.window)
        except RsVlmError:
            unreadable += 1
            tiles[uri] = 0
            continue
        most = auto_budget(info, gsd_m, replace(choice, budget=None))
        # A plan never needs much more than every tile of every scale.
        everything = max(1, int(most * 4 * 4 / 3))
        tiles[uri] = min(choice.budget, everything) if choice.budget else most
        if BUILD_OVERVIEWS_NOTE in info.notes:
            slow.append(info.name)
    return ExpectedTiles(tiles, unreadable, tuple(slow))
