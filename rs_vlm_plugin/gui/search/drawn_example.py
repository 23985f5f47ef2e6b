"""Drawing an example on the map: the rectangle tool, then what the model sees in the rectangle."""

from __future__ import annotations

from typing import Optional, Tuple

from qgis.core import QgsGeometry, QgsProject
from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...settings import load_settings
from ..map_tools import RectangleTool
from .background import NewestJob
from .example_region import embed_drawn


class DrawnExample(QObject):
    """`drawn` carries a key and an embedding, or an `RsVlmError` in its place; `ended` follows
    the map tool, whether something was drawn or not."""

    drawn = pyqtSignal(object, object)
    ended = pyqtSignal()

    def __init__(self, canvas: QgsMapCanvas, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._files: Tuple[str, ...] = ()
        self._count = 0
        self._previous: Optional[QgsMapTool] = None
        self.tool = RectangleTool(canvas)
        self.tool.drawn.connect(self._take)
        self.tool.abandoned.connect(self.stop)
        self.tool.deactivated.connect(self.ended)
        self._embedder = NewestJob("example", self)
        self._embedder.answered.connect(self._answer)
        self._embedder.failed.connect(self._answer)

    def dispose(self) -> None:
        """Take the tool off the canvas."""
        self.stop()
        self._embedder.dispose()
        self.tool.deleteLater()

    def is_drawing(self) -> bool:
        """Whether the mouse draws."""
        return self._canvas.mapTool() is self.tool

    def start(self, files: Tuple[str, ...]) -> None:
        """Hand the mouse to the tool; `files` are looked in, the first that shows the place."""
        self._files = files
        if not self.is_drawing():
            self._previous = self._canvas.mapTool()
        self._canvas.setMapTool(self.tool)
        self._canvas.setFocus()

    def stop(self) -> None:
        """Give the mouse back to the tool that had it."""
        if not self.is_drawing():
            return
        if self._previous is not None:
            self._canvas.setMapTool(self._previous)
        else:
            self._canvas.unsetMapTool(self.tool)
        self._previous = None

    def _take(self, geometry: QgsGeometry) -> None:
        crs = self._canvas.mapSettings().destinationCrs()
        self.stop()
        settings = load_settings()
        context = QgsProject.instance().transformContext()
        files, bundle, device = self._files, settings.bundle(), settings.device
        self._embedder.ask(lambda _turn: embed_drawn(geometry, crs, files, bundle, device, context))

    def _answer(self, embedding: object) -> None:
        self._count += 1
        self.drawn.emit(("drawn", self._count), embedding)
