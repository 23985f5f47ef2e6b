"""Index building against what onnxruntime alone does with the vision graph on this machine.

The drawn town is indexed on its own in several copies, where planning each raster weighs most, and
laid out many times in one large raster. The graph alone runs on as many images that lie ready, half
of them just before the build and half just after, so that a busy machine is busy for both.
`peak_mib` is how far resident memory rose while building: flat means no more for more. With the
tiny stand-in model the ratio says nothing, because that costs nothing.
"""

from __future__ import annotations

import json
import shutil
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from rs_vlm_plugin.engine.index.building import build, identity
from rs_vlm_plugin.engine.index.geopackage import create_index
from rs_vlm_plugin.engine.index.reading import RasterInput
from rs_vlm_plugin.engine.raster.rasterio_source import import_rasterio, open_raster
from rs_vlm_plugin.engine.tile_images import BATCH

from .memory import resident_mib
from .subjects import FOLDER, load_model, town

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
    large = _large(path, folder / "large.tif")
    _built(copies[:1], model)  # warm: sessions, caches, file
    rows = [_measured(name, paths, model) for name, paths in _subjects(copies, large)]
    shutil.rmtree(folder)
    print(json.dumps(rows))


def _subjects(copies: list[Path], large: Path) -> list[tuple[str, list[Path]]]:
    return [
        ("one town", copies[:1]),
        (f"{COPIES} towns", copies),
        (f"{SIDE} x {SIDE} towns in one", [large]),
    ]


def _measured(name: str, rasters: list[Path], model: Any) -> dict[str, Any]:
    tiles = _built(rasters, model)[0].tiles
    before = _raw_seconds(model, tiles // 2)
    resident = resident_mib("VmRSS")
    # 5 resets the peak to what is resident now (proc(5)).
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    report, size = _built(rasters, model)
    peak = resident_mib("VmHWM") - resident
    raw = before + _raw_seconds(model, tiles - tiles // 2)
    return {
        "rasters": name,
        "tiles": report.tiles,
        "build_s": report.seconds,
        "raw_s": raw,
        "tiles_s": report.tiles / report.seconds,
        "raw_img_s": tiles / raw,
        "ratio": raw / report.seconds,
        "target": TARGET_RATIO,
        "peak_mib": peak,
        "bytes_a_tile": size / report.tiles,
        "model": model.bundle.manifest.name,
    }


def _raw_seconds(model: Any, images: int) -> float:
    """The vision graph alone on this many images, in batches that lie ready as float32."""
    bundle = model.bundle
    session = onnxruntime.InferenceSession(
        bundle.read(bundle.manifest.vision.file), providers=["CPUExecutionProvider"]
    )
    shape = (BATCH, 3, model.input_size, model.input_size)
    pixels = np.random.default_rng(0).standard_normal(shape, np.float32)
    session.run(None, {"pixels": pixels})
    started = time.perf_counter()
    for start in range(0, images, BATCH):
        session.run(None, {"pixels": pixels[: min(BATCH, images - start)]})
    return time.perf_counter() - started


def _built(rasters: list[Path], model: Any) -> tuple[Any, int]:
    target = FOLDER / "built.gpkg"
    target.unlink(missing_ok=True)
    inputs = [RasterInput(str(path), partial(open_raster, str(path))) for path in rasters]
    with create_index(target, identity(model)) as index:
        report = build(index, inputs, model)
    size = target.stat().st_size
    target.unlink()
    return report, size


def _large(path: Path, target: Path) -> Path:
    """The town repeated, with tiles and overviews as a mosaic has them."""
    rasterio = import_rasterio()
    with rasterio.open(path) as small:
        pixels, profile = small.read(), small.profile
    height, width = pixels.shape[1:]
    profile.update(
        width=SIDE * width, height=SIDE * height, tiled=True, blockxsize=512, blockysize=512
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
