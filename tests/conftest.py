"""Fixtures every tier shares. Nothing here imports QGIS, torch or rasterio."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The optional folder of real data; tests that need it skip where it is absent."""
    default = Path(__file__).resolve().parent.parent.parent / "shared"
    folder = Path(os.environ.get("RSVLM_SHARED", str(default)))
    if not folder.is_dir():
        pytest.skip(f"the real data folder {folder} is absent (set RSVLM_SHARED)")
    return folder


@pytest.fixture(scope="session")
def sample_rasters(shared_dir: Path) -> list[Path]:
    """The real GeoTIFFs among the shared data."""
    paths = sorted((shared_dir / "samples").glob("*.tif"))
    if not paths:
        pytest.skip(f"no sample GeoTIFF lies in {shared_dir / 'samples'}")
    return paths


@pytest.fixture
def make_raster(tmp_path: Path):
    """`make_raster(name="raster.tif", **settings) -> Path`, see `tests.rasters.make_raster`."""
    from tests import rasters

    def make(name: str = "raster.tif", **settings) -> Path:
        return rasters.make_raster(tmp_path / name, **settings)

    return make
