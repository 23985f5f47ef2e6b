"""Where a question is typed; the arrows go through what was asked before."""

from __future__ import annotations

from typing import List, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QLineEdit, QWidget

from ..history import History


class QuestionLine(QLineEdit):
    """A line edit with a shell's history: up is earlier, down is later, then what was typed."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("rsVlmQuestion")
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(self.tr("for example: how many planes are there?"))
        self.setAccessibleName(self.tr("Question about the region"))
        self.setToolTip(
            self.tr(
                "Ask in English: whether something is there, how many, which is more, where, how "
                "large or long, what the scene or the land cover is, rural or urban.\n"
                "Return asks; arrow up brings back earlier questions."
            )
        )
        self._history = History("ask_history")
        self._past: List[str] = []
        self._at = -1
        self._draft = ""
        self.textEdited.connect(self._leave_history)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through the history."""
        if event.key() == Qt.Key.Key_Up:
            self._step(1)
        elif event.key() == Qt.Key.Key_Down:
            self._step(-1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def take(self) -> None:
        """Remember what was asked, and empty the line for the next question."""
        self._history.remember(self.text())
        self._leave_history()
        self.clear()

    def _step(self, earlier: int) -> None:
        if self._at < 0:
            self._past, self._draft = self._history.past(), self.text()
        at = min(max(self._at + earlier, -1), len(self._past) - 1)
        if at != self._at:
            self._at = at
            self.setText(self._past[at] if at >= 0 else self._draft)

    def _leave_history(self, _text: str = "") -> None:
        self._at = -1
