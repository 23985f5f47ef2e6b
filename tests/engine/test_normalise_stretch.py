"""How values become colours."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import BadRequest, EmptyRegion
from rs_vlm_plugin.engine.geometry import Window
from rs_vlm_plugin.engine.raster.normalise import Stretch, fit_stretch, read_rgb
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from tests import rasters
from tests.engine.array_source import ArraySource

AS_IS = ((0.0, 255.0),) * 3


def whole(source, stretch):
    info = source.info
    return read_rgb(source, info.window, (info.height, info.width), stretch)


def test_8_bit_is_shown_as_it_is():
    pixels = rasters.pattern_pixels("noise", 3, (40, 30), "uint8")
    source = ArraySource(pixels)
    stretch = fit_stretch(source)
    assert stretch.limits == AS_IS
    rgb, mask = whole(source, stretch)
    np.testing.assert_array_equal(rgb, np.moveaxis(pixels, 0, -1))
    assert mask.all()


def test_flat_8_bit_is_stretched():
    pixels = rasters.pattern_pixels("noise", 3, (40, 30), "uint8") // 10 + 20
    source = ArraySource(pixels)
    rgb, _ = whole(source, fit_stretch(source))
    assert rgb.min() == 0
    assert rgb.max() == 255


@pytest.mark.parametrize("dtype", ["uint16", "int16", "float32", "float64", "int64", "uint64"])
def test_deeper_types_are_stretched_from_percentiles(dtype):
    pixels = rasters.pattern_pixels("noise", 3, (100, 100), dtype)
    pixels[:, 0, 0] = pixels.max() * 8  # one hot pixel must not darken the rest
    source = ArraySource(pixels)
    stretch = fit_stretch(source)
    low, high = np.percentile(pixels[1].astype(float), (2, 98))
    assert stretch.limits[1] == pytest.approx((low, high))
    rgb, _ = whole(source, stretch)
    assert rgb.dtype == np.uint8
    assert rgb.std() > 50


def test_only_valid_pixels_count():
    pixels = rasters.pattern_pixels("noise", 3, (60, 60), "uint16")
    mask = np.ones((60, 60), dtype=bool)
    mask[:40] = False
    expected = fit_stretch(ArraySource(pixels, mask)).limits
    pixels[:, :40] = 65_535
    assert fit_stretch(ArraySource(pixels, mask)).limits == expected


def test_nan_does_not_spread():
    pixels = rasters.pattern_pixels("noise", 1, (60, 60), "float32")
    pixels[:, :30] = np.nan
    source = ArraySource(pixels)
    stretch = fit_stretch(source)
    assert np.isfinite(stretch.limits).all()
    rgb, mask = whole(source, stretch)
    assert not mask[:30].any()
    assert rgb[mask].std() > 50


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
def test_a_constant_raster_survives(dtype):
    source = ArraySource(np.full((1, 20, 20), 77, dtype=dtype))
    rgb, mask = whole(source, fit_stretch(source))
    assert mask.all()
    assert np.unique(rgb).tolist() == ([77] if dtype == "uint8" else [128])


def test_a_constant_band_survives_among_others():
    pixels = rasters.pattern_pixels("noise", 3, (60, 60), "uint16")
    pixels[1] = 500
    source = ArraySource(pixels)
    rgb, _ = whole(source, fit_stretch(source))
    assert np.unique(rgb[..., 1]).tolist() == [128]
    assert rgb[..., 0].std() > 50


def test_nearly_constant_band_keeps_its_few_other_values():
    pixels = np.zeros((1, 100, 100), dtype="uint16")
    pixels[0, 50, 50:60] = 900
    source = ArraySource(pixels, np.ones((100, 100), dtype=bool))
    rgb, _ = whole(source, fit_stretch(source))
    assert rgb[50, 50:60].min() == 255
    assert rgb[0, 0].max() == 0


def test_one_pixel():
    source = ArraySource(np.full((3, 1, 1), 1234, dtype="uint16"))
    rgb, mask = whole(source, fit_stretch(source))
    assert rgb.shape == (1, 1, 3)
    assert mask.all()


def test_all_nodata_is_said():
    source = ArraySource(np.zeros((3, 10, 10), "uint8"), np.zeros((10, 10), dtype=bool))
    with pytest.raises(EmptyRegion, match="nodata"):
        fit_stretch(source)


def test_a_small_island_in_nodata_is_found():
    mask = np.zeros((2000, 2000), dtype=bool)
    mask[1001, 1003] = True
    source = ArraySource(rasters.pattern_pixels("noise", 1, (2000, 2000), "uint8"), mask)
    assert fit_stretch(source).bands == (1, 1, 1)


def test_one_coarse_read_suffices():
    source = ArraySource(rasters.pattern_pixels("noise", 3, (3000, 600), "uint8"))
    fit_stretch(source)
    assert [shape for _, shape in source.reads] == [(102, 512)]


def test_masked_pixels_take_the_mean_colour_of_the_others():
    values = np.full((3, 4, 4), 200, dtype="uint8")
    mask = np.ones((4, 4), dtype=bool)
    mask[0] = False
    values[:, 0] = 7
    values[:, 1] = 100
    rgb = Stretch((1, 2, 3), AS_IS).apply(values, mask)
    assert np.unique(rgb[0]).tolist() == [167]
    assert np.unique(rgb[1:]).tolist() == [100, 200]


def test_fully_masked_tile_is_middle_grey():
    values = np.zeros((3, 4, 4), dtype="uint8")
    rgb = Stretch((1, 2, 3), AS_IS).apply(values, np.zeros((4, 4), dtype=bool))
    assert np.unique(rgb).tolist() == [127]


def test_palette_becomes_colours(tmp_path):
    with open_raster(rasters.paletted(tmp_path / "a.tif")) as source:
        stretch = fit_stretch(source)
        assert stretch.bands == (1, 1, 1)
        rgb, mask = read_rgb(source, Window(0, 0, 3, 1), (1, 3), stretch)
    assert rgb[0].tolist() == [[255, 0, 0], [0, 128, 0], [10, 20, 250]]
    assert mask.all()


def test_transparent_classes_are_masked(tmp_path):
    with open_raster(rasters.paletted(tmp_path / "a.tif", nodata=2)) as source:
        _, mask = read_rgb(source, Window(0, 0, 3, 1), (1, 3), fit_stretch(source))
    assert mask.tolist() == [[True, False, True]]


def test_nodata_of_one_band_does_not_stretch_it(tmp_path):
    pixels = rasters.pattern_pixels("noise", 3, (60, 60), "int16")
    pixels[0, :20] = -9999
    with open_raster(
        rasters.make_raster(tmp_path / "a.tif", pixels=pixels, nodata=-9999)
    ) as source:
        assert fit_stretch(source).limits[0][0] > 0


def test_bands_may_be_chosen():
    source = ArraySource(rasters.pattern_pixels("noise", 5, (20, 20), "uint8"))
    assert fit_stretch(source, (5, 4, 1)).bands == (5, 4, 1)
    assert fit_stretch(source, (2,)).bands == (2, 2, 2)


@pytest.mark.parametrize("bands", [(6, 1, 2), (0, 1, 2), (1, 2), ()])
def test_bands_that_cannot_be_shown_are_refused(bands):
    source = ArraySource(rasters.pattern_pixels("noise", 5, (20, 20), "uint8"))
    with pytest.raises(BadRequest):
        fit_stretch(source, bands)


def test_same_raster_same_stretch(tmp_path):
    path = rasters.with_nodata_hole(tmp_path / "a.tif")
    with open_raster(path) as first, open_raster(path) as second:
        assert fit_stretch(first) == fit_stretch(second)
