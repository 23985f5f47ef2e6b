"""What the plugin costs QGIS at start: import time, and which heavy modules it drags in (none)."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

PROBE = """
import json, sys, time
import qgis.core, qgis.gui, qgis.PyQt.QtWidgets, qgis.utils
before = set(sys.modules)
started = time.perf_counter()
import rs_vlm_plugin
import rs_vlm_plugin.plugin
milliseconds = (time.perf_counter() - started) * 1000
heavy = ("onnxruntime", "tokenizers", "rasterio", "torch", "osgeo_utils")
loaded = sorted(name for name in set(sys.modules) - before if name.split(".")[0] in heavy)
print(json.dumps({"ms": milliseconds, "heavy": loaded}))
"""
REPEATS = 5
TARGET_MS = 50


def main() -> None:
    """Import the plugin in fresh processes, where QGIS's own modules are there already."""
    runs = []
    for _ in range(REPEATS):
        done = subprocess.run(
            [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True
        )
        runs.append(json.loads(done.stdout.strip().splitlines()[-1]))
    times = [run["ms"] for run in runs]
    row = {
        "what": "import rs_vlm_plugin.plugin",
        "median_ms": statistics.median(times),
        "best_ms": min(times),
        "target_ms": TARGET_MS,
        "heavy_modules": ", ".join(runs[0]["heavy"]) or "none",
    }
    print(json.dumps([row]))


if __name__ == "__main__":
    main()
