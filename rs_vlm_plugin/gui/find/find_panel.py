"""The Find tab: name things, see each outlined, choose how sure the model has to be."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import TYPE_CHECKING, List, Optional, Tuple

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QModelIndex, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from ...engine.errors import RsVlmError
from ...model_actions import why_not
from ...phrase_list import split_phrases
from ...session import session
from ...settings import FIND_POLICIES, load_settings, save_settings
from ...spoken import spoken
from .. import messages
from ..busy_bar import BusyBar
from ..describe_options import DescribeOptions
from ..evidence import point_at
from ..first_page import FirstPage
from ..icons import icon
from ..install_offer import offer_install
from ..narrow import wrap_in_any_width
from ..status_line import StatusLine
from ..target import Aim, Target
from ..task_runner import TaskRunner
from .find_task import FindTask
from .found_model import OBJECTS, FoundModel
from .phrase_edit import PhraseEdit
from .score_slider import ScoreSlider, score_text

if TYPE_CHECKING:
    from qgis.core import QgsLayerTreeGroup, QgsVectorLayer

    from ...engine.find import FindResult, ObjectFound
    from ...engine.geometry import GeoJson

EXAMPLES = ("storage tank", "plane, ship", "house, tree, car")
"""In English whatever the interface speaks, because the model is."""
_FILTER_MS = 80
_ZOOM_SHARE = 0.12
_EXPANDED_UP_TO = 1000
"""Of tens of thousands of rows each step of the slider would lay out all."""
_HINT, _RESULTS = range(2)


class FindPanel(QWidget):
    """Everything around one Find at a time; `concluded` follows each, good or bad."""

    concluded = pyqtSignal()

    def __init__(
        self, iface: QgisInterface, target: Target, parent: Optional[QWidget] = None
    ) -> None:
        """Make the tab.

        Args:
            iface: of QGIS.
            target: which region is looked at; shared with other tabs.
            parent: where it lies.
        """
        super().__init__(parent)
        self.setObjectName("rsVlmFind")
        self._iface = iface
        self._target = target
        self._last: Optional[FindTask] = None
        self._shown: Optional[FindTask] = None
        self._result: Optional[FindResult] = None
        self._layer: Optional[QgsVectorLayer] = None
        self._group: Optional[QgsLayerTreeGroup] = None
        self._notes = ""
        self._waits_for_edits = False
        self._build()
        self._runner = TaskRunner(self.busy_bar, self)
        # Filtering a layer of many objects takes longer than the slider needs for a step.
        self._filter_soon = QTimer(self)
        self._filter_soon.setSingleShot(True)
        self._filter_soon.setInterval(_FILTER_MS)
        self._filter_soon.timeout.connect(self._filter_layer)
        self._connect()
        self.refresh()

    def dispose(self) -> None:
        """End what runs, and wait for it."""
        self._filter_soon.stop()
        QgsProject.instance().cleared.disconnect(self._project_cleared)
        self._target.picker.layer_changed.disconnect(self._target_changed)
        self._runner.dispose()

    def is_busy(self) -> bool:
        """Whether objects are being looked for."""
        return self._runner.is_busy()

    def result(self) -> Optional[FindResult]:
        """What is shown, down to scores below the slider's range of choice."""
        return self._result

    def layer(self) -> Optional[QgsVectorLayer]:
        """The result layer, while it is in the project."""
        if self._layer is not None and sip.isdeleted(self._layer):
            self._layer = None
        return self._layer

    def start_typing(self) -> None:
        """Put the keyboard where phrases are typed."""
        self.phrase_edit.setFocus()

    def look_for(self, phrases: Tuple[str, ...], aim: Optional[Aim] = None) -> None:
        """Find phrases in a region; in the one chosen where `aim` is None."""
        if self.is_busy():
            self.status.say(self.tr("Objects are still being looked for."))
            return
        if not phrases:
            self.status.say(self.tr("Name what to find, like: storage tank"))
            return
        missing = offer_install(self._iface)
        if missing:
            self.status.say(missing)
            return
        aim = aim or self._target.aim()
        if aim is None:
            self._ask_for_region()
            return
        try:
            source, request = self._target.prepare(aim)
            request = replace(request, policy=self.options.policy(), budget=self.options.budget())
            task = FindTask(aim.layer, source, request, phrases)
        except RsVlmError as error:
            self.status.fail(self._iface, error)
            return
        self._keep_options()
        self.phrase_edit.set_phrases(phrases)
        self.status.say("")
        task.partial_found.connect(lambda result: self._show_partial(task, result))
        self._runner.start(task)
        self._offer()

    def refresh(self) -> None:
        """Offer what the chosen model and the project allow."""
        self._unable = why_not(load_settings().bundle(), "find")
        self._offer()

    def can_find(self) -> bool:
        """Whether the chosen model can find at all."""
        return not self._unable

    def _keep_options(self) -> None:
        """For the next session."""
        chosen = {"find_policy": self.options.policy(), "find_budget": self.options.budget()}
        save_settings(replace(load_settings(), **chosen))

    def _build(self) -> None:
        settings = load_settings()
        self.options = DescribeOptions(
            settings.find_policy, settings.find_budget, self, FIND_POLICIES, "rsVlmFind"
        )
        self.phrase_edit = PhraseEdit(self)
        self.find_button = QPushButton(icon("find"), self.tr("Find"), self)
        self.find_button.setObjectName("rsVlmFindButton")
        self.busy_bar = BusyBar(
            "rsVlmFind", self.tr("Cancel"), self.tr("Progress of finding"), self
        )
        self.pages = QStackedWidget(self)
        self.first_page = FirstPage(
            "rsVlmFind", EXAMPLES, self.tr("Find these in the region"), self.pages
        )
        self.pages.addWidget(self.first_page)
        self.pages.addWidget(self._results_page())
        self.status = StatusLine("rsVlmFindStatus", self)
        self.layer_button = QToolButton(self)
        self.layer_button.setObjectName("rsVlmFindLayer")
        self.layer_button.setIcon(QIcon(QgsApplication.getThemeIcon("/mActionShowAllLayers.svg")))
        self.layer_button.setText(self.tr("Layer"))
        self.layer_button.setToolTip(self.tr("Show the result layer and zoom to what was found"))
        self.layer_button.setAutoRaise(True)
        self.layer_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.layer_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        typed = QHBoxLayout()
        typed.setContentsMargins(0, 0, 0, 0)
        typed.addWidget(self.phrase_edit, 1)
        typed.addWidget(self.find_button)
        buttons = QHBoxLayout()
        buttons.addWidget(self.layer_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self.options)
        column.addLayout(typed)
        column.addWidget(self.busy_bar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        column.addLayout(buttons)

    def _results_page(self) -> QWidget:
        page = QWidget(self)
        self.score_slider = ScoreSlider(page)
        self.summary = QLabel(page)
        self.summary.setObjectName("rsVlmFindSummary")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        wrap_in_any_width(self.summary)
        self.model = FoundModel(self)
        self.tree = QTreeView(page)
        self.tree.setObjectName("rsVlmFound")
        self.tree.setAccessibleName(self.tr("Objects found, by phrase"))
        self.tree.setToolTip(self.tr("Click an object, or a phrase for all of them, to zoom there"))
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setModel(self.model)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.score_slider)
        column.addWidget(self.summary)
        column.addWidget(self.tree, 1)
        return page

    def _connect(self) -> None:
        self.first_page.chosen.connect(lambda text: self.look_for(split_phrases(text)))
        self.phrase_edit.entered.connect(self._find_typed)
        self.find_button.clicked.connect(lambda _checked=False: self._find_typed())
        self.layer_button.clicked.connect(lambda _checked=False: self.show_layer())
        self.score_slider.moved.connect(self._score_moved)
        self.tree.clicked.connect(self._show_objects)
        self.tree.activated.connect(self._show_objects)
        self._runner.concluded.connect(self._concluded)
        self._target.picker.layer_changed.connect(self._target_changed)
        QgsProject.instance().cleared.connect(self._project_cleared)

    def show_layer(self) -> None:
        """Put the result layer back where the user has removed it, and zoom to what it shows."""
        if self._last is None or self._last.database is None:
            return
        try:
            if self.layer() is None:
                self._add_layer(self._last)
        except RsVlmError as error:
            self.status.fail(self._iface, error)
            return
        node = QgsProject.instance().layerTreeRoot().findLayer(self._layer.id())
        node.setItemVisibilityCheckedParentRecursive(True)
        shown = [item for item in self._result.objects if item.score >= self.score_slider.score()]
        self._point_at(tuple(shown))

    def _find_typed(self) -> None:
        # Return is heard even while the button is off.
        if self.find_button.isEnabled() or self.is_busy():
            self.look_for(self.phrase_edit.phrases())

    def _ask_for_region(self) -> None:
        if self._target.layer() is None:
            self.status.say(self.tr("Add a raster layer to the project first."))
            return
        self._target.chooser.start_drawing()
        self.status.say(self._target.chooser.summary.text())

    def _show_partial(self, task: FindTask, result: FindResult) -> None:
        # Queued from the background: one may arrive after the task has been concluded.
        if self.is_busy():
            self._show(task, result)

    def _concluded(self, task: FindTask) -> None:
        if task.result is not None:
            self._take(task)
        elif task.failure is None:
            self.status.say(self.tr("Cancelled."))
        if task.failure is not None:
            self.status.fail(self._iface, task.failure)
        self._offer()
        self.concluded.emit()

    def _take(self, task: FindTask) -> None:
        from ...layers.found_layers import put_aside

        result = task.result
        self._last = task
        self._show(task, result)
        if task.belongs_to_project():
            session().add(_at_least(result, task.threshold))
        notes = [spoken(note) for note in result.provenance.notes]
        if result.partial:
            notes.insert(0, self.tr("Stopped early: only part of the region was looked at."))
        self._notes = " ".join(notes)
        self._waits_for_edits = False
        self.status.say(self._notes)
        put_aside(self._group)
        self._group = self._layer = None
        if task.wanted_in_project():
            try:
                self._add_layer(task)
            except RsVlmError as error:
                self.status.fail(self._iface, error)

    def _show(self, task: FindTask, result: FindResult) -> None:
        if self._shown is not task:
            self._shown = task
            self.score_slider.begin(result.min_score, task.threshold)
        self._result = result
        self.model.show(result, self.score_slider.score())
        if len(result.objects) <= _EXPANDED_UP_TO:
            self.tree.expandAll()
        self._summarise()
        self._offer()

    def _add_layer(self, task: FindTask) -> None:
        from ...layers.found_layers import add_in_group, open_found, show_from

        result = task.result
        layer = open_found(task.database, result.phrases, result.provenance.crs_wkt)
        show_from(layer, self.score_slider.score())
        name = self.tr("RS-VLM find: {phrases}").format(phrases=", ".join(result.phrases))
        self._group = add_in_group(layer, self._group, name, QgsProject.instance())
        self._layer = layer

    def _score_moved(self, score: float) -> None:
        self.model.set_least_score(score)
        self._summarise()
        self._filter_soon.start()

    def _filter_layer(self) -> None:
        from ...layers.found_layers import show_from

        layer = self.layer()
        if layer is None:
            return
        filtered = show_from(layer, self.score_slider.score())
        if not filtered:
            self.status.say(
                self.tr("The layer is being edited: save the edits, then move the slider again.")
            )
        elif self._waits_for_edits:
            self.status.say(self._notes)
        self._waits_for_edits = not filtered

    def _summarise(self) -> None:
        counts = self.model.counts()
        shown, hidden = sum(counts.values()), self.model.hidden()
        least = score_text(self.score_slider.score())
        said = self.tr("{count} found with {score} or more").format(count=shown, score=least)
        if hidden:
            said += self.tr("; {count} less sure, move the slider to see them").format(count=hidden)
        self.summary.setText(f"{said}.")

    def _show_objects(self, index: QModelIndex) -> None:
        self._point_at(index.data(OBJECTS) or ())

    def _point_at(self, objects: Tuple[ObjectFound, ...]) -> None:
        if not objects or self._result is None:
            return
        crs = QgsCoordinateReferenceSystem.fromWkt(self._result.provenance.crs_wkt)
        if not point_at(self._iface.mapCanvas(), _together(objects), crs, _ZOOM_SHARE):
            messages.show_note(self._iface, self.tr("This place cannot be shown on the map."))

    def _target_changed(self, _layer: object = None) -> None:
        self._offer()

    def _project_cleared(self) -> None:
        self._filter_soon.stop()
        self._last = self._shown = self._result = self._layer = self._group = None
        self.model.show(None, 0.0)
        self.status.say("")
        self.refresh()

    def _offer(self) -> None:
        usable = self._target.layer() is not None and not self._unable
        self.phrase_edit.setEnabled(usable)
        self.find_button.setEnabled(usable and not self.is_busy())
        # As a Describe button that is off: the tool tip says why.
        self.find_button.setToolTip(
            html.escape(self._unable) or self.tr("Outline every such object (Return)")
        )
        has_objects = self._result is not None and bool(self._result.objects)
        self.layer_button.setEnabled(
            has_objects
            and not self.is_busy()
            and self._last is not None
            and self._last.database is not None
        )
        self.first_page.offer(self._what_to_do(), not self._unable and not self.is_busy(), usable)
        self.pages.setCurrentIndex(_RESULTS if has_objects else _HINT)

    def _what_to_do(self) -> str:
        if self._unable:
            return self._unable
        if self._target.layer() is None:
            return self.tr("Add a raster layer to the project to find things on it.")
        if self.is_busy():
            return self.tr("What is found appears here.")
        if self._result is not None:
            return self.tr("Nothing found of: {phrases}.").format(
                phrases=", ".join(self._result.phrases)
            )
        return self.tr(
            "Choose a region and name what to find, in English, one thing or several.\nEach is "
            "outlined on the map, with a score.\n\nFor example:"
        )


def _at_least(result: FindResult, score: float) -> FindResult:
    """The result as the model's own threshold would have it."""
    sure = tuple(item for item in result.objects if item.score >= score)
    return replace(result, objects=sure, min_score=score)


def _together(objects: Tuple[ObjectFound, ...]) -> GeoJson:
    polygons: List[object] = [item.geometry["coordinates"] for item in objects]
    return {"type": "MultiPolygon", "coordinates": polygons}
