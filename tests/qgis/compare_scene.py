"""Two dates of a place: a third plane has come, and the second image has another CRS."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests import rasters

STAYED = ((8, 8), (44, 27))
CAME = (76, 44)


def planes_at(path: Path, corners, **settings) -> Path:
    """96 x 64 pixels of 10 m with bright squares."""
    pixels = np.full((3, 64, 96), 20, dtype=np.uint8)
    for column, row in corners:
        pixels[:, row : row + 9, column : column + 9] = 240
    return rasters.make_raster(path, pixels=pixels, **settings)


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """Two planes."""
    return planes_at(tmp_path / "before.tif", STAYED)


@pytest.fixture
def after(tmp_path: Path) -> Path:
    """The same two and a third."""
    return planes_at(tmp_path / "after.tif", (*STAYED, CAME))


@pytest.fixture
def after_elsewhere(tmp_path: Path, after: Path) -> Path:
    """The later image in longitude and latitude, warped by GDAL."""
    from osgeo import gdal

    path = tmp_path / "after_lonlat.tif"
    warped = gdal.Warp(
        str(path), str(after), dstSRS="EPSG:4326", resampleAlg="bilinear", dstNodata=0
    )
    assert warped is not None
    del warped
    return path
