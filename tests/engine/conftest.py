"""Fixtures of the engine's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import rasters
from tests.tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A valid bundle folder shared by the session; copy it before damaging it."""
    return make_tiny_bundle(tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="session")
def tiny_model(tiny_bundle: Path):
    """The tiny bundle, running on the CPU."""
    from rs_vlm_plugin.engine.model.bundle import load_bundle
    from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

    return VisionLanguageModel(load_bundle(tiny_bundle), device="cpu", threads=1)


LEVEL_ACTIONS = ("describe", "classify", "search", "ask", "find")


@pytest.fixture(scope="session")
def level_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny bundle of three levels, which can do everything."""
    return make_tiny_bundle(tmp_path_factory.mktemp("levels"), actions=LEVEL_ACTIONS)


@pytest.fixture(scope="session")
def level_model(level_bundle: Path):
    """The tiny bundle of three levels, running on the CPU."""
    from rs_vlm_plugin.engine.model.bundle import load_bundle
    from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

    return VisionLanguageModel(load_bundle(level_bundle), device="cpu", threads=1)


@pytest.fixture
def source(tmp_path: Path):
    """A raster of noise, 512 x 512 pixels of 8-bit RGB, open."""
    from rs_vlm_plugin.engine.raster.rasterio_source import open_raster

    path = rasters.make_raster(tmp_path / "scene.tif", size=(512, 512), pattern="noise")
    with open_raster(str(path)) as opened:
        yield opened
