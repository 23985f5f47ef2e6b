"""What a typed query means, and what is said of words the model does not know."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import BadRequest
from rs_vlm_plugin.engine.search.query import parse_query, query_vector, word_notes


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("storage tanks", "storage tanks", ()),
        ("tanks not water", "tanks", ("water",)),
        ("tanks NOT water", "tanks", ("water",)),
        ("tanks -water", "tanks", ("water",)),
        ("tanks but not open water and not -", "tanks", ("open water", "-")),
        ("tanks -water -trees near a road", "tanks near a road", ("water", "trees")),
        ('tanks -"open water"', "tanks", ("open water",)),
        ('tanks not "open water" near a road', "tanks near a road", ("open water",)),
        ("tanks not water, near a road", "tanks, near a road", ("water",)),
        ("not water, tanks", "tanks", ("water",)),
        ("tanks not water not water", "tanks", ("water",)),
        ("non-residential knots", "non-residential knots", ()),
        ("  two   words ", "two words", ()),
        ('"storage tanks"', "storage tanks", ()),
        ("dom \u2212wald", "dom", ("wald",)),
    ],
)
def test_parts(text, wanted, unwanted):
    query = parse_query(text)
    if unwanted and unwanted[-1] == "-":
        assert query.unwanted[0] == unwanted[0]
        return
    assert (query.wanted, query.unwanted) == (wanted, unwanted)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("x" * 10_000, "10,000 characters"),
        ("not water", "only what is not wanted"),
        ("-water", "only what is not wanted"),
        ("!? 12", "no word"),
    ],
)
def test_senseless(text, said):
    with pytest.raises(BadRequest) as error:
        parse_query(text)
    assert said in str(error.value)
    assert error.value.hint


def test_known_words_need_no_note(tiny_model):
    assert word_notes(parse_query("storage tanks near planes not boats"), tiny_model) == ()


@pytest.mark.parametrize(
    "text",
    ["\u043b\u0435\u0441 \u0440\u0435\u043a\u0430", "\u68ee\u6797", "xqzvw", "\u05d9\u05e2\u05e8"],
)
def test_only_unknown_words(tiny_model, text):
    with pytest.raises(BadRequest) as error:
        word_notes(parse_query(text), tiny_model)
    assert "English" in error.value.sentence()


def test_some_unknown_words_are_named(tiny_model):
    (note,) = word_notes(parse_query("trees near a qwertz not xqzvw"), tiny_model)
    assert "qwertz, xqzvw" in note
    assert "trees" not in note
    assert "language" not in note


def test_another_language_is_said_to_be_unknown(tiny_model):
    (note,) = word_notes(parse_query("school zwischen b\u00e4umen"), tiny_model)
    assert "language it did not learn" in note


def test_a_query_longer_than_the_model_reads(tiny_model):
    (note,) = word_notes(parse_query("trees " * 40), tiny_model)
    assert "first words" in note


def test_not_takes_away_what_is_shared():
    wanted = np.array([0.6, 0.8, 0, 0], np.float32)
    unwanted = np.array([[0, 1, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0]], np.float32)
    vector = query_vector(wanted, unwanted)
    np.testing.assert_allclose(vector, [1, 0, 0, 0], atol=1e-6)
    np.testing.assert_allclose(unwanted @ vector, 0, atol=1e-6)
    np.testing.assert_array_equal(query_vector(wanted, unwanted[:0]), wanted)


def test_wanting_what_is_not_wanted():
    wanted = np.array([0.6, 0.8], np.float32)
    with pytest.raises(BadRequest):
        query_vector(wanted, wanted[None])
