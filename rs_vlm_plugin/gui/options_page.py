"""RS-VLM's page in QGIS's options: which model, where it runs, what it looks up, where results
go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Optional

from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QGroupBox, QLabel, QVBoxLayout, QWidget

from ..engine.errors import RsVlmError
from ..model_actions import actions_text
from ..model_cache import providers_in_use, use_chosen_knowledge
from ..settings import DEVICES, load_settings, save_settings
from ..spoken import error_text
from .icons import icon
from .messages import TITLE


class OptionsPage(QgsOptionsPageWidget):
    """The page itself; QGIS calls `apply` when the user presses OK."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("mOptionsPageRsVlm")
        settings = load_settings()
        self.bundle_box = QgsFileWidget(self)
        self.bundle_box.setFilePath(settings.bundle_path)
        self.bundle_box.setDialogTitle(self.tr("Model bundle"))
        self.bundle_box.setFilter(self.tr("Model bundle (bundle.json *.zip)"))
        self.bundle_box.lineEdit().setPlaceholderText(
            self.tr("the model that comes with the plugin")
        )
        self.bundle_box.fileChanged.connect(self._describe_bundle)
        self.about = QLabel(self)
        self.about.setObjectName("rsVlmBundleAbout")
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.knowledge_box = QgsFileWidget(self)
        self.knowledge_box.setFilePath(settings.knowledge_path)
        self.knowledge_box.setDialogTitle(self.tr("Own knowledge"))
        self.knowledge_box.setFilter(self.tr("Own knowledge (*.json)"))
        self.knowledge_box.lineEdit().setPlaceholderText(
            self.tr("nothing beside what comes with the model")
        )
        self.knowledge_box.fileChanged.connect(self._describe_knowledge)
        self.about_knowledge = QLabel(self)
        self.about_knowledge.setObjectName("rsVlmKnowledgeAbout")
        self.about_knowledge.setWordWrap(True)
        self.about_knowledge.setTextFormat(Qt.TextFormat.PlainText)
        self.device_box = QComboBox(self)
        labels = {
            "auto": self.tr("graphics card where it works, else processor"),
            "cpu": self.tr("processor"),
            "cuda": self.tr("graphics card (CUDA)"),
        }
        for device in DEVICES:
            self.device_box.addItem(labels[device], device)
        self.device_box.setCurrentIndex(self.device_box.findData(settings.device))
        self.results_box = QgsFileWidget(self)
        self.results_box.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.results_box.setFilePath(settings.results_folder)
        self.results_box.lineEdit().setPlaceholderText(
            str(replace(settings, results_folder="").results())
        )
        in_use = ", ".join(_provider_name(name) for name in providers_in_use()) or self.tr(
            "nothing yet: the model is loaded at first use"
        )
        model = QGroupBox(self.tr("Model"), self)
        form = QFormLayout(model)
        form.addRow(self.tr("Bundle"), self.bundle_box)
        form.addRow("", self.about)
        form.addRow(self.tr("Own knowledge"), self.knowledge_box)
        form.addRow("", self.about_knowledge)
        form.addRow(self.tr("Runs on"), self.device_box)
        form.addRow(self.tr("In use now"), QLabel(in_use, model))
        results = QGroupBox(self.tr("Results"), self)
        QFormLayout(results).addRow(self.tr("Kept in"), self.results_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(model)
        column.addWidget(results)
        column.addStretch(1)
        self._describe_bundle()

    def apply(self) -> None:
        """Keep what is chosen."""
        save_settings(
            replace(
                load_settings(),
                bundle_path=self._chosen_bundle(),
                device=self.device_box.currentData(),
                results_folder=self.results_box.filePath().strip(),
                knowledge_path=self.knowledge_box.filePath().strip(),
            )
        )
        use_chosen_knowledge()

    def _chosen_bundle(self) -> str:
        path = self.bundle_box.filePath().strip()
        # A bundle in a folder is chosen by picking its manifest.
        return path[: -len("bundle.json")].rstrip("/\\") if path.endswith("bundle.json") else path

    def _describe_bundle(self, _path: str = "") -> None:
        from ..engine.model.bundle import load_bundle

        bundle_path = replace(load_settings(), bundle_path=self._chosen_bundle()).bundle()
        self._looks_up = True
        try:
            manifest = load_bundle(bundle_path).manifest
        except RsVlmError as error:
            self.about.setText(error_text(error))
            return
        self._looks_up = manifest.knowledge is not None
        self._describe_knowledge()
        self.about.setText(
            self.tr("{name} {version}, {licence}; can {actions}.").format(
                name=manifest.name,
                version=manifest.version,
                licence=manifest.licence,
                actions=actions_text(manifest.actions),
            )
        )

    def _describe_knowledge(self, _path: str = "") -> None:
        from ..engine.knowledge import own_entries_in

        path = self.knowledge_box.filePath().strip()
        if not path:
            self.about_knowledge.setText("")
            return
        try:
            name, count = own_entries_in(Path(path))
        except RsVlmError as error:
            self.about_knowledge.setText(error_text(error))
            return
        said = self.tr("Entries of {name}: {count}.").format(name=name, count=count)
        if not self._looks_up:
            said += " " + self.tr("The model chosen above looks nothing up.")
        self.about_knowledge.setText(said)


def _provider_name(provider: str) -> str:
    """What onnxruntime calls "CPUExecutionProvider", in the words of the device box."""
    names = {
        "CPUExecutionProvider": QCoreApplication.translate("OptionsPage", "processor"),
        "CUDAExecutionProvider": QCoreApplication.translate("OptionsPage", "graphics card (CUDA)"),
    }
    return names.get(provider, provider)


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page when the options dialog opens. Register and unregister it with QGIS."""

    def __init__(self) -> None:
        super().__init__(TITLE, icon("rs_vlm"))

    def createWidget(self, parent: Optional[QWidget] = None) -> QgsOptionsPageWidget:
        """The page."""
        return OptionsPage(parent)
