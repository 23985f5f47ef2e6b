"""A thing that no training image was said to show is nothing to answer about."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.ask import ask
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
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
    assert level_model.has_learnt("white storage tanks")
    assert not level_model.has_learnt("white church")
    assert not level_model.has_learnt("多")
