"""Finding and installing onnxruntime and tokenizers, with a real pip and without a network."""

from __future__ import annotations

import sys
import zipfile

import pytest
from qgis.core import QgsSettings

from rs_vlm_plugin import dependencies
from rs_vlm_plugin.gui.dependency_dialog import DependencyDialog


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    folder = tmp_path / "profile" / "python" / "rs_vlm_packages"
    monkeypatch.setattr(dependencies, "own_folder", lambda: folder)
    monkeypatch.setattr(sys, "path", list(sys.path))
    return folder


@pytest.fixture
def dialog(own_folder, qtbot):
    opened = DependencyDialog()
    qtbot.addWidget(opened)
    opened.show()
    return opened


def write_wheel(folder, requirement: str) -> None:
    name, version = requirement.split("==")
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}/__init__.py", "marker = 'from the wheel folder'\n")
        wheel.writestr(
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nRequires-Dist: numpy>=99\n",
        )
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")


@pytest.mark.parametrize(
    ("version", "system", "machine", "runtime"),
    [
        ((3, 9), "win32", "AMD64", "1.19.2"),
        ((3, 9), "darwin", "x86_64", "1.19.2"),
        ((3, 10), "linux", "x86_64", "1.23.2"),
        ((3, 12), "darwin", "x86_64", "1.23.2"),
        ((3, 12), "darwin", "arm64", "1.31.1"),
        ((3, 11), "linux", "x86_64", "1.31.1"),
        ((3, 13), "win32", "AMD64", "1.31.1"),
    ],
)
def test_versions_are_pinned_to_what_has_a_wheel(version, system, machine, runtime):
    assert f"onnxruntime=={runtime}" in dependencies.pinned_requirements(version, system, machine)


def test_pip_brings_nothing_but_the_two_packages(tmp_path):
    arguments = dependencies.pip_arguments(tmp_path)
    assert "--no-deps" in arguments
    assert "--no-index" not in arguments
    assert not any("numpy" in argument for argument in arguments)


def test_own_packages_come_last_on_the_path(own_folder):
    own_folder.mkdir(parents=True)
    dependencies.use_own_packages()
    dependencies.use_own_packages()
    assert sys.path[-1] == str(own_folder)
    assert sys.path.count(str(own_folder)) == 1


def test_interpreter_is_a_python_of_this_version():
    python = dependencies.python_interpreter()
    assert python.is_file()
    assert python.name.startswith("python")


def test_proxy_of_qgis_reaches_pip_with_its_password_quoted():
    store = QgsSettings()
    values = {"proxyEnabled": True, "proxyHost": "proxy.example", "proxyPort": "3128"}
    values.update(proxyUser="me", proxyPassword="a@b", proxyType="HttpProxy")
    for key, value in values.items():
        store.setValue(f"proxy/{key}", value)
    try:
        environment = dependencies.proxy_environment()
    finally:
        store.remove("proxy")
    assert environment["HTTPS_PROXY"] == "http://me:a%40b@proxy.example:3128"
    assert dependencies.proxy_environment() == {}


def test_missing_vc_runtime_is_named_on_windows():
    output = "ImportError: DLL load failed while importing onnxruntime_pybind11_state: ..."
    assert "Visual C++" in dependencies.explain_failed_import(output, system="win32")
    assert "DLL load failed" in dependencies.explain_failed_import(output, system="linux")


def test_dialog_installs_from_a_folder_of_wheels(dialog, own_folder, tmp_path, qtbot):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for requirement in dependencies.pinned_requirements():
        write_wheel(wheels, requirement)
    dialog.wheel_folder.setFilePath(str(wheels))
    with qtbot.waitSignal(dialog.installed, timeout=60000):
        dialog.install_button.click()
    assert sorted(path.name for path in own_folder.iterdir() if path.suffix == "") == [
        "onnxruntime",
        "tokenizers",
    ]
    assert "ready" in dialog.outcome.text()


def test_dialog_says_when_pip_fails_and_shows_its_output(dialog, tmp_path, qtbot):
    dialog.wheel_folder.setFilePath(str(tmp_path))
    dialog.install()
    qtbot.waitUntil(lambda: "could not" in dialog.outcome.text(), timeout=60000)
    assert "onnxruntime" in dialog.log.toPlainText()
    assert dialog.install_button.isEnabled()


def test_dialog_cancels_pip_and_stays_open(dialog, tmp_path, qtbot):
    dialog.wheel_folder.setFilePath(str(tmp_path))
    dialog.install()
    dialog.reject()
    qtbot.waitUntil(lambda: dialog.outcome.text() == "Cancelled.", timeout=10000)
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()
