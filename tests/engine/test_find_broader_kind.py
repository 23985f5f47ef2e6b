"""What the model was taught under a broader name is found under its own: a car is a vehicle."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from rs_vlm_plugin.engine.ask import ask
from rs_vlm_plugin.engine.errors import BadRequest
from rs_vlm_plugin.engine.find import find
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.grounding import FoundObject
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.phrases import default_vocabulary, read_vocabulary
from rs_vlm_plugin.engine.search import parse_query
from rs_vlm_plugin.engine.search.relevance import TextScorer
from rs_vlm_plugin.engine.taught import asked_for, untaught
from tests.engine.array_source import ArraySource


@pytest.fixture(scope="module")
def model(level_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> VisionLanguageModel:
    """One that boxes taught planes and vehicles."""
    folder = tmp_path_factory.mktemp("taught") / "bundle"
    shutil.copytree(level_bundle, folder)
    path = folder / "bundle.json"
    manifest = json.loads(path.read_text())
    manifest["levels"]["grounding"]["names"] = ["airplane", "vehicle"]
    path.write_text(json.dumps(manifest))
    return VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)


@pytest.mark.parametrize(
    ("phrase", "asked"),
    [
        ("car", "vehicle"),
        ("Lorries", "vehicle"),
        ("vehicle", "vehicle"),
        ("jet", "jet"),
        ("red car", "red car"),
        ("car next to a tree", "car next to a tree"),
        ("boat", "boat"),
        ("unicorn", "unicorn"),
    ],
)
def test_only_a_bare_name_of_a_finer_kind_is_asked_for_by_the_broader(
    model: VisionLanguageModel, phrase: str, asked: str
) -> None:
    assert asked_for(phrase, model) == asked


def test_words_for_a_taught_kind_are_taught(model: VisionLanguageModel) -> None:
    assert untaught(["jet", "car", "boat"], model) == ["car", "boat"]


def test_the_result_keeps_the_phrase_and_says_what_was_looked_for(
    model: VisionLanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = set()
    real = model.find

    def listening(phrases, *rest):
        asked.update(phrases)
        return real(phrases, *rest)

    monkeypatch.setattr(model, "find", listening)
    pixels = np.random.default_rng(5).integers(0, 255, (3, 96, 96), dtype=np.uint8)
    for policy in ("fixed", "query"):
        found = find(ArraySource(pixels), None, ["car", "plane"], model, policy, 9, 0.01)
        assert found.phrases == ("car", "plane")
        assert {item.phrase for item in found.objects} <= {"car", "plane"}
        assert any("nothing finer than vehicle" in note for note in found.provenance.notes)
    assert asked == {"vehicle", "plane"}


def test_asked_how_many_it_counts_things_as_the_broader_kind(
    model: VisionLanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def three(phrases, *rest):
        asked.extend(phrases)
        boxes = [(0.1, 0.1, 0.2, 0.2), (0.5, 0.5, 0.6, 0.6), (0.8, 0.1, 0.9, 0.2)]
        return [FoundObject(0, 0.9, box) for box in boxes]

    monkeypatch.setattr(model, "find", three)
    pixels = np.random.default_rng(5).integers(0, 255, (3, 32, 32), dtype=np.uint8)
    cars, planes = (
        ask(ArraySource(pixels), None, f"how many {things} are there?", model, budget=1)
        for things in ("cars", "planes")
    )
    assert asked == ["vehicle", "plane"]
    assert (cars.text, planes.text) == ("3", "3")
    assert {item.what for item in cars.evidence} == {"car"}
    noted = [
        any("nothing finer than vehicle" in note for note in reply.provenance.notes)
        for reply in (cars, planes)
    ]
    assert noted == [True, False]


def test_search_outlines_things_as_the_broader_kind(
    model: VisionLanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(model, "find", lambda phrases, *rest: asked.extend(phrases) or [])
    size = model.input_size
    encoding = model.encode_images(np.zeros((1, size, size, 3), dtype=np.uint8))
    TextScorer(parse_query("cars and trucks next to trees"), model).objects(encoding, 0)
    assert asked == ["vehicle", "trees"]


def test_kinds_of_the_vocabulary_are_objects_of_it(tmp_path: Path) -> None:
    vocabulary = default_vocabulary()
    assert vocabulary.kind_of("truck") == "vehicle"
    assert vocabulary.kind_of("vehicle") == ""
    path = tmp_path / "objects.json"
    path.write_text(
        json.dumps({"format": "rsvlm-objects", "objects": [{"name": "car", "kind": "vehicle"}]})
    )
    with pytest.raises(BadRequest, match="kind"):
        read_vocabulary(path)
