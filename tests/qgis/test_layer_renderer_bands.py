"""What the user's renderer shows reaches the engine: bands, class colours, no-data values."""

from __future__ import annotations

import numpy as np
from qgis.core import (
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRasterRange,
    QgsSingleBandGrayRenderer,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtGui import QColor

from rs_vlm_plugin.layers.raster_layer_source import QgsRasterLayerSource
from tests import rasters


def _layer(path, **settings):
    return QgsRasterLayer(str(rasters.make_raster(path, **settings)), "a")


def _info(layer):
    with QgsRasterLayerSource.from_layer(layer) as source:
        return source.info


def test_multiband_renderer_gives_three_bands(tmp_path):
    layer = _layer(tmp_path / "a.tif", bands=4)
    layer.setRenderer(QgsMultiBandColorRenderer(layer.dataProvider(), 4, 3, 2))
    assert _info(layer).render_bands == (4, 3, 2)


def test_multiband_renderer_with_one_channel_gives_that_band(tmp_path):
    layer = _layer(tmp_path / "a.tif", bands=4)
    layer.setRenderer(QgsMultiBandColorRenderer(layer.dataProvider(), -1, 3, -1))
    assert _info(layer).render_bands == (3,)


def test_single_band_renderers_give_their_band(tmp_path):
    layer = _layer(tmp_path / "a.tif", bands=3)
    layer.setRenderer(QgsSingleBandGrayRenderer(layer.dataProvider(), 2))
    assert _info(layer).render_bands == (2,)
    layer.setRenderer(QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 3))
    assert _info(layer).render_bands == (3,)


def test_classes_coloured_by_the_user_are_a_palette(tmp_path):
    pixels = np.random.default_rng(1).choice([1, 2, 5], (1, 16, 16)).astype("uint8")
    layer = _layer(tmp_path / "a.tif", pixels=pixels)
    classes = [
        QgsPalettedRasterRenderer.Class(value, QColor(value * 10, 0, 9), f"class {value}")
        for value in (1, 2, 5)
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    band = _info(layer).bands[0]
    assert band.colour == "palette"
    assert band.palette[5] == (50, 0, 9, 255)
    assert band.palette[3] == (0, 0, 0, 0)


def test_no_data_declared_in_the_layer_properties_is_masked(tmp_path):
    pixels = np.arange(64, dtype="uint8").reshape(1, 8, 8)
    layer = _layer(tmp_path / "a.tif", pixels=pixels)
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(0, 7), QgsRasterRange(63, 63)])
    with QgsRasterLayerSource.from_layer(layer) as source:
        assert source.info.has_mask
        values, valid = source.read(source.info.window, (8, 8), (1,))
    np.testing.assert_array_equal(values, pixels)
    assert (~valid).sum() == 9
    assert not valid[0].any()
    assert not valid[7, 7]


def test_source_nodata_switched_off_by_the_user_is_image(tmp_path):
    path = rasters.with_nodata_hole(tmp_path / "a.tif")
    layer = QgsRasterLayer(str(path), "a")
    for band in (1, 2, 3):
        layer.dataProvider().setUseSourceNoDataValue(band, False)
    with QgsRasterLayerSource.from_layer(layer) as source:
        _, valid = source.read(source.info.window, (48, 64), (1, 2, 3))
    assert valid.all()
