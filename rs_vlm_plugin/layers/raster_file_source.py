"""A raster file opened through QGIS, for whoever has a path and no layer."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsRasterLayer

from ..engine.errors import RasterNotReadable
from .raster_layer_source import QgsRasterLayerSource


def open_raster_file(path: str) -> QgsRasterLayerSource:
    """Open a raster by its path. Safe in any thread: the layer it takes lives in that thread alone.

    Raises:
        RasterNotReadable: no such file, or not a raster QGIS reads.
        RasterNotSupported: a raster without readable bands.
    """
    layer = QgsRasterLayer(path, Path(path).name or path)
    if not layer.isValid():
        raise RasterNotReadable(
            f"{Path(path).name} cannot be opened as a raster.",
            "The file may be missing, damaged or of a format GDAL does not know.",
        )
    return QgsRasterLayerSource.from_layer(layer)
