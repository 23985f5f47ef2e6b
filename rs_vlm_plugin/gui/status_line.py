"""The line of a tab that says how the last thing went."""

from __future__ import annotations

from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QWidget

from ..engine.errors import RsVlmError
from ..spoken import error_text, spoken
from . import messages
from .narrow import breakable, wrap_in_any_width


class StatusLine(QLabel):
    """Plain text as wide as the dock; hidden while it has nothing to say."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        wrap_in_any_width(self)
        self.hide()

    def say(self, text: str) -> None:
        """Show a text; empty hides the line."""
        self.setText(breakable(text))
        self.setVisible(bool(text))

    def fail(self, iface: QgisInterface, error: RsVlmError) -> None:
        """Say what went wrong, in QGIS's message bar too where nobody sees the line."""
        self.say(error_text(error))
        if not self.isVisible():
            messages.show_problem(iface, spoken(error.message))
