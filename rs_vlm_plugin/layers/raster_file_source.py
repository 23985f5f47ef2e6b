"""A raster opened through QGIS by its name, for whoever has no layer."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from weakref import WeakSet

from qgis.core import QgsRasterLayer

from ..engine.errors import RasterNotReadable
from .raster_layer_source import QgsRasterLayerSource
from .web_area import WebArea
from .web_area_name import is_web_area


def open_raster_file(path: str) -> QgsRasterLayerSource:
    """Open a raster by its path, or a web layer's area by its name.

    Safe in any thread: the layer it takes lives in that thread alone.

    Raises:
        RasterNotReadable: no such file, or not a raster QGIS reads.
        RasterNotSupported: a raster without readable bands.
    """
    if is_web_area(path):
        return WebArea.parse(path).open()
    layer = QgsRasterLayer(path, Path(path).name or path)
    if not layer.isValid():
        raise RasterNotReadable(
            "{name} cannot be opened as a raster.",
            "The file may be missing, damaged or of a format GDAL does not know.",
            name=Path(path).name,
        )
    return QgsRasterLayerSource.from_layer(layer)


class Opener:
    """`open_raster_file`, and an end to waiting for servers in all that it opened."""

    def __init__(self) -> None:
        self._opened: WeakSet[QgsRasterLayerSource] = WeakSet()
        self._lock = threading.Lock()
        self._interrupted = False

    def __call__(self, path: str) -> QgsRasterLayerSource:
        """Open; any thread. Raises as `open_raster_file`."""
        source = open_raster_file(path)
        with self._lock:
            self._opened.add(source)
            if self._interrupted:
                source.interrupt()
        return source

    def interrupt(self) -> None:
        """See `QgsRasterLayerSource.interrupt`; also of what is opened later."""
        with self._lock:
            self._interrupted = True
            for source in self._opened:
                source.interrupt()


def file_or(public: str, layer: QgsRasterLayer) -> str:
    """What a layer's pixels are indexed under: its file's path, by which they are found again; of
    anything else `public`, as QGIS may show it."""
    path = layer.source().split("|", 1)[0]
    return os.path.abspath(path) if os.path.isfile(path) else public
