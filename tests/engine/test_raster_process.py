"""What a process that reads rasters meets: a foreign PROJ database, limits of memory, threads."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import RasterNotReadable, RasterNotSupported
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from tests import rasters

REPOSITORY = Path(__file__).resolve().parents[2]

LOOK = """
import resource, sys
from rs_vlm_plugin.engine.dris.planner import plan
from rs_vlm_plugin.engine.geometry import Region
from rs_vlm_plugin.engine.raster.normalise import fit_stretch, read_rgb
from rs_vlm_plugin.engine.raster.rasterio_source import import_rasterio, open_raster
import_rasterio()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with open_raster(sys.argv[1]) as source:
    gsd = source.ground_sample_distance(source.info.window)
    stretch = fit_stretch(source)
    region = Region.from_window(source.info.transform, source.info.window)
    for policy in ("fixed", "random", "content"):
        for tile in plan(source, region, policy, 32, 160, None, stretch).tiles:
            read_rgb(source, tile.read_window, (160, 160), stretch)
print(gsd, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


READ_ALL = """
import resource, sys
from rs_vlm_plugin.engine.geometry import Window
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
with open_raster(sys.argv[1]) as source:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for row in range(0, source.info.height, 1024):
        source.read(Window(0, row, source.info.width, 1024), (16, 320), (1,))
print(0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def look(path: Path, script: str = LOOK, **environment: str) -> tuple[float, int]:
    """Run a script on a raster in a process of its own: the GSD it found, the kilobytes it took."""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        env={**os.environ, **environment},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    gsd, kilobytes = done.stdout.split()
    return float(gsd), int(kilobytes)


def test_a_foreign_proj_database_does_no_harm(tmp_path):
    path = rasters.make_raster(tmp_path / "a.tif", size=(300, 300))
    nowhere = str(tmp_path / "no_such_proj")
    gsd, _ = look(path, PROJ_LIB=nowhere, PROJ_DATA=nowhere)
    assert gsd == pytest.approx(10, rel=0.01)


def test_a_gigapixel_without_overviews_takes_little_memory(tmp_path):
    path = rasters.huge_sparse(tmp_path / "a.tif", side=40_000)
    _, kilobytes = look(path)
    assert kilobytes < 300_000


def test_blocks_are_not_hoarded(tmp_path):
    path = rasters.huge_sparse(tmp_path / "a.tif", side=20_480, tile=512)
    _, kilobytes = look(path, READ_ALL)
    assert kilobytes < 250_000


def test_the_world_at_648_megapixels_takes_little_memory(shared_dir):
    path = shared_dir / "samples" / "huge_world_36000x18000.tif"
    if not path.exists():
        pytest.skip(f"{path} is absent")
    _, kilobytes = look(path)
    assert kilobytes < 300_000


def test_one_thread_after_another_may_read(tmp_path):
    with open_raster(str(rasters.make_raster(tmp_path / "a.tif"))) as source:
        here, _ = source.read(source.info.window, (48, 64), (1,))
        with ThreadPoolExecutor(1) as pool:
            there, _ = pool.submit(source.read, source.info.window, (48, 64), (1,)).result()
            gsd = pool.submit(source.ground_sample_distance, source.info.window).result()
    np.testing.assert_array_equal(here, there)
    assert gsd == pytest.approx(10, rel=0.01)


@pytest.mark.parametrize("crs", ["+proj=longlat +R=1737400 +no_defs", 'LOCAL_CS["site grid"]'])
def test_a_crs_that_is_not_of_earth_has_no_gsd(tmp_path, crs):
    with open_raster(str(rasters.make_raster(tmp_path / "a.tif", crs=crs))) as source:
        assert source.info.crs_wkt
        assert source.ground_sample_distance(source.info.window) is None


def test_a_folder_is_no_raster(tmp_path):
    with pytest.raises(RasterNotReadable, match="folder"):
        open_raster(str(tmp_path))


def test_no_bands_is_said(tmp_path):
    with pytest.raises(RasterNotSupported, match="no raster band"):
        open_raster(str(rasters.without_bands(tmp_path / "a.gpkg")))


def test_container_names_what_is_in_it(tmp_path):
    path = rasters.without_bands(tmp_path / "a.gpkg")
    with pytest.raises(RasterNotSupported) as caught:
        open_raster(str(path))
    assert f"GPKG:{path}:first, GPKG:{path}:second" in caught.value.hint
    with open_raster(f"GPKG:{path}:second") as source:
        assert len(source.info.bands) >= 3


def test_a_large_raster_without_overviews_says_so(tmp_path):
    with open_raster(str(rasters.huge_sparse(tmp_path / "a.tif", side=20_000))) as source:
        assert any("no overviews" in note for note in source.info.notes)
        assert any("gdaladdo" in note and "Pyramids" in note for note in source.info.notes)


def test_a_raster_with_overviews_or_of_modest_size_asks_for_none(tmp_path):
    with open_raster(str(rasters.huge_sparse(tmp_path / "a.tif", side=8_000))) as source:
        assert not any("gdaladdo" in note for note in source.info.notes)
    path = rasters.huge_sparse(tmp_path / "b.tif", side=12_000)
    rasters.build_overviews(path, (4, 16, 64))
    with open_raster(str(path)) as source:
        assert not any("overviews" in note for note in source.info.notes)


def test_control_points_without_a_crs_leave_pixels(tmp_path):
    rasterio = pytest.importorskip("rasterio")
    path = rasters.make_raster(tmp_path / "a.tif", crs=None)
    points = [
        rasterio.control.GroundControlPoint(row=row, col=col, x=col, y=-row)
        for row, col in ((0, 0), (0, 64), (48, 0), (48, 64))
    ]
    with rasterio.open(path, "r+") as dataset:
        dataset.gcps = (points, rasterio.crs.CRS())
    with open_raster(str(path)) as source:
        assert source.info.crs_wkt == ""
        assert source.info.notes
