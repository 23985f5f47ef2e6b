"""Putting the places found into the project: outlines by relevance, a heat map, or both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Optional

from qgis.core import QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QMenu, QToolButton, QWidget

from ..icons import icon
from .background import NewestJob
from .open_indexes import OpenIndexes
from .searching import SearchAnswer, find

if TYPE_CHECKING:
    from qgis.core import QgsLayerTreeGroup

_ON_HEAT_MAP = 500


class MapResults(QToolButton):
    """The button with its menu, and the layers that it makes.

    `asked` carries whether outlines and a heat map are wanted; `mapped` follows the layers, and
    `failed` an `RsVlmError` of the wider search that a heat map takes.
    """

    asked = pyqtSignal(bool, bool)
    mapped = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(self, indexes: OpenIndexes, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._indexes = indexes
        self._group: Optional[QgsLayerTreeGroup] = None
        self._searcher = NewestJob("map", self)
        self._searcher.answered.connect(lambda found: self._add(*found))
        self._searcher.failed.connect(self.failed)
        self.setObjectName("rsVlmShowOnMap")
        self.setIcon(icon("region_polygon"))
        self.setText(self.tr("Show on map"))
        self.setToolTip(self.tr("Put the places into the project as a temporary layer"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        menu = QMenu(self)
        for text, outlines, heat in (
            (self.tr("Outlines by relevance"), True, False),
            (self.tr("Heat map"), False, True),
            (self.tr("Both"), True, True),
        ):
            menu.addAction(text).triggered.connect(
                lambda _checked=False, outlines=outlines, heat=heat: self.asked.emit(outlines, heat)
            )
        self.setMenu(menu)
        self.clicked.connect(lambda _checked=False: self.asked.emit(True, False))

    def dispose(self) -> None:
        """End a search under way and wait for it."""
        self._searcher.dispose()

    def forget(self) -> None:
        """The project and its layers are gone."""
        self._group = None

    def put(self, shown: SearchAnswer, outlines: bool, heat: bool) -> None:
        """Make the layers; a heat map searches once more, for many more places."""
        if not heat:
            self._add(shown, outlines, None)
            return
        more = replace(shown.request, most=_ON_HEAT_MAP)
        self._searcher.ask(lambda turn: (shown, outlines, find(more, self._indexes, turn)))

    def _add(self, shown: SearchAnswer, outlines: bool, many: Optional[SearchAnswer]) -> None:
        from ...layers.search_layers import add_search_layers, heat_layer, outline_layer

        project = QgsProject.instance()
        layers = [] if many is None else [heat_layer(many.worth_showing(), project)]
        if outlines:
            layers.append(outline_layer(shown.worth_showing(), project))
        previous = self._group
        if previous is not None and not sip.isdeleted(previous):
            # Two answers drawn over each other can be read by nobody; the older one stays.
            previous.setItemVisibilityChecked(False)
            previous.setExpanded(False)
        self._group = add_search_layers(shown.result, layers, project)
        self.mapped.emit()
