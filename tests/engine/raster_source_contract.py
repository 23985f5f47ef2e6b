"""What every `RasterSource` adapter must do: one suite, inherited by the tests of each adapter.

An adapter's test module subclasses `RasterSourceContract` and overrides the fixture `open_source`
with a function `open_source(path) -> RasterSource`. A test an adapter cannot pass by nature (say
why) is overridden there, visibly. The name of this file keeps pytest from running the suite on its
own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Tuple

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import (
    BadRequest,
    RasterNotReadable,
    RasterNotSupported,
)
from rs_vlm_plugin.engine.geometry import Window
from rs_vlm_plugin.engine.raster.source import RasterSource
from tests import rasters

OpenSource = Callable[[Path], RasterSource]


def value_at(source: RasterSource, place: Tuple[float, float]) -> float:
    """The value of band 1 at a place on the map."""
    col, row = source.info.transform.to_pixel(*place)
    values, valid = source.read(Window(int(col), int(row), 1, 1), (1, 1), (1,))
    assert valid.all()
    return float(values[0, 0, 0])


class RasterSourceContract:
    """Inherit, override `open_source`, done."""

    @pytest.fixture
    def open_source(self) -> OpenSource:
        raise NotImplementedError("the adapter's test module says how a path is opened")

    # What a raster is

    def test_info_tells_size_bands_and_georeference(self, open_source, tmp_path):
        path = rasters.make_raster(tmp_path / "a.tif", bands=4, dtype="uint16", size=(64, 48))
        info = open_source(path).info
        assert (info.width, info.height, len(info.bands)) == (64, 48, 4)
        assert info.window == Window(0, 0, 64, 48)
        assert [band.number for band in info.bands] == [1, 2, 3, 4]
        assert {band.dtype for band in info.bands} == {"uint16"}
        assert "33N" in info.crs_wkt
        assert info.transform.to_map(1, 2) == pytest.approx((500_010.0, 5_699_980.0))
        assert not info.has_mask

    def test_info_tells_names_and_colours(self, open_source, tmp_path):
        path = rasters.make_raster(
            tmp_path / "a.tif", names=("B02", "B03", "B04"), colours=("blue", "green", "red")
        )
        bands = open_source(path).info.bands
        assert all(name in band.name for name, band in zip(("B02", "B03", "B04"), bands))
        assert [band.colour for band in bands] == ["blue", "green", "red"]

    def test_info_tells_overviews(self, open_source, tmp_path):
        path = rasters.make_raster(tmp_path / "a.tif", size=(256, 256), overviews=(2, 4))
        assert open_source(path).info.overviews == (2, 4)

    def test_no_crs_is_said(self, open_source, tmp_path):
        source = open_source(rasters.make_raster(tmp_path / "a.tif", crs=None))
        assert source.info.crs_wkt == ""
        assert source.ground_sample_distance(source.info.window) is None
        assert any("CRS" in note for note in source.info.notes)

    def test_crs_without_authority_id_is_kept(self, open_source, tmp_path):
        path = rasters.make_raster(
            tmp_path / "a.tif", crs=rasters.CUSTOM_CRS, pixel_size=(2, 2), origin=(1000, 2000)
        )
        source = open_source(path)
        assert "Azimuthal" in source.info.crs_wkt
        assert source.ground_sample_distance(source.info.window) == pytest.approx(2, rel=0.01)

    # Reading

    def test_native_window_is_exact(self, open_source, tmp_path):
        pixels = rasters.pattern_pixels("gradient", 3, (64, 48), "uint16")
        source = open_source(rasters.make_raster(tmp_path / "a.tif", pixels=pixels))
        values, valid = source.read(Window(5, 7, 20, 11), (11, 20), (3, 1))
        np.testing.assert_array_equal(values, pixels[[2, 0], 7:18, 5:25])
        assert values.dtype == np.uint16
        assert valid.shape == (11, 20)
        assert valid.dtype == bool
        assert valid.all()

    def test_one_band_may_be_asked_for_thrice(self, open_source, tmp_path):
        source = open_source(rasters.make_raster(tmp_path / "a.tif", bands=1))
        values, _ = source.read(Window(0, 0, 8, 8), (8, 8), (1, 1, 1))
        assert values.shape == (3, 8, 8)
        np.testing.assert_array_equal(values[0], values[2])

    def test_shrinking_keeps_the_mean(self, open_source, tmp_path):
        pixels = rasters.pattern_pixels("noise", 1, (128, 96), "float32")
        source = open_source(rasters.make_raster(tmp_path / "a.tif", pixels=pixels))
        values, valid = source.read(Window(0, 0, 128, 96), (12, 16), (1,))
        assert values.shape == (1, 12, 16)
        assert valid.all()
        expected = pixels[0].reshape(12, 8, 16, 8).mean(axis=(1, 3))
        np.testing.assert_allclose(values[0], expected, atol=0.05 * 255)

    def test_enlarging_keeps_the_range(self, open_source, tmp_path):
        source = open_source(rasters.make_raster(tmp_path / "a.tif", pattern="blocks"))
        values, valid = source.read(Window(30, 0, 4, 4), (32, 32), (1, 2, 3))
        assert values.shape == (3, 32, 32)
        assert valid.all()
        assert values.min() == 50
        assert values.max() == 200

    def test_coarse_read_comes_from_overviews(self, open_source, tmp_path):
        source = open_source(rasters.stale_overviews(tmp_path / "a.tif"))
        coarse, _ = source.read(source.info.window, (64, 64), (1,))
        fine, _ = source.read(Window(0, 0, 64, 64), (64, 64), (1,))
        assert np.unique(coarse).tolist() == [100]
        assert np.unique(fine).tolist() == [200]

    def test_reading_twice_gives_the_same(self, open_source, tmp_path):
        source = open_source(rasters.make_raster(tmp_path / "a.tif", pattern="noise"))
        first = source.read(source.info.window, (10, 13), (1, 2, 3))
        again = source.read(source.info.window, (10, 13), (1, 2, 3))
        np.testing.assert_array_equal(first[0], again[0])
        np.testing.assert_array_equal(first[1], again[1])

    def test_window_outside_is_refused(self, open_source, tmp_path):
        source = open_source(rasters.make_raster(tmp_path / "a.tif"))
        with pytest.raises(BadRequest):
            source.read(Window(60, 0, 10, 10), (10, 10), (1,))

    def test_close_may_be_called_twice(self, open_source, tmp_path):
        source = open_source(rasters.make_raster(tmp_path / "a.tif"))
        source.close()
        source.close()

    # What is not image

    def test_nodata_is_masked(self, open_source, tmp_path):
        source = open_source(rasters.with_nodata_hole(tmp_path / "a.tif"))
        assert source.info.has_mask
        assert source.info.bands[0].nodata == 0
        _, valid = source.read(source.info.window, (48, 64), (1, 2, 3))
        assert not valid[:, :32].any()
        assert valid[:, 32:].all()

    def test_nodata_does_not_bleed_into_a_coarse_read(self, open_source, tmp_path):
        path = rasters.with_nodata_hole(tmp_path / "a.tif", pattern="constant", size=(66, 48))
        source = open_source(path)
        values, valid = source.read(source.info.window, (12, 16), (1, 2, 3))
        assert valid.any()
        assert np.unique(values[:, valid]).tolist() == [1600]

    def test_all_nodata_is_all_masked(self, open_source, tmp_path):
        source = open_source(rasters.all_nodata(tmp_path / "a.tif"))
        _, valid = source.read(source.info.window, (10, 10), (1,))
        assert not valid.any()

    @pytest.mark.parametrize("declared", [False, True])
    def test_nan_is_masked(self, open_source, tmp_path, declared):
        source = open_source(rasters.with_nan(tmp_path / "a.tif", declared=declared))
        values, valid = source.read(source.info.window, (48, 64), (1,))
        assert not valid[:24].any()
        assert valid[24:].all()
        assert np.isfinite(values[:, valid]).all()

    def test_undeclared_nan_leaves_a_coarse_read_usable(self, open_source, tmp_path):
        pixels = rasters.pattern_pixels("noise", 1, (64, 64), "float32")
        pixels[:, ::5, ::5] = np.nan
        source = open_source(rasters.make_raster(tmp_path / "a.tif", pixels=pixels))
        values, valid = source.read(source.info.window, (8, 8), (1,))
        assert valid.mean() > 0.5
        assert np.isfinite(values[:, valid]).all()

    def test_alpha_is_masked(self, open_source, tmp_path):
        source = open_source(rasters.with_alpha(tmp_path / "a.tif"))
        assert source.info.has_mask
        assert source.info.bands[3].colour == "alpha"
        _, valid = source.read(source.info.window, (48, 64), (1, 2, 3))
        assert valid[:, :32].all()
        assert not valid[:, 32:].any()

    def test_internal_mask_is_masked(self, open_source, tmp_path):
        source = open_source(rasters.with_internal_mask(tmp_path / "a.tif"))
        assert source.info.has_mask
        _, valid = source.read(source.info.window, (48, 64), (1, 2, 3))
        assert valid[:24].all()
        assert not valid[24:].any()

    # Types and shapes

    @pytest.mark.parametrize("dtype", ["int8", "int16", "uint32", "int32", "float32", "float64"])
    def test_real_types_read_in_their_own_type(self, open_source, tmp_path, dtype):
        pixels = rasters.pattern_pixels("blocks", 1, (8, 8), dtype)
        source = open_source(rasters.make_raster(tmp_path / "a.tif", pixels=pixels))
        values, valid = source.read(source.info.window, (8, 8), (1,))
        np.testing.assert_array_equal(values, pixels)
        assert values.dtype == np.dtype(dtype)
        assert valid.all()

    @pytest.mark.parametrize("dtype", ["int64", "uint64"])
    def test_long_integers_are_read(self, open_source, tmp_path, dtype):
        path = rasters.make_raster(tmp_path / "a.tif", bands=1, dtype=dtype, pattern="blocks")
        source = open_source(path)
        values, _ = source.read(source.info.window, (48, 64), (1,))
        assert values.min() == 50
        assert values.max() == 200

    def test_complex_is_read_as_amplitude(self, open_source, tmp_path):
        source = open_source(rasters.complex_valued(tmp_path / "a.tif"))
        values, valid = source.read(source.info.window, (48, 64), (1,))
        assert values.dtype == np.float32
        assert valid.all()
        np.testing.assert_allclose(values[0, :, :32], 5)
        np.testing.assert_allclose(values[0, :, 32:], 13)
        assert any("amplitude" in note for note in source.info.notes)

    def test_paletted_classes_are_never_mixed(self, open_source, tmp_path):
        source = open_source(
            rasters.paletted(tmp_path / "a.tif", size=(128, 128), overviews=(2, 4))
        )
        band = source.info.bands[0]
        assert band.colour == "palette"
        assert band.palette is not None
        assert band.palette[1][:3] == (255, 0, 0)
        for shape in ((17, 31), (128, 128), (200, 300)):
            values, _ = source.read(source.info.window, shape, (1,))
            assert set(np.unique(values)) <= {1, 2, 3}

    def test_one_pixel(self, open_source, tmp_path):
        source = open_source(rasters.one_pixel(tmp_path / "a.tif"))
        values, valid = source.read(Window(0, 0, 1, 1), (7, 7), (1, 2, 3))
        assert valid.all()
        assert np.unique(values).tolist() == [102]

    def test_two_hundred_bands(self, open_source, tmp_path):
        pixels = rasters.pattern_pixels("noise", 200, (9, 8), "uint8")
        source = open_source(rasters.make_raster(tmp_path / "a.tif", pixels=pixels))
        assert len(source.info.bands) == 200
        values, _ = source.read(source.info.window, (8, 9), (200, 7))
        np.testing.assert_array_equal(values, pixels[[199, 6]])

    def test_ten_gigapixels_are_looked_at_piecewise(self, open_source, tmp_path):
        source = open_source(rasters.huge_sparse(tmp_path / "a.tif"))
        assert source.info.width == 100_000
        inside = Window(49_152, 49_152, 64, 64)
        values, valid = source.read(inside, (64, 64), (1,))
        assert valid.all()
        assert values.std() > 0
        _, empty = source.read(Window(0, 0, 4096, 4096), (64, 64), (1,))
        assert not empty.any()

    # Places

    def test_rotated_raster_keeps_its_places(self, open_source, tmp_path):
        source = open_source(rasters.rotated(tmp_path / "a.tif", degrees=30, size=(64, 48)))
        info = source.info
        turn = np.radians(30)
        for col, row, expected in ((48, 12, 200), (16, 12, 50), (48, 36, 50)):
            right, up = col * 10, -row * 10
            place = (
                500_000 + right * np.cos(turn) - up * np.sin(turn),
                5_700_000 + right * np.sin(turn) + up * np.cos(turn),
            )
            assert value_at(source, place) == expected
        assert any("rotated" in note for note in info.notes)
        assert source.ground_sample_distance(info.window) == pytest.approx(10, rel=0.1)

    def test_control_points_alone_place_the_raster(self, open_source, tmp_path):
        source = open_source(rasters.gcp_only(tmp_path / "a.tif", size=(64, 48)))
        assert "4326" in source.info.crs_wkt or "WGS 84" in source.info.crs_wkt
        for col, row, expected in ((48, 12, 200), (16, 12, 50), (48, 36, 50)):
            place = (10 + 0.001 * col + 0.0001 * row, 50 - 0.001 * row)
            assert value_at(source, place) == expected
        assert any("control points" in note for note in source.info.notes)

    def test_what_control_points_leave_empty_is_masked(self, open_source, tmp_path):
        source = open_source(rasters.gcp_only(tmp_path / "a.tif", size=(64, 48)))
        info = source.info
        _, valid = source.read(info.window, (info.height, info.width), (1,))
        assert not valid.all()
        assert valid.mean() > 0.8

    # Metres on the ground

    def test_gsd_of_metres(self, open_source, tmp_path):
        source = open_source(rasters.make_raster(tmp_path / "a.tif", pixel_size=(10, 10)))
        assert source.ground_sample_distance(source.info.window) == pytest.approx(10, rel=0.002)

    @pytest.mark.parametrize("latitude", [0.0, 60.0, -80.0])
    def test_gsd_of_degrees(self, open_source, tmp_path, latitude):
        path = rasters.make_raster(
            tmp_path / "a.tif",
            crs="EPSG:4326",
            pixel_size=(1e-4, 1e-4),
            origin=(12.0, latitude + 24e-4),
        )
        source = open_source(path)
        expected = 11.12 * np.sqrt(np.cos(np.radians(latitude)))
        assert source.ground_sample_distance(source.info.window) == pytest.approx(
            expected, rel=0.01
        )

    def test_gsd_of_web_mercator_is_not_its_metres(self, open_source, tmp_path):
        northing = 8_399_737.9  # 60 degrees north
        path = rasters.make_raster(
            tmp_path / "a.tif", crs="EPSG:3857", pixel_size=(2, 2), origin=(1_000_000, northing)
        )
        source = open_source(path)
        assert source.ground_sample_distance(source.info.window) == pytest.approx(1.0, rel=0.01)

    def test_gsd_at_the_pole(self, open_source, tmp_path):
        path = rasters.make_raster(
            tmp_path / "a.tif", crs="EPSG:3031", pixel_size=(100, 100), origin=(-3200, 2400)
        )
        source = open_source(path)
        # True at 71 degrees south, so a little under a hundred metres at the pole itself.
        assert source.ground_sample_distance(source.info.window) == pytest.approx(100, rel=0.04)

    def test_gsd_across_the_dateline(self, open_source, tmp_path):
        path = rasters.make_raster(
            tmp_path / "a.tif", crs="EPSG:32660", pixel_size=(10, 10), origin=(833_660, 10_000)
        )
        source = open_source(path)
        assert source.ground_sample_distance(source.info.window) == pytest.approx(10, rel=0.01)

    def test_places_in_longitude_and_latitude(self, open_source, tmp_path):
        path = rasters.make_raster(tmp_path / "a.tif", crs="EPSG:32633", origin=(500_000, 0))
        places = open_source(path).to_lonlat(np.array([[500_000.0, 0.0], [500_000.0, 110_574.0]]))
        np.testing.assert_allclose(places, [[15, 0], [15, 1]], atol=1e-3)

    def test_places_from_longitude_and_latitude(self, open_source, tmp_path):
        path = rasters.make_raster(tmp_path / "a.tif", crs="EPSG:32633", origin=(500_000, 0))
        source = open_source(path)
        places = np.array([[500_000.0, 0.0], [512_345.0, 110_574.0]])
        again = source.from_lonlat(source.to_lonlat(places))
        np.testing.assert_allclose(again, places, atol=1e-3)

    def test_no_crs_has_no_longitude(self, open_source, tmp_path):
        path = rasters.make_raster(tmp_path / "a.tif", crs=None)
        assert np.isnan(open_source(path).to_lonlat(np.zeros((2, 2)))).all()
        assert np.isnan(open_source(path).from_lonlat(np.zeros((2, 2)))).all()

    # What cannot be read

    def test_missing_file(self, open_source, tmp_path):
        with pytest.raises(RasterNotReadable) as error:
            open_source(tmp_path / "nowhere.tif")
        assert "nowhere.tif" in str(error.value)

    def test_not_a_raster(self, open_source, tmp_path):
        path = tmp_path / "notes.tif"
        path.write_text("this is not a raster", encoding="utf-8")
        with pytest.raises(RasterNotReadable):
            open_source(path)

    def test_empty_file(self, open_source, tmp_path):
        path = tmp_path / "empty.tif"
        path.write_bytes(b"")
        with pytest.raises(RasterNotReadable):
            open_source(path)

    def test_no_bands(self, open_source, tmp_path):
        with pytest.raises((RasterNotReadable, RasterNotSupported)):
            open_source(rasters.without_bands(tmp_path / "a.gpkg"))

    def test_truncated_file_fails_in_one_sentence(self, open_source, tmp_path):
        path = rasters.truncated(tmp_path / "a.tif")

        def open_and_read():
            source = open_source(path)
            source.read(source.info.window, (512, 512), (1, 2, 3))

        with pytest.raises(RasterNotReadable) as error:
            open_and_read()
        assert "\n" not in error.value.sentence()
