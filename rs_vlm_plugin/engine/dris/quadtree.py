"""How a window of pixels is cut into cells and cells into smaller ones, exactly."""

from __future__ import annotations

from typing import List, Optional, Tuple

from ..geometry import Window

# A cell at least this much longer than wide is halved rather than quartered.
_ELONGATED = 1.5
# A cell this little larger than what the model takes in shows it next to nothing more when cut.
_WORTH_CUTTING = 1.25


def root_windows(window: Window, count: int) -> Tuple[Window, ...]:
    """Cut a window along its longer side into `count` cells that partition it, in reading order."""
    if window.width >= window.height:
        edges = _edges(window.col_off, window.width, count)
        return tuple(
            Window(start, window.row_off, end - start, window.height)
            for start, end in zip(edges, edges[1:])
        )
    edges = _edges(window.row_off, window.height, count)
    return tuple(
        Window(window.col_off, start, window.width, end - start)
        for start, end in zip(edges, edges[1:])
    )


def square_count(window: Window, input_size: int) -> int:
    """How many cells along the longer side make them nearly square.

    A strip thinner than the model's input is cut into pieces as long as that input instead: more
    would only show the same pixels again.
    """
    longer, shorter = max(window.width, window.height), min(window.width, window.height)
    return max(1, min(round(longer / shorter), -(-longer // input_size)))


def least_cut_side(input_size: int, finest_gsd_m: Optional[float], gsd_m: Optional[float]) -> int:
    """The longest side, in raster pixels, of a cell that is not worth cutting.

    Args:
        input_size: pixels along the side of the model's square input.
        finest_gsd_m: finest metres per model pixel that the model knows; None for no such limit.
        gsd_m: metres per raster pixel; None where unknown.
    """
    side = float(input_size)
    if gsd_m and finest_gsd_m:
        side = max(side, input_size * finest_gsd_m / gsd_m)
    return int(side * _WORTH_CUTTING)


def tiles_of_all_scales(window: Window, input_size: int, least: int) -> int:
    """How many cells there are on all levels together where all are cut to the end.

    Args:
        window: what is cut.
        input_size: pixels along the side of the model's square input.
        least: sides up to this are not cut, see `least_cut_side`.
    """
    roots = root_windows(window, square_count(window, input_size))
    total = count = len(roots)
    # Cells of one level are equal but for a pixel; the largest is cut as often as any.
    cell = max(roots, key=lambda root: root.area)
    while True:
        parts = split(cell, least)
        if not parts:
            return total
        count *= len(parts)
        total += count
        cell = max(parts, key=lambda part: part.area)


def split(window: Window, input_size: int) -> Tuple[Window, ...]:
    """Children of a cell: four, two for an elongated one, none when the model sees every pixel.

    A side that fits the model's input is never cut.

    Args:
        window: the cell.
        input_size: pixels along the side of the model's square input.

    Returns:
        Windows that partition the cell, in reading order; empty when the cell is at most
        `input_size` in both directions.
    """
    if window.width <= input_size and window.height <= input_size:
        return ()
    across = window.width > input_size and window.height < _ELONGATED * window.width
    down = window.height > input_size and window.width < _ELONGATED * window.height
    cols = _edges(window.col_off, window.width, 2 if across else 1)
    rows = _edges(window.row_off, window.height, 2 if down else 1)
    return tuple(
        Window(left, top, right - left, bottom - top)
        for top, bottom in zip(rows, rows[1:])
        for left, right in zip(cols, cols[1:])
    )


def grown(window: Window, raster: Window, least: int) -> Window:
    """The window widened about its centre to at least `least` pixels a side, inside the raster."""
    col, width = _grown_side(window.col_off, window.width, raster.width, least)
    row, height = _grown_side(window.row_off, window.height, raster.height, least)
    return Window(col, row, width, height)


def _edges(start: int, length: int, parts: int) -> List[int]:
    return [start + length * part // parts for part in range(parts + 1)]


def _grown_side(start: int, length: int, limit: int, least: int) -> Tuple[int, int]:
    wanted = max(length, min(least, limit))
    start = start - (wanted - length) // 2
    return max(0, min(start, limit - wanted)), wanted
