"""What menu and dock offer for a session: export it as a report, clear its log."""

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
from ..spoken import error_text
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
            self.tr("Everything asked in this project, with maps, as PDF or as a web page")
        )
        self.export_action.triggered.connect(lambda _checked=False: self.choose_and_export())
        bin_icon = QgsApplication.getThemeIcon("/mActionDeleteSelected.svg")
        self.clear_action = QAction(bin_icon, self.tr("Clear session log"), window)
        self.clear_action.setObjectName("RsVlmClearSessionAction")
        self.clear_action.setToolTip(
            self.tr("Forget what was asked in this project; result layers stay")
        )
        self.clear_action.triggered.connect(lambda _checked=False: self.clear())
        session().changed.connect(self._refresh)
        self._refresh()

    def actions(self) -> Tuple[QAction, ...]:
        """For the menu, in this order."""
        return self.export_action, self.clear_action

    def dispose(self) -> None:
        """Give up the export under way, and take the actions out."""
        self.give_up()
        session().changed.disconnect(self._refresh)
        for action in self.actions():
            action.deleteLater()

    def clear(self) -> None:
        """Forget the log; for a while the message bar can bring it back."""
        forgotten, talk_begins = session().entries(), session().talk_begins()
        session().clear()
        bar = self._iface.messageBar()
        item = bar.createMessage(messages.TITLE, self.tr("The session log is cleared."))
        undo = QPushButton(self.tr("Undo"), item)

        def bring_back() -> None:
            bar.popWidget(item)
            session().restore((*forgotten, *session().entries()), talk_begins)

        undo.clicked.connect(lambda _checked=False: bring_back())
        # What was forgotten belongs to this project alone.
        QgsProject.instance().cleared.connect(undo.hide)
        item.layout().addWidget(undo)
        bar.pushWidget(item, Qgis.MessageLevel.Info, messages.SECONDS)

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
            messages.show_problem(self._iface, error_text(export.problem))
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
        self.clear_action.setEnabled(filled)
