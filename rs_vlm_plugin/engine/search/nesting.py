"""One place, one hit: of tiles that lie in each other the one that says it best."""

from __future__ import annotations

from typing import Dict, List, Sequence, Tuple

import numpy as np

from ..index.records import Match

# A fine tile that sticks out of the coarse one by a pixel of rounding still lies in it.
_INSIDE = 0.9


def distinct(matches: Sequence[Tuple[int, Match]], close: float) -> List[int]:
    """Which matches to keep, in the order given.

    A coarse tile gives way to a finer one inside it that is at least nearly as similar, because
    that says the same more exactly; a finer tile that is clearly worse than the coarse one around
    it is dropped.

    Args:
        matches: (number of the index, match), best first.
        close: difference of similarity that counts as nearly as similar.

    Returns:
        Positions in `matches`.

    Note:
        O(n^2) for the n matches of one raster.
    """
    by_raster: Dict[Tuple[int, int], List[int]] = {}
    for position, (index, match) in enumerate(matches):
        by_raster.setdefault((index, match.raster.id), []).append(position)
    kept: List[int] = []
    for positions in by_raster.values():
        kept += _distinct([matches[position][1] for position in positions], positions, close)
    return sorted(kept)


def _distinct(matches: Sequence[Match], positions: Sequence[int], close: float) -> List[int]:
    windows = [match.row.tile.window for match in matches]
    left, top = np.array([(w.col_off, w.row_off) for w in windows], dtype=float).T
    right, bottom = np.array([(w.col_end, w.row_end) for w in windows], dtype=float).T
    area = (right - left) * (bottom - top)
    similarity = np.array([match.similarity for match in matches])
    alive = np.ones(len(matches), dtype=bool)
    for this in range(len(matches)):
        if not alive[this]:
            continue
        across = np.minimum(right, right[this]) - np.maximum(left, left[this])
        down = np.minimum(bottom, bottom[this]) - np.maximum(top, top[this])
        common = np.clip(across, 0, None) * np.clip(down, 0, None)
        later = alive & (np.arange(len(matches)) > this)
        finer = later & (common >= _INSIDE * area) & (area < area[this])
        around = later & (common >= _INSIDE * area[this]) & (area >= area[this])
        alive &= ~around
        nearly = finer & (similarity >= similarity[this] - close)
        if nearly.any():
            alive[this] = False
        else:
            alive &= ~finer
    return [position for position, stays in zip(positions, alive) if stays]
