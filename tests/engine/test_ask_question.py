"""Reading questions: what kind, about what; what is not understood is called so."""

from __future__ import annotations

import pytest

from rs_vlm_plugin.engine.ask.question import read_question
from rs_vlm_plugin.engine.errors import BadRequest


@pytest.mark.parametrize(
    ("text", "kind", "things"),
    [
        ("how many planes are parked here?", "count", ("plane",)),
        ("How many mobile homes in the picture?", "count", ("mobile home",)),
        ("Count the ships", "count", ("ship",)),
        ("Are there any ships in the picture?", "presence", ("ship",)),
        ("Does this picture contain an airplane?", "presence", ("airplane",)),
        ("Is there a big red barn next to the river?", "presence", ("big red barn",)),
        ("Do you see a lot of cars?", "presence", ("car",)),
        ("What is the location of the yellow car in this picture?", "location", ("yellow car",)),
        ("Where are the storage tanks?", "location", ("storage tank",)),
        ("Are there more cars than trees?", "comparison", ("car", "tree")),
        ("How large is the water?", "area", ("water",)),
        ("What area do the fields cover?", "area", ("field",)),
        ("How long is the bridge?", "length", ("bridge",)),
        ("How long is the longest bridge?", "length", ("bridge",)),
        ("What is the total area of the buildings?", "area", ("building",)),
        ("How many cars are there in total?", "count", ("car",)),
        ("what is the theme of this picture?", "theme", ()),
        ("Is it rural or urban?", "rural or urban", ()),
        ("Which land cover dominates?", "land cover", ()),
    ],
)
def test_kinds_and_things(text: str, kind: str, things: tuple) -> None:
    question = read_question(text)
    assert (question.kind, question.things, question.fewer) == (kind, things, False)


def test_fewer_is_the_other_way_round() -> None:
    question = read_question("Are there fewer houses than trees?")
    assert (question.kind, question.fewer) == ("comparison", True)


@pytest.mark.parametrize(
    "text",
    [
        "Who built this?",
        "Is the road straight?",
        "How many in the picture?",
        # Answering whether there are any would answer another question.
        "Are there more than three planes?",
        "Are there two ships?",
        "Are there more storage tanks or ships?",
        "Is the number of planes less than 100?",
        # A size is that of all that is found, a length that of the longest.
        "How large is the smallest building?",
        "How long is the shortest road?",
        # The model answers about one thing at a time.
        "Is there a bridge or an airport?",
        "Are there planes and ships?",
        "How many cars and trucks are there?",
        "Wie viele Flugzeuge stehen hier?",
        "有多少架飞机?",
    ],
)
def test_what_is_not_understood_is_of_no_kind(text: str) -> None:
    assert read_question(text).kind == "unknown"


@pytest.mark.parametrize("text", ["", "  ", "?!", "\U0001f680", "why " * 4000])
def test_no_question_at_all(text: str) -> None:
    with pytest.raises(BadRequest):
        read_question(text)


def test_signs_alone_are_not_called_empty() -> None:
    with pytest.raises(BadRequest, match="no word"):
        read_question("\U0001f680?")
