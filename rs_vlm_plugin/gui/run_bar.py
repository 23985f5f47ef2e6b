"""The Describe button; while a description runs, progress and Cancel in its place."""

from __future__ import annotations

import html
from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QShortcut,
    QVBoxLayout,
    QWidget,
)

from .icons import icon
from .narrow import wrap_in_any_width

SHORTCUT = "Ctrl+Return"


class RunBar(QWidget):
    """Two states: ready (Describe region) and busy (progress bar, what happens now, Cancel)."""

    describe_asked = pyqtSignal()
    cancel_asked = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.describe_button = QPushButton(icon("describe"), self.tr("Descri&be region"), self)
        self.describe_button.setObjectName("rsVlmDescribe")
        self.describe_button.setDefault(True)
        self.progress = QProgressBar(self)
        self.progress.setObjectName("rsVlmProgress")
        self.progress.setAccessibleName(self.tr("Progress of the description"))
        self.cancel_button = QPushButton(icon("cancel"), self.tr("Ca&ncel"), self)
        self.cancel_button.setObjectName("rsVlmCancel")
        self.cancel_button.setToolTip(self.tr("Stop, and keep what has been found so far (Esc)"))
        self.step_label = QLabel(self)
        self.step_label.setObjectName("rsVlmStep")
        wrap_in_any_width(self.step_label)
        self.step_label.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.describe_button)
        column.addLayout(row)
        column.addWidget(self.step_label)
        self.describe_button.clicked.connect(self.describe_asked)
        self.cancel_button.clicked.connect(self._cancel)
        self.offer_describe(True)
        self.show_ready()

    def offer_describe(self, possible: bool, why_not: str = "") -> None:
        """Let the button be pressed or not; where the model cannot describe, it says so."""
        self.describe_button.setEnabled(possible and not why_not)
        usual = self.tr("Describe what the region shows ({shortcut})").format(shortcut=SHORTCUT)
        # Escaped: a tool tip that looks like HTML is drawn as such, and a bundle names itself.
        self.describe_button.setToolTip(html.escape(why_not) or usual)

    def add_shortcut(self, owner: QWidget) -> None:
        """Let Ctrl+Return anywhere in `owner` press the button."""
        for keys in (SHORTCUT, "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), owner)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.describe_button.click)

    def show_ready(self) -> None:
        """Offer the Describe button."""
        self._swap(busy=False)

    def show_busy(self) -> None:
        """Offer Cancel, with a bar that moves until the first progress is known."""
        self.progress.setRange(0, 0)
        self.step_label.setText(self.tr("Starting…"))
        self.cancel_button.setEnabled(True)
        self._swap(busy=True)

    def show_progress(self, percent: float) -> None:
        """Show how much is done, 0 to 100."""
        if percent > 0:
            self.progress.setRange(0, 100)
            self.progress.setValue(round(percent))

    def show_step(self, text: str) -> None:
        """Say what happens now."""
        if self.cancel_button.isEnabled():
            self.step_label.setText(text)

    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.step_label.setText(self.tr("Stopping…"))
        self.cancel_asked.emit()

    def _swap(self, busy: bool) -> None:
        had_focus = self.describe_button.hasFocus() or self.cancel_button.hasFocus()
        self.describe_button.setVisible(not busy)
        for widget in (self.progress, self.cancel_button, self.step_label):
            widget.setVisible(busy)
        if had_focus:
            (self.cancel_button if busy else self.describe_button).setFocus()
