"""Peak memory of describing in a headless QGIS, beyond what QGIS with the layer open needs."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import re
import sys
import time
from pathlib import Path
from typing import Any

from .subjects import huge, load_model, square_2000

LIMIT_MIB = 1024


def main() -> None:
    """Measure each raster in a process of its own."""
    context = multiprocessing.get_context("spawn")
    rows = []
    # The huge sample is flat, so `content` sees no reason to look closer: `fixed` makes it read.
    for path, policy in itertools.product((square_2000(), huge()), ("content", "fixed")):
        with context.Pool(1) as pool:
            rows.append(pool.apply(measure, (str(path), policy)))
    print(json.dumps(rows))


def measure(raster: str, policy: str) -> dict[str, Any]:
    """Describe the raster and say how far the resident size rose."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from scripts.headless_qgis import headless_qgis

    with headless_qgis():
        return _described(raster, policy)


def _described(raster: str, policy: str) -> dict[str, Any]:
    from qgis.core import QgsRasterLayer

    layer = QgsRasterLayer(raster, "raster")
    before = resident_mib("VmRSS")
    # 5 resets the peak to what is resident now (proc(5)).
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")

    from rs_vlm_plugin.engine.describe import describe
    from rs_vlm_plugin.layers.raster_layer_source import QgsRasterLayerSource

    started = time.perf_counter()
    source = QgsRasterLayerSource.from_layer(layer)
    model = load_model()
    made = describe(source, None, model, policy=policy, budget=64)
    seconds = time.perf_counter() - started
    source.close()
    return {
        "raster": f"{layer.width():,} x {layer.height():,}",
        "policy": policy,
        "qgis_mib": before,
        "peak_above_mib": resident_mib("VmHWM") - before,
        "limit_mib": LIMIT_MIB,
        "tiles": made.provenance.tile_evaluations,
        "seconds_with_loading": seconds,
        "model": made.provenance.model,
    }


def resident_mib(key: str) -> float:
    """A figure of this process from proc(5): "VmRSS", or "VmHWM" for the peak."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(rf"^{key}:\s+(\d+) kB", status, re.MULTILINE)
    return int(found.group(1)) / 1024 if found else float("nan")


if __name__ == "__main__":
    main()
