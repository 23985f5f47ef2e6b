"""A raster source that remembers its views of the whole raster.

Each description begins with a coarse look at all of the raster to find its stretch. For a thousand
features of one raster that is a thousand equal looks, and slow ones where there are no overviews.
"""

from __future__ import annotations

from typing import Dict, Optional, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..engine.geometry import Window
from ..engine.raster.source import RasterInfo, RasterSource

_View = Tuple[NDArray[np.generic], NDArray[np.bool_]]
# A coarse look has at most 2048 x 2048 pixels; larger views are somebody's tile.
_MOST_PIXELS = 1 << 22


class WholeViewMemory:
    """A `RasterSource` over another one; coarse reads of all of it happen once."""

    def __init__(self, source: RasterSource) -> None:
        """Remember for `source`, which is closed with this."""
        self._source = source
        self._views: Dict[Tuple[Tuple[int, int], Tuple[int, ...]], _View] = {}

    @property
    def info(self) -> RasterInfo:
        """See `RasterSource.info`."""
        return self._source.info

    def read(self, window: Window, out_shape: Tuple[int, int], bands: Sequence[int]) -> _View:
        """See `RasterSource.read`."""
        if window != self.info.window or out_shape[0] * out_shape[1] > _MOST_PIXELS:
            return self._source.read(window, out_shape, bands)
        key = (out_shape, tuple(bands))
        if key not in self._views:
            self._views[key] = self._source.read(window, out_shape, bands)
        values, valid = self._views[key]
        return values.copy(), valid.copy()

    def ground_sample_distance(self, window: Window) -> Optional[float]:
        """See `RasterSource.ground_sample_distance`."""
        return self._source.ground_sample_distance(window)

    def close(self) -> None:
        """Forget the views and close the source."""
        self._views.clear()
        self._source.close()
