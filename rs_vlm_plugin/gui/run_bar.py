"""The Describe button; while a description runs, progress and Cancel in its place."""

from __future__ import annotations

import html
from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QPushButton, QShortcut, QVBoxLayout, QWidget

from .busy_bar import BusyBar
from .icons import icon

SHORTCUT = "Ctrl+Return"


def press_by_shortcut(button: QPushButton, owner: QWidget) -> None:
    """Let Ctrl+Return anywhere in `owner` press a button."""
    for keys in (SHORTCUT, "Ctrl+Enter"):
        shortcut = QShortcut(QKeySequence(keys), owner)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(button.click)


class RunBar(QWidget):
    """Two states: ready (Describe region) and busy (progress bar, what happens now, Cancel)."""

    describe_asked = pyqtSignal()
    cancel_asked = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.describe_button = QPushButton(icon("describe"), self.tr("Descri&be region"), self)
        self.describe_button.setObjectName("rsVlmDescribe")
        self.describe_button.setDefault(True)
        self._busy = BusyBar(
            "rsVlm", self.tr("Ca&ncel"), self.tr("Progress of the description"), self
        )
        self.progress = self._busy.progress
        self.cancel_button = self._busy.cancel_button
        self.step_label = self._busy.step_label
        self.show_progress = self._busy.show_progress
        self.show_step = self._busy.show_step
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.describe_button)
        column.addWidget(self._busy)
        self.describe_button.clicked.connect(self.describe_asked)
        self._busy.cancel_asked.connect(self.cancel_asked)
        self.offer_describe(True)
        self.show_ready()

    def offer_describe(self, possible: bool, why_not: str = "") -> None:
        """Let the button be pressed or not; where the model cannot describe, it says so."""
        self.describe_button.setEnabled(possible and not why_not)
        usual = self.tr("Describe what the region shows ({shortcut})").format(shortcut=SHORTCUT)
        # Escaped: a tool tip that looks like HTML is drawn as such, and a bundle names itself.
        self.describe_button.setToolTip(html.escape(why_not) or usual)

    def show_ready(self) -> None:
        """Offer the Describe button."""
        self._swap(busy=False)

    def show_busy(self) -> None:
        """Offer Cancel, with a bar that moves until the first progress is known."""
        self._swap(busy=True)

    def _swap(self, busy: bool) -> None:
        had_focus = self.describe_button.hasFocus() or self.cancel_button.hasFocus()
        self.describe_button.setVisible(not busy)
        if busy:
            self._busy.begin()
        else:
            self._busy.end()
        if had_focus:
            (self.cancel_button if busy else self.describe_button).setFocus()
