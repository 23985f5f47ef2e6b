"""The Compare tab: choose a second image, read what changed, click a change to see it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Optional

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMapLayerProxyModel,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgisInterface, QgsMapLayerComboBox
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...engine.errors import RsVlmError
from ...model_actions import why_not
from ...session import session
from ...settings import load_settings
from .. import messages
from ..busy_bar import BusyBar
from ..evidence import point_at
from ..icons import icon
from ..install_offer import offer_install
from ..narrow import breakable, keep_narrow, wrap_in_any_width
from ..run_bar import SHORTCUT, press_by_shortcut
from ..status_line import StatusLine
from ..target import Aim, Target
from ..task_runner import TaskRunner
from .compare_task import CompareTask

if TYPE_CHECKING:
    from qgis.core import QgsLayerTreeGroup, QgsVectorLayer

    from ...engine.compare import Comparison

_ZOOM_SHARE = 0.12
_HINT, _RESULT = range(2)


class ComparePanel(QWidget):
    """Everything around one comparison at a time; `concluded` follows each, good or bad."""

    concluded = pyqtSignal()

    def __init__(
        self, iface: QgisInterface, target: Target, parent: Optional[QWidget] = None
    ) -> None:
        """Make the tab.

        Args:
            iface: of QGIS.
            target: the image before, and which region is compared; shared with other tabs.
            parent: where it lies.
        """
        super().__init__(parent)
        self.setObjectName("rsVlmCompare")
        self._iface = iface
        self._target = target
        self._unable = ""
        self._last: Optional[CompareTask] = None
        self._result: Optional[Comparison] = None
        self._layer: Optional[QgsVectorLayer] = None
        self._group: Optional[QgsLayerTreeGroup] = None
        self._build()
        self._runner = TaskRunner(self.busy_bar, self)
        self._connect()
        self._target_changed(self._target.layer())
        self.refresh()

    def dispose(self) -> None:
        """End what runs, and wait for it."""
        QgsProject.instance().cleared.disconnect(self._project_cleared)
        self._target.picker.layer_changed.disconnect(self._target_changed)
        self._runner.dispose()

    def is_busy(self) -> bool:
        """Whether images are being compared."""
        return self._runner.is_busy()

    def result(self) -> Optional[Comparison]:
        """What is shown."""
        return self._result

    def after(self) -> Optional[QgsRasterLayer]:
        """The second image, or None where the project has no other."""
        return self.after_box.currentLayer()

    def compare(self) -> None:
        """Compare the region in both images, in the background."""
        if self.is_busy():
            return
        missing = offer_install(self._iface)
        if missing:
            self.status.say(missing)
            return
        after = self.after()
        if self._target.layer() is None or after is None:
            self.status.say(self._what_to_do())
            return
        aim = self._target.aim()
        if aim is None:
            self._target.chooser.start_drawing()
            self.status.say(self._target.chooser.summary.text())
            return
        try:
            task = self._new_task(aim, after)
        except RsVlmError as error:
            self.status.fail(self._iface, error)
            self.concluded.emit()
            return
        self.status.say("")
        task.partial_found.connect(self._show_partial)
        had_keyboard = self.compare_button.hasFocus()
        self._runner.start(task)
        self._offer()
        if had_keyboard:
            self.busy_bar.cancel_button.setFocus()

    def take_keyboard(self) -> None:
        """Put the keyboard on the button, or where a second image is still to be chosen."""
        (self.compare_button if self.compare_button.isEnabled() else self.after_box).setFocus()

    def swap(self) -> None:
        """Make the second image the first, and the first the second."""
        before, after = self._target.layer(), self.after()
        if before is None or after is None:
            return
        # The image is the user's choice now, not the active layer's.
        self._target.picker.follow_button.setChecked(False)
        self._target.picker.layer_box.setLayer(after)
        self.after_box.setLayer(before)

    def show_layer(self) -> None:
        """Put the change layer back where the user has removed it, and zoom to what changed."""
        if self._last is None or self._last.database is None or self._result is None:
            return
        try:
            if self._layer is None or sip.isdeleted(self._layer):
                self._add_layer(self._last)
        except RsVlmError as error:
            self.status.fail(self._iface, error)
            return
        node = QgsProject.instance().layerTreeRoot().findLayer(self._layer.id())
        node.setItemVisibilityCheckedParentRecursive(True)
        polygons = [part for each in self._result.changes for part in each.geometry["coordinates"]]
        self._point_at({"type": "MultiPolygon", "coordinates": polygons})

    def refresh(self) -> None:
        """Offer what the chosen model and the project allow."""
        self._unable = why_not(load_settings().bundle(), "describe")
        self._offer()

    def _build(self) -> None:
        self.after_box = QgsMapLayerComboBox(self)
        self.after_box.setObjectName("rsVlmCompareWith")
        self.after_box.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.after_box.setAccessibleName(self.tr("Raster layer to compare with"))
        self.after_box.setToolTip(self.tr("The later image; coordinate systems may differ"))
        keep_narrow(self.after_box)
        self.swap_button = self._button(
            "rsVlmCompareSwap",
            icon("swap"),
            self.tr("Swap"),
            self.tr("Swap the images before and after"),
        )
        self.compare_button = QPushButton(icon("compare"), self.tr("Compare"), self)
        self.compare_button.setObjectName("rsVlmCompareButton")
        self.busy_bar = BusyBar(
            "rsVlmCompare", self.tr("Cancel"), self.tr("Progress of the comparison"), self
        )
        self.hint = QLabel(self)
        self.hint.setObjectName("rsVlmCompareHint")
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setMargin(16)
        wrap_in_any_width(self.hint)
        self.browser = QTextBrowser(self)
        self.browser.setObjectName("rsVlmComparison")
        self.browser.setAccessibleName(self.tr("Comparison"))
        self.browser.setOpenLinks(False)
        self.browser.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.hint)
        self.pages.addWidget(self.browser)
        self.status = StatusLine("rsVlmCompareStatus", self)
        self.layer_button = self._button(
            "rsVlmCompareLayer",
            QIcon(QgsApplication.getThemeIcon("/mActionShowAllLayers.svg")),
            self.tr("Layer"),
            self.tr("Show the change layer and zoom to what changed"),
        )
        self.layer_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chosen = QHBoxLayout()
        chosen.setContentsMargins(0, 0, 0, 0)
        chosen.addWidget(self.after_box, 1)
        chosen.addWidget(self.swap_button)
        # What is chosen above, for all tabs, is the image before.
        after = QLabel(self.tr("After"), self)
        after.setMinimumWidth(self._target.label_width())
        after.setBuddy(self.after_box)
        form = QFormLayout()
        form.addRow(after, chosen)
        buttons = QHBoxLayout()
        buttons.addWidget(self.layer_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.compare_button)
        column.addWidget(self.busy_bar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        column.addLayout(buttons)

    def _button(self, name: str, picture: QIcon, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIcon(picture)
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _connect(self) -> None:
        self.compare_button.clicked.connect(lambda _checked=False: self.compare())
        press_by_shortcut(self.compare_button, self)
        self.swap_button.clicked.connect(lambda _checked=False: self.swap())
        self.layer_button.clicked.connect(lambda _checked=False: self.show_layer())
        self.after_box.layerChanged.connect(lambda _layer: self._offer())
        self.browser.anchorClicked.connect(self._link_clicked)
        self._runner.concluded.connect(self._concluded)
        self._target.picker.layer_changed.connect(self._target_changed)
        QgsProject.instance().cleared.connect(self._project_cleared)

    def _new_task(self, aim: Aim, after: QgsRasterLayer) -> CompareTask:
        from ...layers.matching_view import matching_view
        from ...layers.raster_layer_source import QgsRasterLayerSource

        source, request = self._target.prepare(aim)
        context = QgsProject.instance().transformContext()
        extent, resolution = matching_view(after, source.info, aim.layer.crs(), context)
        second = QgsRasterLayerSource.from_layer(after, resolution, extent)
        return CompareTask(aim.layer, source, request, second)

    def _show_partial(self, result: Comparison) -> None:
        # Queued from the background: one may arrive after the task has been concluded.
        if self.is_busy():
            self._show(result)

    def _concluded(self, task: CompareTask) -> None:
        if task.result is not None:
            self._take(task)
        elif task.failure is None:
            self.status.say(self.tr("Cancelled."))
        if task.failure is not None:
            self.status.fail(self._iface, task.failure)
        self._offer()
        if self.busy_bar.had_keyboard:
            self.take_keyboard()
        self.concluded.emit()

    def _take(self, task: CompareTask) -> None:
        from ...layers.found_layers import put_aside

        self._last = task
        self._show(task.result)
        if task.belongs_to_project():
            session().add(task.result)
        early = self.tr("Stopped early: only part of the region was compared.")
        self.status.say(early if task.result.partial else "")
        put_aside(self._group)
        self._group = self._layer = None
        if task.wanted_in_project():
            try:
                self._add_layer(task)
            except RsVlmError as error:
                self.status.fail(self._iface, error)

    def _show(self, result: Comparison) -> None:
        from .comparison_html import comparison_html

        self._result = result
        # A growing text is set again and again: who reads further down stays there.
        bar = self.browser.verticalScrollBar()
        place = bar.value()
        self.browser.setHtml(comparison_html(result))
        bar.setValue(place)
        self._offer()

    def _add_layer(self, task: CompareTask) -> None:
        from ...layers.change_layer import open_changes
        from ...layers.found_layers import add_in_group

        before, after = task.names
        name = self.tr("RS-VLM compare: {before} and {after}").format(before=before, after=after)
        self._layer = open_changes(task.database, task.result.provenance.crs_wkt)
        self._group = add_in_group(self._layer, self._group, name, QgsProject.instance())

    def _link_clicked(self, url: QUrl) -> None:
        from .comparison_html import linked_geometry

        if self._result is None:
            return
        geometry = linked_geometry(self._result, url.toString())
        if geometry is not None:
            self._point_at(geometry)

    def _point_at(self, geometry: dict) -> None:
        crs = QgsCoordinateReferenceSystem.fromWkt(self._result.provenance.crs_wkt)
        if not point_at(self._iface.mapCanvas(), geometry, crs, _ZOOM_SHARE):
            messages.show_note(self._iface, self.tr("This place cannot be shown on the map."))

    def _target_changed(self, layer: Optional[QgsRasterLayer]) -> None:
        # An image is compared with another one.
        self.after_box.setExceptedLayerList([layer] if layer is not None else [])
        self._offer()

    def _project_cleared(self) -> None:
        self._last = self._result = self._layer = self._group = None
        self.browser.clear()
        self.status.say("")
        self.refresh()

    def _offer(self) -> None:
        both = self._target.layer() is not None and self.after() is not None
        usable = both and not self._unable and not self.is_busy()
        self.compare_button.setEnabled(usable)
        # As a Describe button that is off: the tool tip says why.
        self.compare_button.setToolTip(
            html.escape(self._unable)
            or self.tr("Say what changed between the two images of the region ({shortcut})").format(
                shortcut=SHORTCUT
            )
        )
        self.swap_button.setEnabled(both and not self.is_busy())
        self.layer_button.setEnabled(
            not self.is_busy() and self._last is not None and self._last.database is not None
        )
        self.hint.setText(breakable(self._what_to_do()))
        self.pages.setCurrentIndex(_HINT if self._result is None else _RESULT)

    def _what_to_do(self) -> str:
        if self._unable:
            return self._unable
        if self._target.layer() is None:
            return self.tr("Add a raster layer to the project to compare it with another.")
        if self.after() is None:
            return self.tr(
                "Add a second raster layer of the same place, from another day or sensor, to "
                "compare it with."
            )
        return self.tr(
            "Choose a region and a second image of it.\n\nWhat each shows, what was gained and "
            "lost, and where, appears here and as a layer."
        )
