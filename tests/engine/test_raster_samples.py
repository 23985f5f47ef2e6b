"""Every real sample is planned and read; what is known of some of them holds."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.dris.planner import plan
from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.raster.normalise import Stretch, coarse_shape, fit_stretch, read_rgb
from rs_vlm_plugin.engine.raster.rasterio_source import RasterioSource, open_raster


def thumbnail(source: RasterioSource, stretch: Stretch):
    window = source.info.window
    return read_rgb(source, window, coarse_shape(window, 400), stretch)


@pytest.fixture
def sample(shared_dir):
    opened = []

    def open_sample(name):
        path = shared_dir / "samples" / name
        if not path.exists():
            pytest.skip(f"{path} is absent")
        opened.append(open_raster(str(path)))
        return opened[-1]

    yield open_sample
    for source in opened:
        source.close()


@pytest.mark.parametrize("policy", ["fixed", "random", "content"])
def test_each_sample_is_planned_and_read(sample_rasters, policy):
    for path in sample_rasters:
        with open_raster(str(path)) as source:
            stretch = fit_stretch(source)
            region = Region.from_window(source.info.transform, source.info.window)
            made = plan(source, region, policy, 24, 160, 0.3, stretch)
            assert 1 <= made.used <= 24, path.name
            for tile in made.tiles[:6]:
                rgb, mask = read_rgb(source, tile.read_window, (160, 160), stretch)
                assert rgb.shape == (160, 160, 3), path.name
                assert rgb.dtype == np.uint8
                assert mask.shape == (160, 160)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("aerial_rgb_2048.tif", 0.80, 0.83),
        ("sentinel2_4band.tif", 0.90, 0.93),
        ("dateline_uint16.tif", 0.6, 0.75),
        ("rgba_alpha_mostly_transparent.tif", 0.005, 0.05),
        ("float32_nodata_nan.tif", 0.30, 0.40),
        ("float32_nan_undeclared_polar.tif", 0.35, 0.55),
        ("uint16_3band_nodata0.tif", 0.60, 0.72),
        ("gcp_only_sar.tif", 0.65, 0.75),
        ("no_crs_rgb.tif", 1.0, 1.0),
    ],
)
def test_share_of_image(sample, name, low, high):
    source = sample(name)
    _, mask = thumbnail(source, fit_stretch(source))
    assert low <= mask.mean() <= high


@pytest.mark.parametrize(
    ("name", "metres"),
    [
        ("aerial_rgb_2048.tif", 0.1),
        ("sentinel2_4band.tif", 8.2),
        ("cog_internal_mask.tif", 0.47),
        ("rotated_sar.tif", 0.59),
        ("dateline_uint16.tif", 100.0),
        ("float32_nan_undeclared_polar.tif", 6350.0),
        ("huge_world_36000x18000.tif", 1110.0),
    ],
)
def test_metres_per_pixel(sample, name, metres):
    source = sample(name)
    assert source.ground_sample_distance(source.info.window) == pytest.approx(metres, rel=0.04)


def test_natural_colour_of_sentinel_2(sample):
    assert fit_stretch(sample("sentinel2_4band.tif")).bands == (3, 2, 1)


def test_land_cover_keeps_its_colours(sample):
    source = sample("colour_table_landcover.tif")
    rgb, mask = thumbnail(source, fit_stretch(source))
    known = {entry[:3] for entry in source.info.bands[0].palette}
    assert {tuple(colour) for colour in rgb[mask].tolist()} <= known


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("no_crs_rgb.tif", "CRS"),
        ("gcp_only_sar.tif", "control points"),
        ("rotated_sar.tif", "rotated"),
    ],
)
def test_weak_georeference_is_said(sample, name, word):
    assert any(word in note for note in sample(name).info.notes)
