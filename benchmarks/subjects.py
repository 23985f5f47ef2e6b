"""What is measured on: rasters and the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from model_training.synthetic import Scene, draw_mosaic, write_geotiff
from scripts.sample_raster import shared_folder

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "bench"
SEED = 5


def load_model(folder: Path | None = None, **settings: Any) -> Any:
    """The bundle of a folder; without one the plugin's own, or a tiny random one (and the name says
    so) where there is none."""
    from rs_vlm_plugin.engine.errors import BundleNotFound
    from rs_vlm_plugin.engine.model.bundle import load_bundle
    from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
    from rs_vlm_plugin.resource_paths import default_bundle

    try:
        bundle = load_bundle(folder or default_bundle())
    except BundleNotFound:
        if folder is not None:
            raise
        from tests.tiny_bundle import make_tiny_bundle

        bundle = load_bundle(make_tiny_bundle(FOLDER / "tiny_bundle"))
    return VisionLanguageModel(bundle, **settings)


def vision_feeds(model: Any, batch: int) -> dict[str, np.ndarray]:
    """What the vision graph takes, of noise: a batch that lies ready as float32."""
    size = model.input_size
    feeds = {"pixels": np.random.default_rng(0).standard_normal((batch, 3, size, size), np.float32)}
    if model.bundle.manifest.levels is not None:
        feeds["metres"] = np.zeros(batch, np.float32)
    return feeds


def town() -> tuple[Scene, Path]:
    """The drawn town, 2048 x 2048 RGB with overviews."""
    scene = draw_mosaic(SEED)
    path = FOLDER / "town.tif"
    if not path.exists():
        write_geotiff(scene, path)
    return scene, path


def square_2000() -> Path:
    """A 2,000 x 2,000 RGB raster with overviews."""
    path = FOLDER / "square_2000.tif"
    if not path.exists():
        write_geotiff(draw_mosaic(SEED, 2000), path)
    return path


def huge() -> Path:
    """36,000 x 18,000 px: the real sample where there is one, else a sparse drawn one."""
    real = shared_folder() / "samples" / "huge_world_36000x18000.tif"
    if real.exists():
        return real
    path = FOLDER / "huge.tif"
    if not path.exists():
        _write_huge(path)
    return path


def _write_huge(path: Path) -> None:
    import rasterio
    from rasterio.enums import Resampling
    from rasterio.windows import Window

    patch = np.moveaxis(draw_mosaic(SEED).image, -1, 0)[:1]
    profile = {
        "driver": "GTiff",
        "width": 36_000,
        "height": 18_000,
        "count": 1,
        "dtype": "uint8",
        "crs": "EPSG:32632",
        "transform": rasterio.transform.from_origin(400_000, 5_300_000, 1, 1),
        "tiled": True,
        "compress": "deflate",
        "sparse_ok": True,
        "nodata": 0,
    }
    with rasterio.open(path, "w", **profile) as dataset:
        for col, row in ((2048, 2048), (16384, 8192), (30720, 14336)):
            dataset.write(patch, window=Window(col, row, 2048, 2048))
        dataset.build_overviews([2, 4, 8, 16, 32, 64], Resampling.average)
