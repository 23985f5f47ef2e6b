"""Objects found as a Qt tree model: phrases with counts, below each its objects, surest first."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple

from qgis.PyQt.QtCore import QAbstractItemModel, QLocale, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QColor

from ...layers.result_layers import class_colours

if TYPE_CHECKING:
    from ...engine.find import FindResult, ObjectFound

OBJECTS = int(Qt.ItemDataRole.UserRole)
_NO_PARENT = 0


class FoundModel(QAbstractItemModel):
    """Shows what is at least as sure as `set_least_score` says; scores are sorted, so that is one
    cut in each phrase's list."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._phrases: Tuple[str, ...] = ()
        self._objects: List[Tuple[ObjectFound, ...]] = []
        self._negative_scores: List[List[float]] = []
        self._shown: List[int] = []
        self._colours: Dict[str, str] = {}
        self._least = 0.0

    def show(self, result: Optional[FindResult], least_score: float) -> None:
        """Replace the objects; None empties the tree."""
        self.beginResetModel()
        self._least = least_score
        self._phrases = result.phrases if result is not None else ()
        self._objects = [result.of(phrase) for phrase in self._phrases] if result else []
        self._negative_scores = [[-item.score for item in own] for own in self._objects]
        self._shown = [self._count(number) for number in range(len(self._phrases))]
        self._colours = class_colours(self._phrases)
        self.endResetModel()

    def set_least_score(self, least_score: float) -> None:
        """Show what is at least so sure."""
        self._least = least_score
        for number, before in enumerate(self._shown):
            now = self._count(number)
            if now == before:
                continue
            parent = self.index(number, 0)
            if now < before:
                self.beginRemoveRows(parent, now, before - 1)
                self._shown[number] = now
                self.endRemoveRows()
            else:
                self.beginInsertRows(parent, before, now - 1)
                self._shown[number] = now
                self.endInsertRows()
            self.dataChanged.emit(parent, parent)

    def counts(self) -> Dict[str, int]:
        """How many objects of each phrase are shown."""
        return dict(zip(self._phrases, self._shown))

    def hidden(self) -> int:
        """How many objects are less sure than what is shown."""
        return sum(len(own) for own in self._objects) - sum(self._shown)

    def index(
        self,
        row: int,
        column: int,
        parent: QModelIndex = QModelIndex(),  # noqa: B008
    ) -> QModelIndex:
        """As of Qt. Of an object the internal id is its phrase's row + 1."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _NO_PARENT)

    def parent(self, index: QModelIndex) -> QModelIndex:  # type: ignore[override]
        """As of Qt."""
        if not index.isValid() or index.internalId() == _NO_PARENT:
            return QModelIndex()
        return self.createIndex(int(index.internalId()) - 1, 0, _NO_PARENT)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """As of Qt."""
        if not parent.isValid():
            return len(self._phrases)
        return self._shown[parent.row()] if parent.internalId() == _NO_PARENT else 0

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        """As of Qt."""
        return 1

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Texts, a colour for each phrase, and the objects themselves (`OBJECTS`, a tuple)."""
        if not index.isValid():
            return None
        if index.internalId() == _NO_PARENT:
            return self._of_phrase(index.row(), role)
        return self._of_object(self._objects[int(index.internalId()) - 1][index.row()], role)

    def _of_phrase(self, number: int, role: int) -> Any:
        phrase, count = self._phrases[number], self._shown[number]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{phrase}  {QLocale().toString(count)}"
        if role == Qt.ItemDataRole.DecorationRole:
            return QColor(self._colours[phrase])
        if role == OBJECTS:
            return self._objects[number][:count]
        return None

    def _of_object(self, item: ObjectFound, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return object_text(item)
        if role == OBJECTS:
            return (item,)
        return None

    def _count(self, number: int) -> int:
        return bisect_right(self._negative_scores[number], -self._least)


def object_text(item: ObjectFound) -> str:
    """Score and size of an object: "93 %, 52 x 24 m, 1,240 m2"."""
    locale = QLocale()
    parts = [f"{round(100 * item.score)} %"]
    if item.length_m is not None and item.width_m is not None:
        sides = (_short(item.length_m), _short(item.width_m))
        parts.append(f"{sides[0]} \N{MULTIPLICATION SIGN} {sides[1]} m")
    if item.area_m2 is not None:
        if item.area_m2 < 1e6:
            parts.append(f"{_short(item.area_m2)} m\N{SUPERSCRIPT TWO}")
        else:
            parts.append(f"{locale.toString(item.area_m2 / 1e6, 'f', 2)} km\N{SUPERSCRIPT TWO}")
    return ", ".join(parts)


def _short(value: float) -> str:
    return QLocale().toString(value, "f", 1 if value < 10 else 0)
