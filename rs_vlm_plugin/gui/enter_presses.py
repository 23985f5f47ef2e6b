"""Enter presses the button that has the keyboard, as in a dialog; Qt knows Space only elsewhere."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtWidgets import QAbstractButton, QToolButton, QWidget


class EnterPresses(QObject):
    """For all buttons that are in a widget when this is made."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        for button in widget.findChildren(QAbstractButton):
            button.installEventFilter(self)

    def eventFilter(self, button: QObject, event: QEvent) -> bool:
        """Take Enter without Ctrl or Alt; everything else goes on."""
        if event.type() != QEvent.Type.KeyPress or event.key() not in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        ):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        at_once = QToolButton.ToolButtonPopupMode.InstantPopup
        if isinstance(button, QToolButton) and button.popupMode() == at_once and button.menu():
            button.showMenu()
        else:
            button.click()
        return True
