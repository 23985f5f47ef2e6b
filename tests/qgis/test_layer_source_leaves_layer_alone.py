"""Reading happens on a clone: the layer keeps its settings, and may go away meanwhile."""

from __future__ import annotations

import gc
import threading

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt import sip

from rs_vlm_plugin.engine.errors import RasterNotReadable, RasterNotSupported
from rs_vlm_plugin.layers.raster_layer_source import QgsRasterLayerSource
from tests import rasters


def test_layer_keeps_its_resampling_and_nodata(tmp_path):
    layer = QgsRasterLayer(str(rasters.make_raster(tmp_path / "a.tif")), "a")
    live = layer.dataProvider()
    before = (
        live.isProviderResamplingEnabled(),
        live.zoomedOutResamplingMethod(),
        live.zoomedInResamplingMethod(),
        live.maxOversampling(),
    )
    with QgsRasterLayerSource.from_layer(layer) as source:
        source.read(source.info.window, (8, 8), (1, 2, 3))
    assert before == (
        live.isProviderResamplingEnabled(),
        live.zoomedOutResamplingMethod(),
        live.zoomedInResamplingMethod(),
        live.maxOversampling(),
    )


def test_layer_removed_in_mid_task_still_reads(tmp_path):
    layer = QgsRasterLayer(str(rasters.make_raster(tmp_path / "a.tif")), "a")
    QgsProject.instance().addMapLayer(layer)
    source = QgsRasterLayerSource.from_layer(layer)
    QgsProject.instance().removeMapLayer(layer)
    assert sip.isdeleted(layer)
    gc.collect()
    seen = []
    worker = threading.Thread(
        target=lambda: seen.append(source.read(source.info.window, (8, 8), (1, 2, 3)))
    )
    worker.start()
    worker.join(30)
    assert seen[0][1].all()
    source.close()


def test_deleted_layer_is_said_not_crashed(tmp_path):
    layer = QgsRasterLayer(str(rasters.make_raster(tmp_path / "a.tif")), "a")
    sip.delete(layer)
    with pytest.raises(RasterNotReadable, match="no longer"):
        QgsRasterLayerSource.from_layer(layer)
    with pytest.raises(RasterNotReadable, match="no longer"):
        QgsRasterLayerSource.from_layer(None)


def test_reading_after_close_is_said(tmp_path):
    layer = QgsRasterLayer(str(rasters.make_raster(tmp_path / "a.tif")), "a")
    source = QgsRasterLayerSource.from_layer(layer)
    source.close()
    with pytest.raises(RasterNotReadable, match="closed"):
        source.read(source.info.window, (8, 8), (1,))


def test_vector_layer_is_refused():
    layer = QgsVectorLayer("Polygon", "fields", "memory")
    with pytest.raises(RasterNotSupported, match="fields"):
        QgsRasterLayerSource.from_layer(layer)
