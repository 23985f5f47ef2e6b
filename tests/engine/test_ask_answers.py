"""Ask: from what tiles answer and what is found to one answer, or to none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Dict

import numpy as np
import pytest

from rs_vlm_plugin.engine.ask import ask
from rs_vlm_plugin.engine.errors import ActionUnsupported, Cancelled
from rs_vlm_plugin.engine.model.answers import Answer
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.rasterio_source import open_raster
from tests import rasters
from tests.engine.test_find_objects import StopsAfter, canvas
from tests.tiny_bundle import make_tiny_bundle

TEXTS = ("yes", "no", "0", "1", "2", "3", "upper left", "farmland", "airport", "rural", "urban")
SQUARES = [(8, 8, 9), (44, 27, 9), (76, 44, 9)]


class ToldModel(VisionLanguageModel):
    """Finds through the bundle's graphs; its closed answers are told, one set for each tile."""

    told: Dict[str, float] = {}
    where_bright: Dict[str, float] = {}

    def encode_images(self, images, metres=None):
        self.images = images
        return super().encode_images(images, metres)

    def answer(self, questions, encoding, images, kind=""):
        given = []
        for row in images:
            bright = (self.images[row] > 200).any()
            told = self.where_bright if bright and self.where_bright else self.told
            likelihoods = {text: told.get(text, 0.0) for text in TEXTS}
            text = max(likelihoods, key=lambda answer: likelihoods[answer])
            gate = np.zeros((8, 8), dtype=np.float32)
            gate[2, 3] = 1.0
            given.append(Answer(text, likelihoods[text], gate, likelihoods))
        return given


@pytest.fixture
def model(level_bundle: Path) -> ToldModel:
    return ToldModel(load_bundle(level_bundle), device="cpu", threads=1)


def raster(folder: Path, squares, size=(96, 64), **settings):
    path = rasters.make_raster(folder / "scene.tif", pixels=canvas(*size, squares), **settings)
    return open_raster(str(path))


@pytest.fixture
def planes(tmp_path: Path):
    with raster(tmp_path, SQUARES) as source:
        yield source


@pytest.fixture
def one_tile(tmp_path: Path):
    with raster(tmp_path, [(11, 12, 9)], (32, 32), pixel_size=(0.5, 0.5)) as source:
        yield source


def put(source, question: str, model, **settings):
    return ask(source, None, question, model, **{"policy": "fixed", "budget": 50, **settings})


def test_counts_over_many_tiles_are_of_objects_found(planes, model) -> None:
    model.told, model.where_bright = {"0": 0.9}, {"1": 0.9}
    reply = put(planes, "How many plane are there?", model)
    assert (reply.kind, reply.text, reply.abstained) == ("count", "3", False)
    assert len(reply.evidence) == 3
    assert {item.what for item in reply.evidence} == {"plane"}


def test_of_many_objects_one_may_be_missing(planes, model) -> None:
    reply = put(planes, "How many plane are there?", model)
    assert reply.confidence < min(item.score for item in reply.evidence)


def test_what_cannot_be_found_is_counted_tile_by_tile(planes, model) -> None:
    model.told, model.where_bright = {"0": 0.9}, {"2": 0.95}
    reply = put(planes, "How many river are there?", model)
    assert int(reply.text) >= 6
    assert any("may be counted twice" in note for note in reply.provenance.notes)
    assert reply.confidence < 0.95


