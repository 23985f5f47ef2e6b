"""Relevance at places from the indexes of the open project, for many places and a few queries."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional, Tuple

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsProject,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QObject, QThread

from ..engine.errors import IndexNotFound
from ..gui.search.project_index import choice, searched_indexes
from ..settings import load_settings

if TYPE_CHECKING:
    from ..engine.search.at_places import PlaceRelevance

_MOST_QUERIES = 16
_FRESH_S = 5.0
# Degrees, about a centimetre: a point has no area that a tile could share.
_A_LITTLE = 1e-7

_Source = Tuple[Tuple[Path, ...], Path, str]


class ProjectRelevance(QObject):
    """Looks up relevance; made and disposed of on the main thread, asked in any.

    Which indexes the project searches is read on the main thread, when the project changes; other
    threads use what was read last.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._known: OrderedDict[object, PlaceRelevance] = OrderedDict()
        self._source: _Source = ((), Path(), "")
        self._stamped: Optional[_Source] = None
        self._stamps: Tuple[object, ...] = ()
        self._fresh_until = self._look_after = 0.0
        for changed in _changes():
            changed.connect(self._look)
        self._look()

    def dispose(self) -> None:
        """Stop following the project, and forget everything."""
        for changed in _changes():
            changed.disconnect(self._look)
        with self._lock:
            self._known.clear()

    def at(
        self, words: str, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem
    ) -> Optional[float]:
        """Relevance of words at a place; None where no image was indexed.

        Args:
            words: as in the search.
            geometry: points and lines too.
            crs: of the geometry.

        Raises:
            IndexNotFound: the project has no index, or it is no longer there.
            RsVlmError: as `engine.search.at_places.PlaceRelevance`, and for words that are no
                query.
            QgsCsException: the geometry has no place on Earth.

        Note:
            The first use of some words reads the vectors and embeds the words, and the very first
            loads the model; others wait for it. Afterwards a place costs a millisecond or less for
            10,000 tiles.
        """
        if time.monotonic() > self._look_after and _on_main_thread():
            # Nothing tells when only the settings have changed.
            self._look()
        places = self._places(words)
        return places.at(_lonlat(geometry, crs))

    def _look(self, *_what: object) -> None:
        settings = load_settings()
        paths = searched_indexes(QgsProject.instance())
        self._source = (paths, settings.bundle(), settings.device)
        self._look_after = time.monotonic() + _FRESH_S

    def _places(self, words: str) -> PlaceRelevance:
        source = self._source
        if not source[0]:
            raise IndexNotFound(
                "The project has no search index.", "Build one in the Search tab of the panel."
            )
        with self._lock:
            # An index under construction changes all the time: that is not followed tile by tile.
            if time.monotonic() > self._fresh_until or source != self._stamped:
                self._stamps = tuple(_changed(path) for path in source[0])
                self._stamped = source
                self._fresh_until = time.monotonic() + _FRESH_S
            key = (words, source, self._stamps)
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = _read(words, source)
                while len(self._known) > _MOST_QUERIES:
                    self._known.popitem(last=False)
            self._known.move_to_end(key)
            return found


def _on_main_thread() -> bool:
    return QThread.currentThread() is QgsApplication.instance().thread()


def _changes() -> Tuple[Any, ...]:
    project = QgsProject.instance()
    return project.readProject, project.cleared, choice.changed


def _read(words: str, source: _Source) -> PlaceRelevance:
    from contextlib import ExitStack

    from ..engine.index.geopackage import open_index
    from ..engine.search import parse_query
    from ..engine.search.at_places import PlaceRelevance
    from ..model_cache import shared_model

    paths, bundle, device = source
    query = parse_query(words)
    with ExitStack() as opened:
        indexes = [opened.enter_context(open_index(path)) for path in paths]
        return PlaceRelevance(indexes, query, shared_model(bundle, device))


def _changed(path: Path) -> Tuple[int, int]:
    """What another writing changes; a log beside the file is written before the file is."""
    log = path.with_name(path.name + "-wal")
    stamps = [os.stat(each).st_mtime_ns if each.exists() else 0 for each in (path, log)]
    return stamps[0], stamps[1]


def _lonlat(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem):
    from ..engine.geometry import Region
    from ..layers.geojson import geojson_from_geometry

    placed = QgsGeometry(geometry)
    wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
    placed.transform(QgsCoordinateTransform(crs, wgs84, QgsCoordinateTransformContext()))
    bounds = placed.boundingBox()
    is_area = placed.type() == QgsWkbTypes.GeometryType.PolygonGeometry
    if is_area and bounds.width() > _A_LITTLE and bounds.height() > _A_LITTLE:
        return Region.from_geojson(geojson_from_geometry(placed)).polygons
    bounds.grow(_A_LITTLE)
    corners = (bounds.xMinimum(), bounds.yMinimum(), bounds.xMaximum(), bounds.yMaximum())
    return Region.from_bounds(*corners).polygons
