"""A thing that no training image was said to show is nothing to answer about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rs_vlm_plugin.engine.ask import ask
from rs_vlm_plugin.engine.ask.question import read_question
from rs_vlm_plugin.engine.knowledge import KnowledgeBase, KnowledgeEntry, Source
from rs_vlm_plugin.engine.learnt import has_learnt
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.resource_paths import default_bundle
from tests.engine.array_source import ArraySource

PIXELS = np.random.default_rng(6).integers(0, 255, (3, 64, 64), dtype=np.uint8)


def reply(model: VisionLanguageModel, question: str):
    return ask(ArraySource(PIXELS), None, question, model, "fixed", 4)


@pytest.mark.parametrize(
    "question",
    ["Is there a church?", "How many churches are there?", "Are there more churches than rivers?"],
)
def test_the_text_encoder_may_read_what_images_never_taught(
    level_model: VisionLanguageModel, question: str
) -> None:
    assert level_model.knows("church")
    said = reply(level_model, question)
    assert said.abstained
    assert "called church" in said.reason
    assert said.provenance.tile_evaluations == 0


@pytest.mark.parametrize("thing", ["river", "plane", "aircraft", "storage tank"])
def test_what_was_taught_is_answered_by_any_of_its_words(
    level_model: VisionLanguageModel, thing: str
) -> None:
    said = reply(level_model, f"Is there a {thing}?")
    assert "called" not in said.reason


def test_one_word_that_was_never_said_is_enough(level_model: VisionLanguageModel) -> None:
    assert level_model.can_write("white storage tanks")
    assert not level_model.can_write("white church")
    assert not level_model.can_write("多")


@pytest.fixture(scope="module")
def bundled_model() -> VisionLanguageModel:
    if not (default_bundle() / "bundle.json").is_file():
        pytest.skip("the model bundle has not been exported to resources/model")
    return VisionLanguageModel(load_bundle(default_bundle()), device="cpu", threads=1)


@pytest.mark.parametrize(
    "thing", ["cat", "dog", "elephant", "sheep", "black cat", "house cat", "bird", "lighthouse"]
)
def test_a_word_that_captions_hold_by_misspelling_is_not_learnt(
    bundled_model: VisionLanguageModel, thing: str
) -> None:
    said = reply(bundled_model, f"Is there a {thing}?")
    assert said.abstained
    assert "called" in said.reason
    assert said.provenance.tile_evaluations == 0


@pytest.mark.parametrize(
    "things",
    [
        *("planes", "jets", "lorries", "ponds", "trees", "cars", "tennis courts"),
        *("swimming pools", "ships", "people", "red cars", "gyms", "railway tracks"),
        *("airliners", "islets", "green conifers", "cross points"),
    ],
)
def test_what_several_images_were_said_to_show_is_answered(
    bundled_model: VisionLanguageModel, things: str
) -> None:
    said = reply(bundled_model, f"Are there {things}?")
    assert "called" not in said.reason
    assert "does not know" not in said.reason


def test_a_word_that_the_model_cannot_spell_is_asked_for_by_another(
    bundled_model: VisionLanguageModel,
) -> None:
    said = reply(bundled_model, "How many red lorries are there?")
    assert said.question == "How many red lorries are there?"
    assert said.provenance.prompt == "How many red trucks are there?"
    notes = said.provenance.notes
    assert notes[0] == "The model does not know lorries: it was asked for trucks."
    assert not [note for note in notes if "may not mean" in note]
    unlearnt = reply(bundled_model, "Is there a pylon?")
    assert "called transmission tower" in unlearnt.reason
    assert "pylon" in unlearnt.provenance.notes[0]


def test_knowledge_of_ones_own_teaches_no_look(bundled_model: VisionLanguageModel) -> None:
    base = bundled_model.knowledge
    assert base is not None
    own = KnowledgeEntry("own:cat", "object", "a cat", Source("mine", "own"), (), 99)
    bundled_model.knowledge = base.joined(
        KnowledgeBase([own], bundled_model.encode_texts(["a cat"]))
    )
    assert reply(bundled_model, "Is there a cat?").abstained
    bundled_model.knowledge = base


@pytest.mark.parametrize("name", ["ucm", "vhr10"])
def test_what_validation_questions_ask_about_is_learnt(
    bundled_model: VisionLanguageModel, shared_dir: Path, name: str
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = shared_dir / "data" / name / "val.parquet"
    if not path.is_file():
        pytest.skip(f"needs the data pack's {name}/val.parquet")
    questions = {
        asked["question"]
        for row in parquet.read_table(path, columns=["qa"]).to_pylist()
        for asked in row["qa"]
    }
    things = {thing for question in questions for thing in read_question(question).things}
    assert things
    assert [thing for thing in things if not has_learnt(thing, bundled_model)] == []
