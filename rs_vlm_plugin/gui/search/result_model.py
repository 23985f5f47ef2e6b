"""Search results as a Qt list model; thumbnails are asked for when a row is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QImage

from ...layers.web_area_name import raster_name

if TYPE_CHECKING:
    from ...engine.search import Hit
    from .searching import SearchAnswer

HIT = int(Qt.ItemDataRole.UserRole)
SCORE_TEXT, PLACE, DETAIL, THUMBNAIL, VOTE = range(HIT + 1, HIT + 6)
LIKED, UNLIKED = 1, -1


class ResultModel(QAbstractListModel):
    """Hits, best first. `thumbnail_wanted` carries a hit whose picture is not there yet."""

    thumbnail_wanted = pyqtSignal(object)

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._hits: Tuple[Hit, ...] = ()
        self._by_example = False
        self._votes: Dict[object, int] = {}
        self._pictures: Dict[object, QImage] = {}

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many hits."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """What the delegate draws, and the same in words for tool tips and screen readers."""
        if not index.isValid() or index.row() >= len(self._hits):
            return None
        hit = self._hits[index.row()]
        if role == HIT:
            return hit
        if role == SCORE_TEXT:
            return self._score_text(hit)
        if role == PLACE:
            return raster_name(hit.raster, suffix=False)
        if role == DETAIL:
            return self._detail(hit)
        if role == VOTE:
            return self._votes.get(hit_key(hit), 0)
        if role == THUMBNAIL:
            picture = self._pictures.get(hit_key(hit))
            if picture is None:
                self.thumbnail_wanted.emit(hit)
            return picture
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.tr("{rank}: {place}, {score}").format(
                rank=hit.rank,
                place=raster_name(hit.raster, suffix=False),
                score=self._score_text(hit),
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tool_tip(hit)
        return None

    def show(self, answer: Optional[SearchAnswer]) -> None:
        """Replace the hits; None empties the list."""
        hits = answer.result.hits if answer is not None else ()
        self._by_example = answer is not None and answer.by_example()
        if [hit_key(hit) for hit in hits] == [hit_key(hit) for hit in self._hits]:
            # The closer look often leaves the order: then the selection need not be lost.
            self._hits = hits
            if hits:
                self.dataChanged.emit(self.index(0), self.index(len(hits) - 1))
            return
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def hits(self) -> Tuple[Hit, ...]:
        """What is shown."""
        return self._hits

    def set_votes(self, votes: Dict[object, int]) -> None:
        """Mark places that were said to be wanted (`LIKED`) or not (`UNLIKED`)."""
        self._votes = votes
        if self._hits:
            self.dataChanged.emit(self.index(0), self.index(len(self._hits) - 1), [VOTE])

    def set_thumbnail(self, key: object, picture: QImage) -> None:
        """Show a picture that has been rendered."""
        self._pictures[key] = picture
        for row, hit in enumerate(self._hits):
            if hit_key(hit) == key:
                self.dataChanged.emit(self.index(row), self.index(row), [THUMBNAIL])

    def forget_thumbnails(self) -> None:
        """Drop all pictures: the images behind them may have changed."""
        self._pictures.clear()

    def _score_text(self, hit: Hit) -> str:
        if self._by_example:
            return self.tr("similarity {score}").format(
                score=QLocale().toString(hit.similarity, "f", 2)
            )
        percent = 100 * hit.score
        if percent < 1:
            return self.tr("relevance < 1 %")
        return self.tr("relevance {percent} %").format(percent=round(percent))

    def _detail(self, hit: Hit) -> str:
        parts = []
        if hit.match.row.outline is not None:
            parts.append(lonlat_text(hit.match.row.outline))
        if hit.gsd_m is not None:
            digits = 2 if hit.gsd_m < 1 else 1 if hit.gsd_m < 10 else 0
            parts.append(
                self.tr("{size} m/px").format(size=QLocale().toString(hit.gsd_m, "f", digits))
            )
        return ", ".join(parts)

    def _tool_tip(self, hit: Hit) -> str:
        if self._by_example:
            meaning = self.tr(
                "Similarity to the examples, -1 to 1. It orders places; it is no probability."
            )
        else:
            meaning = self.tr(
                "Relevance: how much likelier your words are than anything else the model has a "
                "name for. It does not prove that the thing is there."
            )
        # Plain text: a file may be named like HTML.
        return f"{hit.raster}\n{meaning}"


def hit_key(hit: Hit) -> object:
    """What tells one place from another, before and after a closer look."""
    match = hit.match
    return (hit.index, match.raster.id, match.row.number, match.level, match.part)


def lonlat_text(ring: Sequence[Tuple[float, float]]) -> str:
    """The middle of a closed ring of longitudes and latitudes: "48.1351° N 11.5820° E"."""
    corners = ring[:-1]
    longitude = sum(x for x, _ in corners) / len(corners)
    latitude = sum(y for _, y in corners) / len(corners)
    locale = QLocale()
    return (
        f"{locale.toString(abs(latitude), 'f', 4)}\N{DEGREE SIGN} {'N' if latitude >= 0 else 'S'} "
        f"{locale.toString(abs(longitude), 'f', 4)}\N{DEGREE SIGN} {'E' if longitude >= 0 else 'W'}"
    )