@pytest.mark.parametrize(("taught", "count"), [("plane", "1"), ("ship", "3")])
def test_what_boxes_taught_is_counted_one_by_one_and_all_else_by_the_overview(
    tmp_path, level_bundle, taught, count
) -> None:
    folder = tmp_path / "taught"
    shutil.copytree(level_bundle, folder)
    manifest = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    manifest["levels"]["grounding"]["names"] = [taught]
    (folder / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    model = ToldModel(load_bundle(folder), device="cpu", threads=1)
    model.told = {"3": 0.8, "2": 0.1}
    with raster(tmp_path, [(11, 12, 9)], (32, 32), pixel_size=(0.5, 0.5)) as source:
        assert put(source, "How many plane are there?", model).text == count


def test_a_region_too_large_to_count_in_is_not_guessed_at(planes, model) -> None:
    model.told = {"0": 0.4, "2": 0.6}
    reply = put(planes, "How many river are there?", model)
    assert reply.abstained
    assert "too large" in reply.reason


def test_a_number_that_is_about_right_is_not_held_back(one_tile, model) -> None:
    model.told = {"1": 0.045, "2": 0.05, "3": 0.045, "yes": 0.5}
    model.find = lambda *_: []
    reply = put(one_tile, "How many river are there?", model)
    assert (reply.text, reply.confidence) == ("2", pytest.approx(0.05))
    assert not reply.abstained, "the bundle answers from 0.1"
    model.told = {"0": 0.045, "1": 0.045, "3": 0.05, "yes": 0.5}
    assert put(one_tile, "How many river are there?", model).held_back == "3"


def test_an_unsure_place_is_held_back_and_kept(tmp_path, model) -> None:
    model.told = {"upper left": 0.05, "yes": 0.9}
    with raster(tmp_path, [(11, 12, 9)], (32, 32), crs=None) as picture:
        unsure = put(picture, "Where is the river?", model)
        assert (unsure.abstained, unsure.held_back) == (True, "upper left")
        assert put(picture, "Where is the plane?", model).text == "centre"


def test_any_tile_makes_it_present(planes, model) -> None:
    model.told, model.where_bright = {"no": 0.9, "yes": 0.1}, {"yes": 0.8, "no": 0.2}
    reply = put(planes, "Is there a river?", model)
    assert (reply.text, reply.confidence) == ("yes", pytest.approx(0.8))
    assert reply.evidence, "the cells that were counted"
    model.where_bright = {}
    reply = put(planes, "Is there a river?", model)
    assert (reply.text, reply.confidence, reply.evidence) == ("no", pytest.approx(0.9), ())


def test_an_object_found_overrules_an_unsure_no(planes, model) -> None:
    model.told, model.where_bright = {"no": 0.6, "yes": 0.4}, {}
    reply = put(planes, "Is there a plane?", model)
    assert reply.text == "yes"
    assert reply.confidence < 0.8
    assert reply.evidence


def test_comparison_is_of_two_counts(planes, model) -> None:
    model.told, model.where_bright = {"0": 0.9}, {}
    more = put(planes, "Are there more plane than river?", model)
    assert (more.kind, more.text, more.detail) == ("comparison", "yes", "plane: 3; river: 0")
    fewer = put(planes, "Are there fewer plane than river?", model)
    assert fewer.text == "no"


def test_places_are_those_of_a_map_where_there_is_one(planes, one_tile, tmp_path, model) -> None:
    model.told = {"upper left": 0.99}
    many = put(planes, "Where is the plane?", model).text
    assert set(many.replace(" and ", ", ").split(", ")) == {"north-west", "centre", "south-east"}
    with raster(tmp_path, [(11, 12, 9)], (32, 32), crs=None) as picture:
        assert put(picture, "Where is the plane?", model).text == "upper left"
    assert put(one_tile, "Where is the plane?", model).text == "centre"


def test_places_are_those_of_what_the_region_shows(tmp_path, model) -> None:
    pixels = canvas(96, 64, [(76, 5, 9)])
    pixels[:, :, :64] = 0
    path = rasters.make_raster(tmp_path / "part.tif", pixels=pixels, nodata=0)
    with open_raster(str(path)) as source:
        assert put(source, "Where is the plane?", model).text == "north"


def test_the_words_of_a_picture_that_is_half_empty_say_so(tmp_path, model) -> None:
    model.told = {"upper left": 0.99, "yes": 0.9}
    pixels = canvas(32, 32, [(3, 3, 9)])
    pixels[:, :, 16:] = 0
    path = rasters.make_raster(tmp_path / "part.tif", pixels=pixels, nodata=0, crs=None)
    with open_raster(str(path)) as source:
        assert put(source, "Where is the plane?", model).text == "top"
        river = put(source, "Where is the river?", model)
    assert (river.text, river.detail) == (
        "upper left",
        "within the picture as a whole, nodata included",
    )


def test_nothing_found_has_no_place(planes, model) -> None:
    model.told, model.where_bright = {"yes": 0.9}, {}
    reply = put(planes, "Where is the river?", model)
    assert reply.abstained
    assert reply.text == "cannot tell: no such object was found"


def test_sizes_come_from_geometry(planes, one_tile, tmp_path, model) -> None:
    area = put(one_tile, "How large is the plane?", model)
    assert area.text.startswith("about ")
    assert area.text.endswith((" m²", " ha"))
    assert any("boxes" in note for note in area.provenance.notes)
    length = put(planes, "How long is the plane?", model)
    assert length.text.endswith(" m")
    assert length.detail == "the longest of 3 found"
    with raster(tmp_path, [(11, 12, 9)], (32, 32), crs=None) as picture:
        nowhere = put(picture, "How large is the plane?", model)
    assert nowhere.abstained
    assert "no coordinate system" in nowhere.reason
    assert nowhere.evidence, "what was found is shown all the same"


def test_theme_and_setting_are_averaged_over_the_region(planes, model) -> None:
    model.told = {"farmland": 0.6, "rural": 0.3, "yes": 0.1}
    model.where_bright = {"airport": 0.9, "urban": 0.1}
    assert put(planes, "What is the theme of this picture?", model).text in ("airport", "farmland")
    model.told = model.where_bright = {"rural": 0.7, "urban": 0.2, "yes": 0.1}
    reply = put(planes, "Is it rural or urban?", model)
    assert (reply.text, reply.confidence) == ("rural", pytest.approx(0.7))
    assert reply.evidence


def test_land_cover_is_compared_by_meaning(planes, model) -> None:
    reply = put(planes, "What is the land cover?", model)
    assert reply.kind == "land cover"
    assert "forest" in reply.held_back + reply.text + reply.detail


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("the forest the plane", "no kind that can be answered"),
        ("有几架飞机？", "a language it did not learn"),
        ("How many 飞机 are there?", "does not know what"),
        ("How many plane are there?", "too unsure"),
    ],
)
def test_what_cannot_be_told_says_why(one_tile, model, question: str, reason: str) -> None:
    model.told = {"1": 0.01}
    model.find = lambda *_: []  # sees nothing
    reply = put(one_tile, question, model)
    assert reply.abstained
    assert reason in reply.reason
    assert reply.text == f"cannot tell: {reply.reason}"


