"""The answer as text whose phrases are links to their evidence, to copy, save or map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QPoint, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication, QIcon
from qgis.PyQt.QtWidgets import (
    QAction,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from .icons import icon
from .narrow import breakable, wrap_in_any_width

if TYPE_CHECKING:
    from ..engine.results import Description


class ResultsView(QStackedWidget):
    """Either a hint on what to do, or a description with its three buttons.

    `phrase_clicked` carries the phrase's link, `find_asked` the name of a phrase whose menu was
    used to find every such object; `save_asked` and `layers_asked` say which button.
    """

    phrase_clicked = pyqtSignal(str)
    find_asked = pyqtSignal(str)
    save_asked = pyqtSignal()
    layers_asked = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._description: Optional[Description] = None
        self._can_find = False
        self.hint = QLabel(self)
        self.hint.setObjectName("rsVlmHint")
        wrap_in_any_width(self.hint)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setMargin(16)
        self.addWidget(self.hint)
        self.addWidget(self._answer_page())

    def description(self) -> Optional[Description]:
        """The description shown, or None."""
        return self._description

    def show_hint(self, text: str) -> None:
        """Say what to do; only while there is no description to show."""
        self.hint.setText(breakable(text))
        if self._description is None:
            self.setCurrentIndex(0)

    def show_description(self, description: Description, status: str = "") -> None:
        """Show a description, with `status` below it ("stopped early: ...") where there is one."""
        from ..report import description_html

        self._description = description
        # A growing text is set again and again: who reads further down stays there.
        bar = self.browser.verticalScrollBar()
        place = bar.value()
        self.browser.setHtml(description_html(description))
        bar.setValue(place)
        self.set_status(status)
        self.setCurrentIndex(1)

    def forget(self) -> None:
        """Show the hint again."""
        self._description = None
        self.browser.clear()
        self.set_status("")
        self.setCurrentIndex(0)

    def add_session_menu(self, actions: Sequence[QAction]) -> None:
        """Offer what can be done with all that was asked so far, beside what can be done with this
        description."""
        menu = QMenu(self.session_button)
        menu.setToolTipsVisible(True)
        menu.addActions(list(actions))
        self.session_button.setMenu(menu)
        self.session_button.setVisible(bool(actions))

    def scroll_to_top(self) -> None:
        """Show the beginning, for a new description."""
        self.browser.verticalScrollBar().setValue(0)

    def set_status(self, status: str) -> None:
        """A line below the text; empty hides it."""
        self.status.setText(breakable(status))
        self.status.setVisible(bool(status))

    def set_finished(self, finished: bool, has_layers: bool) -> None:
        """While a description grows it can be read and copied, but not saved or shown as layers."""
        self.save_button.setEnabled(finished)
        self.layers_button.setEnabled(finished and has_layers)

    def offer_find(self, possible: bool) -> None:
        """Let the menu of a phrase offer to find every such object, or not."""
        self._can_find = possible
        self.browser.setToolTip(
            self.tr("Click a phrase to see it on the map, right-click it to find every such object")
            if possible
            else ""
        )

    def menu_at(self, at: QPoint) -> QMenu:
        """The text's menu; on a phrase it begins with finding every such object."""
        menu = self.browser.createStandardContextMenu(at)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = self._name_of(self.browser.anchorAt(at))
        if name and self._can_find:
            # A lone ampersand would become a shortcut.
            text = self.tr("Find every {name}").format(name=name.replace("&", "&&"))
            action = QAction(icon("find"), text, menu)
            action.triggered.connect(lambda _checked=False: self.find_asked.emit(name))
            first = menu.actions()[0]
            menu.insertAction(first, action)
            menu.insertSeparator(first)
        return menu

    def copy_text(self) -> None:
        """Put the description, as plain text, on the clipboard."""
        QGuiApplication.clipboard().setText(self.browser.toPlainText().strip())
        self.set_status(self.tr("Copied."))

    def _answer_page(self) -> QWidget:
        page = QWidget(self)
        self.browser = QTextBrowser(page)
        self.browser.setObjectName("rsVlmAnswer")
        self.browser.setAccessibleName(self.tr("Description"))
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._link_clicked)
        self.browser.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.browser.customContextMenuRequested.connect(self._offer_menu)
        self.browser.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.status = QLabel(page)
        self.status.setObjectName("rsVlmStatus")
        wrap_in_any_width(self.status)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.status.hide()
        self.copy_button = self._button(
            "rsVlmCopy", "/mActionEditCopy.svg", self.tr("Cop&y"), self.tr("Copy the text")
        )
        self.save_button = self._button(
            "rsVlmSave",
            "/mActionFileSave.svg",
            self.tr("Repor&t…"),
            self.tr("Save a report: an HTML page that any browser opens"),
        )
        self.layers_button = self._button(
            "rsVlmLayers",
            "/mActionShowAllLayers.svg",
            self.tr("L&ayers"),
            self.tr("Show the result layers and zoom to what was described"),
        )
        self.session_button = self._button(
            "rsVlmSession",
            "/mActionHistory.svg",
            self.tr("Session"),
            self.tr("All that was asked in this project: export a report, clear the log"),
        )
        self.session_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.session_button.hide()
        self.copy_button.clicked.connect(lambda _checked=False: self.copy_text())
        self.save_button.clicked.connect(lambda _checked=False: self.save_asked.emit())
        self.layers_button.clicked.connect(lambda _checked=False: self.layers_asked.emit())
        row = QHBoxLayout()
        row.setSpacing(0)
        for button in (self.copy_button, self.save_button, self.layers_button):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.session_button)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.browser, 1)
        column.addWidget(self.status)
        column.addLayout(row)
        return page

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

    def _link_clicked(self, url: QUrl) -> None:
        self.phrase_clicked.emit(url.toString())

    def _offer_menu(self, at: QPoint) -> None:
        self.menu_at(at).popup(self.browser.viewport().mapToGlobal(at))

    def _name_of(self, link: str) -> str:
        """The object that a link names; empty for one that leads to a place without a name."""
        from ..report import linked_name

        return linked_name(self._description, link) if self._description is not None else ""
