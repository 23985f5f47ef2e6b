"""Words for where sub-regions lie within the region, no two alike where that can be helped."""

from __future__ import annotations

from collections import Counter
from typing import List, Sequence, Tuple

import numpy as np

from ..compass import Bounds, map_bounds, ninth, place_name
from ..geometry import Window
from ..raster.source import RasterInfo
from .seen import SeenTile

# A sub-region this large has no place of its own within the region.
_WIDE_PLACES = ((0.9, "throughout"), (0.6, "most of the region"))
# A ninth's own part can only be said of what is smaller than a ninth.
_NARROW_SHARE = 1 / 9


def place_names(
    groups: Sequence[Sequence[SeenTile]],
    shares: Sequence[float],
    window: Window,
    info: RasterInfo,
) -> List[str]:
    """Name the ninth of the region in which each sub-region's middle lies.

    Of several in one ninth those smaller than it also get the ninth of that ninth: "east,
    north-west part".

    Args:
        groups: tiles of each sub-region.
        shares: share of the region of each.
        window: the pixels of the region that show something.
        info: the raster.
    """
    frame = map_bounds(window, info.transform)
    y_down = not info.crs_wkt and info.transform.e > 0
    middles = [_middle(group, info) for group in groups]
    names = [_name(*middle, frame, y_down, share) for middle, share in zip(middles, shares)]
    alike = Counter(names)
    return [
        f"{name}, {_part(middle, frame, y_down)} part"
        if alike[name] > 1 and share < _NARROW_SHARE
        else name
        for name, middle, share in zip(names, middles, shares)
    ]


def _name(x: float, y: float, frame: Bounds, y_down: bool, share: float) -> str:
    for least, name in _WIDE_PLACES:
        if share >= least:
            return name
    return place_name(x, y, frame, y_down)


def _part(middle: Tuple[float, float], frame: Bounds, y_down: bool) -> str:
    name = place_name(*middle, ninth(*middle, frame), y_down)
    return "middle" if name == "centre" else name


def _middle(group: Sequence[SeenTile], info: RasterInfo) -> Tuple[float, float]:
    """Map coordinates of the mean of a sub-region's tiles, weighted by area."""
    middles = [
        (window.col_off + window.width / 2, window.row_off + window.height / 2)
        for window in (tile.tile.window for tile in group)
    ]
    column, row = np.average(middles, axis=0, weights=[max(t.area, 1e-9) for t in group])
    return info.transform.to_map(float(column), float(row))
