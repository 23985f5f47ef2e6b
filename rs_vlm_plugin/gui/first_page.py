"""What stands where there are no results yet: what to do, and examples to press."""

from __future__ import annotations

from typing import List, Optional, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from .narrow import breakable, wrap_in_any_width


class FirstPage(QWidget):
    """`chosen` carries the text of the example pressed."""

    chosen = pyqtSignal(str)

    def __init__(
        self, name: str, examples: Sequence[str], tip: str, parent: Optional[QWidget] = None
    ) -> None:
        """Make the page.

        Args:
            name: prefix of the object names of what it holds.
            examples: texts of the buttons.
            tip: tool tip of each.
            parent: where it lies.
        """
        super().__init__(parent)
        self.hint = QLabel(self)
        self.hint.setObjectName(f"{name}Hint")
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setMargin(10)
        wrap_in_any_width(self.hint)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.hint)
        self.buttons: List[QPushButton] = []
        for text in examples:
            button = QPushButton(text, self)
            button.setObjectName(f"{name}Example")
            button.setToolTip(tip)
            button.clicked.connect(lambda _checked=False, text=text: self.chosen.emit(text))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
            self.buttons.append(button)
        column.addStretch(2)

    def offer(self, hint: str, visible: bool, enabled: bool) -> None:
        """Say what to do, and let the examples be seen and pressed or not."""
        self.hint.setText(breakable(hint))
        for button in self.buttons:
            button.setVisible(visible)
            button.setEnabled(enabled)
