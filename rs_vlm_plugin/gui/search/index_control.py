"""Building, updating and finding again the project's index; the bar shows it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Optional

from qgis.core import QgsApplication, QgsProject, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QFileDialog

from ... import dependencies
from ...settings import load_settings
from ...spoken import error_text
from .. import messages
from .background import NewestJob
from .build_dialog import BuildDialog
from .counted import images_text
from .index_bar import IndexBar
from .index_state import OTHER_MODEL, UNUSABLE, WITHOUT_PARTS, IndexState, look_at_indexes
from .index_task import IndexTask
from .open_indexes import OpenIndexes
from .project_index import (
    IndexPlan,
    forget_indexes,
    forget_plan,
    index_plan,
    other_indexes,
    remember_others,
    remember_plan,
    searched_indexes,
    suggested_path,
)

STOP_SECONDS = 10.0


class IndexControl(QObject):
    """`state_changed` carries an `IndexState` or None, `concluded` follows each build."""

    state_changed = pyqtSignal(object)
    concluded = pyqtSignal()

    def __init__(
        self,
        iface: QgisInterface,
        bar: IndexBar,
        indexes: OpenIndexes,
        parent: Optional[QObject] = None,
    ) -> None:
        super().__init__(parent)
        self._iface = iface
        self._bar = bar
        self._indexes = indexes
        self._state: Optional[IndexState] = None
        self._task: Optional[IndexTask] = None
        self._plan_before: Optional[IndexPlan] = None
        self._dialog: Optional[BuildDialog] = None
        self._watcher = NewestJob("index", self)
        self._watcher.answered.connect(self._show)
        bar.build_asked.connect(self.choose)
        bar.update_asked.connect(self.update)
        bar.rebuild_asked.connect(self.rebuild)
        bar.add_asked.connect(self._choose_file)
        bar.footprints_asked.connect(self.show_footprints)
        bar.forget_asked.connect(self.forget)
        bar.cancel_asked.connect(self.cancel)
        project = QgsProject.instance()
        project.readProject.connect(self.look)
        project.cleared.connect(self.look)

    def dispose(self) -> None:
        """End what runs and wait for it."""
        project = QgsProject.instance()
        project.readProject.disconnect(self.look)
        project.cleared.disconnect(self.look)
        if self._dialog is not None:
            self._dialog.reject()
        if self._task is not None:
            self._task.concluded.disconnect(self._concluded)
            self._task.cancel()
            self._task.wait_until_stopped(STOP_SECONDS)
            self._task = None
        self._watcher.dispose()

    def state(self) -> Optional[IndexState]:
        """What was found at the last look; None without an index."""
        return self._state

    def has_index(self) -> bool:
        """Whether the project has an index to search, be it still growing."""
        return any(path.exists() for path in searched_indexes(QgsProject.instance()))

    def is_busy(self) -> bool:
        """Whether an index is being built."""
        return self._task is not None

    def dialog(self) -> Optional[BuildDialog]:
        """The dialog that chooses images, while it is open."""
        return self._dialog

    def look(self, *_: object) -> None:
        """See how the project's indexes are, in the background."""
        project = QgsProject.instance()
        paths = searched_indexes(project)
        if not paths:
            self._watcher.forget()
            self._show(None)
            return
        job = partial(
            look_at_indexes, paths, index_plan(project), load_settings().bundle(), self._indexes
        )
        self._watcher.ask(job)

    def choose(self) -> None:
        """Open the dialog that chooses images."""
        if self.is_busy() or self._offers_install():
            return
        if self._dialog is not None:
            self._dialog.raise_()
            return
        canvas = self._iface.mapCanvas()
        dialog = BuildDialog(canvas, self._plan_to_change(), self._iface.mainWindow())
        self._dialog = dialog
        dialog.accepted.connect(lambda: self.build(dialog.plan()))
        dialog.finished.connect(self._dialog_closed)
        dialog.open()

    def build(self, plan: IndexPlan, add_regions: bool = False) -> None:
        """Build or go on building, in the background; see `IndexTask`."""
        if self.is_busy():
            return
        self._plan_before = index_plan(QgsProject.instance())
        remember_plan(QgsProject.instance(), plan)
        QgsProject.instance().setDirty(True)
        settings = load_settings()
        self._task = IndexTask(plan, settings.bundle(), settings.device, add_regions)
        self._task.progressChanged.connect(self._bar.show_progress)
        self._task.step_reached.connect(self._bar.show_step)
        self._task.step_reached.connect(self._look_once_begun)
        self._task.concluded.connect(self._concluded)
        self._bar.show_busy()
        self.state_changed.emit(self._state)
        QgsApplication.taskManager().addTask(self._task)

    def update(self) -> None:
        """Read what is new or has changed, take out what is gone, finish what was stopped; where
        nothing of that is to be done, read what lacks parts again."""
        plan = index_plan(QgsProject.instance())
        if plan is None:
            messages.show_note(
                self._iface,
                self.tr("This index was made elsewhere: update it where its images are."),
            )
        else:
            offered = self._state is not None and self._state.what == WITHOUT_PARTS
            self.build(plan, add_regions=offered)

    def rebuild(self) -> None:
        """Build anew with the present model, in a file of its own; the old one stays."""
        project = QgsProject.instance()
        plan = index_plan(project)
        if plan is None or not plan.sources:
            self.choose()
            return
        self.build(replace(plan, path=suggested_path(project)))

    def cancel(self) -> None:
        """Stop; what is stored stays."""
        if self._task is not None:
            self._task.cancel()

    def add(self, path: Path) -> None:
        """Search an index made elsewhere too."""
        project = QgsProject.instance()
        remember_others(project, tuple(dict.fromkeys((*other_indexes(project), path))))
        project.setDirty(True)
        self.look()

    def forget(self) -> None:
        """Search none any more; the files stay."""
        forget_indexes(QgsProject.instance())
        QgsProject.instance().setDirty(True)
        self.look()

    def show_footprints(self) -> None:
        """Open the tiles of the indexes as layers, or show again those that are open."""
        project = QgsProject.instance()
        opened = {layer.source(): layer.id() for layer in project.mapLayers().values()}
        for path in searched_indexes(project):
            source = f"{path}|layername=tiles"
            node = project.layerTreeRoot().findLayer(opened.get(source, ""))
            if node is not None:
                node.setItemVisibilityCheckedParentRecursive(True)
                continue
            layer = QgsVectorLayer(source, path.stem, "ogr")
            if layer.isValid():
                project.addMapLayer(layer)
            else:
                messages.show_problem(
                    self._iface,
                    self.tr("{name} cannot be opened as a layer.").format(name=path.name),
                )

    def _plan_to_change(self) -> Optional[IndexPlan]:
        plan = index_plan(QgsProject.instance())
        spoilt = self._state is not None and self._state.what in (UNUSABLE, OTHER_MODEL)
        if plan is not None and spoilt:
            return replace(plan, path=suggested_path(QgsProject.instance()))
        return plan

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._iface.mainWindow(),
            self.tr("Add an index file"),
            "",
            self.tr("Search index (*.gpkg)"),
        )
        if path:
            self.add(Path(path))

    def _look_once_begun(self, _step: str) -> None:
        # What is stored can be searched while the rest is being looked at.
        if self._state is None and self.has_index():
            self.look()

    def _dialog_closed(self, _result: int) -> None:
        self._dialog = None

    def _show(self, state: Optional[IndexState]) -> None:
        self._state = state
        if not self.is_busy():
            self._bar.show_state(state)
        self.state_changed.emit(state)

    def _concluded(self) -> None:
        task, self._task = self._task, None
        self._bar.show_ready()
        self._bar.show_state(self._state)
        if not task.plan.path.exists():
            self._take_back(task.plan)
        failures = list(dict.fromkeys(task.failures()))
        if task.problem is not None:
            messages.show_problem(self._iface, error_text(task.problem))
        elif failures:
            text = self.tr("{images} could not be indexed. {first}").format(
                images=images_text(len(failures)), first=failures[0]
            )
            messages.show_problem(self._iface, text)
        elif task.notes():
            messages.show_note(self._iface, task.notes()[0])
        self.look()
        self.concluded.emit()

    def _take_back(self, plan: IndexPlan) -> None:
        """A build that stored nothing made no file: the project's index is what it was before."""
        project = QgsProject.instance()
        if index_plan(project) != plan:
            # Another project is open by now.
            return
        if self._plan_before is None:
            forget_plan(project)
        else:
            remember_plan(project, self._plan_before)

    def _offers_install(self) -> bool:
        missing = dependencies.missing_packages()
        if missing:
            messages.offer_install(self._iface, missing, self._install)
        return bool(missing)

    def _install(self) -> None:
        from ..dependency_dialog import DependencyDialog

        DependencyDialog(self._iface.mainWindow()).open()
