"""Where in a cell a closer look may be put: windows of a few sizes at close steps.

Unlike the quarters of a quadtree they need not cover the cell, so one of them can hold what lies
across a quadtree's seams, whole and in its middle.
"""

from __future__ import annotations

from typing import List, Tuple

from ..geometry import Window

# Shares of the cell's sides, and steps over it. On VHR-10's validation images halves alone lost
# seven points of F1 with a quarter of the tiles; finer steps than twelfths brought nothing.
_PARTS = (2, 3, 4)
_STEPS = 12
# Of the smallest cell worth cutting: a fovea that is read with a margin is magnified a little then.
# From 0.4 to 0.65 all did as well, 0.9 and more a few points worse: too few foveas find room.
_LEAST = 0.5


def foveas(window: Window, smallest_side: int) -> Tuple[Window, ...]:
    """Windows in a cell with a half, a third or a quarter of its sides, but none of these shorter
    than half of `smallest_side`; none where the cell is no larger than that in both directions.

    Args:
        window: the cell.
        smallest_side: side in pixels from which on a cell is not worth cutting.

    Returns:
        Largest first, each size in reading order; they overlap. At most 3 x 13 x 13.
    """
    if max(window.width, window.height) <= smallest_side:
        return ()
    least = max(1, round(_LEAST * smallest_side))
    sizes: List[Tuple[int, int]] = []
    for parts in _PARTS:
        width, height = (
            min(side, max(-(-side // parts), least)) for side in (window.width, window.height)
        )
        if (width, height) not in [(window.width, window.height), *sizes]:
            sizes.append((width, height))
    return tuple(
        Window(col, row, width, height)
        for width, height in sizes
        for row in _offsets(window.row_off, window.height, height)
        for col in _offsets(window.col_off, window.width, width)
    )


def _offsets(start: int, length: int, part: int) -> List[int]:
    return sorted({start + (length - part) * step // _STEPS for step in range(_STEPS + 1)})
