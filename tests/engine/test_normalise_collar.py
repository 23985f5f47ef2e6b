"""Fill that nobody declared: found where it reaches a corner, left alone elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.geometry import Window
from rs_vlm_plugin.engine.raster.normalise import fit_stretch, read_rgb
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from tests import rasters
from tests.engine.array_source import ArraySource


def wedge(width: int, height: int) -> np.ndarray:
    rows, cols = np.mgrid[0:height, 0:width]
    return cols / width + rows / height > 1.5


@pytest.mark.parametrize("colour", [0, 255])
def test_a_wedge_at_a_corner_is_masked_and_a_roof_is_not(tmp_path, colour):
    with open_raster(rasters.with_collar(tmp_path / "a.tif", colour)) as source:
        stretch = fit_stretch(source)
        assert stretch.collar is not None
        assert stretch.collar.value == colour
        _, mask = read_rgb(source, source.info.window, (192, 256), stretch)
    fill = wedge(256, 192)
    assert not mask[fill].any()
    assert mask[~fill].all()


def test_a_window_knows_where_it_lies(tmp_path):
    with open_raster(rasters.with_collar(tmp_path / "a.tif")) as source:
        stretch = fit_stretch(source)
        _, corner = read_rgb(source, Window(236, 172, 20, 20), (40, 40), stretch)
        _, roof = read_rgb(source, Window(64, 48, 20, 20), (40, 40), stretch)
    assert not corner.any()
    assert roof.all()


def test_lossy_fill_is_fill():
    pixels = rasters.pattern_pixels("noise", 3, (256, 192), "uint8")
    pixels = np.maximum(pixels, 30)
    fill = wedge(256, 192)
    pixels[:, fill] = 0
    # What JPEG leaves next to an edge: a few grey levels.
    edge = fill & ~np.roll(fill, 6, axis=1)
    pixels[:, edge] = 4
    source = ArraySource(pixels)
    _, mask = read_rgb(source, source.info.window, (192, 256), fit_stretch(source))
    assert not mask[fill].any()


def test_fill_does_not_darken_the_stretch():
    pixels = rasters.pattern_pixels("noise", 3, (256, 192), "uint16")
    pixels[:, wedge(256, 192)] = 0
    assert min(low for low, _ in fit_stretch(ArraySource(pixels)).limits) > 150


@pytest.mark.parametrize("value", [-9999.0, float(np.finfo("float32").min)])
def test_usual_sentinels_are_fill(value):
    pixels = rasters.pattern_pixels("noise", 1, (256, 192), "float32")
    pixels[:, wedge(256, 192)] = value
    source = ArraySource(pixels)
    stretch = fit_stretch(source)
    assert stretch.collar is not None
    assert stretch.limits[0][0] > 0


def test_declared_nodata_ends_the_search():
    pixels = rasters.pattern_pixels("noise", 3, (256, 192), "uint8")
    pixels[:, wedge(256, 192)] = 0
    assert fit_stretch(ArraySource(pixels, np.ones((192, 256), dtype=bool))).collar is None


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((1, 64, 64), "uint8"),
        np.full((3, 64, 64), 255, "uint8"),
        rasters.pattern_pixels("noise", 3, (64, 64), "uint8"),
        # Two values are a mask, and its zeros are as much the image as its ones.
        (rasters.pattern_pixels("blocks", 1, (64, 64), "uint8") > 100).astype("uint8"),
    ],
    ids=["all black", "all white", "noise", "binary mask"],
)
def test_no_collar(pixels):
    assert fit_stretch(ArraySource(pixels)).collar is None


def test_black_inside_the_image_is_no_collar():
    pixels = rasters.pattern_pixels("noise", 3, (128, 128), "uint8")
    pixels[:, 30:60, 30:60] = 0
    assert fit_stretch(ArraySource(pixels)).collar is None
