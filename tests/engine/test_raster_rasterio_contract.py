"""The rasterio adapter keeps the contract."""

from __future__ import annotations

import pytest

from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from tests.engine.raster_source_contract import RasterSourceContract


class TestRasterioSource(RasterSourceContract):
    @pytest.fixture
    def open_source(self):
        opened = []

        def open_path(path):
            opened.append(open_raster(str(path)))
            return opened[-1]

        yield open_path
        for source in opened:
            source.close()
