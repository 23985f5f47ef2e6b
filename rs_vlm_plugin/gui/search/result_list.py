"""The ranked list: arrows and Enter, plus and minus, click."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QModelIndex, QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent, QMouseEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from .result_delegate import ResultDelegate
from .result_model import HIT, LIKED, UNLIKED


class ResultList(QListView):
    """`chosen` carries the hit to be shown on the map, `voted` a hit and `LIKED` or `UNLIKED`,
    `left` says that the arrow went up beyond the first row."""

    chosen = pyqtSignal(object)
    voted = pyqtSignal(object, int)
    left = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("rsVlmHits")
        self.setAccessibleName(self.tr("Places found"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        # As wide as the list: rows are cut to its width by the delegate.
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._delegate = ResultDelegate(self)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(HIT)))
        self.customContextMenuRequested.connect(self._offer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows on the map, plus and minus vote, up from the first row leaves."""
        index = self.currentIndex()
        key = event.key()
        if key == Qt.Key.Key_Up and index.row() <= 0:
            self.left.emit()
        elif index.isValid() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(index.data(HIT))
        elif index.isValid() and key == Qt.Key.Key_Plus:
            self.voted.emit(index.data(HIT), LIKED)
        elif index.isValid() and key == Qt.Key.Key_Minus:
            self.voted.emit(index.data(HIT), UNLIKED)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a thumb votes, and does not count as a click on the row."""
        index = self.indexAt(event.pos())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            vote = self._delegate.vote_at(self.visualRect(index), event.pos())
            if vote:
                self.voted.emit(index.data(HIT), vote)
                event.accept()
                return
        super().mouseReleaseEvent(event)

    def start(self) -> None:
        """Take the keyboard, on the first row where none is chosen."""
        if self.model().rowCount():
            self.setFocus()
            if not self.currentIndex().isValid():
                self.setCurrentIndex(self.model().index(0, 0))

    def menu_for(self, index: QModelIndex) -> QMenu:
        """What can be done with a row."""
        hit = index.data(HIT)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, slot in (
            (self.tr("Zoom to it"), lambda _checked=False: self.chosen.emit(hit)),
            (self.tr("More like this\t+"), lambda _checked=False: self.voted.emit(hit, LIKED)),
            (self.tr("Not like this\t-"), lambda _checked=False: self.voted.emit(hit, UNLIKED)),
        ):
            menu.addAction(text).triggered.connect(slot)
        return menu

    def _offer(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            self.menu_for(index).popup(self.viewport().mapToGlobal(at))
