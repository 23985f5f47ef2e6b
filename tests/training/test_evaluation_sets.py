"""A set is scored on what its labels and the bundle allow; the rest is said in a sentence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from model_training.config import ExperimentConfig
from model_training.data.records import ImageText, LabelledBox, read_all
from model_training.evaluation import evaluate_classes, evaluate_set, table
from model_training.evaluation.classification import LAND_USES, land_use, only_object
from model_training.evaluation.comparison import compare_runs, tallies_of
from rs_vlm_plugin.engine.classify import label_embeddings
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.tiny_bundle import make_tiny_bundle

from .conftest import TINY, run_script
from .parquet_sets import write_set


def bundle_trained_on(folder: Path, sets: list[str], actions: list[str]) -> VisionLanguageModel:
    """A tiny bundle that says what its experiment was."""
    path = make_tiny_bundle(folder, actions=actions) / "bundle.json"
    experiment = ExperimentConfig.from_json(TINY).to_json()
    experiment["data"] |= {"sets": sets, "synthetic_scenes": 0}
    manifest = json.loads(path.read_text()) | {"training": {"experiment": experiment}}
    path.write_text(json.dumps(manifest))
    return VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_set(folder, "ucm", {"train": 24, "val": 24})
    return folder


@pytest.fixture(scope="module")
def searching(tmp_path_factory: pytest.TempPathFactory) -> VisionLanguageModel:
    folder = tmp_path_factory.mktemp("bundle")
    return bundle_trained_on(folder, ["elsewhere"], ["classify", "search"])


def test_what_a_bundle_cannot_do_is_said(searching: VisionLanguageModel, data_dir: Path) -> None:
    result = evaluate_set(searching, data_dir, "ucm", "val")
    assert [task.task for task in result.tasks] == ["retrieval", "classification", "transfer"]
    assert result.skipped == (
        "ucm: this bundle cannot describe.",
        "ucm: this bundle cannot answer questions.",
        "ucm: this bundle cannot find objects.",
    )
    printed = table([result])
    assert "floor: chance" in printed
    assert "ucm val (24)" in printed
    assert compare_runs(tallies_of([result]), tallies_of([result]))


def test_transfer_is_for_sets_that_the_model_never_saw(data_dir: Path, tmp_path: Path) -> None:
    trained = bundle_trained_on(tmp_path / "a", ["ucm"], ["classify", "search"])
    silent = VisionLanguageModel(
        load_bundle(make_tiny_bundle(tmp_path / "b", actions=["classify", "search"])), device="cpu"
    )
    for model in (trained, silent):
        result = evaluate_set(model, data_dir, "ucm", "val")
        assert "transfer" not in [task.task for task in result.tasks]
        assert any("transfer stays unknown" in sentence for sentence in result.skipped)


@pytest.mark.skipif(shutil.which("java") is None, reason="METEOR and the PTB tokenizer need Java")
def test_a_describing_bundle_is_scored_on_captions(data_dir: Path, tmp_path: Path) -> None:
    model = bundle_trained_on(tmp_path, ["elsewhere"], ["describe", "classify", "search"])
    result = evaluate_set(model, data_dir, "ucm", "val")
    captions = next(task for task in result.tasks if task.task == "captions")
    assert captions.tallies["bleu4"].value == pytest.approx(captions.scores["bleu4"], abs=1e-6)
    assert captions.tallies["cider"].value == pytest.approx(captions.scores["cider"], abs=1e-6)
    assert captions.tallies["rouge_l"].value == pytest.approx(captions.scores["rouge_l"], abs=1e-6)
    assert {"distinct_bleu4", "meteor_sentence"} <= set(captions.tallies)


def test_an_image_like_its_label_is_named_rightly(
    searching: VisionLanguageModel, data_dir: Path
) -> None:
    records = [r for r in read_all(data_dir, "ucm", "val") if land_use(r)]
    labels = [land_use(record) for record in records]
    embeddings = label_embeddings(labels, searching)
    result = evaluate_classes(searching, records, embeddings, land_use, "transfer")
    assert result is not None
    assert result.scores["accuracy"] == 100
    # One image turned away from its own label: that one is wrong, and only that one.
    other = next(i for i, label in enumerate(labels) if label != labels[0])
    embeddings[0] = embeddings[other]
    worse = evaluate_classes(searching, records, embeddings, land_use, "transfer")
    assert worse is not None
    assert worse.scores["accuracy"] == pytest.approx(100 * (1 - 1 / len(records)))
    assert worse.rows["floor: chance"]["accuracy"] == pytest.approx(100 / len(set(labels)))


def test_one_label_alone_is_nothing_to_tell_apart(searching: VisionLanguageModel) -> None:
    records = [ImageText(f"x/{i}", "forest", (), b"") for i in range(3)]
    assert evaluate_classes(searching, records, np.ones((3, 4), dtype=np.float32)) is None


def test_labels_of_other_sets_in_everyday_words() -> None:
    def scene(name: str) -> ImageText:
        return ImageText("x/1", name, (), b"")

    def boxed(*categories: str) -> ImageText:
        return ImageText(
            "x/1", "", (), b"", boxes=tuple(LabelledBox(c, 0, 0, 1, 1) for c in categories)
        )

    assert land_use(scene("agricultural")) == land_use(scene("farmland")) == "farmland"
    assert land_use(scene("medium residential")) == "residential area"
    assert land_use(scene("golf course")) == ""
    assert len(LAND_USES) == 7
    assert only_object(boxed("ship", "ship")) == "ship"
    assert only_object(boxed("ship", "harbor")) == ""
    assert only_object(boxed("vehicle")) == only_object(boxed()) == ""


def test_two_runs_are_compared_from_the_command_line(data_dir: Path, tmp_path: Path) -> None:
    make_tiny_bundle(tmp_path / "one", actions=["classify", "search"])
    make_tiny_bundle(tmp_path / "two", seed=8, actions=["classify", "search"])
    for name in ("one", "two"):
        result = run_script(
            "evaluate.py", "--bundle", tmp_path / name, "--data", data_dir, "--sets", "ucm",
            "--split", "val", "--per-image", tmp_path / f"{name}.json",
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        assert "ucm: this bundle cannot answer questions." in result.stdout
    result = run_script("evaluate.py", "--compare", tmp_path / "one.json", tmp_path / "two.json")
    assert result.returncode == 0, result.stderr
    assert "| ucm val retrieval | mR |" in result.stdout
    gone = run_script("evaluate.py", "--compare", tmp_path / "one.json", tmp_path / "none.json")
    assert gone.returncode == 1
    assert gone.stderr.strip().endswith("none.json.")
