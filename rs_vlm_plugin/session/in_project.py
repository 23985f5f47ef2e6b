"""The log of the session goes with the project: into its file when that is saved, out of it when it
is opened. Another project has another log."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QObject

from .log import Session

SCOPE, KEY = "rs_vlm", "session/log"


class ProjectLog(QObject):
    """Keeps a session and a project together, from its making until `dispose`. Main thread only.

    An answer makes the project one with unsaved changes, so that QGIS asks before it is closed;
    the log is packed only when the project is written.
    """

    def __init__(
        self,
        session: Session,
        project: QgsProject,
        say: Callable[[str], None],
        parent: Optional[QObject] = None,
    ) -> None:
        """Begin, with the log of the project that is open.

        Args:
            session: filled and emptied as projects come and go.
            project: the one that QGIS shows.
            say: takes a sentence on a log that could not be read.
            parent: as of any QObject.
        """
        super().__init__(parent)
        self._session = session
        self._project = project
        self._say = say
        self._foreign = False
        self._taking = False
        session.changed.connect(self._changed)
        project.cleared.connect(self._closed)
        project.readProject.connect(self._opened)
        project.writeProject.connect(self._saved)
        if not session.entries():
            self._opened()

    def dispose(self) -> None:
        """End; what the session holds stays in the open project, to be found when begun again."""
        self._session.changed.disconnect(self._changed)
        self._project.cleared.disconnect(self._closed)
        self._project.readProject.disconnect(self._opened)
        self._project.writeProject.disconnect(self._saved)
        if self._project.isDirty():
            self._saved()

    def _changed(self) -> None:
        if self._taking:
            return
        if not self._session.entries():
            # Cleared by the user: a log that could not be read goes too.
            self._foreign = False
        self._project.setDirty(True)

    def _closed(self) -> None:
        self._foreign = False
        self._take_nothing()

    def _opened(self, _document: object = None) -> None:
        text = self._project.readEntry(SCOPE, KEY)[0]
        self._foreign = False
        if not text:
            self._take_nothing()
            return
        # Most projects have no log: opening these need not wait for the engine.
        from .plain_values import Malformed
        from .stored import NewerFormat, read_log

        try:
            log = read_log(text)
        except NewerFormat:
            self._foreign = True
            self._take_nothing()
            self._say(
                _tr(
                    "The session log of this project was written by a newer RS-VLM: it is kept as "
                    "it is, and new answers are not saved with the project. Update the plugin."
                )
            )
            return
        except Malformed:
            self._take_nothing()
            self._say(_tr("The session log of this project is damaged and was left out."))
            return
        self._taking = True
        self._session.restore(log.entries, log.talk_begins)
        self._taking = False
        if log.unreadable:
            self._say(
                _tr("{count} answers of this project's session log could not be read.").format(
                    count=log.unreadable
                )
            )

    def _saved(self, _document: object = None) -> None:
        from .stored import log_text

        if self._foreign:
            return
        text = log_text(self._session.entries(), self._session.talk_begins())
        if text:
            self._project.writeEntry(SCOPE, KEY, text)
        else:
            self._project.removeEntry(SCOPE, KEY)

    def _take_nothing(self) -> None:
        self._taking = True
        self._session.restore()
        self._taking = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProjectLog", text)
