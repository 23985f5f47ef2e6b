"""What the menu offers for a session: export it as a report, start a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Optional, Tuple

from qgis.core import Qgis, QgsApplication, QgsProject
from qgis.gui import QgisInterface, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QAction, QFileDialog, QProgressBar, QPushButton

from ..session import session
from . import messages

if TYPE_CHECKING:
    from ..session.export import SessionExport


class SessionActions(QObject):
    """The two actions, and one export at a time; `exported` follows each, good, bad or given up."""

    exported = pyqtSignal()

    def __init__(self, iface: QgisInterface, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._iface = iface
        self._export: Optional[SessionExport] = None
        self._item: Optional[QgsMessageBarItem] = None
        window = iface.mainWindow()
        pdf = QgsApplication.getThemeIcon("/mActionSaveAsPDF.svg")
        self.export_action = QAction(pdf, self.tr("Export session report…"), window)
        self.export_action.setObjectName("RsVlmExportSessionAction")
        self.export_action.setToolTip(
            self.tr("Everything asked in this session, with maps, as PDF or as a web page")
        )
        self.export_action.triggered.connect(lambda _checked=False: self.choose_and_export())
        self.renew_action = QAction(self.tr("Start new session"), window)
        self.renew_action.setObjectName("RsVlmNewSessionAction")
        self.renew_action.setToolTip(self.tr("Let the next report begin here"))
        self.renew_action.triggered.connect(lambda _checked=False: session().clear())
        session().changed.connect(self._refresh)
        self._refresh()

    def actions(self) -> Tuple[QAction, ...]:
        """For the menu, in this order."""
        return self.export_action, self.renew_action

    def dispose(self) -> None:
        """Give up the export under way, and take the actions out."""
        self.give_up()
        session().changed.disconnect(self._refresh)
        for action in self.actions():
            action.deleteLater()

    def choose_and_export(self) -> None:
        """Ask for a file, then export to it."""
        web, paper = self.tr("Web page (*.html)"), self.tr("PDF (*.pdf)")
        path, kind = QFileDialog.getSaveFileName(
            self._iface.mainWindow(),
            self.tr("Export session report"),
            self.tr("session") + ".pdf",
            f"{paper};;{web}",
        )
        if path:
            chosen = Path(path)
            if not chosen.suffix:
                chosen = chosen.with_suffix(".html" if kind == web else ".pdf")
            self.export(chosen)

    def export(self, path: Path) -> None:
        """Export the session, with its progress and Cancel in the message bar."""
        from ..session.export import SessionExport

        entries = session().entries()
        if not entries or self._export is not None:
            return
        self._export = SessionExport(entries, path, QgsProject.instance(), self)
        self._export.concluded.connect(self._concluded)
        bar = self._iface.messageBar()
        self._item = bar.createMessage(messages.TITLE, self.tr("Drawing the maps of the report…"))
        progress = QProgressBar(self._item)
        progress.setRange(0, len(entries))
        cancel = QPushButton(self.tr("Cancel"), self._item)
        cancel.clicked.connect(lambda _checked=False: self.give_up())

        def advance(done: int, _all: int) -> None:
            # Whoever closes the message has deleted its bar.
            if not sip.isdeleted(progress):
                progress.setValue(done)

        self._export.progressed.connect(advance)
        self._item.layout().addWidget(progress)
        self._item.layout().addWidget(cancel)
        bar.pushWidget(self._item, Qgis.MessageLevel.Info)
        self._refresh()
        self._export.start()

    def give_up(self) -> None:
        """End the export under way; nothing is written."""
        if self._export is not None:
            self._export.stop()
            self._clear_away()

    def _concluded(self) -> None:
        export = self._export
        self._clear_away()
        if export.problem is not None:
            messages.show_problem(self._iface, export.problem.sentence())
            return
        bar = self._iface.messageBar()
        said = self.tr("The report is saved as {path}.").format(path=export.path)
        item = bar.createMessage(messages.TITLE, messages.escaped(said))
        show = QPushButton(self.tr("Open"), item)
        url = QUrl.fromLocalFile(str(export.path))
        show.clicked.connect(lambda _checked=False: QDesktopServices.openUrl(url))
        item.layout().addWidget(show)
        bar.pushWidget(item, Qgis.MessageLevel.Success, messages.SECONDS)

    def _clear_away(self) -> None:
        export, self._export = self._export, None
        item, self._item = self._item, None
        if item is not None and not sip.isdeleted(item):
            self._iface.messageBar().popWidget(item)
        export.deleteLater()
        self._refresh()
        self.exported.emit()

    def _refresh(self) -> None:
        filled = bool(session().entries())
        self.export_action.setEnabled(filled and self._export is None)
        self.renew_action.setEnabled(filled)
