"""`rsvlm:describeregion`: parameters to layers, report, text; errors as one sentence in the log."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

from rs_vlm_plugin.processing.describe_region import DescribeRegion
from tests import rasters
from tests.qgis.processing_runs import RecordedFeedback, run_algorithm
from tests.qgis.tile_server import serving_tiles

SINKS = dict.fromkeys(("SCENE", "REGIONS", "OBJECTS"), "TEMPORARY_OUTPUT")


@pytest.fixture
def run(tiny_bundle):
    def run(raster, feedback=None, **parameters):
        asked = {"INPUT": str(raster), "BUNDLE": str(tiny_bundle / "bundle.json"), "BUDGET": 4}
        return run_algorithm(DescribeRegion(), {**asked, **SINKS, **parameters}, feedback)

    return run


def features(context, outputs, name):
    layer = context.temporaryLayerStore().mapLayer(outputs[name])
    return list(layer.getFeatures())


def raster(tmp_path, **settings):
    settings.setdefault("size", (320, 240))
    settings.setdefault("pattern", "noise")
    return rasters.make_raster(tmp_path / "scene.tif", **settings)


def masked(*rectangles):
    return masked_by(*(QgsGeometry.fromRect(QgsRectangle(*each)) for each in rectangles))


def masked_by(*geometries):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633", "mask", "memory")
    for geometry in geometries:
        feature = QgsFeature()
        feature.setGeometry(geometry)
        layer.dataProvider().addFeature(feature)
    return layer


def test_whole_raster_gives_three_levels(run, tmp_path):
    outputs, ok, feedback, context = run(raster(tmp_path))
    assert ok
    assert outputs["TEXT"]
    assert 0 <= outputs["CONFIDENCE"] <= 1
    scene = features(context, outputs, "SCENE")
    assert scene[0]["text"] == outputs["TEXT"]
    assert json.loads(scene[0]["provenance"])["policy"] == "content"
    assert scene[0].geometry().boundingBox().width() == pytest.approx(3200)
    assert features(context, outputs, "REGIONS")
    layer = context.temporaryLayerStore().mapLayer(outputs["REGIONS"])
    assert layer.crs().authid() == "EPSG:32633"
    assert outputs["TEXT"] in feedback.said


def test_extent_in_another_crs(run, tmp_path):
    path = raster(tmp_path)
    outputs, ok, _, context = run(path, EXTENT="15.0,15.01,51.43,51.45 [EPSG:4326]")
    assert ok
    box = features(context, outputs, "SCENE")[0].geometry().boundingBox()
    assert 600 < box.width() < 800


def test_polygons_and_extent_meet(run, tmp_path):
    mask = masked(
        (500_000, 5_698_000, 501_000, 5_699_000), (502_000, 5_698_000, 503_000, 5_699_000)
    )
    QgsProject.instance().addMapLayer(mask)
    outputs, ok, _, context = run(
        raster(tmp_path), MASK=mask.id(), EXTENT="500500,503200,5698000,5700000 [EPSG:32633]"
    )
    QgsProject.instance().clear()
    assert ok
    assert features(context, outputs, "SCENE")[0].geometry().area() == pytest.approx(1.5e6)


def test_regions_end_where_the_polygon_ends(run, tmp_path):
    corners = "500000 5700000, 503000 5700000, 500000 5697000, 500000 5700000"
    triangle = QgsGeometry.fromWkt(f"POLYGON(({corners}))")
    mask = masked_by(triangle)
    QgsProject.instance().addMapLayer(mask)
    outputs, ok, _, context = run(raster(tmp_path), MASK=mask.id())
    QgsProject.instance().clear()
    assert ok
    parts = [feature.geometry() for feature in features(context, outputs, "REGIONS")]
    assert parts
    assert all(part.difference(triangle).area() < 1 for part in parts)


def test_report_is_written(run, tmp_path):
    outputs, ok, _, _ = run(raster(tmp_path), REPORT=str(tmp_path / "report.html"))
    assert ok
    assert "prefers-color-scheme" in Path(outputs["REPORT"]).read_text(encoding="utf-8")


def test_outputs_may_be_left_out(run, tmp_path):
    outputs, ok, _, _ = run(raster(tmp_path), SCENE=None, REGIONS=None, OBJECTS=None)
    assert ok
    assert set(outputs) == {"TEXT", "CONFIDENCE"}


def test_cancel_keeps_what_was_found(run, tmp_path):
    feedback = RecordedFeedback(lambda text: text.endswith("seen"))
    outputs, ok, _, context = run(raster(tmp_path, size=(2000, 2000)), feedback, BUDGET=40)
    assert ok
    scene = features(context, outputs, "SCENE")[0]
    assert scene["partial"]
    assert "Stopped after" in scene["notes"]


def test_cancel_before_anything_was_found(run, tmp_path):
    feedback = RecordedFeedback(lambda text: "model" in text)
    outputs, ok, _, _ = run(raster(tmp_path), feedback)
    assert ok
    assert outputs == {}
    assert "Cancelled before anything was found." in feedback.said


def test_runs_in_a_background_thread(run, tmp_path, tiny_bundle):
    from qgis.core import QgsProcessingContext

    algorithm, context, feedback = (
        DescribeRegion().create(),
        QgsProcessingContext(),
        RecordedFeedback(),
    )
    context.setProject(QgsProject.instance())
    parameters = {
        "INPUT": str(raster(tmp_path)),
        "BUNDLE": str(tiny_bundle / "bundle.json"),
        **SINKS,
    }
    assert algorithm.prepare(parameters, context, feedback)
    got = []
    worker = threading.Thread(
        target=lambda: got.append(algorithm.runPrepared(parameters, _worker_context(got), feedback))
    )
    worker.start()
    worker.join(60)
    assert got[-1]["TEXT"]


def _worker_context(kept):
    from qgis.core import QgsProcessingContext

    context = QgsProcessingContext()
    kept.append(context)
    return context


def test_web_layer_is_described(run):
    with serving_tiles() as (uri, _):
        layer = QgsRasterLayer(uri, "tiles", "wms")
        QgsProject.instance().addMapLayer(layer)
        outputs, ok, _, _ = run(
            layer.id(), EXTENT="-15000000,-14000000,5000000,6000000 [EPSG:3857]", BUDGET=1
        )
        QgsProject.instance().clear()
    assert ok
    assert outputs["TEXT"]


def _no_crs(path):
    return rasters.make_raster(path, crs=None, pattern="noise")


@pytest.mark.parametrize(
    "make",
    [
        _no_crs,
        rasters.rotated,
        rasters.gcp_only,
        rasters.complex_valued,
        rasters.one_pixel,
        rasters.paletted,
        rasters.with_nan,
        rasters.with_alpha,
    ],
)
def test_odd_rasters_get_an_answer(run, tmp_path, make):
    outputs, ok, _, context = run(make(tmp_path / "odd.tif"), BUDGET=2)
    assert ok
    assert outputs["TEXT"]
    assert features(context, outputs, "SCENE")[0].geometry().area() > 0


@pytest.mark.parametrize(
    ("make", "parameters", "sentence"),
    [
        (rasters.all_nodata, {}, "nodata"),
        (rasters.truncated, {}, "cannot be read"),
        (rasters.make_raster, {"EXTENT": "0,1,0,1 [EPSG:32633]"}, "outside"),
        (rasters.make_raster, {"BUNDLE": "/nowhere/bundle.zip"}, "bundle"),
        (rasters.make_raster, {"REPORT": "/proc/nowhere/report.html"}, "report"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(run, tmp_path, make, parameters, sentence):
    _, ok, feedback, _ = run(make(tmp_path / "bad.tif"), **parameters)
    assert not ok
    assert len(feedback.errors) == 1
    assert sentence in feedback.errors[0]
    assert "\n" not in feedback.errors[0]


def test_a_missing_raster_is_said(run, tmp_path):
    _, ok, feedback, _ = run(tmp_path / "nowhere.tif")
    assert not ok
    assert "nowhere.tif" in feedback.errors[0]


def test_polygons_without_a_feature_are_said(run, tmp_path):
    mask = masked()
    QgsProject.instance().addMapLayer(mask)
    _, ok, feedback, _ = run(raster(tmp_path), MASK=mask.id())
    QgsProject.instance().clear()
    assert not ok
    assert "empty" in feedback.errors[0]
