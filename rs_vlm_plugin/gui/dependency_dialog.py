"""Installs onnxruntime and tokenizers into the plugin's own folder while QGIS stays alive."""

from __future__ import annotations

from typing import List, Optional

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QProcess, QProcessEnvironment, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from .. import dependencies


class DependencyDialog(QDialog):
    """Says what will be installed where, runs pip, shows its output, then tries the packages.

    `installed` is emitted when the packages were found to load.
    """

    installed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("RsVlmDependencyDialog")
        self.setWindowTitle(self.tr("Install what RS-VLM needs"))
        self.resize(620, 420)
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.readyRead.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._not_started)
        self._probing = False
        self._stopped = False
        self._output = ""
        self._build()

    def install(self) -> None:
        """Start pip."""
        arguments = dependencies.pip_arguments(
            dependencies.own_folder(), self.wheel_folder.filePath()
        )
        self._stopped = False
        self._run(arguments, probing=False)

    def reject(self) -> None:
        """Cancel what runs; close when nothing does."""
        if self._process.state() == QProcess.ProcessState.NotRunning:
            super().reject()
            return
        self._stopped = True
        self._process.kill()

    def _build(self) -> None:
        explanation = QLabel(
            self.tr(
                "RS-VLM needs {packages}. They go into a folder of their own in your profile and "
                "change nothing else in QGIS:\n{folder}"
            ).format(
                packages=", ".join(dependencies.pinned_requirements()),
                folder=dependencies.own_folder(),
            ),
            self,
        )
        explanation.setWordWrap(True)
        explanation.setTextFormat(Qt.TextFormat.PlainText)
        self.wheel_folder = QgsFileWidget(self)
        self.wheel_folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        label = QLabel(self.tr("Without a network: &folder with the wheel files (optional)"), self)
        label.setBuddy(self.wheel_folder)
        self.log = QPlainTextEdit(self)
        self.log.setReadOnly(True)
        self.log.setAccessibleName(self.tr("Output of pip"))
        self.log.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.outcome = QLabel(self)
        self.outcome.setObjectName("rsVlmInstallOutcome")
        self.outcome.setWordWrap(True)
        self.outcome.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.install_button = QPushButton(self.tr("Install"), self)
        self.install_button.setDefault(True)
        self.buttons.addButton(self.install_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.install_button.clicked.connect(lambda _checked=False: self.install())
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (explanation, label, self.wheel_folder, self.log, self.outcome, self.buttons):
            column.addWidget(widget)

    def _run(self, arguments: List[str], probing: bool) -> None:
        python = dependencies.python_interpreter()
        if python is None:
            self.outcome.setText(self.tr("The Python program that belongs to QGIS was not found."))
            return
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in dependencies.proxy_environment().items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._probing, self._output = probing, ""
        self.install_button.setEnabled(False)
        self.outcome.setText(self.tr("Trying them…") if probing else self.tr("Installing…"))
        self._process.start(str(python), arguments)

    def _read(self) -> None:
        text = bytes(self._process.readAll()).decode("utf-8", "replace")
        self._output += text
        self.log.appendPlainText(text.rstrip())

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end(
                self.tr("Python could not be started: {why}").format(
                    why=self._process.errorString()
                )
            )

    def _finished(self, code: int, _status: QProcess.ExitStatus) -> None:
        self._read()
        if self._stopped:
            self._end(self.tr("Cancelled."))
        elif self._probing and code == 0:
            dependencies.use_own_packages()
            self._end(self.tr("Done: RS-VLM is ready."))
            self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Close"))
            self.installed.emit()
        elif self._probing:
            self._end(dependencies.explain_failed_import(self._output))
        elif code == 0:
            self._run(["-c", dependencies.PROBE, str(dependencies.own_folder())], probing=True)
        elif "No module named pip" in self._output:
            self._end(self.tr("This Python has no pip: install the system package python3-pip."))
        else:
            self._end(self.tr("pip could not install the packages; its output says why."))

    def _end(self, outcome: str) -> None:
        self.outcome.setText(outcome)
        self.install_button.setEnabled(True)
