"""Tabs whose titles can be read in a narrow dock too: the icons make room for them."""

from __future__ import annotations

from typing import List, Optional

from qgis.PyQt.QtGui import QIcon, QResizeEvent
from qgis.PyQt.QtWidgets import QTabBar, QTabWidget, QWidget

_BESIDE_ICON = 4


class FittingTabs(QTabWidget):
    """As `QTabWidget`; tabs are added with `add`."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._icons: List[QIcon] = []
        self._bar = _MeasuredBar(self)
        # The name that Qt gives a bar of its own, which style sheets know it by.
        self._bar.setObjectName("qt_tabwidget_tabbar")
        self.setTabBar(self._bar)

    def add(self, page: QWidget, picture: QIcon, title: str) -> None:
        """Add a tab; its title is its tool tip too, for where it has to be shortened."""
        self._icons.append(picture)
        self.setTabToolTip(self.addTab(page, picture, title), title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show icons where there is room for titles and icons."""
        super().resizeEvent(event)
        roomy = self._bar.width_with_icons() <= event.size().width()
        for number, picture in enumerate(self._icons):
            if self.tabIcon(number).isNull() == roomy:
                self.setTabIcon(number, picture if roomy else QIcon())


class _MeasuredBar(QTabBar):
    """Knows how wide its tabs would like to be; themes of QGIS pad them very differently."""

    def width_with_icons(self) -> int:
        """Of all tabs beside each other, nothing shortened."""
        icon = self.iconSize().width() + _BESIDE_ICON
        return sum(
            self.tabSizeHint(number).width() + (icon if self.tabIcon(number).isNull() else 0)
            for number in range(self.count())
        )
