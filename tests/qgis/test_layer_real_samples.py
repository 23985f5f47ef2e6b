"""Every real sample raster can be looked at through a QGIS layer; the odd ones are odd as told."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsRasterLayer

from rs_vlm_plugin.engine.geometry import Window
from rs_vlm_plugin.layers.raster_layer_source import QgsRasterLayerSource


def _open(path):
    return QgsRasterLayerSource.from_layer(QgsRasterLayer(str(path), path.stem))


def test_every_sample_gives_a_coarse_view(sample_rasters):
    for path in sample_rasters:
        with _open(path) as source:
            bands = tuple(band.number for band in source.info.bands[:3])
            values, valid = source.read(source.info.window, (96, 128), bands)
            assert values.shape == (len(bands), 96, 128), path.name
            assert valid.any(), path.name
            if values.dtype.kind == "f":
                assert np.isfinite(values[:, valid]).all(), path.name


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("cog_internal_mask", 1.0, 1.0),
        ("rgba_alpha_mostly_transparent", 0.0001, 0.2),
        ("float32_nodata_nan", 0.3, 0.4),
        ("uint16_3band_nodata0", 0.5, 0.8),
        ("rotated_sar", 0.5, 0.9),
        ("gcp_only_sar", 0.5, 0.95),
        ("aerial_rgb_2048", 1.0, 1.0),
    ],
)
def test_share_of_valid_pixels(shared_dir, name, least, most):
    with _open(shared_dir / "samples" / f"{name}.tif") as source:
        info = source.info
        _, valid = source.read(info.window, (info.height, info.width), (1,))
    assert least <= valid.mean() <= most


def test_native_windows_are_the_pixels_of_the_file(shared_dir):
    """Coordinates of tens of millions with pixels of 10 cm must not shift a window by one."""
    path = shared_dir / "samples" / "aerial_rgb_2048.tif"
    stored = gdal.Open(str(path)).ReadAsArray()
    rng = np.random.default_rng(3)
    with _open(path) as source:
        for col, row in rng.integers(0, 2048 - 40, (20, 2)).tolist():
            values, _ = source.read(Window(col, row, 40, 33), (33, 40), (1, 2, 3))
            np.testing.assert_array_equal(values, stored[:, row : row + 33, col : col + 40])


def test_a_648_megapixel_raster_is_read_through_overviews(shared_dir):
    with _open(shared_dir / "samples" / "huge_world_36000x18000.tif") as source:
        assert source.info.overviews == (2, 4, 8, 16, 32, 64)
        tracemalloc.start()
        values, _ = source.read(source.info.window, (256, 512), (1,))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert values.shape == (1, 256, 512)
    assert peak < 8_000_000
