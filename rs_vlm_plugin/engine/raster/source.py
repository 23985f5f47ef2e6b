"""The contract every raster adapter keeps: what a raster is and how a piece of it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Protocol, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from ..geometry import GeoTransform, Window


@dataclass(frozen=True)
class BandInfo:
    """One band: `number` from 1; `colour` is GDAL's interpretation in lower case.

    `colour` is one of red, green, blue, alpha, gray, palette, undefined. `palette` holds 256 or
    fewer (red, green, blue, alpha) entries, 0..255, for a paletted band, else None. `nodata` may be
    NaN.
    """

    number: int
    name: str
    dtype: str
    colour: str
    nodata: Optional[float] = None
    palette: Optional[Tuple[Tuple[int, int, int, int], ...]] = None


@dataclass(frozen=True)
class RasterInfo:
    """What is known of a raster without reading its pixels.

    `crs_wkt` is empty where the raster has no CRS. `render_bands` are the three (or one) bands the
    user's renderer shows, in red, green, blue order, where there is such a choice. `has_mask` says
    that nodata, alpha or a mask band is declared. `notes` are sentences a reader of results must
    know ("georeferenced by ground control points, positions are approximate").
    """

    name: str
    uri: str
    width: int
    height: int
    transform: GeoTransform
    crs_wkt: str
    bands: Tuple[BandInfo, ...]
    has_mask: bool
    overviews: Tuple[int, ...] = ()
    render_bands: Optional[Tuple[int, ...]] = None
    notes: Tuple[str, ...] = ()

    @property
    def window(self) -> Window:
        """All of the raster."""
        return Window(0, 0, self.width, self.height)


class RasterSource(Protocol):
    """A raster that can be read piecewise; implemented for rasterio and for QGIS layers."""

    @property
    def info(self) -> RasterInfo:
        """Everything known without reading pixels."""

    def read(
        self, window: Window, out_shape: Tuple[int, int], bands: Sequence[int]
    ) -> Tuple[NDArray[np.generic], NDArray[np.bool_]]:
        """Read a window at the size asked for, from the overview level that suffices.

        Args:
            window: pixels to read; lies inside the raster.
            out_shape: (height, width) of the result in pixels.
            bands: band numbers from 1, in the order wanted.

        Returns:
            Values `[len(bands), height, width]` in the raster's own type (amplitude as float32 for
            complex types; class indices, resampled nearest, for paletted bands) and the valid mask
            `[height, width]`, False where nodata, NaN, alpha 0 or a mask says there is no image.

        Raises:
            RasterNotReadable: the file is gone, broken or refuses.

        Note:
            Costs memory of the order of `out_shape`, never of the window. Safe to call from one
            background thread at a time.
        """

    def ground_sample_distance(self, window: Window) -> Optional[float]:
        """Metres on the ground per pixel at the window's centre; None without a CRS."""

    def to_lonlat(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map coordinates `[N, 2]` as longitude and latitude in degrees on WGS 84 `[N, 2]`.

        NaN or infinite where a point has no such place; NaN throughout without a CRS.
        """

    def close(self) -> None:
        """Let go of files and providers."""
