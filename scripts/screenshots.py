"""Takes the README's pictures: the plugin in QGIS Desktop, on the town the project draws itself.

python scripts/screenshots.py [--output DIR]
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.desktop_profile import desktop_command, make_profile, run_unseen
from scripts.sample_raster import drawn_sample

WORK = ROOT / "build" / "screenshots"
SECONDS = 240
DRIVE = """
import os
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QDockWidget
from qgis.core import QgsProject
from qgis.utils import iface, plugins

PICTURE = {picture!r}


def begin():
    window = iface.mainWindow()
    window.setGeometry(0, 0, 1400, 950)
    for panel in window.findChildren(QDockWidget):
        if panel.objectName() not in ("Layers", "RsVlmDock"):
            panel.hide()
    iface.setActiveLayer(next(iter(QgsProject.instance().mapLayers().values())))
    iface.zoomToActiveLayer()
    QTimer.singleShot(2000, ask)


def ask():
    plugin = plugins["rs_vlm_plugin"]
    dock = plugin.dock()
    dock.concluded.connect(lambda: QTimer.singleShot(4000, take))
    dock.setUserVisible(True)
    iface.mainWindow().resizeDocks([dock], [440], 1)
    QTimer.singleShot(1500, plugin.describe)


def take():
    saved = iface.mainWindow().grab().save(PICTURE)
    os._exit(0 if saved else 1)


QTimer.singleShot(2500, begin)
"""


def main() -> int:
    """Drive QGIS under Xvfb; 1 where no picture came of it."""
    parser = argparse.ArgumentParser(description="Take the README's pictures.")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "images")
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(WORK, ignore_errors=True)
    profile = make_profile(WORK / "profile")
    picture = output / "desktop.png"
    code = WORK / "drive.py"
    code.write_text(DRIVE.format(picture=str(picture)), encoding="utf-8")
    raster = drawn_sample(ROOT / "build" / "samples")
    try:
        done = run_unseen(desktop_command(profile, "--code", str(code), str(raster)), SECONDS)
    except subprocess.TimeoutExpired:
        print(f"QGIS gave no answer in {SECONDS} s.", file=sys.stderr)
        return 1
    if done.returncode != 0 or not picture.exists():
        print(f"No picture was taken: {done.stdout[-2000:]}", file=sys.stderr)
        return 1
    print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
