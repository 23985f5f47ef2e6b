"""A decoded image as the raster the engine reads: no file, no place on Earth, rows running down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from rs_vlm_plugin.engine.geometry import GeoTransform, Window
from rs_vlm_plugin.engine.raster.normalise import Stretch
from rs_vlm_plugin.engine.raster.source import BandInfo, RasterInfo

from .interfaces import Pixels

BANDS = ("red", "green", "blue")
AS_IS = Stretch((1, 2, 3), ((0.0, 255.0),) * 3)
"""Colours as the data set stores them: what the model was trained on."""


class PictureSource:
    """A `RasterSource` over RGB pixels [H, W, 3]; shrinks as training does (see `resize_rgb`)."""

    def __init__(self, pixels: Pixels) -> None:
        self._pixels = pixels
        bands = tuple(
            BandInfo(number, name, "uint8", name) for number, name in enumerate(BANDS, start=1)
        )
        self._info = RasterInfo(
            name="picture",
            uri="",
            width=pixels.shape[1],
            height=pixels.shape[0],
            transform=GeoTransform.identity(),
            crs_wkt="",
            bands=bands,
            has_mask=False,
        )

    @property
    def info(self) -> RasterInfo:
        """See `RasterSource.info`."""
        return self._info

    def read(
        self, window: Window, out_shape: tuple[int, int], bands: Sequence[int]
    ) -> tuple[NDArray[np.generic], NDArray[np.bool_]]:
        """See `RasterSource.read`."""
        part = self._pixels[window.row_off : window.row_end, window.col_off : window.col_end]
        image = Image.fromarray(np.ascontiguousarray(part))
        if part.shape[:2] != tuple(out_shape):
            image = image.resize((out_shape[1], out_shape[0]), Image.Resampling.BILINEAR)
        values = np.asarray(image).transpose(2, 0, 1)[[band - 1 for band in bands]]
        return values, np.ones(out_shape, dtype=bool)

    def ground_sample_distance(self, window: Window) -> float | None:
        """Unknown."""
        return None

    def to_lonlat(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Nowhere."""
        return np.full(points.shape, np.nan)

    def close(self) -> None:
        """There is nothing to let go of."""
