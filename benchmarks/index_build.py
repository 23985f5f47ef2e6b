"""Index building against what onnxruntime alone does with the vision graph on this machine.

The drawn town is indexed on its own in several copies, where planning each raster weighs most, and
laid out many times in one large raster, uncompressed and compressed. The graph alone, with all its
outputs, runs on as many images that lie ready, half of them just before the build and half just
after, so that a busy machine is busy for both: in one session as onnxruntime sets itself up
(`ratio`), and as batches side by side on one thread each, which is how a build runs it
(`ratio_side_by_side`). `cpu_s` is the processor's time for the build, `raw_cpu_s` for the graph
side by side, and `cpu_ratio` their quotient: the ratio where all cores are busy. A build runs only
the part of the graph that gives what it stores. `part_cpu_s` is for that part alone, so `cpu_s`
less that is all that is not the graph: reading, resampling, planning, storing; `other_ms_a_tile` is
a tile's share of it. `peak_mib` is how far resident memory rose while building: flat means no more
for more. With the tiny stand-in model the ratio says nothing, because that costs nothing.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from rs_vlm_plugin.engine.index.building import build, identity
from rs_vlm_plugin.engine.index.geopackage import create_index
from rs_vlm_plugin.engine.index.reading import RasterInput
from rs_vlm_plugin.engine.model.embedder import PARTS
from rs_vlm_plugin.engine.model.graph_part import graph_part
from rs_vlm_plugin.engine.raster.rasterio_source import import_rasterio, open_raster
from rs_vlm_plugin.engine.tile_images import BATCH

from .memory import resident_mib
from .subjects import FOLDER, load_model, town, vision_feeds

COPIES = 4
SIDE = 5
TARGET_RATIO = 0.9


def main() -> None:
    """Build, and compare."""
    _, path = town()
    model = load_model()
    folder = FOLDER / "copies"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    copies = [Path(shutil.copy(path, folder / f"{number}.tif")) for number in range(COPIES)]
    subjects = [
        ("one town", copies[:1]),
        (f"{COPIES} towns", copies),
        (f"{SIDE} x {SIDE} towns in one", [_large(path, folder / "large.tif", compress="none")]),
        ("the same, deflate", [_large(path, folder / "deflate.tif", compress="deflate")]),
        ("the same, JPEG", [_large(path, folder / "jpeg.tif", compress="jpeg")]),
    ]
    _built(copies[:1], model)  # warm: caches, file
    raw = _Raw(model)
    rows = [_measured(name, paths, model, raw) for name, paths in subjects]
    shutil.rmtree(folder)
    print(json.dumps(rows))


def _measured(name: str, rasters: list[Path], model: Any, raw: _Raw) -> dict[str, Any]:
    tiles = _built(rasters, model)[0].tiles
    halves = [tiles // 2, tiles - tiles // 2]
    spent = raw.run(halves[0])
    resident = resident_mib("VmRSS")
    # 5 resets the peak to what is resident now (proc(5)).
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    processor = time.process_time()
    report, size = _built(rasters, model)
    processor = time.process_time() - processor
    peak = resident_mib("VmHWM") - resident
    spent = spent.and_also(raw.run(halves[1]))
    return {
        "rasters": name,
        "tiles": report.tiles,
        "build_s": report.seconds,
        "tiles_s": report.tiles / report.seconds,
        "raw_img_s": tiles / spent.together_s,
        "ratio": spent.together_s / report.seconds,
        "ratio_side_by_side": spent.side_by_side_s / report.seconds,
        "target": TARGET_RATIO,
        "cpu_s": processor,
        "raw_cpu_s": spent.cpu_s,
        "part_cpu_s": spent.part_cpu_s,
        "cpu_ratio": spent.cpu_s / processor,
        "other_ms_a_tile": 1e3 * (processor - spent.part_cpu_s) / report.tiles,
        "peak_mib": peak,
        "bytes_a_tile": size / report.tiles,
        "model": model.bundle.manifest.name,
    }


@dataclass(frozen=True)
class _Spent:
    """Seconds that the graph alone takes: in one session as it comes, and side by side, there with
    the processor's time, and that of the part that a build runs."""

    together_s: float
    side_by_side_s: float
    cpu_s: float
    part_cpu_s: float

    def and_also(self, other: _Spent) -> _Spent:
        """Both."""
        return _Spent(*(sum(pair) for pair in zip(astuple(self), astuple(other))))


class _Raw:
    """The vision graph alone, on batches that lie ready as float32."""

    def __init__(self, model: Any) -> None:
        data = model.bundle.read(model.bundle.manifest.vision.file)
        self._together = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._alone, self._part = (
            onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
            for graph in (data, graph_part(data, PARTS))
        )
        self._feeds = vision_feeds(model, BATCH)
        self._cores = len(os.sched_getaffinity(0))
        self.run(self._cores * BATCH)

    def run(self, images: int) -> _Spent:
        """What this many images take."""
        batches = math.ceil(images / BATCH)
        started = time.perf_counter()
        for _ in range(batches):
            self._together.run(None, self._feeds)
        together = time.perf_counter() - started
        side_by_side, processor = self._side_by_side(self._alone, batches)
        _, part = self._side_by_side(self._part, batches)
        # A last batch that is not full counts for what is in it.
        share = images / BATCH / batches
        return _Spent(*(share * spent for spent in (together, side_by_side, processor, part)))

    def _side_by_side(self, session: Any, batches: int) -> tuple[float, float]:
        """Seconds, and the processor's."""
        started, processor = time.perf_counter(), time.process_time()
        with ThreadPoolExecutor(self._cores) as executor:
            list(executor.map(lambda _: session.run(None, self._feeds), range(batches)))
        return time.perf_counter() - started, time.process_time() - processor


def _built(rasters: list[Path], model: Any) -> tuple[Any, int]:
    target = FOLDER / "built.gpkg"
    target.unlink(missing_ok=True)
    inputs = [RasterInput(str(path), partial(open_raster, str(path))) for path in rasters]
    with create_index(target, identity(model)) as index:
        report = build(index, inputs, model)
    size = target.stat().st_size
    target.unlink()
    return report, size


def _large(path: Path, target: Path, **stored: str) -> Path:
    """The town repeated, with tiles and overviews as a mosaic has them, some 10,000 px wide."""
    rasterio = import_rasterio()
    with rasterio.open(path) as small:
        pixels, profile = small.read(), small.profile
    height, width = pixels.shape[1:]
    profile.update(
        width=SIDE * width,
        height=SIDE * height,
        tiled=True,
        blockxsize=512,
        blockysize=512,
        **stored,
    )
    with rasterio.open(target, "w", **profile) as large:
        for number in range(SIDE * SIDE):
            window = rasterio.windows.Window(
                number % SIDE * width, number // SIDE * height, width, height
            )
            # Shifted, so that no two places are the same.
            large.write(np.roll(pixels, number * 37, axis=2), window=window)
        large.build_overviews([2, 4, 8, 16, 32], rasterio.enums.Resampling.average)
    return target


if __name__ == "__main__":
    main()
