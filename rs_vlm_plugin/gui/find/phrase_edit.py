"""Where phrases are typed, one or several."""

from __future__ import annotations

from typing import Optional, Tuple

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontMetrics, QKeyEvent
from qgis.PyQt.QtWidgets import QPlainTextEdit, QWidget

from ...phrase_list import split_phrases

_LINES = 2


class PhraseEdit(QPlainTextEdit):
    """Two lines; `entered` follows Return, and Shift+Return begins a line."""

    entered = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("rsVlmPhrases")
        self.setTabChangesFocus(True)
        self.setPlaceholderText(self.tr("for example: plane, storage tank"))
        self.setAccessibleName(self.tr("What to find"))
        self.setToolTip(
            self.tr(
                "Name the things in English, one or several, separated by commas or lines.\n"
                "Return finds, Shift+Return begins a new line."
            )
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        around = 2 * (self.frameWidth() + int(self.document().documentMargin()))
        self.setFixedHeight(_LINES * QFontMetrics(self.font()).lineSpacing() + around)

    def phrases(self) -> Tuple[str, ...]:
        """What is typed, see `split_phrases`."""
        return split_phrases(self.toPlainText())

    def set_phrases(self, phrases: Tuple[str, ...]) -> None:
        """Replace what is typed."""
        self.setPlainText(", ".join(phrases))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return finds."""
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.accept()
            self.entered.emit()
        else:
            super().keyPressEvent(event)
