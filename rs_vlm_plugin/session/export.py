"""A session as one report: maps first, then HTML or PDF, by the name of the file."""

from __future__ import annotations

from pathlib import Path
from typing import List, Optional, Sequence

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..engine.errors import RsVlmError
from .log import Entry
from .maps import MapMaker


class SessionExport(QObject):
    """Exports entries; on the main thread, which stays responsive between two maps.

    `progressed` carries the maps done and their number; `concluded` follows once unless stopped,
    and afterwards `problem` says what failed.
    """

    progressed = pyqtSignal(int, int)
    concluded = pyqtSignal()

    def __init__(
        self,
        entries: Sequence[Entry],
        path: Path,
        project: QgsProject,
        parent: Optional[QObject] = None,
    ) -> None:
        """Prepare the export of entries, oldest first, to a file: PDF where its name ends so."""
        super().__init__(parent)
        self.path = path
        self.problem: Optional[RsVlmError] = None
        self._entries = tuple(entries)
        self._maker = MapMaker(entries, project, self._map_done, self._write, self)

    def start(self) -> None:
        """Begin; `concluded` never comes before this returns."""
        self._maker.start()

    def stop(self) -> None:
        """Give up; nothing is written."""
        self._maker.stop()

    def _map_done(self, done: int) -> None:
        self.progressed.emit(done, len(self._entries))

    def _write(self, maps: List[Optional[bytes]]) -> None:
        from ..report.page import save_page, session_page
        from ..report.pdf import save_pdf

        try:
            if self.path.suffix.lower() == ".pdf":
                save_pdf(self.path, self._entries, maps)
            else:
                save_page(self.path, session_page(self._entries, maps))
        except RsVlmError as error:
            self.problem = error
        self.concluded.emit()
