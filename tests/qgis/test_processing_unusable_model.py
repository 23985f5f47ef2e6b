"""A model that cannot be used ends an algorithm with one sentence in its log."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile

import pytest
from qgis.core import QgsProcessingFeatureSourceDefinition

from rs_vlm_plugin import model_cache
from rs_vlm_plugin.processing.describe_features import DescribeFeatures
from rs_vlm_plugin.processing.describe_region import DescribeRegion
from tests import rasters
from tests.qgis.processing_runs import run_algorithm


@pytest.fixture(params=[DescribeRegion, DescribeFeatures])
def complaint(request, tmp_path):
    """What an algorithm complains of when it runs with a bundle."""

    def run(bundle) -> str:
        area = tmp_path / "area.geojson"
        ring = [[15.0, 51.43], [15.01, 51.43], [15.01, 51.44], [15.0, 51.43]]
        area.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
        raster = rasters.make_raster(tmp_path / "scene.tif", size=(320, 240))
        _, ok, feedback, _ = run_algorithm(
            request.param(),
            {
                "INPUT": str(raster),
                "FEATURES": QgsProcessingFeatureSourceDefinition(str(area)),
                "BUNDLE": str(bundle),
                "OUTPUT": "TEMPORARY_OUTPUT",
            },
        )
        assert not ok
        (sentence,) = feedback.errors
        assert "\n" not in sentence
        return sentence

    yield run
    model_cache.release_model()


@pytest.fixture
def copy(tiny_bundle, tmp_path):
    """A bundle to damage."""
    return shutil.copytree(tiny_bundle, tmp_path / "bundle")


def test_a_tampered_file(complaint, copy):
    with (copy / "vision.onnx").open("ab") as stream:
        stream.write(b"x")
    assert "wrong hash" in complaint(copy / "bundle.json")


def test_a_missing_file(complaint, copy):
    (copy / "tokenizer.json").unlink()
    assert "tokenizer.json" in complaint(copy / "bundle.json")


def test_another_format_version(complaint, copy):
    manifest = json.loads((copy / "bundle.json").read_text(encoding="utf-8"))
    manifest["format_version"] = 2
    (copy / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert "format version 2" in complaint(copy / "bundle.json")


def test_a_zip_that_reaches_outside(complaint, tmp_path):
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as archive:
        archive.writestr("../../evil", "x")
    assert "outside the bundle" in complaint(tmp_path / "bundle.zip")


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_package_that_is_not_installed(complaint, copy, monkeypatch, package):
    model_cache.release_model()
    # What Python itself puts there to say that a name cannot be imported.
    monkeypatch.setitem(sys.modules, package, None)
    assert f"{package} is not installed" in complaint(copy / "bundle.json")
