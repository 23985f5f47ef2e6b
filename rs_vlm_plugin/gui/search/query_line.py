"""Where a search is typed, with what was searched for before."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFocusEvent, QKeyEvent
from qgis.PyQt.QtWidgets import QLineEdit, QMenu, QWidget

from ..icons import icon
from .history import forget_queries, past_queries


class QueryLine(QLineEdit):
    """A line edit; `focused` says that somebody is about to type, `down_pressed` leads to the
    results, `picked` follows a choice in the history."""

    focused = pyqtSignal()
    down_pressed = pyqtSignal()
    picked = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("rsVlmQuery")
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(self.tr("for example: storage tanks not water"))
        self.setAccessibleName(self.tr("What to look for"))
        self.setToolTip(
            self.tr(
                "Say in English what is to be seen, like: planes on a runway.\n"
                "not, or a minus before a word, says what must not be there: houses not trees, "
                'field -"tennis court".\n'
                "Arrow down goes to the results, Alt and arrow down shows earlier searches."
            )
        )
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        past = self.addAction(
            QgsApplication.getThemeIcon("/mIconHistory.svg"),
            QLineEdit.ActionPosition.TrailingPosition,
        )
        past.setObjectName("rsVlmQueryHistory")
        past.setToolTip(self.tr("Earlier searches (Alt+Down)"))
        past.triggered.connect(lambda _checked=False: self.show_history())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that somebody is about to type."""
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to the results, with Alt to the history."""
        if event.key() == Qt.Key.Key_Down:
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.show_history()
            else:
                self.down_pressed.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def show_history(self) -> None:
        """Offer what was searched for before."""
        self.history_menu().popup(self.mapToGlobal(QPoint(0, self.height())))

    def history_menu(self) -> QMenu:
        """The menu of earlier searches."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        past = past_queries()
        for text in past:
            # A lone ampersand would become a shortcut.
            action = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, text=text: self._take(text))
        if past:
            menu.addSeparator()
            menu.addAction(self.tr("Forget these")).triggered.connect(
                lambda _checked=False: forget_queries()
            )
        else:
            menu.addAction(self.tr("Nothing searched for yet")).setEnabled(False)
        return menu

    def _take(self, text: str) -> None:
        self.setText(text)
        self.picked.emit()
