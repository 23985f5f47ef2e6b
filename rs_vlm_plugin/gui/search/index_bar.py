"""The line that says what can be searched, and what is to be done about it."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...spoken import error_text
from ..icons import icon
from ..narrow import wrap_in_any_width
from .counted import images_text, size_text, tiles_text
from .index_state import OTHER_MODEL, OUTDATED, UNFINISHED, WITHOUT_PARTS, IndexState


class IndexBar(QWidget):
    """State of the index with the one thing to do about it, a menu for the rest, and progress.

    `build_asked`: choose images; `update_asked`: bring up to date or continue; `rebuild_asked`: the
    same anew with the present model; `add_asked`: search an existing file too; `footprints_asked`:
    show the tiles as a layer; `forget_asked`: search none any more; `cancel_asked`.
    """

    build_asked = pyqtSignal()
    update_asked = pyqtSignal()
    rebuild_asked = pyqtSignal()
    add_asked = pyqtSignal()
    footprints_asked = pyqtSignal()
    forget_asked = pyqtSignal()
    cancel_asked = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._action = self.update_asked
        self.summary = QLabel(self)
        self.summary.setObjectName("rsVlmIndexSummary")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        wrap_in_any_width(self.summary)
        self.action_button = QPushButton(self)
        self.action_button.setObjectName("rsVlmIndexAction")
        self.action_button.setAccessibleName(self.tr("What to do about the index"))
        self.action_button.clicked.connect(lambda _checked=False: self._action.emit())
        self.menu_button = QToolButton(self)
        self.menu_button.setObjectName("rsVlmIndexMenu")
        self.menu_button.setText(self.tr("Index"))
        self.menu_button.setAutoRaise(True)
        self.menu_button.setAccessibleName(self.tr("Index"))
        self.menu_button.setToolTip(self.tr("Build, change, update or show the index"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.menu_button)
        self._entries = []
        for text, signal in (
            (self.tr("Choose images…"), self.build_asked),
            (self.tr("Update"), self.update_asked),
            (self.tr("Add an index file…"), self.add_asked),
            (self.tr("Show what was looked at"), self.footprints_asked),
            (self.tr("Forget the index"), self.forget_asked),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _checked=False, signal=signal: signal.emit())
            self._entries.append(action)
        self.menu_button.setMenu(menu)
        self.progress = QProgressBar(self)
        self.progress.setObjectName("rsVlmIndexProgress")
        self.progress.setAccessibleName(self.tr("Progress of the index"))
        self.cancel_button = QPushButton(icon("cancel"), self.tr("Stop"), self)
        self.cancel_button.setObjectName("rsVlmIndexCancel")
        self.cancel_button.setToolTip(self.tr("Stop; what was looked at is kept to go on from"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.summary, 1)
        row.addWidget(self.action_button)
        row.addWidget(self.menu_button)
        busy = QHBoxLayout()
        busy.setContentsMargins(0, 0, 0, 0)
        busy.addWidget(self.progress, 1)
        busy.addWidget(self.cancel_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(busy)
        column.addLayout(row)
        self.cancel_button.clicked.connect(lambda _checked=False: self._cancel())
        self._set_busy(False)
        self.show_state(None)

    def show_state(self, state: Optional[IndexState]) -> None:
        """Say what can be searched; None where there is no index."""
        self.setEnabled(True)
        offered = ""
        text = ""
        if state is not None and state.problem is not None:
            text = error_text(state.problem)
            offered, self._action = self.tr("Build again…"), self.build_asked
        elif state is not None:
            text = self._figures(state)
            if state.what == UNFINISHED:
                text += self.tr(" {images} not finished.").format(images=images_text(state.missing))
                offered, self._action = self.tr("Continue index"), self.update_asked
            elif state.what == OUTDATED:
                text += self.tr(" Changed since: {names}.").format(names=_named(state.changed))
                offered, self._action = self.tr("Update index"), self.update_asked
            elif state.what == WITHOUT_PARTS:
                text += self.tr(" Read again, it finds smaller places.")
                offered, self._action = self.tr("Read again"), self.update_asked
            elif state.what == OTHER_MODEL:
                text = self.tr(
                    "The index was made with another model than the one chosen, so it cannot be "
                    "searched."
                )
                offered, self._action = self.tr("Build anew"), self.rebuild_asked
        self.summary.setText(text)
        self.action_button.setText(offered)
        self.action_button.setVisible(bool(offered))
        for action in self._entries[1:]:
            action.setEnabled(state is not None)
        self._entries[2].setEnabled(True)

    def show_busy(self) -> None:
        """Offer Stop, with a bar that moves until the first progress is known."""
        self.progress.setRange(0, 0)
        self.summary.setText(self.tr("Starting…"))
        self.cancel_button.setEnabled(True)
        self._set_busy(True)

    def show_progress(self, percent: float) -> None:
        """Show how much is done, 0 to 100."""
        if percent > 0:
            self.progress.setRange(0, 100)
            self.progress.setValue(round(percent))

    def show_step(self, text: str) -> None:
        """Say what happens now."""
        if self.cancel_button.isEnabled():
            self.summary.setText(text)

    def show_ready(self) -> None:
        """Nothing runs any more."""
        self._set_busy(False)

    def _figures(self, state: IndexState) -> str:
        return self.tr("{images}, {tiles}, {size}.").format(
            images=images_text(len(state.rasters)),
            tiles=tiles_text(state.tiles),
            size=size_text(state.bytes),
        )

    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.summary.setText(self.tr("Stopping…"))
        self.cancel_asked.emit()

    def _set_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.cancel_button.setVisible(busy)
        self.menu_button.setVisible(not busy)
        if busy:
            self.action_button.hide()


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
