"""What to index and how closely, with what that costs said before it starts."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, List, Optional

from qgis.core import QgsGeometry, QgsProject, QgsRasterLayer
from qgis.gui import QgsFileWidget, QgsMapCanvas
from qgis.PyQt.QtCore import QCoreApplication, QLocale, Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ...engine.errors import BadRequest, RsVlmError
from ...engine.raster.raster_lists import is_list
from ...layers.web_area_name import is_web_area
from ...settings import LARGEST_BUDGET, POLICIES, load_settings
from ...spoken import error_text, spoken_all
from ..policy_names import policy_name
from ..region_size import canvas_resolution, in_layer_crs
from .background import NewestJob
from .counted import duration_text, images_text, size_text, tiles_text
from .index_task import estimated
from .project_index import IndexPlan, raster_file, suggested_path

if TYPE_CHECKING:
    from ...engine.index.building import BuildEstimate
    from ...layers.web_area import WebArea

_ESTIMATE_AFTER_MS = 300
_LIST_ROWS = 6
_LAYER_ID = Qt.ItemDataRole.UserRole + 1
_TIMES_CLOSER = (2, 4, 8, 16)


class BuildDialog(QDialog):
    """Choose images; `plan()` says what was chosen. Opened, never executed: nothing waits."""

    def __init__(
        self,
        canvas: QgsMapCanvas,
        plan: Optional[IndexPlan] = None,
        parent: Optional[QWidget] = None,
    ) -> None:
        """`plan` is what was chosen before, to be changed; None for a new index. Of layers drawn by
        a server what `canvas` shows is taken."""
        super().__init__(parent)
        self._canvas = canvas
        self._pictures = 0
        self.setObjectName("RsVlmBuildDialog")
        self.setWindowTitle(self.tr("Build search index"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._estimator = NewestJob("estimate", self)
        self._estimator.answered.connect(self._show_estimate)
        self._estimator.failed.connect(self._show_problem)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_ESTIMATE_AFTER_MS)
        self._soon.timeout.connect(self._estimate)
        self._build(plan)
        self._changed()

    def plan(self) -> Optional[IndexPlan]:
        """What is chosen; None where that is no image.

        Raises:
            BadRequest: the map shows nothing of a web layer, or more than is polite.
        """
        sources: List[str] = []
        for row in range(self.layer_list.count()):
            item = self.layer_list.item(row)
            if item.checkState() == Qt.CheckState.Checked:
                chosen = item.data(Qt.ItemDataRole.UserRole)
                layer = QgsProject.instance().mapLayer(item.data(_LAYER_ID) or "")
                sources.append(self._in_view(layer).uri if layer is not None else chosen)
        for box in (self.folder_box, self.list_box):
            if box.filePath().strip():
                sources.append(box.filePath().strip())
        path = self.file_box.filePath().strip()
        if not sources or not path:
            return None
        if not path.lower().endswith(".gpkg"):
            path += ".gpkg"
        return IndexPlan(
            path=Path(path).absolute(),
            sources=tuple(dict.fromkeys(sources)),
            policy=self.policy_box.currentData(),
            budget=self.budget_box.value() or None,
        )

    def done(self, result: int) -> None:
        """Close, and stop estimating."""
        self._soon.stop()
        self._estimator.dispose(wait=False)
        super().done(result)

    def _build(self, plan: Optional[IndexPlan]) -> None:
        before = set(plan.sources) if plan is not None else set()
        intro = QLabel(
            self.tr(
                "The model looks once at the tiles of your images and keeps what it sees in one "
                "GeoPackage. After that, they can be searched by words at any time, offline."
            ),
            self,
        )
        intro.setWordWrap(True)
        self.layer_list = QListWidget(self)
        self.layer_list.setObjectName("rsVlmIndexLayers")
        self.layer_list.setAccessibleName(self.tr("Layers to index"))
        self._list_layers(before)
        rows = min(max(2, self.layer_list.count()), _LIST_ROWS)
        height = rows * self.layer_list.sizeHintForRow(0) + 2 * self.layer_list.frameWidth() + 4
        self.layer_list.setMinimumHeight(height)
        if self.layer_list.count() <= _LIST_ROWS:
            self.layer_list.setMaximumHeight(height)
        self.folder_box = QgsFileWidget(self)
        self.folder_box.setObjectName("rsVlmIndexFolder")
        self.folder_box.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder_box.setDialogTitle(self.tr("Folder of images"))
        self.folder_box.lineEdit().setPlaceholderText(
            self.tr("none; else every image in it and below")
        )
        self.folder_box.setFilePath(next((one for one in before if os.path.isdir(one)), ""))
        self.list_box = QgsFileWidget(self)
        self.list_box.setObjectName("rsVlmIndexList")
        self.list_box.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        self.list_box.setDialogTitle(self.tr("List of images"))
        self.list_box.setFilter(self.tr("STAC or text (*.json *.geojson *.txt *.lst)"))
        self.list_box.setToolTip(
            self.tr(
                "A STAC item, collection or catalogue, or a text file with the path or address of "
                "an image in each line."
            )
        )
        self.list_box.lineEdit().setPlaceholderText(
            self.tr("none; else the images of a STAC or text file")
        )
        self.list_box.setFilePath(next((one for one in before if is_list(one)), ""))
        self.detail_box = QComboBox(self)
        self.detail_box.setObjectName("rsVlmIndexWebDetail")
        self.detail_box.addItem(self.tr("as the map shows them"), 1)
        for times in _TIMES_CLOSER:
            self.detail_box.addItem(
                self.tr("{times} times closer than the map").format(times=times), times
            )
        self.detail_box.setToolTip(
            self.tr("How closely layers drawn by a server are looked at, within the map's view")
        )
        self.policy_box = QComboBox(self)
        self.policy_box.setObjectName("rsVlmIndexPolicy")
        for name in POLICIES:
            self.policy_box.addItem(policy_name(name), name)
        self.budget_box = QSpinBox(self)
        self.budget_box.setObjectName("rsVlmIndexBudget")
        self.budget_box.setRange(0, 250 * LARGEST_BUDGET)
        self.budget_box.setSpecialValueText(self.tr("automatic"))
        self.budget_box.setSuffix(self.tr(" tiles"))
        self.budget_box.setToolTip(
            self.tr(
                "Most tiles the model looks at in each image. Automatic: a quarter of those of all "
                "scales up to full resolution, where there is most detail; all of them in a small "
                "image."
            )
        )
        self.file_box = QgsFileWidget(self)
        self.file_box.setObjectName("rsVlmIndexFile")
        self.file_box.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file_box.setConfirmOverwrite(False)
        self.file_box.setFilter(self.tr("GeoPackage (*.gpkg)"))
        self.file_box.setDialogTitle(self.tr("Index file"))
        if plan is not None:
            self.policy_box.setCurrentIndex(self.policy_box.findData(plan.policy))
            self.budget_box.setValue(plan.budget or 0)
        path = plan.path if plan is not None else suggested_path(QgsProject.instance())
        self.file_box.setFilePath(str(path))
        self.estimate_label = QLabel(self)
        self.estimate_label.setObjectName("rsVlmIndexEstimate")
        self.estimate_label.setWordWrap(True)
        self.estimate_label.setTextFormat(Qt.TextFormat.PlainText)
        self.estimate_label.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.estimate_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.build_button = self.buttons.addButton(
            self.tr("Build index"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.build_button.setObjectName("rsVlmIndexBuild")
        form = QFormLayout()
        form.addRow(self.tr("&Layers"), self.layer_list)
        form.addRow(self.tr("&Web layers"), self.detail_box)
        form.addRow(self.tr("&Folder"), self.folder_box)
        form.addRow(self.tr("L&ist"), self.list_box)
        form.addRow(self.tr("Look &closer"), self.policy_box)
        form.addRow(self.tr("&Up to"), self.budget_box)
        form.addRow(self.tr("&Keep in"), self.file_box)
        column = QVBoxLayout(self)
        column.addWidget(intro)
        column.addLayout(form)
        column.addWidget(self.estimate_label)
        column.addWidget(self.buttons)
        has_web = any(
            self.layer_list.item(row).data(_LAYER_ID) for row in range(self.layer_list.count())
        )
        self.detail_box.setVisible(has_web)
        form.labelForField(self.detail_box).setVisible(has_web)
        self.resize(560, self.sizeHint().height())
        self.layer_list.itemChanged.connect(lambda _item: self._changed())
        self.detail_box.currentIndexChanged.connect(lambda _index: self._changed())
        self.folder_box.fileChanged.connect(lambda _path: self._changed())
        self.list_box.fileChanged.connect(lambda _path: self._changed())
        self.file_box.fileChanged.connect(lambda _path: self._changed())
        self.budget_box.valueChanged.connect(lambda _value: self._changed())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _list_layers(self, before: set) -> None:
        from ...layers.raster_layer_source import without_secrets
        from ...layers.web_area import WebArea, is_web_layer

        layers = [
            layer
            for layer in QgsProject.instance().mapLayers().values()
            if isinstance(layer, QgsRasterLayer)
        ]
        for area in sorted(filter(is_web_area, before)):
            try:
                name = WebArea.parse(area).name
            except RsVlmError:
                # Of a project file that somebody edited; nothing could be indexed of it.
                continue
            item = QListWidgetItem(self.tr("{layer}, the area chosen before").format(layer=name))
            item.setData(Qt.ItemDataRole.UserRole, area)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.layer_list.addItem(item)
        for layer in sorted(layers, key=lambda each: each.name().lower()):
            path = raster_file(layer)
            item = QListWidgetItem(layer.name())
            item.setData(Qt.ItemDataRole.UserRole, path)
            if path:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                wanted = not before or path in before
                item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
                item.setToolTip(path)
            elif is_web_layer(layer) and without_secrets(layer.source()) == layer.source():
                item.setText(self.tr("{layer}, what the map shows").format(layer=layer.name()))
                item.setData(_LAYER_ID, layer.id())
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                # Servers are not asked for thousands of pictures unless somebody says so.
                item.setCheckState(Qt.CheckState.Unchecked)
                item.setToolTip(
                    self.tr("Drawn by a server: of it, the area that the map shows is indexed")
                )
            else:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setToolTip(
                    self.tr(
                        "Neither a file nor a web layer whose address may be kept: it holds a key. "
                        "Use an authentication of QGIS for it instead."
                    )
                )
            self.layer_list.addItem(item)
        if not layers:
            item = QListWidgetItem(self.tr("The project has no raster layer: choose a folder."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.layer_list.addItem(item)

    def _in_view(self, layer: QgsRasterLayer) -> WebArea:
        """What the map shows of a web layer, as closely as chosen."""
        from ...layers.web_area import WebArea

        settings = self._canvas.mapSettings()
        view = QgsGeometry.fromRect(settings.visibleExtent())
        moved = in_layer_crs(view, settings.destinationCrs(), layer)
        resolution = canvas_resolution(self._canvas, layer)
        if moved is None or resolution is None:
            raise BadRequest(
                self.tr("The map's view has no place on the layer {layer}.").format(
                    layer=layer.name()
                ),
                self.tr("Zoom to the part of it that is to be indexed."),
            )
        closer = self.detail_box.currentData()
        return WebArea.of(layer, moved.boundingBox(), resolution / closer)

    def _changed(self) -> None:
        self._estimator.forget()
        self._soon.stop()
        try:
            plan = self.plan()
        except RsVlmError as error:
            self._show_problem(error)
            return
        self.build_button.setEnabled(plan is not None)
        if plan is None:
            self.estimate_label.setText(self.tr("Choose at least one image."))
        else:
            self.estimate_label.setText(self.tr("Estimating size and time…"))
            self._soon.start()

    def _estimate(self) -> None:
        from ...layers.web_area import WebArea

        try:
            plan = self.plan()
            sources = () if plan is None else filter(is_web_area, plan.sources)
            self._pictures = sum(WebArea.parse(source).pictures for source in sources)
        except RsVlmError as error:
            self._show_problem(error)
            return
        if plan is None:
            return
        settings = load_settings()
        self._estimator.ask(partial(estimated, plan, settings.bundle(), settings.device))

    def _show_estimate(self, expected: BuildEstimate) -> None:
        self.build_button.setEnabled(expected.rasters > expected.unreadable)
        text = estimate_text(expected)
        if self._pictures:
            text += " " + self.tr("Servers are asked for up to {count} pictures.").format(
                count=QLocale().toString(self._pictures)
            )
        self.estimate_label.setText(text)

    def _show_problem(self, error: RsVlmError) -> None:
        self.build_button.setEnabled(False)
        self.estimate_label.setText(error_text(error))


def estimate_text(expected: BuildEstimate) -> str:
    """Size and time in a few words; a warning where the disk is too small or a file unreadable."""
    parts = [
        _tr("{images}, at most {tiles}: about {time} and {size}.").format(
            images=images_text(expected.rasters - expected.unreadable),
            tiles=tiles_text(expected.tiles),
            time=duration_text(expected.seconds),
            size=size_text(expected.bytes),
        )
    ]
    if expected.unreadable:
        parts.append(
            _tr("{images} cannot be opened and will be left out.").format(
                images=images_text(expected.unreadable)
            )
        )
    if expected.bytes > expected.free_bytes:
        parts.append(
            _tr("Only {free} are free there: choose another place.").format(
                free=size_text(expected.free_bytes)
            )
        )
    return " ".join((*parts, *spoken_all(expected.notes)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("BuildDialog", text)
