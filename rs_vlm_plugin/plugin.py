"""Wires RS-VLM into QGIS and takes it out again; no logic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, List, Optional

from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgisInterface, QgsMapMouseEvent
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTranslator, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QAction, QMenu

from .resource_paths import resource, translation_file

if TYPE_CHECKING:
    from .gui.dock import DescribeDock
    from .gui.session_actions import SessionActions

MENU = "RS-VLM"


class RsVlmPlugin:
    """What QGIS talks to. Each thing that is wired in leaves behind how to take it out."""

    def __init__(self, iface: Optional[QgisInterface]) -> None:
        """`iface` is None under qgis_process, which calls `initProcessing` only."""
        self._iface = iface
        self._dock: Optional[DescribeDock] = None
        self._translator: Optional[QTranslator] = None
        self._session_actions: Optional[SessionActions] = None
        self._undo: List[Callable[[], None]] = []

    def initProcessing(self) -> None:
        """Add the Processing provider."""
        from .model_cache import use_chosen_knowledge
        from .processing.provider import RsVlmProvider

        use_chosen_knowledge()
        self._install_translator()
        provider = RsVlmProvider()
        QgsApplication.processingRegistry().addProvider(provider)
        self._undo.append(lambda: QgsApplication.processingRegistry().removeProvider(provider))

    def initGui(self) -> None:
        """Add actions, menus, the options page and the provider; the dock waits until asked for."""
        self._install_translator()
        self._add_actions()
        self._add_session_actions()
        self._add_options_page()
        self._add_locator_filter()
        self._add_expression_functions()
        self.initProcessing()

    def unload(self) -> None:
        """Take everything out again, in reverse order, and end what runs."""
        self._remove_dock()
        while self._undo:
            self._undo.pop()()
        from .model_cache import release_model

        release_model()

    def dock(self) -> DescribeDock:
        """The dock, made on first use, hidden."""
        if self._dock is None:
            from .gui.dock import DescribeDock

            self._dock = DescribeDock(
                self._iface, self._iface.mainWindow(), self._session_actions.actions()
            )
            self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._dock)
            self._dock.hide()
            self._dock.setToggleVisibilityAction(self._panel_action)
        return self._dock

    def describe(self) -> None:
        """Open the dock and describe the region chosen in it."""
        dock = self.dock()
        dock.setUserVisible(True)
        dock.show_describe()
        dock.describe()

    def ask(self) -> None:
        """Open the dock where a question is typed."""
        dock = self.dock()
        dock.setUserVisible(True)
        dock.show_ask()

    def find(self) -> None:
        """Open the dock where it is typed what to find."""
        dock = self.dock()
        dock.setUserVisible(True)
        dock.show_find()

    def compare(self) -> None:
        """Open the dock where two images are compared."""
        dock = self.dock()
        dock.setUserVisible(True)
        dock.show_compare()

    def search(self) -> None:
        """Open the dock where a search is typed."""
        dock = self.dock()
        dock.setUserVisible(True)
        dock.show_search()

    def _install_translator(self) -> None:
        # QGIS calls `initProcessing` alone under qgis_process.
        if self._translator is not None:
            return
        self._translator = QTranslator()
        if self._translator.load(str(translation_file(QgsApplication.locale()))):
            QCoreApplication.installTranslator(self._translator)
            self._undo.insert(0, self._remove_translator)

    def _remove_translator(self) -> None:
        QCoreApplication.removeTranslator(self._translator)
        self._translator = None

    def _add_actions(self) -> None:
        from .gui.icons import icon

        iface, window = self._iface, self._iface.mainWindow()
        describe = QAction(icon("describe"), _tr("Describe region"), window)
        describe.setObjectName("RsVlmDescribeAction")
        describe.setToolTip(_tr("Describe region: what does this part of the image show?"))
        describe.triggered.connect(lambda _checked=False: self.describe())
        ask = QAction(icon("ask"), _tr("Ask about region"), window)
        ask.setObjectName("RsVlmAskAction")
        ask.setToolTip(_tr("Ask about region: how many, where, how large, what kind of place?"))
        ask.triggered.connect(lambda _checked=False: self.ask())
        find = QAction(icon("find"), _tr("Find objects"), window)
        find.setObjectName("RsVlmFindAction")
        find.setToolTip(_tr("Find objects: outline everything that words name"))
        find.triggered.connect(lambda _checked=False: self.find())
        compare = QAction(icon("compare"), _tr("Compare images"), window)
        compare.setObjectName("RsVlmCompareAction")
        compare.setToolTip(_tr("Compare images: what changed from one to the other?"))
        compare.triggered.connect(lambda _checked=False: self.compare())
        search = QAction(icon("search"), _tr("Search by words"), window)
        search.setObjectName("RsVlmSearchAction")
        search.setToolTip(_tr("Search by words: where do the indexed images show it?"))
        search.triggered.connect(lambda _checked=False: self.search())
        panel = QAction(icon("panel"), _tr("RS-VLM panel"), window)
        panel.setObjectName("RsVlmPanelAction")
        panel.setCheckable(True)
        panel.triggered.connect(self._toggle_dock)
        self._panel_action = panel
        help_action = QAction(icon("rs_vlm"), _tr("RS-VLM help"), window)
        help_action.setObjectName("RsVlmHelpAction")
        help_action.triggered.connect(lambda _checked=False: QDesktopServices.openUrl(help_page()))

        toolbar = iface.addToolBar(MENU)
        toolbar.setObjectName("RsVlmToolBar")
        self._undo.append(toolbar.deleteLater)
        for action in (describe, ask, find, compare, search, panel):
            toolbar.addAction(action)
            iface.addPluginToRasterMenu(MENU, action)
            self._undo.append(lambda action=action: iface.removePluginRasterMenu(MENU, action))
        iface.pluginHelpMenu().addAction(help_action)
        self._undo.append(lambda: iface.pluginHelpMenu().removeAction(help_action))
        for action in (describe, ask, find, compare, search, panel, help_action):
            self._undo.insert(0, action.deleteLater)

        def offer(menu: QMenu, _event: QgsMapMouseEvent) -> None:
            menu.addAction(describe)

        canvas = iface.mapCanvas()
        canvas.contextMenuAboutToShow.connect(offer)
        self._undo.append(lambda: canvas.contextMenuAboutToShow.disconnect(offer))

    def _add_session_actions(self) -> None:
        from .gui import messages
        from .gui.session_actions import SessionActions
        from .session import session
        from .session.in_project import ProjectLog

        iface, window = self._iface, self._iface.mainWindow()
        actions = self._session_actions = SessionActions(iface, window)
        self._undo.append(actions.deleteLater)
        self._undo.append(actions.dispose)
        log = ProjectLog(
            session(),
            QgsProject.instance(),
            lambda sentence: messages.show_note(iface, sentence),
            window,
        )
        self._undo.append(log.deleteLater)
        self._undo.append(log.dispose)
        for action in actions.actions():
            iface.addPluginToRasterMenu(MENU, action)
            self._undo.append(lambda action=action: iface.removePluginRasterMenu(MENU, action))

    def _add_options_page(self) -> None:
        from .gui.options_page import OptionsFactory

        factory = OptionsFactory()
        self._iface.registerOptionsWidgetFactory(factory)
        self._undo.append(lambda: self._iface.unregisterOptionsWidgetFactory(factory))

    def _add_locator_filter(self) -> None:
        from .gui.search.locator import SearchLocatorFilter

        locator_filter = SearchLocatorFilter(self._iface)
        self._iface.registerLocatorFilter(locator_filter)
        # QGIS deletes the filter when it is deregistered.
        self._undo.append(lambda: self._iface.deregisterLocatorFilter(locator_filter))
        self._undo.append(locator_filter.dispose)

    def _add_expression_functions(self) -> None:
        from . import expressions

        expressions.register()
        self._undo.append(expressions.unregister)

    def _toggle_dock(self, shown: bool) -> None:
        # From the first use on, QGIS keeps dock and action in step by itself.
        if self._dock is None:
            self.dock().setUserVisible(shown)

    def _remove_dock(self) -> None:
        if self._dock is not None:
            self._dock.dispose()
            self._iface.removeDockWidget(self._dock)
            self._dock.deleteLater()
            self._dock = None


def help_page() -> QUrl:
    """The help that comes with the plugin; it needs no network."""
    return QUrl.fromLocalFile(str(resource("help", "index.html")))


def _tr(text: str) -> str:
    return QCoreApplication.translate("RsVlmPlugin", text)
