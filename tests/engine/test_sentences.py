"""Sentences of the engine are English texts that remember what they were made of."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from rs_vlm_plugin.engine.errors import EmptyRegion, RasterNotReadable
from rs_vlm_plugin.engine.model.manifest import listed_actions
from rs_vlm_plugin.engine.sentence import Sentence, fill, say


def test_a_sentence_is_its_english_text():
    said = say("{name} has no band {band}.", name="town.tif", band=4)
    assert said == "town.tif has no band 4."
    assert json.dumps([said]) == '["town.tif has no band 4."]'
    assert (said.template, said.values) == (
        "{name} has no band {band}.",
        {"name": "town.tif", "band": 4},
    )


def test_saying_a_sentence_again_changes_nothing():
    said = say("{name} has no pixels.", name="{name}")
    assert say(said) is said
    assert said == "{name} has no pixels."


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda said: pickle.loads(pickle.dumps(said))])
def test_a_copy_remembers_too(copied):
    said = copied(say("{name} has no pixels.", name="a"))
    assert isinstance(said, Sentence)
    assert (said, said.template, said.values) == (
        "a has no pixels.",
        "{name} has no pixels.",
        {"name": "a"},
    )


@pytest.mark.parametrize(
    "template", ["{0.__class__}", "{name.__class__}", "{name:>99999999}", "{other}", "{", "{}"]
)
def test_a_template_can_do_nothing_but_name_a_value(template):
    assert fill(template, {"name": "a"}) == template


def test_an_error_puts_its_values_into_message_and_hint():
    error = RasterNotReadable("{name} is gone.", "Where is {name}?", name="a.tif")
    assert str(error) == "a.tif is gone."
    assert error.sentence() == "a.tif is gone. Where is a.tif?"
    assert error.message.template == "{name} is gone."
    again = pickle.loads(pickle.dumps(error))
    assert (again.sentence(), again.hint.template) == (error.sentence(), "Where is {name}?")


def test_a_file_named_like_a_place_stays_a_name():
    assert str(EmptyRegion(f"{'{name}.tif'} is empty.", name="x")) == "x.tif is empty."
    assert str(EmptyRegion("{name} is empty.", name="{name}.tif")) == "{name}.tif is empty."


def test_actions_are_listed_in_english():
    assert listed_actions(["search"]) == "search"
    assert listed_actions(["classify", "search", "find"]) == "classify, search and find"
