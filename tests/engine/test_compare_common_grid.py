"""Two rasters on one grid: the same window is the same ground, whatever CRS and resolution."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.compare.common_grid import lay_over
from rs_vlm_plugin.engine.errors import BadRequest, EmptyRegion
from rs_vlm_plugin.engine.geometry import Window
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from tests import rasters

SIDE = 240


def waves(width: int = SIDE, height: int = SIDE) -> np.ndarray:
    """Smooth ground, so that resampling shows it alike."""
    rows, columns = np.mgrid[0:height, 0:width]
    wave = 120 + 60 * np.sin(columns / 19) + 50 * np.cos(rows / 23)
    return np.stack([wave, 250 - wave, wave / 2 + 40]).astype(np.uint8)


@pytest.fixture
def opened():
    sources = []

    def open_path(path):
        sources.append(open_raster(str(path)))
        return sources[-1]

    yield open_path
    for source in sources:
        source.close()


def reprojected(path, target, crs: str, resolution: float):
    """The raster as GDAL warps it, nodata 0 around."""
    import rasterio
    from rasterio.warp import Resampling, calculate_default_transform, reproject

    with rasterio.open(path) as source:
        transform, width, height = calculate_default_transform(
            source.crs, crs, source.width, source.height, *source.bounds, resolution=resolution
        )
        pixels = np.zeros((3, height, width), np.uint8)
        reproject(
            source.read(),
            pixels,
            src_transform=source.transform,
            src_crs=source.crs,
            dst_transform=transform,
            dst_crs=crs,
            resampling=Resampling.bilinear,
        )
    return rasters.make_raster(target, pixels=pixels, crs=crs, transform=transform, nodata=0)


def test_the_same_raster_reads_exactly_alike(opened, tmp_path) -> None:
    path = rasters.make_raster(tmp_path / "a.tif", pixels=waves())
    before, after = lay_over(opened(path), opened(path))
    assert before.info.window == Window(0, 0, SIDE, SIDE)
    for window, shape in ((before.info.window, (SIDE, SIDE)), (Window(30, 50, 90, 70), (64, 64))):
        values, valid = before.read(window, shape, (1, 2, 3))
        again, also = after.read(window, shape, (1, 2, 3))
        np.testing.assert_array_equal(values, again)
        assert valid.all()
        assert also.all()
    np.testing.assert_array_equal(before.read(before.info.window, (SIDE, SIDE), (2,))[0][0],
                                  waves()[1])  # fmt: skip


def test_a_shifted_raster_gives_the_common_part(opened, tmp_path) -> None:
    first = rasters.make_raster(tmp_path / "a.tif", pixels=waves())
    # 40 columns east, 60 rows south.
    second = rasters.make_raster(
        tmp_path / "b.tif", pixels=waves()[:, 60:, 40:], origin=(500_400, 5_699_400)
    )
    before, after = lay_over(opened(first), opened(second))
    assert (before.info.width, before.info.height) == (SIDE - 40, SIDE - 60)
    np.testing.assert_array_equal(
        before.read(before.info.window, (180, 200), (1, 2, 3))[0],
        after.read(after.info.window, (180, 200), (1, 2, 3))[0],
    )


@pytest.mark.parametrize(
    ("crs", "resolution"), [("EPSG:3857", 16.0), ("EPSG:4326", 0.00012), ("EPSG:32632", 10.0)]
)
def test_another_crs_shows_the_same_ground(opened, tmp_path, crs: str, resolution: float) -> None:
    first = rasters.make_raster(tmp_path / "a.tif", pixels=waves())
    second = reprojected(first, tmp_path / "b.tif", crs, resolution)
    before, after = lay_over(opened(first), opened(second))
    assert after.info.crs_wkt == before.info.crs_wkt
    window = Window(40, 40, 120, 120)
    values, _ = before.read(window, (120, 120), (1, 2, 3))
    moved, valid = after.read(window, (120, 120), (1, 2, 3))
    assert valid.all()
    off = [np.abs(values.astype(int) - np.roll(moved, by, (1, 2)))[:, 4:-4, 4:-4].mean()
           for by in (0, -2, 2)]  # fmt: skip
    assert off[0] < 1.5
    # Two pixels off would be seen.
    assert min(off[1:]) > 3 * off[0]


def test_what_only_the_finer_raster_resolves_is_not_compared(opened, tmp_path) -> None:
    fine = waves()
    coarse = fine.reshape(3, SIDE // 4, 4, SIDE // 4, 4).mean(axis=(2, 4)).astype(np.uint8)
    first = rasters.make_raster(tmp_path / "a.tif", pixels=fine)
    second = rasters.make_raster(tmp_path / "b.tif", pixels=coarse, pixel_size=(40, 40))
    for one, other in ((first, second), (second, first)):
        before, after = lay_over(opened(one), opened(other))
        assert (before.info.width, before.info.height) == (SIDE // 4, SIDE // 4)
        assert before.ground_sample_distance(before.info.window) == pytest.approx(40, rel=0.01)
        values = [
            view.read(view.info.window, (60, 60), (1, 2, 3))[0].astype(int)
            for view in (before, after)
        ]
        assert np.abs(values[0] - values[1]).mean() < 1.5


def test_a_rotated_raster_is_valid_only_where_it_lies(opened, tmp_path) -> None:
    turned = rasters.rotated(tmp_path / "b.tif", 30, size=(120, 120), pattern="noise")
    first = rasters.make_raster(
        tmp_path / "a.tif", size=(400, 400), pattern="noise", origin=(498_000, 5_701_000)
    )
    before, after = lay_over(opened(first), opened(turned))
    _, valid = before.read(before.info.window, (100, 100), (1,))
    _, part = after.read(after.info.window, (100, 100), (1,))
    assert valid.all()
    # A square turned by 30 degrees fills 1 / (cos 30 + sin 30)^2 of its bounds.
    assert part.mean() == pytest.approx(1 / (np.cos(np.pi / 6) + np.sin(np.pi / 6)) ** 2, abs=0.03)


def test_classes_are_not_mixed(opened, tmp_path) -> None:
    first = rasters.make_raster(tmp_path / "a.tif", size=(64, 48))
    second = rasters.paletted(tmp_path / "b.tif", origin=(500_003, 5_700_004))
    _, after = lay_over(opened(first), opened(second))
    classes, _ = after.read(after.info.window, (after.info.height, after.info.width), (1,))
    assert set(np.unique(classes)) <= {1, 2, 3}


def test_rasters_without_crs_are_laid_over_by_their_coordinates(opened, tmp_path) -> None:
    first = rasters.make_raster(tmp_path / "a.tif", pixels=waves(), crs=None)
    second = rasters.make_raster(tmp_path / "b.tif", pixels=waves()[:, :100], crs=None)
    before, after = lay_over(opened(first), opened(second))
    assert (before.info.width, before.info.height) == (SIDE, 100)
    assert after.ground_sample_distance(after.info.window) is None


def test_rasters_apart_are_a_sentence(opened, tmp_path) -> None:
    first = rasters.make_raster(tmp_path / "a.tif")
    second = rasters.make_raster(tmp_path / "b.tif", origin=(600_000, 5_700_000))
    with pytest.raises(EmptyRegion, match=r"^a.tif and b.tif do not overlap\.$"):
        lay_over(opened(first), opened(second))


def test_only_one_with_a_crs_is_a_sentence(opened, tmp_path) -> None:
    first = rasters.make_raster(tmp_path / "a.tif")
    second = rasters.make_raster(tmp_path / "b.tif", crs=None)
    for one, other in ((first, second), (second, first)):
        with pytest.raises(BadRequest, match=r"^b.tif has no CRS, so .* over a.tif\.$"):
            lay_over(opened(one), opened(other))
