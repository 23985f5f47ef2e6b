"""The dock: describe, click a phrase and see it on the map; in other tabs ask, find, search."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Sequence

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgisInterface, QgsDockWidget
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QBuffer, QEvent, QIODevice, QLocale, Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QAction,
    QFileDialog,
    QShortcut,
    QVBoxLayout,
    QWidget,
)

from ..engine.errors import RsVlmError
from ..model_actions import why_not
from ..session import session
from ..settings import load_settings
from ..spoken import error_text, spoken
from . import messages
from .ask.ask_panel import AskPanel
from .compare.compare_panel import ComparePanel
from .enter_presses import EnterPresses
from .evidence import point_at
from .find.find_panel import FindPanel
from .fitting_tabs import FittingTabs
from .icons import icon
from .install_offer import offer_install
from .region_chooser import ChosenRegion, RegionKind
from .results_view import ResultsView
from .run_bar import RunBar, press_by_shortcut
from .search.search_panel import SearchPanel
from .target import Aim, Target

if TYPE_CHECKING:
    from ..engine.results import Description
    from ..layers.gradual_addition import GradualAddition
    from ..tasks import DescribeTask

STOP_SECONDS = 10.0
MARGIN = 6


class DescribeDock(QgsDockWidget):
    """Everything around one description at a time; `concluded` follows each, good or bad."""

    concluded = pyqtSignal()

    def __init__(
        self,
        iface: QgisInterface,
        parent: Optional[QWidget] = None,
        session_actions: Sequence[QAction] = (),
    ) -> None:
        """Make the dock; `session_actions` are offered beside a description."""
        super().__init__(messages.TITLE, parent)
        self.setObjectName("RsVlmDock")
        self._iface = iface
        self._task: Optional[DescribeTask] = None
        self._last: Optional[DescribeTask] = None
        self._addition: Optional[GradualAddition] = None
        self._described: Optional[QgsRasterLayer] = None
        self._describing: Optional[QgsRasterLayer] = None
        self._build()
        self.results.add_session_menu(session_actions)
        self._connect()
        self._layer_changed(self.picker.layer())
        self._restore()

    def dispose(self) -> None:
        """End what runs, wait for it, and take everything off the canvas."""
        task = self._task
        if self._addition is not None:
            self._addition.ended.disconnect(self._finish)
            self._addition.stop()
            self._addition = self._task = None
        elif task is not None:
            task.concluded.disconnect(self._concluded)
            task.abandon()
            task.wait_until_stopped(STOP_SECONDS)
            self._task = None
        QgsProject.instance().cleared.disconnect(self._project_cleared)
        session().restored.disconnect(self._restore)
        self.ask_panel.dispose()
        self.find_panel.dispose()
        self.compare_panel.dispose()
        self.target.dispose()
        self.search.dispose()

    def event(self, event: QEvent) -> bool:
        """Another model may have been chosen in the options while the window was not active."""
        if event.type() == QEvent.Type.WindowActivate:
            self.ask_panel.refresh()
            self.find_panel.refresh()
            self.compare_panel.refresh()
        if event.type() == QEvent.Type.WindowActivate and not self.is_busy():
            button = self.run_bar.describe_button
            before = button.isEnabled()
            self._offer_actions()
            if button.isEnabled() != before and self.results.description() is None:
                self._show_first_hint()
        return super().event(event)

    def is_busy(self) -> bool:
        """Whether a description is under way."""
        return self._task is not None

    def describe(self) -> None:
        """Describe the chosen region of the chosen layer in the background."""
        if self.is_busy():
            return
        if self.picker.layer() is None:
            messages.show_note(self._iface, self.tr("Add a raster layer to the project first."))
            return
        missing = offer_install(self._iface)
        if missing:
            self.results.show_hint(missing)
            return
        aim = self.target.aim()
        if aim is None:
            self.chooser.start_drawing()
            messages.show_note(self._iface, self.chooser.summary.text())
            return
        try:
            self._start(self._new_task(aim))
        except RsVlmError as error:
            self._show_problem(spoken(error.message), spoken(error.hint))
            self.concluded.emit()

    def cancel(self) -> None:
        """Ask the description under way to stop; what it has found is kept."""
        # Once the layers are being added there is nothing left to stop.
        if self._task is not None and self._addition is None:
            self._task.cancel()

    def _build(self) -> None:
        self.tabs = FittingTabs(self)
        self.tabs.setObjectName("rsVlmTabs")
        self.tabs.setDocumentMode(True)
        # Shortened, all tabs stay in sight in a narrow dock and in a language of longer words.
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        body = QWidget(self.tabs)
        self.target = Target(self._iface, body)
        self.picker = self.target.picker
        self.chooser = self.target.chooser
        self.options = self.target.options
        self.run_bar = RunBar(body)
        self.results = ResultsView(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.addWidget(self.target)
        column.addWidget(self.run_bar)
        column.addWidget(self.results, 1)
        self.ask_panel = AskPanel(self._iface, self.target, self.tabs)
        self.find_panel = FindPanel(self._iface, self.target, self.tabs)
        self.compare_panel = ComparePanel(self._iface, self.target, self.tabs)
        self.search = SearchPanel(self._iface, self.tabs)
        for panel in (self.ask_panel, self.find_panel, self.compare_panel, self.search):
            panel.layout().setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.tabs.add(body, icon("describe"), self.tr("Describe"))
        self.tabs.add(self.ask_panel, icon("ask"), self.tr("Ask"))
        self.tabs.add(self.find_panel, icon("find"), self.tr("Find"))
        self.tabs.add(self.compare_panel, icon("compare"), self.tr("Compare"))
        self.tabs.add(self.search, icon("search"), self.tr("Search"))
        self._with_target = (body, self.ask_panel, self.find_panel, self.compare_panel)
        self.setWidget(self.tabs)
        EnterPresses(self.tabs)
        press_by_shortcut(self.run_bar.describe_button, body)
        give_up = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        give_up.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        give_up.activated.connect(self._give_up)

    def show_describe(self) -> None:
        """Bring the Describe tab to the front."""
        self.tabs.setCurrentIndex(0)

    def show_ask(self) -> None:
        """Bring the Ask tab to the front, ready to be typed in."""
        self.tabs.setCurrentWidget(self.ask_panel)
        self.ask_panel.start_typing()

    def show_find(self) -> None:
        """Bring the Find tab to the front, ready to be typed in."""
        self.tabs.setCurrentWidget(self.find_panel)
        self.find_panel.start_typing()

    def show_compare(self) -> None:
        """Bring the Compare tab to the front."""
        self.tabs.setCurrentWidget(self.compare_panel)
        self.compare_panel.take_keyboard()

    def show_search(self) -> None:
        """Bring the Search tab to the front, ready to be typed in."""
        self.tabs.setCurrentWidget(self.search)
        self.search.start_typing()

    def _give_up(self) -> None:
        if self.search.is_drawing():
            self.search.stop_drawing()
        elif self.chooser.is_drawing():
            self.chooser.stop_drawing()
        else:
            panels = (self.ask_panel, self.find_panel, self.compare_panel)
            bars = (self.run_bar, *(panel.busy_bar for panel in panels))
            # Visible is what runs in the tab in front.
            for button in [bar.cancel_button for bar in bars if bar.cancel_button.isVisible()]:
                button.click()

    def _tab_changed(self, _index: int) -> None:
        """Move what is chosen for all of them, image and region, into the tab that is in front."""
        page = self.tabs.currentWidget()
        if page in self._with_target:
            page.layout().insertWidget(0, self.target)
            self.target.show()
            # Who looks for something has other choices of where to look, and its own box for them.
            self.options.setVisible(page is not self.find_panel)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._tab_changed)
        self.picker.layer_changed.connect(self._layer_changed)
        self.run_bar.describe_asked.connect(self.describe)
        self.run_bar.cancel_asked.connect(self.cancel)
        self.results.phrase_clicked.connect(self._show_evidence)
        self.results.find_asked.connect(self._find_every)
        self.results.save_asked.connect(self._save_report)
        self.results.layers_asked.connect(self._show_layers)
        QgsProject.instance().cleared.connect(self._project_cleared)
        session().restored.connect(self._restore)

    def _layer_changed(self, layer: Optional[QgsRasterLayer]) -> None:
        self.chooser.set_raster(layer)
        self._offer_actions()
        self._show_first_hint()

    def _show_first_hint(self) -> None:
        """What stands in the place of an answer: what to do, or why nothing can be done."""
        layer, unable = self.picker.layer(), self._unable()
        if unable:
            hint = unable
        elif layer is None:
            hint = self.tr("Add a raster layer to the project to have it described.")
        else:
            hint = self.tr(
                "Choose a region and press Describe region.\n\n"
                "The answer appears here, with phrases that point at the map."
            )
        self.results.show_hint(hint)

    def _offer_actions(self) -> None:
        """Offer what the chosen model can do."""
        self.run_bar.offer_describe(self.picker.layer() is not None, self._unable())
        self.results.offer_find(self.find_panel.can_find())

    def _unable(self) -> str:
        """Why the chosen model cannot describe; empty where it can."""
        return why_not(load_settings().bundle(), "describe")

    def _project_cleared(self) -> None:
        self.chooser.clear_drawing()
        self._last = self._described = None
        self._refresh_buttons()
        self.results.forget()
        self._show_first_hint()

    def _restore(self) -> None:
        """Show the newest description that was saved with the project."""
        from ..engine.results import Description

        if self.results.description() is not None or self.is_busy():
            return
        for entry in reversed(session().entries()):
            if isinstance(entry.result, Description):
                when = QLocale().toString(entry.at.astimezone(), QLocale.FormatType.ShortFormat)
                said = self.tr("Saved with this project on {when}.").format(when=when)
                self.results.show_description(entry.result, said)
                self.results.set_finished(finished=True, has_layers=False)
                return

    def _refresh_buttons(self) -> None:
        done = self._last is not None
        self.results.set_finished(done, done and self._last.database is not None)

    def _new_task(self, aim: Aim) -> DescribeTask:
        from ..tasks import DescribeTask

        task = DescribeTask(aim.layer, *self.target.prepare(aim))
        self._describing = aim.layer
        return task

    def _start(self, task: DescribeTask) -> None:
        self._task = task
        self.results.set_finished(finished=False, has_layers=False)
        self.results.scroll_to_top()
        self.results.set_status("")
        self.run_bar.show_busy()
        task.progressChanged.connect(self.run_bar.show_progress)
        task.step_reached.connect(self.run_bar.show_step)
        task.partial_found.connect(self._show_partial)
        task.concluded.connect(self._concluded)
        QgsApplication.taskManager().addTask(task)

    def _show_partial(self, description: Description) -> None:
        # Queued from the background: one may arrive after the task has been concluded.
        if self.is_busy() and self._addition is None:
            # It has not been stopped, so it must not say so yet.
            unfinished = replace(description, partial=False)
            self._described = self._describing
            self.results.show_description(unfinished)

    def _concluded(self) -> None:
        from ..layers.gradual_addition import GradualAddition

        if self._task.wanted_in_project():
            self._addition = GradualAddition(self._task.database, QgsProject.instance(), self)
            self._addition.ended.connect(self._finish)
        else:
            self._finish()

    def _finish(self) -> None:
        from ..layers.found_layers import put_aside

        task, self._task = self._task, None
        addition, self._addition = self._addition, None
        if addition is not None:
            task.group = addition.group
            task.problem = task.problem or addition.problem
            addition.deleteLater()
        self.run_bar.show_ready()
        problem = spoken(task.problem.message) if task.problem else task.ended_because
        hint = spoken(task.problem.hint) if task.problem else ""
        if task.description is not None:
            put_aside(self._last.group if self._last else None)
            self._last = task
            if task.belongs_to_project():
                session().add(task.description)
            self._described = self._describing
            status = f"{problem} {hint}".strip()
            if task.description.partial and not status:
                status = self.tr("Cancelled. What had been found by then is kept.")
            self.results.show_description(task.description, status)
        self._refresh_buttons()
        if problem:
            self._show_problem(problem, hint)
        elif task.description is None:
            self.results.set_status(self.tr("Cancelled."))
        self.concluded.emit()

    def _show_problem(self, problem: str, hint: str = "") -> None:
        # QGIS's message bar cuts off what does not fit on one line; the dock has room for the hint.
        missing = offer_install(self._iface)
        if not missing:
            messages.show_problem(self._iface, problem)
        sentence = missing or f"{problem} {hint}".strip()
        self.results.set_status(sentence)
        self.results.show_hint(sentence)

    def _show_evidence(self, link: str) -> None:
        from ..report import linked_geometry

        description = self.results.description()
        if description is None:
            return
        evidence = linked_geometry(description, link)
        crs = QgsCoordinateReferenceSystem.fromWkt(description.provenance.crs_wkt)
        if evidence is None or not point_at(self._iface.mapCanvas(), evidence, crs):
            messages.show_note(self._iface, self.tr("This phrase has no place on the map."))

    def _find_every(self, name: str) -> None:
        """Find what a phrase of the description names, where the description saw it."""
        from ..layers.geojson import geometry_from_geojson

        description = self.results.description()
        layer = self._described
        if description is None:
            return
        self.show_find()
        if layer is None or sip.isdeleted(layer):
            self.find_panel.look_for((name,))
            return
        crs = QgsCoordinateReferenceSystem.fromWkt(description.provenance.crs_wkt)
        region = geometry_from_geojson(description.provenance.region)
        self.find_panel.look_for((name,), Aim(layer, ChosenRegion(RegionKind.POLYGON, region, crs)))

    def _save_report(self) -> None:
        from ..report import save_report

        description = self.results.description()
        if description is None:
            return
        suggested = f"{Path(description.provenance.raster).stem or 'report'}.html"
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save report"), suggested, self.tr("Web page (*.html)")
        )
        if not path:
            return
        try:
            save_report(Path(path), description, self._picture_of_map())
        except RsVlmError as error:
            messages.show_problem(self._iface, error_text(error))
        else:
            self.results.set_status(self.tr("Saved as {path}.").format(path=path))

    def _picture_of_map(self) -> bytes:
        picture = QBuffer()
        picture.open(QIODevice.OpenModeFlag.WriteOnly)
        self._iface.mapCanvas().grab().save(picture, "PNG")
        return bytes(picture.data())

    def _show_layers(self) -> None:
        if self._last is None or self._last.database is None:
            return
        try:
            self._last.show_layers()
        except RsVlmError as error:
            messages.show_problem(self._iface, error_text(error))
            return
        group = self._last.group
        group.setItemVisibilityCheckedParentRecursive(True)
        group.setItemVisibilityCheckedRecursive(True)
        group.setExpanded(True)
        provenance = self._last.description.provenance
        crs = QgsCoordinateReferenceSystem.fromWkt(provenance.crs_wkt)
        point_at(self._iface.mapCanvas(), self._last.description.scene.geometry, crs)
