"""Room in a narrow dock: a combo box is not as wide as its longest entry."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QComboBox

FEWEST_CHARACTERS = 8


def keep_narrow(box: QComboBox) -> None:
    """Let the box shrink to a few characters and still grow with the dock."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(FEWEST_CHARACTERS)
