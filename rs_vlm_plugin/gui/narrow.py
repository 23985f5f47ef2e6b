"""Room in a narrow dock: nothing is as wide as its longest entry or word."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QComboBox, QLabel

FEWEST_CHARACTERS = 8


def keep_narrow(box: QComboBox) -> None:
    """Let the box shrink to a few characters and still grow with the dock."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(FEWEST_CHARACTERS)


def wrap_in_any_width(label: QLabel) -> None:
    """Wrap the label's text without letting its longest word widen the dock."""
    label.setWordWrap(True)
    label.setMinimumWidth(1)


def breakable(text: str) -> str:
    """The text with a chance to break after each comma, as in "500000,5298976,501024"."""
    return text.replace(",", ",\N{ZERO WIDTH SPACE}")
