"""Layers a server draws (XYZ, WMS, WMTS) have no pixels: they are read on a virtual grid."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest
from qgis.core import QgsNetworkAccessManager, QgsRasterLayer

from rs_vlm_plugin.engine.errors import BadRequest, Cancelled, RasterNotReadable
from rs_vlm_plugin.engine.geometry import Window
from rs_vlm_plugin.layers.raster_layer_source import QgsRasterLayerSource
from rs_vlm_plugin.layers.server_replies import MOST_A_SECOND
from tests.qgis.tile_server import WEST_COLOUR, serving_tiles

WORLD_M = 2 * 20037508.342789244


def test_drawn_layer_is_read_at_the_resolution_asked_for():
    with serving_tiles() as (uri, asked):
        layer = QgsRasterLayer(uri, "tiles", "wms")
        with QgsRasterLayerSource.from_layer(layer, resolution=WORLD_M / 1024) as source:
            info = source.info
            assert (info.width, info.height) == (1024, 1024)
            assert [band.colour for band in info.bands] == ["red", "green", "blue", "alpha"]
            assert info.render_bands == (1, 2, 3)
            assert info.has_mask
            assert any("server" in note for note in info.notes)
            values, valid = source.read(info.window, (64, 64), (1, 2, 3))
        assert values.dtype == np.uint8
        assert values[:, 10, 10].tolist() == list(WEST_COLOUR)
        assert valid[:, :31].all()
        assert not valid[:, 33:].any()
        assert 0 < len(asked) <= 16


def test_drawn_layer_is_read_from_a_worker_thread():
    with serving_tiles() as (uri, _):
        source = QgsRasterLayerSource.from_layer(QgsRasterLayer(uri, "tiles", "wms"), WORLD_M / 512)
        seen = []
        worker = threading.Thread(
            target=lambda: seen.append(source.read(Window(0, 0, 128, 128), (64, 64), (3, 4)))
        )
        worker.start()
        worker.join(30)
        assert not worker.is_alive()
        source.close()
    values, valid = seen[0]
    assert valid.all()
    assert values[:, 5, 5].tolist() == [WEST_COLOUR[2], 255]


def test_without_a_resolution_the_longer_side_has_4096_pixels():
    layer = QgsRasterLayer("type=xyz&url=http://127.0.0.1:9/{z}/{x}/{y}.png", "tiles", "wms")
    with QgsRasterLayerSource.from_layer(layer) as source:
        assert max(source.info.width, source.info.height) == 4096
        middle = source.ground_sample_distance(Window(2047, 2047, 2, 2))
        assert middle == pytest.approx(WORLD_M / 4096, rel=0.01)


@pytest.mark.parametrize("resolution", [0, -1.0, float("nan"), float("inf")])
def test_a_resolution_that_cannot_be_meant_is_refused(resolution):
    layer = QgsRasterLayer("type=xyz&url=http://127.0.0.1:9/{z}/{x}/{y}.png", "tiles", "wms")
    with pytest.raises(BadRequest):
        QgsRasterLayerSource.from_layer(layer, resolution)


def test_a_dead_server_is_one_sentence():
    layer = QgsRasterLayer("type=xyz&url=http://127.0.0.1:9/{z}/{x}/{y}.png", "tiles", "wms")
    with (
        QgsRasterLayerSource.from_layer(layer, WORLD_M / 512) as source,
        pytest.raises(RasterNotReadable, match="server of tiles cannot be reached"),
    ):
        source.read(source.info.window, (32, 32), (1, 2, 3))


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(401, "wants a password"), (403, "does not allow"), (429, "too often"), (503, "HTTP 503")],
)
def test_a_server_that_refuses_is_one_sentence(status, sentence):
    with serving_tiles(status=status) as (uri, _):
        layer = QgsRasterLayer(uri, "tiles", "wms")
        with (
            QgsRasterLayerSource.from_layer(layer, WORLD_M / 512) as source,
            pytest.raises(RasterNotReadable, match=sentence),
        ):
            source.read(source.info.window, (32, 32), (1, 2, 3))


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/vnd.ogc.se_xml"])
def test_an_answer_that_is_no_picture_is_one_sentence(kind):
    with serving_tiles(kind=kind) as (uri, _):
        layer = QgsRasterLayer(uri, "tiles", "wms")
        with (
            QgsRasterLayerSource.from_layer(layer, WORLD_M / 512) as source,
            pytest.raises(RasterNotReadable, match="its answer is no picture"),
        ):
            source.read(source.info.window, (32, 32), (1, 2, 3))


def test_gaps_that_a_server_leaves_are_noted_once():
    with serving_tiles(status=500, only="/1/0/0.png") as (uri, _):
        layer = QgsRasterLayer(uri, "tiles", "wms")
        with QgsRasterLayerSource.from_layer(layer, WORLD_M / 512) as source:
            for _ in range(2):
                _, valid = source.read(source.info.window, (512, 512), (1, 2, 3))
            gaps = [note for note in source.info.notes if "did not send every picture" in note]
    assert not valid[:256, :256].any()
    assert valid[256:, :256].all()
    assert len(gaps) == 1
    assert "HTTP 500" in gaps[0]


def test_waiting_for_a_slow_server_can_be_ended():
    with serving_tiles(seconds=20) as (uri, asked):
        source = QgsRasterLayerSource.from_layer(QgsRasterLayer(uri, "tiles", "wms"), WORLD_M / 512)
        ended = []

        def read():
            with pytest.raises(Cancelled):
                source.read(source.info.window, (32, 32), (1, 2, 3))
            ended.append(time.monotonic())

        worker = threading.Thread(target=read)
        worker.start()
        while not asked:
            time.sleep(0.01)
        begin = time.monotonic()
        source.interrupt()
        worker.join(30)
        assert ended[0] - begin < 2
        with pytest.raises(Cancelled):
            source.read(source.info.window, (32, 32), (1, 2, 3))
        source.close()


def test_a_server_that_never_answers_is_given_up_in_a_thread_of_pythons_own(qgis_app):
    patience = QgsNetworkAccessManager.timeout()
    QgsNetworkAccessManager.setTimeout(300)
    ended = []

    def read(source):
        with pytest.raises(RasterNotReadable, match="no answer in time"):
            source.read(source.info.window, (32, 32), (1, 2, 3))
        ended.append(True)

    try:
        with serving_tiles(seconds=60) as (uri, _):
            layer = QgsRasterLayer(uri, "tiles", "wms")
            with QgsRasterLayerSource.from_layer(layer, WORLD_M / 512) as source:
                worker = threading.Thread(target=read, args=(source,))
                worker.start()
                worker.join(20)
                source.interrupt()
                worker.join(5)
    finally:
        QgsNetworkAccessManager.setTimeout(patience)
    assert ended == [True]


def test_pictures_a_server_does_not_have_are_no_data():
    with serving_tiles(status=404) as (uri, _):
        layer = QgsRasterLayer(uri, "tiles", "wms")
        with QgsRasterLayerSource.from_layer(layer, WORLD_M / 512) as source:
            _, valid = source.read(source.info.window, (32, 32), (1, 2, 3))
    assert not valid.any()


def test_a_server_is_asked_no_faster_than_a_map_is_browsed():
    with serving_tiles() as (uri, asked):
        layer = QgsRasterLayer(uri, "tiles", "wms")
        with QgsRasterLayerSource.from_layer(layer, WORLD_M / 4096) as source:
            started = time.monotonic()
            source.read(Window(0, 0, 2048, 2048), (2048, 2048), (1, 2, 3))
            seconds = time.monotonic() - started
    assert len(asked) >= 64
    assert seconds >= 0.9 * len(asked) / MOST_A_SECOND


def test_access_tokens_do_not_reach_results():
    uri = "type=xyz&url=http://127.0.0.1:9/{z}/{x}/{y}.png?access_token%3DABC123&zmax=3"
    layer = QgsRasterLayer(uri, "tiles", "wms")
    with QgsRasterLayerSource.from_layer(layer) as source:
        assert "ABC123" not in source.info.uri
        assert "127.0.0.1" in source.info.uri
