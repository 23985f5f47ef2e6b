"""A coarse look at a large raster without overviews goes strip by strip, and shows the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rs_vlm_plugin.engine.geometry import Window
from rs_vlm_plugin.engine.raster.rasterio_source import import_rasterio, open_raster
from tests import rasters


@pytest.fixture(scope="module", params=["tiled", "striped"])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three bands of 75 MB in all: more than is decoded at once."""
    layout = {"tiled": True, "blockxsize": 512, "blockysize": 512}
    pixels = np.tile(rasters.pattern_pixels("noise", 3, (500, 500), "uint8"), (1, 10, 10))
    pixels[:, 1200:1900, 700:3300] = 0
    return rasters.make_raster(
        tmp_path_factory.mktemp("large") / "large.tif",
        pixels=pixels,
        nodata=0,
        **(layout if request.param == "tiled" else {}),
    )


@pytest.mark.parametrize(
    ("window", "shape"),
    [
        (Window(0, 0, 5000, 5000), (512, 512)),
        (Window(0, 0, 5000, 5000), (160, 160)),
        (Window(3, 7, 4990, 4901), (333, 512)),
        (Window(0, 0, 5000, 5000), (1, 1)),
    ],
)
def test_strips_are_the_whole(large: Path, window: Window, shape: tuple[int, int]) -> None:
    rasterio = import_rasterio()
    with rasterio.open(large) as dataset:
        part = rasterio.windows.Window(window.col_off, window.row_off, window.width, window.height)
        expected = dataset.read((3, 2, 1), window=part, out_shape=(3, *shape))
        mask = dataset.read_masks((3, 2, 1), window=part, out_shape=(3, *shape)).any(axis=0)
    with open_raster(str(large)) as source:
        values, valid = source.read(window, shape, (3, 2, 1))
    assert np.array_equal(values, expected)
    assert np.array_equal(valid, mask)
