"""`rsvlm:compare`: two images to a layer of changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
)

from rs_vlm_plugin.engine.compare.comparing import BUDGET, MIN_CHANGE
from rs_vlm_plugin.layers.matching_view import matching_view
from rs_vlm_plugin.layers.raster_layer_source import QgsRasterLayerSource
from rs_vlm_plugin.processing.compare import CompareImages
from rs_vlm_plugin.processing.provider import RsVlmProvider
from tests import rasters
from tests.qgis.compare_scene import after, after_elsewhere, before  # noqa: F401
from tests.qgis.level_scene import level_bundle  # noqa: F401
from tests.qgis.processing_runs import RecordedFeedback, run_algorithm

NEW_PLANE = QgsPointXY(500_805, 5_699_515)


@pytest.fixture
def run(level_bundle: Path, before: Path, after: Path):  # noqa: F811
    def run(feedback=None, **parameters):
        asked = {
            "INPUT": str(before),
            "AFTER": str(after),
            "BUNDLE": str(level_bundle / "bundle.json"),
            "POLICY": "fixed",
            "BUDGET": 60,
            "OUTPUT": "TEMPORARY_OUTPUT",
        }
        return run_algorithm(CompareImages(), {**asked, **parameters}, feedback)

    return run


def changes(context, outputs):
    return list(context.temporaryLayerStore().mapLayer(outputs["OUTPUT"]).getFeatures())


def test_changes_become_polygons_where_they_are(run, before, after) -> None:  # noqa: F811
    outputs, ok, feedback, context = run()
    assert ok
    layer = context.temporaryLayerStore().mapLayer(outputs["OUTPUT"])
    assert layer.crs().authid() == "EPSG:32633"
    features = changes(context, outputs)
    assert outputs["CHANGED"] == len(features) > 0
    (new,) = [feature for feature in features if "1 plane" in feature["gained"]]
    assert new.geometry().contains(NEW_PLANE)
    assert (new["raster"], new["raster_after"]) == (str(before), str(after))
    assert "Gained: 1 plane" in outputs["SUMMARY"]
    assert outputs["SUMMARY"] in feedback.said


def test_the_second_image_may_have_another_crs(run, after_elsewhere: Path) -> None:  # noqa: F811
    outputs, ok, _, context = run(AFTER=str(after_elsewhere))
    assert ok
    (new,) = changes(context, outputs)
    assert new.geometry().contains(NEW_PLANE)


def test_the_same_image_gives_no_change(run, before: Path) -> None:  # noqa: F811
    outputs, ok, _, context = run(AFTER=str(before))
    assert ok
    assert outputs["CHANGED"] == 0
    assert changes(context, outputs) == []


def test_extent_and_least_change_choose(run) -> None:
    outputs, ok, _, _ = run(EXTENT="500000,500600,5699360,5700000 [EPSG:32633]")
    assert ok
    assert outputs["CHANGED"] == 0
    outputs, ok, _, context = run(MIN_CHANGE=1.0)
    assert ok
    assert all(each["score"] == 1 or each["gained"] for each in changes(context, outputs))


def test_images_that_cannot_be_compared_are_a_sentence(run, tmp_path: Path) -> None:
    apart = rasters.make_raster(tmp_path / "apart.tif", origin=(700_000, 5_700_000))
    bare = rasters.make_raster(tmp_path / "bare.tif", crs=None)
    for other, message in ((apart, "do not overlap"), (bare, "has no CRS")):
        _, ok, feedback, _ = run(AFTER=str(other))
        assert not ok
        assert any(message in error for error in feedback.errors)
    _, ok, feedback, _ = run(BUDGET=2)
    assert not ok
    assert any("at least 3 tiles" in error for error in feedback.errors)


def test_cancelling_before_anything_gives_nothing(run) -> None:
    outputs, _, feedback, _ = run(RecordedFeedback(lambda text: text == "Loading the model"))
    assert not outputs
    assert "Cancelled before anything was compared." in feedback.said


def test_a_loaded_layer_is_styled_by_change(
    level_bundle: Path,  # noqa: F811
    before: Path,  # noqa: F811
    after: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    destination = str(tmp_path / "changes.gpkg")
    context.addLayerToLoadOnCompletion(
        destination, QgsProcessingContext.LayerDetails("Changes", QgsProject.instance(), "OUTPUT")
    )
    parameters = {
        "INPUT": str(before),
        "AFTER": str(after),
        "BUNDLE": str(level_bundle / "bundle.json"),
        "OUTPUT": destination,
    }
    _, ok = CompareImages().create().run(parameters, context, feedback)
    assert ok
    loaded = QgsProcessingUtils.mapLayerFromString(destination, context)
    details = context.layerToLoadOnCompletionDetails(destination)
    details.postProcessor().postProcessLayer(loaded, context, feedback)
    assert loaded.renderer().classAttribute() == "score"
    assert "Change (0 to 1)" in [field.alias() for field in loaded.fields()]
    assert "before" in loaded.mapTipTemplate()


def test_defaults_are_those_of_the_engine_and_all_is_explained() -> None:
    provider = RsVlmProvider()
    provider.refreshAlgorithms()
    algorithm = provider.algorithm("compare")
    assert algorithm.id() == "rsvlm:compare"
    assert algorithm.parameterDefinition("BUDGET").defaultValue() == BUDGET
    assert algorithm.parameterDefinition("MIN_CHANGE").defaultValue() == MIN_CHANGE
    help_text = algorithm.shortHelpString()
    for parameter in algorithm.parameterDefinitions():
        assert f"<b>{parameter.description()}</b>" in help_text, parameter.name()


def test_a_layer_without_pixels_is_read_as_closely_as_the_other(
    before: Path,  # noqa: F811
    after_elsewhere: Path,  # noqa: F811
) -> None:
    layer = QgsRasterLayer(str(after_elsewhere), "after")
    with QgsRasterLayerSource.from_layer(QgsRasterLayer(str(before), "before")) as source:
        crs = QgsCoordinateReferenceSystem("EPSG:32633")
        context = QgsProject.instance().transformContext()
        _, degrees = matching_view(layer, source.info, crs, context)
    # 10 m along a meridian at 51 degrees north, and more along a parallel.
    assert 10 / 111_250 < degrees < 10 / 111_250 / 0.6
