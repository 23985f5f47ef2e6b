"""The Ask tab: type a question about the region, read the answer, see what it rests on."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Dict, List, Optional

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication, QHideEvent, QIcon, QShowEvent
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...engine.ask import Reply
from ...engine.ask.question import read_question
from ...engine.errors import BadRequest, RsVlmError
from ...model_actions import why_not
from ...session import session
from ...settings import load_settings
from ...spoken import error_text
from .. import messages
from ..busy_bar import BusyBar
from ..evidence import point_at
from ..first_page import FirstPage
from ..icons import icon
from ..install_offer import offer_install
from ..narrow import wrap_in_any_width
from ..region_chooser import RegionKind
from ..status_line import StatusLine
from ..target import Aim, Target
from ..task_runner import TaskRunner
from .ask_task import AskTask
from .conversation import Exchange, conversation_html, linked_evidence
from .pinned_region import PinnedRegion, about_text
from .question_line import QuestionLine

if TYPE_CHECKING:
    from qgis.core import QgsLayerTreeGroup

EXAMPLES = (
    "What does this show?",
    "Is there water?",
    "How many buildings are there?",
    "Where are the storage tanks?",
    "Are there more trees than houses?",
    "How large is the lake?",
    "What is the land cover?",
    "Is it rural or urban?",
)
"""One of each kind; in English whatever the interface speaks, because the model is."""
_HINT, _TALK = range(2)


class AskPanel(QWidget):
    """A conversation about one region at a time; `answered` follows each question's end."""

    answered = pyqtSignal()

    def __init__(
        self, iface: QgisInterface, target: Target, parent: Optional[QWidget] = None
    ) -> None:
        """Make the tab.

        Args:
            iface: of QGIS.
            target: which region is asked about; shared with other tabs.
            parent: where it lies.
        """
        super().__init__(parent)
        self.setObjectName("rsVlmAsk")
        self._iface = iface
        self._target = target
        self._exchanges: List[Exchange] = []
        self._layers: Dict[int, str] = {}
        self._group: Optional[QgsLayerTreeGroup] = None
        self._last: Optional[AskTask] = None
        self._asked: Optional[Aim] = None
        self._about = ""
        self._build()
        self.pinned = PinnedRegion(iface.mapCanvas(), target)
        self._runner = TaskRunner(self.busy_bar, self)
        self._connect()
        self.refresh()
        self._restore()

    def dispose(self) -> None:
        """End what runs, wait for it, and take everything off the canvas."""
        QgsProject.instance().cleared.disconnect(self._project_cleared)
        session().restored.disconnect(self._restore)
        self._target.chooser.changed.disconnect(self._region_changed)
        self._target.picker.layer_changed.disconnect(self._region_changed)
        self._runner.dispose()
        self.pinned.dispose()

    def is_busy(self) -> bool:
        """Whether a question is being answered."""
        return self._runner.is_busy()

    def exchanges(self) -> List[Exchange]:
        """What was said, oldest first."""
        return list(self._exchanges)

    def start_typing(self) -> None:
        """Put the keyboard where a question is typed."""
        self.question_line.setFocus()

    def ask(self, question: str) -> None:
        """Ask about the region of the conversation, or the chosen one where there is none yet."""
        if self.is_busy():
            self.status.say(self.tr("The question before is still being answered."))
            return
        missing = offer_install(self._iface)
        if missing:
            self.status.say(missing)
            return
        try:
            read_question(question)
        except BadRequest as error:
            self.status.say(error_text(error))
            return
        aim = self.pinned.aim() or self._target.aim()
        if aim is None:
            self._ask_for_region()
            return
        try:
            task = AskTask(aim.layer, *self._target.prepare(aim), question, self._last)
        except RsVlmError as error:
            self.status.fail(self._iface, error)
            return
        self._asked, self._about = aim, about_text(aim)
        self.status.say("")
        self._runner.start(task)
        self._show_talk(question)
        self._offer()

    def clear(self) -> None:
        """Forget what was said and the region it was about; layers stay in the project."""
        self._exchanges.clear()
        self._layers.clear()
        self._group = None
        self.pinned.release()
        self.status.say("")
        self.refresh()

    def copy_text(self) -> None:
        """Put the conversation, as plain text, on the clipboard."""
        QGuiApplication.clipboard().setText(self.browser.toPlainText().strip())
        self.status.say(self.tr("Copied."))

    def refresh(self) -> None:
        """Offer what the chosen model and the project allow."""
        self._unable = why_not(load_settings().bundle(), "ask")
        self._offer()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the region of the conversation with the tab."""
        super().showEvent(event)
        self.pinned.set_shown(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Hide the region of the conversation with the tab."""
        super().hideEvent(event)
        self.pinned.set_shown(False)

    def _build(self) -> None:
        self.about = QLabel(self.tr("Further questions are about the same region."), self)
        self.about.setObjectName("rsVlmAskAbout")
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        wrap_in_any_width(self.about)
        self.release_button = QToolButton(self)
        self.release_button.setObjectName("rsVlmAskRelease")
        self.release_button.setIcon(icon("region_view"))
        self.release_button.setText(self.tr("Use the view now"))
        self.release_button.setToolTip(
            self.tr(
                "The region stays the same wherever the map goes. Press to ask about what the map "
                "shows now."
            )
        )
        self.release_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.release_button.setAutoRaise(True)
        self.release_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pages = QStackedWidget(self)
        self.first_page = FirstPage(
            "rsVlmAsk", EXAMPLES, self.tr("Ask this about the region"), self.pages
        )
        self.pages.addWidget(self.first_page)
        self.pages.addWidget(self._talk_page())
        self.busy_bar = BusyBar(
            "rsVlmAsk", self.tr("Cancel"), self.tr("Progress of the answer"), self
        )
        self.status = StatusLine("rsVlmAskStatus", self)
        self.question_line = QuestionLine(self)
        self.ask_button = QPushButton(icon("ask"), self.tr("Ask"), self)
        self.ask_button.setObjectName("rsVlmAskButton")
        self.copy_button = self._button(
            "rsVlmAskCopy",
            "/mActionEditCopy.svg",
            self.tr("Copy"),
            self.tr("Copy questions and answers as text"),
        )
        self.clear_button = self._button(
            "rsVlmAskClear",
            "/mActionDeleteSelected.svg",
            self.tr("Clear"),
            self.tr("Begin anew; result layers stay in the project"),
        )
        pinned = QHBoxLayout()
        pinned.setContentsMargins(0, 0, 0, 0)
        pinned.addWidget(self.about, 1)
        pinned.addWidget(self.release_button)
        question = QHBoxLayout()
        question.setContentsMargins(0, 0, 0, 0)
        question.addWidget(self.question_line, 1)
        question.addWidget(self.ask_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.clear_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.addLayout(pinned)
        column.addWidget(self.pages, 1)
        column.addWidget(self.busy_bar)
        column.addWidget(self.status)
        column.addLayout(question)
        column.addLayout(buttons)

    def _talk_page(self) -> QTextBrowser:
        self.browser = QTextBrowser(self)
        self.browser.setObjectName("rsVlmConversation")
        self.browser.setAccessibleName(self.tr("Questions and answers"))
        self.browser.setOpenLinks(False)
        self.browser.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return self.browser

    def _button(self, name: str, theme_icon: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIcon(QIcon(QgsApplication.getThemeIcon(theme_icon)))
        button.setText(text)
        button.setToolTip(tip)
        button.setAutoRaise(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _connect(self) -> None:
        self.first_page.chosen.connect(self._ask_example)
        self.question_line.returnPressed.connect(self._ask_typed)
        self.ask_button.clicked.connect(lambda _checked=False: self._ask_typed())
        self.copy_button.clicked.connect(lambda _checked=False: self.copy_text())
        self.clear_button.clicked.connect(lambda _checked=False: self._begin_anew())
        self.release_button.clicked.connect(lambda _checked=False: self._release())
        self.browser.anchorClicked.connect(self._show_evidence)
        self._runner.concluded.connect(self._concluded)
        self._target.chooser.changed.connect(self._region_changed)
        self._target.picker.layer_changed.connect(self._region_changed)
        QgsProject.instance().cleared.connect(self._project_cleared)
        session().restored.connect(self._restore)

    def _ask_typed(self) -> None:
        # Return is heard even while the button is off.
        if self.ask_button.isEnabled() or self.is_busy():
            self.ask(self.question_line.text())

    def _ask_example(self, text: str) -> None:
        self.question_line.setText(text)
        self.start_typing()
        self.ask(text)

    def _begin_anew(self) -> None:
        self.clear()
        session().begin_talk()
        self.start_typing()

    def _ask_for_region(self) -> None:
        if self._target.layer() is None:
            self.status.say(self.tr("Add a raster layer to the project first."))
            return
        self._target.chooser.start_drawing()
        self.status.say(self._target.chooser.summary.text())

    def _concluded(self, task: AskTask) -> None:
        self._last = task
        if task.reply is not None:
            self._take(task)
        elif task.failure is None:
            self.status.say(self.tr("Cancelled."))
        if task.failure is not None:
            self.status.fail(self._iface, task.failure)
        self._show_talk()
        self._offer()
        if self.busy_bar.had_keyboard:
            self.start_typing()
        self.answered.emit()

    def _take(self, task: AskTask) -> None:
        aim = self._asked
        if self.pinned.aim() is None and not sip.isdeleted(aim.layer):
            self.pinned.keep(aim)
        self._exchanges.append(Exchange(task.reply, self._about))
        if task.belongs_to_project():
            session().add(task.reply, about=self._about)
        self.question_line.take()
        if task.wanted_in_project():
            try:
                self._add_layer(task)
            except RsVlmError as error:
                self.status.fail(self._iface, error)

    def _add_layer(self, task: AskTask) -> None:
        from ...layers.found_layers import add_in_group, open_evidence

        reply = task.reply
        layer = open_evidence(task.database, reply.question, reply.provenance.crs_wkt)
        name = self.tr("RS-VLM answers: {layer}").format(layer=task.info.name)
        self._group = add_in_group(layer, self._group, name, QgsProject.instance())
        number = len(self._exchanges) - 1
        self._layers[number] = layer.id()
        self._show_layer(number)

    def _show_layer(self, number: int) -> None:
        """Of all answers drawn over each other none could be read: one of them is ticked."""
        root = QgsProject.instance().layerTreeRoot()
        for other, layer_id in self._layers.items():
            node = root.findLayer(layer_id)
            if node is not None and other != number:
                node.setItemVisibilityChecked(False)
                node.setExpanded(False)
        node = root.findLayer(self._layers.get(number, ""))
        if node is not None:
            node.setItemVisibilityCheckedParentRecursive(True)

    def _show_evidence(self, url: QUrl) -> None:
        found = linked_evidence(self._exchanges, url.toString())
        if found is None:
            return
        exchange, geometry = found
        self._show_layer(self._exchanges.index(exchange))
        crs = QgsCoordinateReferenceSystem.fromWkt(exchange.reply.provenance.crs_wkt)
        if not point_at(self._iface.mapCanvas(), geometry, crs):
            messages.show_note(self._iface, self.tr("This answer has no place on the map."))

    def _release(self) -> None:
        self.pinned.release()
        self._offer()
        self.start_typing()

    def _region_changed(self, _layer: object = None) -> None:
        self.pinned.check()
        self._offer()

    def _project_cleared(self) -> None:
        self._last = None
        self.clear()

    def _restore(self) -> None:
        """Go on with the conversation that was saved with the project."""
        if self._exchanges:
            return
        begins = session().talk_begins()
        self._exchanges = [
            Exchange(entry.result, entry.about)
            for entry in session().entries()
            if isinstance(entry.result, Reply) and (begins is None or entry.at >= begins)
        ]
        if self._exchanges:
            self._show_talk()
            self._offer()

    def _show_talk(self, pending: str = "") -> None:
        self.browser.setHtml(conversation_html(self._exchanges, pending))
        bar = self.browser.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _offer(self) -> None:
        layer = self._target.layer()
        usable = layer is not None and not self._unable
        busy = self.is_busy()
        self.question_line.setEnabled(usable)
        self.ask_button.setEnabled(usable and not busy)
        # As a Describe button that is off: the tool tip says why.
        self.ask_button.setToolTip(
            html.escape(self._unable) or self.tr("Ask this about the region (Return)")
        )
        self.first_page.offer(self._what_to_do(), not self._unable, usable)
        self.copy_button.setEnabled(bool(self._exchanges))
        self.clear_button.setEnabled(bool(self._exchanges) and not busy)
        kind = self.pinned.kind()
        self.about.setVisible(kind is not None)
        self.release_button.setVisible(kind is RegionKind.VIEW and not busy)
        self.pages.setCurrentIndex(_TALK if self._exchanges or busy else _HINT)

    def _what_to_do(self) -> str:
        if self._unable:
            return self._unable
        if self._target.layer() is None:
            return self.tr("Add a raster layer to the project to ask about it.")
        return self.tr(
            "Choose a region and ask about it in English.\nWhere the model cannot tell, it says so."
            "\n\nTry one of these:"
        )
