"""`rsvlm:find`: phrases to a layer of scored polygons."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsDistanceArea,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
)

from model_training.synthetic import draw_scene
from rs_vlm_plugin.processing.find import FindObjects
from rs_vlm_plugin.processing.provider import RsVlmProvider
from rs_vlm_plugin.resource_paths import default_bundle
from tests import rasters
from tests.qgis.level_scene import level_bundle, planes  # noqa: F401
from tests.qgis.processing_runs import RecordedFeedback, run_algorithm


@pytest.fixture
def run(level_bundle: Path, planes: Path):  # noqa: F811
    def run(feedback=None, **parameters):
        asked = {
            "INPUT": str(planes),
            "BUNDLE": str(level_bundle / "bundle.json"),
            "POLICY": "fixed",
            "BUDGET": 50,
            "PHRASES": "plane; river",
            "OUTPUT": "TEMPORARY_OUTPUT",
        }
        return run_algorithm(FindObjects(), {**asked, **parameters}, feedback)

    return run


def layer(context, outputs):
    return context.temporaryLayerStore().mapLayer(outputs["OUTPUT"])


def test_objects_become_polygons(run) -> None:
    outputs, ok, feedback, context = run()
    assert ok
    assert outputs["FOUND"] == 3
    assert {"plane: 3", "river: 0"} <= set(feedback.said)
    found = layer(context, outputs)
    assert found.crs().authid() == "EPSG:32633"
    features = list(found.getFeatures())
    assert [feature["phrase"] for feature in features] == ["plane"] * 3
    assert all(0.5 <= feature["score"] <= 1 for feature in features)


def test_sizes_are_those_qgis_measures(run) -> None:
    outputs, _, _, context = run()
    measure = QgsDistanceArea()
    measure.setEllipsoid("WGS84")
    measure.setSourceCrs(
        QgsCoordinateReferenceSystem("EPSG:32633"), QgsProject.instance().transformContext()
    )
    for feature in layer(context, outputs).getFeatures():
        geometry = feature.geometry()
        assert feature["area_m2"] == pytest.approx(measure.measureArea(geometry), rel=1e-4)
        perimeter = 2 * (feature["length_m"] + feature["width_m"])
        assert perimeter == pytest.approx(measure.measurePerimeter(geometry), rel=1e-4)


def test_score_extent_and_lines(run) -> None:
    outputs, ok, _, _ = run(MIN_SCORE=0.9999)
    assert ok
    assert outputs["FOUND"] == 0
    outputs, ok, _, _ = run(EXTENT="500000,500300,5699700,5700000 [EPSG:32633]")
    assert outputs["FOUND"] == 1
    outputs, ok, feedback, _ = run(PHRASES="plane\nboat\n")
    assert {"plane: 3", "boat: 0"} <= set(feedback.said)
    outputs, ok, feedback, _ = run(PHRASES="plane, boat")
    assert {"plane: 3", "boat: 0"} <= set(feedback.said)


def test_areas_of_what_no_box_taught_have_an_area_and_no_sides(run, tmp_path: Path) -> None:
    drawn = [draw_scene(3, 256, name).image for name in ("forest", "parking lot")]
    pixels = np.concatenate(drawn, axis=1).transpose(2, 0, 1)
    scene = rasters.make_raster(tmp_path / "two.tif", pixels=pixels, pixel_size=(0.5, 0.5))
    bundle = default_bundle() / "bundle.json"
    outputs, ok, feedback, context = run(
        INPUT=str(scene), BUNDLE=str(bundle), PHRASES="forest", POLICY="query", BUDGET=12
    )
    assert ok
    assert outputs["FOUND"] >= 1
    assert any("one by one" in said for said in feedback.said)
    for feature in layer(context, outputs).getFeatures():
        geometry = feature.geometry()
        assert geometry.isGeosValid()
        assert feature["area_m2"] == pytest.approx(geometry.area(), rel=0.01)
        assert not feature["length_m"]
        assert not feature["width_m"]
        assert geometry.centroid().asPoint().x() < 500_000 + 256 * 0.5


@pytest.mark.parametrize(
    ("parameters", "message"),
    [({"PHRASES": " ; "}, "missing or empty"), ({"PHRASES": "飞机"}, "knows no word")],
)
def test_bad_phrases_are_a_sentence(run, parameters, message: str) -> None:
    _, ok, feedback, _ = run(**parameters)
    assert not ok
    assert any(message in error for error in feedback.errors)


def test_a_model_that_cannot_find_is_refused(run, tiny_bundle: Path) -> None:
    _, ok, feedback, _ = run(BUNDLE=str(tiny_bundle / "bundle.json"))
    assert not ok
    assert any("cannot find" in error for error in feedback.errors)


def test_cancelling_before_anything_gives_nothing(run) -> None:
    outputs, _, feedback, _ = run(RecordedFeedback(lambda text: text == "Loading the model"))
    assert not outputs
    assert "Cancelled before anything was found." in feedback.said


def test_a_loaded_layer_is_styled(level_bundle: Path, planes: Path, tmp_path: Path) -> None:  # noqa: F811
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    destination = str(tmp_path / "found.gpkg")
    context.addLayerToLoadOnCompletion(
        destination, QgsProcessingContext.LayerDetails("Found", QgsProject.instance(), "OUTPUT")
    )
    parameters = {
        "INPUT": str(planes),
        "BUNDLE": str(level_bundle / "bundle.json"),
        "PHRASES": "plane",
        "OUTPUT": destination,
    }
    _, ok = FindObjects().create().run(parameters, context, feedback)
    assert ok
    loaded = QgsProcessingUtils.mapLayerFromString(destination, context)
    details = context.layerToLoadOnCompletionDetails(destination)
    details.postProcessor().postProcessLayer(loaded, context, feedback)
    assert "Score (0 to 1)" in [field.alias() for field in loaded.fields()]
    assert loaded.labelsEnabled()
    assert loaded.labeling().settings().fieldName == '"phrase"'


@pytest.mark.parametrize("name", ["find", "ask", "classify"])
def test_every_parameter_is_explained(name: str) -> None:
    provider = RsVlmProvider()
    provider.refreshAlgorithms()
    algorithm = provider.algorithm(name)
    help_text = algorithm.shortHelpString()
    for parameter in algorithm.parameterDefinitions():
        assert f"<b>{parameter.description()}</b>" in help_text, parameter.name()
