"""Describe counts what the model was trained to find one by one, and says how it counted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Iterator

import pytest

from rs_vlm_plugin.engine.describe import describe
from rs_vlm_plugin.engine.describe.describing import ATTENTION_NOTE, GROUNDING_NOTE
from rs_vlm_plugin.engine.find import find
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.rasterio_source import RasterioSource, open_raster
from rs_vlm_plugin.engine.results import GROUNDING
from tests import rasters
from tests.engine.test_find_objects import canvas

SQUARES = [(16, 16, 36), (140, 76, 36)]

shape = pytest.importorskip("shapely.geometry").shape


@pytest.fixture
def planes(tmp_path: Path) -> Iterator[RasterioSource]:
    path = rasters.make_raster(tmp_path / "scene.tif", pixels=canvas(192, 128, SQUARES))
    with open_raster(str(path)) as source:
        yield source


@pytest.fixture
def taught(level_bundle: Path, tmp_path: Path) -> VisionLanguageModel:
    """The tiny bundle of three levels, saying that boxes of planes taught it."""
    folder = tmp_path / "bundle"
    shutil.copytree(level_bundle, folder)
    manifest = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    manifest["levels"]["grounding"]["names"] = ["plane"]
    (folder / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    return VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)


def test_objects_are_those_that_find_finds(
    planes: RasterioSource, taught: VisionLanguageModel
) -> None:
    result = describe(planes, None, taught, "fixed", 2)
    (counted,) = [item for item in result.objects if item.method == GROUNDING]
    found = find(planes, None, ["plane"], taught, "fixed", 2).objects
    assert counted.name == "plane"
    assert counted.count == len(found) == len(SQUARES)
    where = shape(counted.geometry)
    assert where.is_valid
    for item in found:
        assert where.intersects(shape(item.geometry).centroid)
    assert GROUNDING_NOTE in result.provenance.notes


def test_where_nothing_is_named_nothing_is_said_of_counting(
    tmp_path: Path, level_model: VisionLanguageModel
) -> None:
    path = rasters.make_raster(tmp_path / "flat.tif", pattern="constant", size=(64, 64))
    with open_raster(str(path)) as source:
        result = describe(source, None, level_model)
    assert result.objects == ()
    assert ATTENTION_NOTE not in result.provenance.notes


def test_without_trained_names_objects_are_places_of_attention(
    planes: RasterioSource, level_model: VisionLanguageModel
) -> None:
    result = describe(planes, None, level_model, "fixed", 2)
    assert GROUNDING not in {item.method for item in result.objects}
    assert ATTENTION_NOTE in result.provenance.notes


def test_finding_what_no_box_taught_comes_with_a_warning(
    planes: RasterioSource, taught: VisionLanguageModel
) -> None:
    known = find(planes, None, ["plane"], taught, "fixed", 2)
    other = find(planes, None, ["plane", "river"], taught, "fixed", 2)
    assert not [note for note in known.provenance.notes if "not trained to find" in note]
    (warning,) = [note for note in other.provenance.notes if "not trained to find" in note]
    assert "river" in warning
    assert "plane" not in warning.split(":")[0]
