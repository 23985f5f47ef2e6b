"""A tiny bundle of three levels and a raster on which it finds three planes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests import rasters
from tests.tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="session")
def level_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle that can do everything."""
    actions = ("describe", "classify", "search", "ask", "find")
    return make_tiny_bundle(tmp_path_factory.mktemp("levels"), actions=actions)


@pytest.fixture
def planes(tmp_path: Path) -> Path:
    """96 x 64 pixels of 10 m with three bright squares."""
    pixels = np.full((3, 64, 96), 20, dtype=np.uint8)
    for column, row in ((8, 8), (44, 27), (76, 44)):
        pixels[:, row : row + 9, column : column + 9] = 240
    return rasters.make_raster(tmp_path / "planes.tif", pixels=pixels)
