"""Where a raster that QGIS turned north-up holds pixels of the original.

QGIS shows a rotated raster, or one placed by ground control points, through a warped copy whose
empty corners are plain zeros, declared nowhere as nodata. The same warp with an alpha band tells
them apart.
"""

from __future__ import annotations

from typing import Optional, Tuple

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal

from ..engine.errors import RasterNotReadable
from ..engine.geometry import GeoTransform, Window


class WarpFootprint:
    """Valid mask of a warped raster, read piecewise from a virtual warp's alpha band."""

    def __init__(
        self, dataset: gdal.Dataset, transform: GeoTransform, width: int, height: int
    ) -> None:
        """Lay the original out on the grid that QGIS shows.

        Args:
            dataset: the original, as stored; kept open by this object.
            transform: grid that QGIS shows, north-up.
            width: columns of that grid.
            height: rows of that grid.
        """
        left, top = transform.to_map(0, 0)
        right, bottom = transform.to_map(width, height)
        self._original: Optional[gdal.Dataset] = dataset
        self._warped: Optional[gdal.Dataset] = gdal.Warp(
            "",
            dataset,
            format="VRT",
            outputBounds=(left, bottom, right, top),
            width=width,
            height=height,
            dstAlpha=True,
            resampleAlg=gdal.GRA_NearestNeighbour,
        )

    def read(self, window: Window, out_shape: Tuple[int, int]) -> NDArray[np.bool_]:
        """True where the original has pixels, [height, width]; all True after `close`."""
        if self._warped is None:
            return np.ones(out_shape, dtype=bool)
        alpha = self._warped.GetRasterBand(self._warped.RasterCount)
        values = alpha.ReadAsArray(
            window.col_off,
            window.row_off,
            window.width,
            window.height,
            buf_xsize=out_shape[1],
            buf_ysize=out_shape[0],
        )
        if values is None:
            raise RasterNotReadable("The raster's footprint cannot be read.", "Is it damaged?")
        return np.asarray(values) > 0

    def close(self) -> None:
        """Let go of both datasets, the warp before what it reads."""
        self._warped = None
        self._original = None


def placed_by_control_points(dataset: gdal.Dataset) -> bool:
    """Whether only ground control points say where the raster lies."""
    return dataset.GetGCPCount() > 0 and dataset.GetGeoTransform(can_return_null=True) is None


def is_rotated(dataset: gdal.Dataset) -> bool:
    """Whether the stored raster's axes are not parallel to the map's."""
    coefficients = dataset.GetGeoTransform(can_return_null=True)
    return coefficients is not None and (coefficients[2] != 0 or coefficients[4] != 0)
