"""A `RasterSource` over an array in memory: for tests that ask about plans, not about files."""

from __future__ import annotations

from typing import List, Optional, Sequence, Tuple

import numpy as np

from rs_vlm_plugin.engine.geometry import GeoTransform, Window
from rs_vlm_plugin.engine.raster.source import BandInfo, RasterInfo


class ArraySource:
    """Reads by nearest sampling; remembers what was read in `reads`."""

    def __init__(
        self,
        pixels: np.ndarray,
        mask: Optional[np.ndarray] = None,
        gsd: Optional[float] = None,
        transform: Optional[GeoTransform] = None,
        bands: Optional[Tuple[BandInfo, ...]] = None,
        **more,
    ) -> None:
        self._pixels = pixels
        self._mask = np.ones(pixels.shape[1:], dtype=bool) if mask is None else mask
        self._gsd = gsd
        self.reads: List[Tuple[Window, Tuple[int, int]]] = []
        self.info = RasterInfo(
            name=more.pop("name", "array"),
            uri="",
            width=pixels.shape[2],
            height=pixels.shape[1],
            transform=transform or GeoTransform(1, 0, 0, 0, -1, 0),
            crs_wkt="",
            bands=bands
            or tuple(
                BandInfo(n + 1, f"Band {n + 1}", str(pixels.dtype), "undefined")
                for n in range(len(pixels))
            ),
            has_mask=mask is not None,
            **more,
        )

    def read(self, window: Window, out_shape: Tuple[int, int], bands: Sequence[int]):
        self.reads.append((window, out_shape))
        rows = window.row_off + (np.arange(out_shape[0]) * 2 + 1) * window.height // (
            2 * out_shape[0]
        )
        cols = window.col_off + (np.arange(out_shape[1]) * 2 + 1) * window.width // (
            2 * out_shape[1]
        )
        values = self._pixels[[band - 1 for band in bands]][:, rows[:, None], cols]
        mask = self._mask[rows[:, None], cols]
        if values.dtype.kind == "f":
            mask = mask & np.isfinite(values).all(axis=0)
        return values, mask

    def ground_sample_distance(self, window: Window) -> Optional[float]:
        return self._gsd

    def to_lonlat(self, points: np.ndarray) -> np.ndarray:
        return np.full(points.shape, np.nan)

    def close(self) -> None:
        pass
