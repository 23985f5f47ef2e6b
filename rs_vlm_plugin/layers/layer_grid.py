"""The pixel grid of a raster layer: its own, or a virtual one for layers drawn by a server."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional

from qgis.core import QgsRasterDataProvider, QgsRasterInterface, QgsRasterLayer, QgsRectangle

from ..engine.errors import BadRequest, EmptyRegion, RasterNotSupported
from ..engine.geometry import GeoTransform, Window
from .block_values import enum_number

_DEFAULT_VIRTUAL_SIDE = 4096
# QGIS counts pixels in 32-bit integers.
_MOST_PIXELS_A_SIDE = 2**31 - 1


@dataclass(frozen=True)
class LayerGrid:
    """Size in pixels and pixel-to-map transform, north-up, as QGIS shows the layer."""

    width: int
    height: int
    transform: GeoTransform

    def extent(self, window: Window) -> QgsRectangle:
        """Map rectangle of a pixel window."""
        left, top = self.transform.to_map(window.col_off, window.row_off)
        right, bottom = self.transform.to_map(window.col_end, window.row_end)
        return QgsRectangle(left, bottom, right, top)


def has_own_pixels(provider: QgsRasterDataProvider) -> bool:
    """Whether the data have a native size; servers of drawn maps (XYZ, WMS, WMTS) have none."""
    capabilities = enum_number(provider.capabilities())
    return bool(capabilities & enum_number(QgsRasterInterface.Capability.Size))


def grid_of(
    layer: QgsRasterLayer,
    provider: QgsRasterDataProvider,
    resolution: Optional[float],
    extent: Optional[QgsRectangle] = None,
) -> LayerGrid:
    """The grid to read a layer on.

    Args:
        layer: a valid raster layer.
        provider: its data provider or a clone.
        resolution: map units per pixel for a layer without pixels of its own; None for one that
            puts 4096 pixels along the longer side. Ignored for other layers.
        extent: part of a layer without pixels of its own; None for all of it.

    Raises:
        RasterNotSupported: the layer has no extent or no pixels.
        BadRequest: `resolution` is not a positive number.
        EmptyRegion: `extent` lies outside the layer.
    """
    if has_own_pixels(provider):
        return _native_grid(layer, provider)
    whole = layer.extent()
    if extent is not None and not whole.isEmpty() and not whole.intersects(extent):
        raise EmptyRegion(
            "The region lies outside {name}.",
            "Choose an area where the raster shows something.",
            name=layer.name(),
        )
    extent = whole if extent is None else whole.intersect(extent)
    if extent.isEmpty() or not extent.isFinite():
        raise RasterNotSupported(
            "{layer} does not say which area it covers.",
            layer=layer.name(),
        )
    longer = max(extent.width(), extent.height())
    if resolution is None:
        resolution = longer / _DEFAULT_VIRTUAL_SIDE
    if not (math.isfinite(resolution) and resolution > 0):
        raise BadRequest(
            "A resolution of {resolution} map units per pixel cannot be meant.",
            resolution=resolution,
        )
    resolution = max(resolution, longer / _MOST_PIXELS_A_SIDE)
    return LayerGrid(
        _pixels_along(extent.width(), resolution),
        _pixels_along(extent.height(), resolution),
        GeoTransform(resolution, 0.0, extent.xMinimum(), 0.0, -resolution, extent.yMaximum()),
    )


def _pixels_along(side: float, resolution: float) -> int:
    # A rounding error must not add a row of nothing.
    return max(1, math.ceil(side / resolution - 1e-6))


def _native_grid(layer: QgsRasterLayer, provider: QgsRasterDataProvider) -> LayerGrid:
    width, height = provider.xSize(), provider.ySize()
    extent = provider.extent()
    if width < 1 or height < 1 or extent.width() == 0 or extent.height() == 0:
        raise RasterNotSupported(
            "{layer} has no pixels.",
            layer=layer.name(),
        )
    transform = GeoTransform(
        extent.width() / width,
        0.0,
        extent.xMinimum(),
        0.0,
        -extent.height() / height,
        extent.yMaximum(),
    )
    return LayerGrid(width, height, transform)
