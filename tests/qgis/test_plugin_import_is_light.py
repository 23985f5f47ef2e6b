"""Starting QGIS with the plugin costs next to nothing: measured in a fresh process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numpy", "onnxruntime", "tokenizers", "rasterio", "shapely", "pyproj", "osgeo", "torch")
PROGRAM = """
import json, sys, time
import qgis.core, qgis.gui
from qgis.PyQt import QtCore, QtGui, QtWidgets, sip
application = qgis.core.QgsApplication([], False)
qgis.core.QgsApplication.initQgis()
before = set(sys.modules)
start = time.perf_counter()
import rs_vlm_plugin
plugin = rs_vlm_plugin.classFactory(None)
imported = time.perf_counter() - start
import rs_vlm_plugin.gui.options_page, rs_vlm_plugin.gui.icons
import rs_vlm_plugin.processing.provider
provider = rs_vlm_plugin.processing.provider.RsVlmProvider()
qgis.core.QgsApplication.processingRegistry().addProvider(provider)
wired = time.perf_counter() - start
new = sorted(set(sys.modules) - before)
print(json.dumps({"import_ms": imported * 1000, "wired_ms": wired * 1000, "new": new}))
"""


def start_up() -> dict:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_heavy_is_imported_before_first_use():
    heavy = {name.split(".")[0] for name in start_up()["new"]} & set(HEAVY)
    assert not heavy


def test_import_takes_under_50_ms():
    # The best of three, because the machine may be busy with something else.
    runs = [start_up() for _ in range(3)]
    assert min(run["import_ms"] for run in runs) < 50
    assert min(run["wired_ms"] for run in runs) < 50
