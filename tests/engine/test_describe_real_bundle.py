"""The bundle that ships, on a real raster; skipped where either is absent."""

from __future__ import annotations

from pathlib import Path
from typing import List

import pytest

from rs_vlm_plugin.engine.ask import ask
from rs_vlm_plugin.engine.classify import classify
from rs_vlm_plugin.engine.describe import describe
from rs_vlm_plugin.engine.find import find
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from rs_vlm_plugin.resource_paths import default_bundle


@pytest.fixture(scope="module")
def model() -> VisionLanguageModel:
    if not (default_bundle() / "bundle.json").is_file():
        pytest.skip("the model bundle has not been exported to resources/model")
    return VisionLanguageModel(load_bundle(default_bundle()), device="cpu", threads=1)


@pytest.fixture(scope="module")
def aerial(sample_rasters: List[Path]) -> Path:
    for path in sample_rasters:
        if path.name == "aerial_rgb_2048.tif":
            return path
    pytest.skip("the aerial sample is absent")


def test_aerial_image_is_described(model: VisionLanguageModel, aerial: Path) -> None:
    with open_raster(str(aerial)) as source:
        result = describe(source, None, model, budget=12)
    assert len(result.scene.text.split()) >= 4
    assert result.regions
    assert result.objects
    assert result.provenance.ground_sample_distance_m == pytest.approx(0.097, abs=0.005)


def test_aerial_image_is_not_taken_for_desert_or_ice(
    model: VisionLanguageModel, aerial: Path
) -> None:
    labels = ["river", "residential area", "bridge", "desert", "glacier"]
    with open_raster(str(aerial)) as source:
        result = classify(source, None, labels, model)
    assert result.labels[0].label not in ("desert", "glacier")


def test_a_description_names_the_knowledge_it_leant_on(
    model: VisionLanguageModel, aerial: Path
) -> None:
    with open_raster(str(aerial)) as source:
        scene = describe(source, None, model, budget=1).scene
    assert {entry.level for entry in scene.used} == {"scene", "region", "object"}
    assert all(entry.text and entry.provenance for entry in scene.used)


def test_what_boxes_taught_is_found_in_a_drawn_scene(
    model: VisionLanguageModel, tmp_path: Path
) -> None:
    synthetic = pytest.importorskip("model_training.synthetic")
    town = synthetic.draw_mosaic(1)
    synthetic.write_geotiff(town, tmp_path / "town.tif")
    drawn = sum(item.category == "storage tank" for item in town.objects)
    with open_raster(str(tmp_path / "town.tif")) as source:
        found = find(source, None, ["storage tank"], model).objects
        reply = ask(source, None, "How many storage tanks are there?", model)
    # It has never seen a drawing.
    assert drawn / 2 <= len(found) <= 2 * drawn
    assert drawn / 2 <= int(reply.text) <= 2 * drawn
    assert reply.evidence
