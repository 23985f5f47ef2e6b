"""The provider as QGIS sees it: ids, help, the model designer, `qgis_process`."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelParameter,
    QgsProcessingParameterRasterLayer,
    QgsProject,
)

from rs_vlm_plugin.processing.provider import RsVlmProvider
from tests import rasters
from tests.qgis.processing_runs import run_algorithm

ROOT = Path(__file__).resolve().parents[2]
QGIS_PROCESS = "/usr/bin/qgis_process.bin"


@pytest.fixture
def registry():
    registry = QgsApplication.processingRegistry()
    provider = RsVlmProvider()
    assert registry.addProvider(provider)
    yield registry
    registry.removeProvider(provider)


def test_ids_are_stable(registry):
    ids = {algorithm.id() for algorithm in registry.providerById("rsvlm").algorithms()}
    assert ids >= {
        "rsvlm:describeregion",
        "rsvlm:describefeatures",
        "rsvlm:buildindex",
        "rsvlm:search",
    }


@pytest.mark.parametrize("name", ["rsvlm:describeregion", "rsvlm:describefeatures"])
def test_every_parameter_is_explained(registry, name):
    algorithm = registry.algorithmById(name)
    help_text = algorithm.shortHelpString()
    for parameter in algorithm.parameterDefinitions():
        assert f"<b>{parameter.description()}</b>" in help_text, parameter.name()
    assert algorithm.helpUrl().startswith("https://")
    assert "caption" in algorithm.tags()
    assert algorithm.group() == "Describe"
    assert not algorithm.icon().isNull()


def test_works_in_a_model(registry, tmp_path, tiny_bundle):
    model = QgsProcessingModelAlgorithm("described", "tests")
    model.addModelParameter(
        QgsProcessingParameterRasterLayer("image"), QgsProcessingModelParameter("image")
    )
    child = QgsProcessingModelChildAlgorithm("rsvlm:describeregion")
    child.setChildId("describe")
    source = QgsProcessingModelChildParameterSource
    child.addParameterSources("INPUT", [source.fromModelParameter("image")])
    child.addParameterSources("POLICY", [source.fromStaticValue("fixed")])
    child.addParameterSources("BUDGET", [source.fromStaticValue(2)])
    child.addParameterSources("BUNDLE", [source.fromStaticValue(str(tiny_bundle / "bundle.json"))])
    model.addChildAlgorithm(child)
    path = rasters.make_raster(tmp_path / "scene.tif", size=(200, 200), pattern="noise")
    outputs, ok, _, _ = run_algorithm(model, {"image": str(path)})
    assert ok
    assert outputs["CHILD_RESULTS"]["describe"]["TEXT"]


def test_result_layers_are_styled_when_they_are_loaded(registry, tmp_path, tiny_bundle):
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingUtils

    path = rasters.make_raster(tmp_path / "scene.tif", size=(200, 200), pattern="noise")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    destination = str(tmp_path / "regions.gpkg")
    context.addLayerToLoadOnCompletion(
        destination, QgsProcessingContext.LayerDetails("Regions", QgsProject.instance(), "REGIONS")
    )
    parameters = {
        "INPUT": str(path),
        "BUNDLE": str(tiny_bundle / "bundle.json"),
        "REGIONS": destination,
    }
    algorithm = registry.createAlgorithmById("rsvlm:describeregion")
    _, ok = algorithm.run(parameters, context, feedback)
    assert ok
    layer = QgsProcessingUtils.mapLayerFromString(destination, context)
    details = context.layerToLoadOnCompletionDetails(destination)
    details.postProcessor().postProcessLayer(layer, context, feedback)
    assert layer.labelsEnabled()
    assert "Share of the area (0 to 1)" in [field.alias() for field in layer.fields()]


@pytest.mark.skipif(not os.path.exists(QGIS_PROCESS), reason="qgis_process is not installed")
def test_qgis_process_describes(tmp_path, tiny_bundle):
    plugins = tmp_path / "cfg" / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    (plugins / "rs_vlm_plugin").symlink_to(ROOT / "rs_vlm_plugin")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "cfg"),
        "PYTHONPATH": _site_packages(),
    }

    def call(*arguments):
        return subprocess.run(
            [QGIS_PROCESS, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    enabled = call("plugins", "enable", "rs_vlm_plugin")
    assert "rs_vlm_plugin" in enabled.stdout + enabled.stderr
    path = rasters.make_raster(tmp_path / "scene.tif", size=(200, 200), pattern="noise")
    done = call(
        "--json",
        "run",
        "rsvlm:describeregion",
        "--",
        f"INPUT={path}",
        f"BUNDLE={tiny_bundle / 'bundle.json'}",
        "POLICY=random",
        "BUDGET=3",
        f"REGIONS={tmp_path / 'regions.gpkg'}",
    )
    results = json.loads(done.stdout)["results"]
    assert results["TEXT"], done.stderr
    assert Path(results["REGIONS"]).exists()


def _site_packages():
    import onnxruntime

    return str(Path(onnxruntime.__file__).resolve().parents[1])
