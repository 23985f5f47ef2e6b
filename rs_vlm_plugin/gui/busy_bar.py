"""Progress, what happens now, and Cancel, while something runs; hidden otherwise."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from .icons import icon
from .narrow import wrap_in_any_width


class BusyBar(QWidget):
    """`cancel_asked` follows a press of Cancel, once a run. `had_keyboard` says after the end
    whether the keyboard was on Cancel, which is gone then: it belongs where the run was begun."""

    cancel_asked = pyqtSignal()

    def __init__(
        self, name: str, cancel_text: str, progress_of: str, parent: Optional[QWidget] = None
    ) -> None:
        """Make a hidden bar.

        Args:
            name: prefix of the object names of what it holds.
            cancel_text: on the button, with a mnemonic where it shall have one.
            progress_of: name of the progress bar for screen readers.
            parent: where it lies.
        """
        super().__init__(parent)
        self.had_keyboard = False
        self.progress = QProgressBar(self)
        self.progress.setObjectName(f"{name}Progress")
        self.progress.setAccessibleName(progress_of)
        self.cancel_button = QPushButton(icon("cancel"), cancel_text, self)
        self.cancel_button.setObjectName(f"{name}Cancel")
        self.cancel_button.setToolTip(self.tr("Stop, and keep what has been found so far (Esc)"))
        self.step_label = QLabel(self)
        self.step_label.setObjectName(f"{name}Step")
        wrap_in_any_width(self.step_label)
        self.step_label.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.step_label)
        self.cancel_button.clicked.connect(self._cancel)
        self.hide()

    def begin(self) -> None:
        """Show a bar that moves until the first progress is known."""
        self.progress.setRange(0, 0)
        self.step_label.setText(self.tr("Starting…"))
        self.cancel_button.setEnabled(True)
        self.had_keyboard = False
        self.show()

    def end(self) -> None:
        """Hide."""
        self.had_keyboard = self.had_keyboard or self.cancel_button.hasFocus()
        self.hide()

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
        self.had_keyboard = self.cancel_button.hasFocus()
        self.cancel_button.setEnabled(False)
        self.step_label.setText(self.tr("Stopping…"))
        self.cancel_asked.emit()