def test_answers_go_through_onnx(planes, level_model) -> None:
    reply = put(planes, "How many plane are there?", level_model)
    assert reply.text == "3"
    shape = reply.to_json()
    assert set(shape) >= {"answer", "confidence", "abstained", "evidence", "reason", "provenance"}
    assert shape["provenance"]["tile_evaluations"] <= 50
    assert shape["provenance"]["prompt"] == "How many plane are there?"


def test_a_model_that_answers_without_finding(tmp_path: Path, planes) -> None:
    folder = make_tiny_bundle(tmp_path / "asks", actions=("classify", "ask"))
    model = ToldModel(load_bundle(folder), device="cpu", threads=1)
    model.told, model.where_bright = {"0": 0.9}, {"1": 0.99}
    reply = put(planes, "How many plane are there?", model)
    assert int(reply.text) >= 3
    assert put(planes, "How large is the plane?", model).abstained


def test_stopping(planes, level_model, tiny_model) -> None:
    partial = put(planes, "How many plane are there?", level_model, feedback=StopsAfter(1))
    assert partial.partial
    assert partial.provenance.notes[0].startswith("Stopped after 8 of ")
    with pytest.raises(Cancelled):
        put(planes, "How many plane are there?", level_model, feedback=StopsAfter(0))
    with pytest.raises(ActionUnsupported, match="cannot ask"):
        put(planes, "How many plane are there?", tiny_model)
