"""The QGIS layer adapter keeps the contract every raster adapter keeps."""

from __future__ import annotations

import pytest
from osgeo import gdal
from qgis.core import QgsRasterLayer

from rs_vlm_plugin.engine.errors import RasterNotSupported
from rs_vlm_plugin.layers.block_values import enum_number
from rs_vlm_plugin.layers.raster_layer_source import QgsRasterLayerSource
from tests import rasters
from tests.engine.raster_source_contract import RasterSourceContract


class TestQgsRasterLayerSource(RasterSourceContract):
    @pytest.fixture
    def open_source(self):
        opened = []

        def open_source(path):
            layer = QgsRasterLayer(str(path), path.name)
            opened.append(QgsRasterLayerSource.from_layer(layer))
            return opened[-1]

        yield open_source
        for source in opened:
            source.close()

    @pytest.mark.parametrize("dtype", ["int8", "int16", "uint32", "int32", "float32", "float64"])
    def test_real_types_read_in_their_own_type(self, open_source, tmp_path, dtype):
        if dtype == "int8" and int(gdal.VersionInfo()) < 3_070_000:
            pytest.skip("GDAL before 3.7 takes signed bytes for unsigned ones")
        super().test_real_types_read_in_their_own_type(open_source, tmp_path, dtype)

    @pytest.mark.parametrize("dtype", ["int64", "uint64"])
    def test_long_integers_are_read(self, open_source, tmp_path, dtype):
        """Older QGIS knows no 64-bit integers, and then one sentence says so."""
        path = rasters.make_raster(tmp_path / "a.tif", bands=1, dtype=dtype, pattern="blocks")
        layer = QgsRasterLayer(str(path), "a")
        if enum_number(layer.dataProvider().dataType(1)) == 0:
            with pytest.raises(RasterNotSupported, match=r"Band 1 .* data type"):
                open_source(path)
            return
        source = open_source(path)
        values, _ = source.read(source.info.window, (48, 64), (1,))
        assert (values.min(), values.max()) == (50, 200)
