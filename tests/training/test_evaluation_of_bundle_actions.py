"""A bundle that asks and finds is scored through the engine's own Ask and Find."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from model_training.config import ExperimentConfig
from model_training.evaluation import (
    Answerer,
    BundleAnswerer,
    BundleGrounder,
    Grounder,
    evaluate_set,
)
from model_training.evaluation.picture import AS_IS, PictureSource
from rs_vlm_plugin.engine.geometry import Window
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.raster.normalise import fit_stretch, read_rgb
from tests.tiny_bundle import make_tiny_bundle

from .conftest import TINY
from .parquet_sets import write_set


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> VisionLanguageModel:
    folder = tmp_path_factory.mktemp("bundle")
    path = make_tiny_bundle(folder, actions=["classify", "ask", "find"]) / "bundle.json"
    experiment = ExperimentConfig.from_json(TINY).to_json()
    experiment["data"] |= {"sets": ["elsewhere"], "synthetic_scenes": 0}
    manifest = json.loads(path.read_text()) | {"training": {"experiment": experiment}}
    path.write_text(json.dumps(manifest))
    return VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)


def picture(*squares: tuple[int, int], size: tuple[int, int] = (96, 64)) -> np.ndarray:
    pixels = np.full((size[1], size[0], 3), 20, dtype=np.uint8)
    for column, row in squares:
        pixels[row : row + 9, column : column + 9] = 240
    return pixels


def test_boxes_are_in_the_pictures_pixels(model: VisionLanguageModel) -> None:
    grounder = BundleGrounder(model)
    assert isinstance(grounder, Grounder)
    squares = [(8, 8), (44, 27), (76, 44)]
    found = grounder.find(picture(*squares), ["plane", "飞机"])
    assert {item.phrase for item in found} == {"plane"}
    sure = [item for item in found if item.score > 0.5]
    assert len(sure) == 3
    for column, row in squares:
        middles = [((b[0] + b[2]) / 2, (b[1] + b[3]) / 2) for b in (item.bbox for item in sure)]
        assert min(max(abs(x - column - 4.5), abs(y - row - 4.5)) for x, y in middles) < 5
    assert grounder.find(picture(*squares), ["飞机"]) == []


def test_counts_on_large_pictures_are_of_what_is_found(model: VisionLanguageModel) -> None:
    answerer = BundleAnswerer(model)
    assert isinstance(answerer, Answerer)
    image = picture((8, 8), (44, 27), (76, 44))
    asked = ["How many plane are in the image?", "Who lives here?"]
    count, unanswerable = answerer.answer([image, image], asked)
    assert count.text == "3"
    assert (unanswerable.abstained, unanswerable.text) == (True, "")


def test_a_held_back_answer_keeps_its_words(tmp_path: Path) -> None:
    folder = make_tiny_bundle(tmp_path / "b", actions=["ask"])
    manifest = json.loads((folder / "bundle.json").read_text())
    manifest["answers"]["abstain_below"] = 1.0
    (folder / "bundle.json").write_text(json.dumps(manifest))
    model = VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)
    (given,) = BundleAnswerer(model).answer([picture(size=(32, 32))], ["Is there a river?"])
    assert given.abstained
    assert given.text in ("yes", "no")


def test_a_picture_is_read_as_it_is_stored() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    source = PictureSource(pixels)
    rgb, valid = read_rgb(source, Window(5, 4, 10, 8), (8, 10), AS_IS)
    np.testing.assert_array_equal(rgb, pixels[4:12, 5:15])
    assert valid.all()
    assert fit_stretch(source).bands == (1, 2, 3)
    values, _ = source.read(source.info.window, (10, 15), (3,))
    assert values.shape == (1, 10, 15)
    assert source.ground_sample_distance(source.info.window) is None


def test_a_set_is_scored_on_questions_and_boxes(model: VisionLanguageModel, tmp_path: Path) -> None:
    write_set(tmp_path, "vhr10", {"train": 12, "val": 8})
    result = evaluate_set(model, tmp_path, "vhr10", "val")
    tasks = {task.task: task for task in result.tasks}
    assert {"questions", "grounding"} <= set(tasks)
    assert not any("cannot answer" in said or "cannot find" in said for said in result.skipped)
    questions = tasks["questions"]
    assert 0 <= questions.scores["accuracy"] <= 100
    assert "accuracy_count" in questions.scores
    assert "centre_f1" in tasks["grounding"].scores
