"""Results into the project without a pause: one layer is opened in each turn of the event loop."""

from __future__ import annotations

from pathlib import Path
from typing import List, Optional

from qgis.core import QgsLayerTreeGroup, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..engine.errors import RsVlmError
from .result_layers import insert_layers, open_layers


class GradualAddition(QObject):
    """Adds a written description to a project; all of its layers, or none.

    Starts by itself. `ended` is emitted once; then `group` is what was added, `problem` why
    nothing was, and both are None where `stop` or the closing of the project came first.
    """

    ended = pyqtSignal()

    def __init__(self, path: Path, project: QgsProject, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.group: Optional[QgsLayerTreeGroup] = None
        self.problem: Optional[RsVlmError] = None
        self._project = project
        self._steps = open_layers(path)
        self._layers: List[QgsVectorLayer] = []
        project.cleared.connect(self.stop)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._timer.start(0)

    def stop(self) -> None:
        """Add nothing any more."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._project.cleared.disconnect(self.stop)
        self._layers.clear()
        self.ended.emit()

    def _step(self) -> None:
        try:
            layer = next(self._steps, None)
            if layer is not None:
                self._layers.append(layer)
                return
            self.group = insert_layers(self._layers, self._project)
        except RsVlmError as error:
            self.problem = error
        self.stop()
