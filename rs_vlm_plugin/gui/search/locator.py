"""Searching from QGIS's locator bar: "rsv planes on a runway"."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeedback,
    QgsLocatorContext,
    QgsLocatorFilter,
    QgsLocatorResult,
    QgsProject,
)
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QCoreApplication

from ...engine.errors import RsVlmError
from ...layers.web_area_name import raster_name
from ...settings import load_settings
from ...spoken import error_text
from ..icons import icon
from .open_indexes import OpenIndexes
from .project_index import searched_indexes
from .result_model import lonlat_text
from .searching import SearchAnswer, SearchRequest, find

PREFIX = "rsv"
MOST_RESULTS = 8
_FEWEST_CHARACTERS = 3
_DELAY_MS = 200
_ZOOM_SHARE = 0.12


class SearchLocatorFilter(QgsLocatorFilter):
    """Places in the project's indexes, by words.

    QGIS clones the filter for each search, calls `prepare` on the main thread and `fetchResults` in
    the background.
    """

    def __init__(self, iface: QgisInterface, indexes: Optional[OpenIndexes] = None) -> None:
        super().__init__()
        self._iface = iface
        # Shared by the clones, so that each letter does not read the vectors anew.
        self._indexes = indexes or OpenIndexes()
        self._paths: Tuple[Path, ...] = ()
        self._bundle_path = Path()
        self._device = ""
        # Made here, on the main thread: a drawing is no business of a background thread.
        self._icon = icon("search")
        self.setUseWithoutPrefix(False)
        self.setFetchResultsDelay(_DELAY_MS)

    def clone(self) -> QgsLocatorFilter:
        """A filter for one search."""
        return SearchLocatorFilter(self._iface, self._indexes)

    def dispose(self) -> None:
        """Let go of the index files."""
        self._indexes.close()

    def name(self) -> str:
        """Stable id; never to be changed."""
        return "rsvlm_search"

    def displayName(self) -> str:
        """What the locator's menu shows."""
        return _tr("Search images by words (RS-VLM)")

    def prefix(self) -> str:
        """What is typed before the words."""
        return PREFIX

    def prepare(self, string: str, context: QgsLocatorContext) -> list:
        """On the main thread: which indexes, which model."""
        settings = load_settings()
        self._paths = searched_indexes(QgsProject.instance())
        self._bundle_path, self._device = settings.bundle(), settings.device
        return []

    def fetchResults(self, string: str, context: QgsLocatorContext, feedback: QgsFeedback) -> None:
        """In the background: search, unless the next letter has been typed by then."""
        if len(string.strip()) < _FEWEST_CHARACTERS or feedback.isCanceled():
            return
        if not self._paths:
            self._say(_tr("No search index yet: build one in the RS-VLM panel"))
            return
        try:
            answer = self._found(string, feedback)
        except RsVlmError as error:
            if not feedback.isCanceled():
                self._say(error_text(error))
            return
        for hit in answer.worth_showing().hits:
            if feedback.isCanceled():
                return
            result = QgsLocatorResult()
            result.filter = self
            result.displayString = _tr("{place}, relevance {percent} %").format(
                place=raster_name(hit.raster, suffix=False), percent=round(100 * hit.score)
            )
            outline = hit.match.row.outline
            result.description = hit.raster if outline is None else lonlat_text(outline)
            result.icon = self._icon
            result.score = hit.score
            # A text always: QGIS 3.22 crashes where anything else is read from a result.
            result.userData = json.dumps([hit.geometry, hit.crs_wkt])
            self.resultFetched.emit(result)

    def triggerResult(self, result: QgsLocatorResult) -> None:
        """Zoom to a place and flash it; on the main thread."""
        from ..evidence import point_at

        place = result.userData
        if not place:
            return
        geometry, wkt = json.loads(place)
        crs = QgsCoordinateReferenceSystem.fromWkt(wkt)
        point_at(self._iface.mapCanvas(), geometry, crs, _ZOOM_SHARE)

    def _found(self, string: str, feedback: QgsFeedback) -> SearchAnswer:
        from ...engine.index.records import EVERYTHING

        request = SearchRequest(
            indexes=self._paths,
            bundle_path=self._bundle_path,
            device=self._device,
            text=string,
            concept=None,
            examples=(),
            rows=EVERYTHING,
            least_score=0.0,
            most=MOST_RESULTS,
        )
        return find(request, self._indexes, _Canceller(feedback))

    def _say(self, sentence: str) -> None:
        result = QgsLocatorResult()
        result.filter = self
        result.displayString = sentence
        result.userData = ""
        result.icon = self._icon
        self.resultFetched.emit(result)


class _Canceller:
    """QGIS's feedback as the engine's."""

    def __init__(self, feedback: QgsFeedback) -> None:
        self._feedback = feedback

    def report(self, fraction: float, message: str) -> None:
        """The locator shows no progress."""

    def is_cancelled(self) -> bool:
        """Whether the next letter has been typed."""
        return self._feedback.isCanceled()


def _tr(text: str) -> str:
    return QCoreApplication.translate("SearchLocatorFilter", text)
