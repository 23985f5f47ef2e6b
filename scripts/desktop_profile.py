"""A throw-away QGIS profile with this checkout's plugin in it, and the command that opens it."""

from __future__ import annotations

import os
import signal
import site
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = """[PythonPlugins]
rs_vlm_plugin=true
processing=true

[app]
askToSaveMemoryLayers=false

[qgis]
askToSaveProjectChanges=false
checkVersion=false
showTips=false
newsFeed=false
"""


def make_profile(folder: Path) -> Path:
    """Write the profile below `folder`, its settings anew, and return `folder`."""
    profile = folder / "profiles" / "default"
    plugins = profile / "python" / "plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    link = plugins / "rs_vlm_plugin"
    if not link.is_symlink() or link.resolve() != (ROOT / "rs_vlm_plugin"):
        link.unlink(missing_ok=True)
        link.symlink_to(ROOT / "rs_vlm_plugin", target_is_directory=True)
    settings = profile / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True, exist_ok=True)
    # QGIS takes a plugin that once failed to start off the list for good.
    settings.write_text(SETTINGS, encoding="utf-8")
    return folder


def desktop_command(profile: Path, *arguments: str) -> list[str]:
    """QGIS Desktop on that profile."""
    return [
        "qgis",
        "--nologo",
        "--noversioncheck",
        "--profiles-path",
        str(profile),
        "--profile",
        "default",
        *arguments,
    ]


def desktop_environment() -> dict[str, str]:
    """The environment with this .venv's packages for QGIS's Python, and no Qt platform forced."""
    packages = [path for path in site.getsitepackages() if path.startswith(sys.prefix)]
    kept = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    return {**kept, "PYTHONPATH": os.pathsep.join(packages)}


def run_unseen(command: list[str], seconds: float) -> subprocess.CompletedProcess[str]:
    """Run a desktop command on an X server of its own; after `seconds` all of it is ended.

    Raises:
        subprocess.TimeoutExpired: it had to be ended.
    """
    process = subprocess.Popen(
        under_xvfb(command),
        env=desktop_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        # xvfb-run leaves its server and client behind when it alone is killed.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    return subprocess.CompletedProcess(command, process.returncode, output)


def under_xvfb(command: list[str]) -> list[str]:
    """The same command on an X server of its own."""
    return ["xvfb-run", "-a", "-s", "-screen 0 1400x950x24", *command]
