"""A heat map says how relevant a place is, not how many images show it: looked at as drawn."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings, QgsProject
from qgis.PyQt.QtCore import QSize, Qt

from rs_vlm_plugin.engine.index.geopackage import open_index
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.search import find_places, learn_concept
from rs_vlm_plugin.layers.search_layers import heat_layer
from tests import rasters
from tests.indexes import make_index

TILE = 32
SIDE = 16 * TILE
# Tiles that hold nothing but red: columns and rows of tiles.
TWICE, ONCE = (3, 8), (12, 8)
# Where the second image begins, in tiles: it ends before the square shown once.
OFFSETS = (0, 0.5)


def picture(columns: int) -> np.ndarray:
    pixels = np.full((3, SIDE, columns * TILE), 60, np.uint8)
    for column, row in (TWICE, ONCE):
        tile = np.s_[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
        pixels[0][tile] = 255
        pixels[1:][(slice(None), *tile)] = 0
    return pixels


@pytest.fixture(params=OFFSETS)
def found(request, tmp_path, tiny_bundle):
    """Places like red ones, of two images of which the second shows the left half once more, on
    the same grid of tiles and on one half a tile further."""
    model = VisionLanguageModel(load_bundle(tiny_bundle), device="cpu")
    whole = rasters.make_raster(tmp_path / "whole.tif", pixels=picture(16))
    skip = int(request.param * TILE)
    pixels = picture(16)[:, skip:, skip : skip + 8 * TILE]
    half = rasters.make_raster(
        tmp_path / "half.tif",
        pixels=np.ascontiguousarray(pixels),
        origin=(500_000 + 10 * skip, 5_700_000 - 10 * skip),
    )
    path = make_index(tmp_path / "i.gpkg", [whole, half], model, policy="fixed", budget=1000)
    red = np.zeros((1, TILE, TILE, 3), np.uint8)
    red[..., 0] = 255
    none = np.zeros((0, 16), np.float32)
    concept = learn_concept("red", model.encode_images(red).embedding, none, model)
    with open_index(path) as index:
        yield find_places([index], concept, model, k=500)
    QgsProject.instance().clear()


def drawn(layer, whole: tuple) -> np.ndarray:
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setBackgroundColor(Qt.GlobalColor.white)
    settings.setExtent(whole)
    settings.setOutputSize(QSize(SIDE, SIDE))
    settings.setOutputDpi(25.4)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage().convertToFormat(4)
    flat = image.constBits().asstring(image.sizeInBytes())
    return np.frombuffer(flat, np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)


def test_what_two_images_show_is_no_hotter_than_what_one_shows(found):
    from qgis.core import QgsRectangle

    side = SIDE * 10
    layer = heat_layer(found, QgsProject.instance())
    image = drawn(layer, QgsRectangle(500_000, 5_700_000 - side, 500_000 + side, 5_700_000))
    heat = 255 - image[..., :3].astype(int).min(axis=2)

    def around(place):
        column, row = place
        middle = np.s_[
            row * TILE - TILE : (row + 2) * TILE, (column - 1) * TILE : (column + 2) * TILE
        ]
        return int(heat[middle].max())

    assert around(ONCE) > 100
    assert abs(around(TWICE) - around(ONCE)) <= 0.15 * around(ONCE)
