"""What a closer look outlines: the things themselves where the model finds them, else its cells."""

from __future__ import annotations

import numpy as np
import pytest
from rasterio.features import rasterize
from rasterio.transform import from_origin

from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.index.geopackage import open_index
from rs_vlm_plugin.engine.index.records import Filter
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from rs_vlm_plugin.engine.search import parse_query, search
from tests import rasters
from tests.engine.exact_model import SIDE, ExactModel
from tests.indexes import make_index

PIXEL = 10
WEST, NORTH = 500_000, 5_700_000
# Column, row and side in pixels.
SQUARES = ((3, 4, 6), (20, 18, 7))


@pytest.fixture
def scene(tmp_path, level_bundle):
    """A picture with two bright squares, its index, and a model that finds bright squares."""
    pixels = np.full((3, SIDE, SIDE), 20, np.uint8)
    for column, row, side in SQUARES:
        pixels[:, row : row + side, column : column + side] = 240
    model = ExactModel(load_bundle(level_bundle), device="cpu", threads=1)
    raster = rasters.make_raster(tmp_path / "a.tif", pixels=pixels, origin=(WEST, NORTH))
    return make_index(tmp_path / "i.gpkg", [raster], model), model, pixels[0] > 120


def outlined(scene, text="storage tanks", rows=None) -> np.ndarray:
    """The pixels outlined as the best place."""
    path, model, _ = scene
    with open_index(path) as index:
        result = search(
            [index], parse_query(text), model, k=1, open_raster=open_raster, rows=rows or Filter()
        )
    (hit,) = result.hits
    assert hit.looked_closer
    transform = from_origin(WEST, NORTH, PIXEL, PIXEL)
    shown = rasterize([(hit.geometry, 1)], out_shape=(SIDE, SIDE), transform=transform)
    return shown.astype(bool)


def test_things_are_outlined_themselves(scene):
    shown = outlined(scene)
    assert (shown & scene[2]).sum() >= 0.8 * shown.sum() > 0


def test_things_outside_the_region_are_not(scene):
    column, row, side = SQUARES[1]
    corner = Region.from_bounds(WEST + 150, NORTH - 320, WEST + 320, NORTH - 150)
    shown = outlined(scene, rows=Filter(region=corner))
    assert not shown[:12, :12].any()
    assert shown[row : row + side, column : column + side].any()


def test_where_nothing_is_found_cells_are_outlined(scene, monkeypatch):
    monkeypatch.setattr(scene[1], "find", lambda *_: [])
    shown = outlined(scene)
    assert shown.any()
    assert (shown & scene[2]).sum() < 0.8 * shown.sum()
