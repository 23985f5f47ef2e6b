"""The built zip, unpacked into an empty profile, works in a real QGIS."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scripts import package

QGIS_PROCESS = shutil.which("qgis_process.bin")
pytestmark = pytest.mark.skipif(QGIS_PROCESS is None, reason="qgis_process is not installed")


@pytest.fixture(scope="module")
def configuration(tmp_path_factory) -> Path:
    """A QGIS configuration folder that holds nothing but the unpacked zip."""
    folder = tmp_path_factory.mktemp("qgis")
    archive = package.build(tmp_path_factory.mktemp("zip"))
    plugins = folder / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(plugins)
    done = qgis_process(folder, "plugins", "enable", "rs_vlm_plugin")
    assert done.returncode == 0, done.stderr
    return folder


def qgis_process(configuration: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run Debian's `qgis_process.bin`: in 3.22 its wrapper is broken and exits 0 all the same."""
    runtime = configuration / "xdg"
    runtime.mkdir(mode=0o700, exist_ok=True)
    packages = [path for path in site.getsitepackages() if path.startswith(sys.prefix)]
    environment = {
        **{key: value for key, value in os.environ.items() if key != "PYTHONPATH"},
        "PYTHONPATH": os.pathsep.join(packages),
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(configuration),
        "XDG_RUNTIME_DIR": str(runtime),
    }
    return subprocess.run(
        [str(QGIS_PROCESS), *arguments],
        env=environment,
        cwd=configuration,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_provider_is_there_with_its_algorithms(configuration):
    listed = qgis_process(configuration, "list")
    assert listed.returncode == 0, listed.stderr
    assert "rsvlm:describeregion" in listed.stdout
    assert "rsvlm:describefeatures" in listed.stdout


def test_help_explains_the_algorithm(configuration):
    shown = qgis_process(configuration, "help", "rsvlm:describeregion")
    assert shown.returncode == 0, shown.stderr
    assert "RASTER" in shown.stdout or "INPUT" in shown.stdout


def test_nothing_is_read_from_the_checkout(configuration):
    listed = qgis_process(configuration, "plugins", "list")
    assert "rs_vlm_plugin" in listed.stdout
    loaded = list((configuration / "profiles").rglob("rs_vlm_plugin/plugin.py"))
    assert loaded
    assert not loaded[0].is_symlink()
