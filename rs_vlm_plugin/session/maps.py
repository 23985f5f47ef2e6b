"""Maps of results: the image, and on it what was described, found or answered."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QBuffer, QIODevice, QObject, QSize, QTimer
from qgis.PyQt.QtGui import QColor, QImage

from ..engine.ask import Reply
from ..engine.compare import Comparison
from ..engine.find import FindResult
from ..engine.results import Description
from ..engine.search import SearchResult
from ..layers.change_table import CHANGES, change_rows
from ..layers.found_table import EVIDENCE, FOUND, found_rows
from ..layers.geojson import geometry_from_geojson
from ..layers.memory_layer import memory_layer
from ..layers.raster_layer_source import raster_uri, without_secrets
from ..layers.result_layers import colour_by
from ..layers.result_tables import OBJECTS, REGIONS, rows
from ..layers.search_layers import outline_layer
from ..layers.web_area import WebArea
from ..layers.web_area_name import is_web_area

if TYPE_CHECKING:
    from .log import Entry, Result

WIDTH, HEIGHT = 1280, 800
"""Most pixels of a map."""
DPI = 130
"""So that labels, which are sized in points, can be read on a map shown at half its pixels."""
MOST_WAIT_MS = 20_000
"""A server that does not answer leaves its part of a map white."""
_ROOM_AROUND = 1.08


@dataclass(frozen=True)
class MapView:
    """What a map shows: layers, the first on top, over an extent in a CRS."""

    layers: Tuple[QgsMapLayer, ...]
    extent: QgsRectangle
    crs: QgsCoordinateReferenceSystem


def map_view(result: Result, project: QgsProject) -> Optional[MapView]:
    """The map of a result; None where there is nothing to show. Main thread only.

    The image is that of the project; one that is no longer in it is opened from its file; where
    that is gone too, what was found is drawn on white.
    """
    if isinstance(result, SearchResult):
        return _view_of_search(result, project)
    if not isinstance(result, (Description, Reply, FindResult, Comparison)):
        return None
    provenance = result.provenance
    raster = provenance.raster
    crs = QgsCoordinateReferenceSystem.fromWkt(provenance.crs_wkt)
    if isinstance(result, Description):
        overlays = [memory_layer(table, rows(result, table), crs) for table in (OBJECTS, REGIONS)]
        colour_by(overlays[0], "name", sorted({item.name for item in result.objects}))
    elif isinstance(result, FindResult):
        overlays = [memory_layer(FOUND, found_rows(result), crs)]
        colour_by(overlays[0], "phrase", result.phrases)
    elif isinstance(result, Comparison):
        # On the image after, where what was gained can be seen.
        raster = result.after_provenance.raster
        overlays = [memory_layer(CHANGES, change_rows(result), crs)]
    else:
        overlays = [memory_layer(EVIDENCE, found_rows(result), crs)]
    extent = geometry_from_geojson(provenance.region).boundingBox()
    return MapView((*overlays, *_image(raster, project)), extent, crs)


def map_settings(view: MapView, project: QgsProject) -> QgsMapSettings:
    """How to draw a map, as large as `WIDTH` and `HEIGHT` let its shape be."""
    extent = QgsRectangle(view.extent)
    extent.scale(_ROOM_AROUND)
    scale = min(WIDTH / max(extent.width(), 1e-12), HEIGHT / max(extent.height(), 1e-12))
    size = [max(64, round(scale * side)) for side in (extent.width(), extent.height())]
    settings = QgsMapSettings()
    settings.setLayers(list(view.layers))
    settings.setDestinationCrs(view.crs)
    settings.setTransformContext(project.transformContext())
    settings.setBackgroundColor(QColor(255, 255, 255))
    settings.setOutputSize(QSize(*size))
    settings.setOutputDpi(DPI)
    settings.setExtent(extent)
    return settings


class MapMaker(QObject):
    """Draws the maps of entries, one after the other, without holding up the main thread.

    Args:
        entries: what of.
        project: holds the images.
        on_map: called on the main thread with the number of maps done so far.
        on_end: called once with, for each entry, the bytes of a PNG or None.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        project: QgsProject,
        on_map: Callable[[int], None],
        on_end: Callable[[List[Optional[bytes]]], None],
        parent: Optional[QObject] = None,
    ) -> None:
        super().__init__(parent)
        self._waiting = list(entries)
        self._project = project
        self._on_map = on_map
        self._on_end = on_end
        self._maps: List[Optional[bytes]] = []
        self._job: Optional[QgsMapRendererParallelJob] = None
        self._view: Optional[MapView] = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(MOST_WAIT_MS)
        self._patience.timeout.connect(self._lose_patience)

    def start(self) -> None:
        """Begin; `on_end` is never called before this returns."""
        QTimer.singleShot(0, self._next)

    def stop(self) -> None:
        """Give up; `on_end` will not be called."""
        self._waiting.clear()
        self._patience.stop()
        job, self._job = self._job, None
        if job is not None:
            job.finished.disconnect(self._drawn)
            job.cancel()
        self._view = None
        self._on_end = _nothing

    def _next(self) -> None:
        if not self._waiting:
            end, self._on_end = self._on_end, _nothing
            end(self._maps)
            return
        # The layers must live as long as the job.
        self._view = map_view(self._waiting.pop(0).result, self._project)
        if self._view is None:
            self._keep(None)
            return
        self._job = QgsMapRendererParallelJob(map_settings(self._view, self._project))
        self._job.finished.connect(self._drawn)
        self._patience.start()
        self._job.start()

    def _lose_patience(self) -> None:
        # What has been drawn by then is kept: `finished` follows.
        if self._job is not None:
            self._job.cancelWithoutBlocking()

    def _drawn(self) -> None:
        self._patience.stop()
        job, self._job = self._job, None
        if job is not None:
            self._keep(_png(job.renderedImage()))

    def _keep(self, map_png: Optional[bytes]) -> None:
        self._maps.append(map_png)
        self._view = None
        self._on_map(len(self._maps))
        QTimer.singleShot(0, self._next)


def _view_of_search(result: SearchResult, project: QgsProject) -> Optional[MapView]:
    """The image of the best place, with all places in it; others may lie anywhere on Earth."""
    if not result.hits:
        return None
    best = result.hits[0]
    overlay = outline_layer(result, project)
    overlay.setLabelsEnabled(True)
    extent = QgsRectangle()
    for hit in result.hits:
        if hit.raster == best.raster:
            extent.combineExtentWith(geometry_from_geojson(hit.geometry).boundingBox())
    crs = QgsCoordinateReferenceSystem.fromWkt(best.crs_wkt)
    image = _image(best.raster, project)
    for layer in image:
        extent = layer.extent()
    return MapView((overlay, *image), extent, crs)


def _image(raster: str, project: QgsProject) -> Tuple[QgsRasterLayer, ...]:
    drawn_by_server = WebArea.parse(raster).source if is_web_area(raster) else None
    for layer in project.mapLayers().values():
        if not isinstance(layer, QgsRasterLayer):
            continue
        source = layer.source()
        if raster in (raster_uri(layer), source) or drawn_by_server == without_secrets(source):
            return (layer,)
    if os.path.isfile(raster):
        opened = QgsRasterLayer(raster, os.path.basename(raster))
        if opened.isValid():
            return (opened,)
    return ()


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(buffer.data())


def _nothing(_maps: List[Optional[bytes]]) -> None:
    """Where nobody waits any more."""
