"""Index building against what onnxruntime alone does with the vision graph on this machine.

The drawn town is indexed in several copies, so that batches run across rasters; the graph alone is
timed on arrays that lie ready, in the same process before and after, and the better counts.
`peak_mib` is how far resident memory rose while building, for one copy and for all: flat means no
more for more. With the tiny stand-in model the ratio says nothing, because that costs nothing.
"""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path
from typing import Any

from rs_vlm_plugin.engine.index.building import build, identity
from rs_vlm_plugin.engine.index.geopackage import create_index
from rs_vlm_plugin.engine.index.reading import RasterInput
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster

from .memory import resident_mib
from .subjects import FOLDER, load_model, town
from .throughput import vision_seconds_an_image

COPIES = (1, 4)
BUDGET = 150
TARGET_RATIO = 0.9


def main() -> None:
    """Build, and compare."""
    _, path = town()
    model = load_model()
    _built([path], model)  # warm: sessions, caches, file
    rows = []
    for copies in COPIES:
        folder = FOLDER / "copies"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        rasters = [Path(shutil.copy(path, folder / f"{number}.tif")) for number in range(copies)]
        image_s = vision_seconds_an_image(model)
        before = resident_mib("VmRSS")
        # 5 resets the peak to what is resident now (proc(5)).
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        report, size = _built(rasters, model)
        peak = resident_mib("VmHWM") - before
        image_s = min(image_s, vision_seconds_an_image(model))
        rows.append(
            {
                "rasters": copies,
                "tiles": report.tiles,
                "build_s": report.seconds,
                "tiles_s": report.tiles / report.seconds,
                "raw_img_s": 1 / image_s,
                "ratio": report.tiles * image_s / report.seconds,
                "target": TARGET_RATIO,
                "peak_mib": peak,
                "bytes_a_tile": size / report.tiles,
                "model": model.bundle.manifest.name,
            }
        )
        shutil.rmtree(folder)
    print(json.dumps(rows))


def _built(rasters: list[Path], model: Any) -> tuple[Any, int]:
    target = FOLDER / "built.gpkg"
    target.unlink(missing_ok=True)
    inputs = [RasterInput(str(path), partial(open_raster, str(path))) for path in rasters]
    with create_index(target, identity(model)) as index:
        report = build(index, inputs, model, budget=BUDGET)
    size = target.stat().st_size
    target.unlink()
    return report, size


if __name__ == "__main__":
    main()
