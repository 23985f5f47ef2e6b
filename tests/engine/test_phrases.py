from __future__ import annotations

import json
from pathlib import Path

import pytest

from rs_vlm_plugin.engine.errors import BadRequest
from rs_vlm_plugin.engine.phrases import default_vocabulary, plural, read_vocabulary


def found(text: str) -> list:
    return [(text[p.start : p.end], p.name) for p in default_vocabulary().find(text)]


def test_shipped_vocabulary_is_valid_and_broad() -> None:
    names = default_vocabulary().names
    assert len(names) >= 120
    assert {"plane", "storage tank", "baseball field", "parking lot", "farmland"} <= set(names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Many planes are parked next to a long building in an airport.",
            [("planes", "plane"), ("building", "building"), ("airport", "airport")],
        ),
        (
            "Some oil tanks and Storage Tanks.",
            [("oil tanks", "storage tank"), ("Storage Tanks", "storage tank")],
        ),
        (
            "a baseball diamond near a football field",
            [("baseball diamond", "baseball field"), ("football field", "football field")],
        ),
        ("Cities, bushes and buses.", [("Cities", "city"), ("bushes", "shrub"), ("buses", "bus")]),
        ("It is quiet here.", []),
        ("", []),
    ],
)
def test_longest_name_wins_and_spans_fit(text: str, expected: list) -> None:
    assert found(text) == expected


def test_part_of_a_word_is_not_a_word() -> None:
    assert found("a carpet of treetops") == []


def test_every_form_is_found() -> None:
    vocabulary = default_vocabulary()
    for name in vocabulary.names:
        assert [phrase.name for phrase in vocabulary.find(f"two {name} here")] == [name]


def test_plurals() -> None:
    assert [plural(noun) for noun in ("church", "railway", "storage tank")] == [
        "churches",
        "railways",
        "storage tanks",
    ]


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        '{"format": "rsvlm-objects"}',
        json.dumps({"format": "rsvlm-objects", "objects": [{"plural": "x"}]}),
        json.dumps({"format": "rsvlm-objects", "objects": [{"name": "x", "synonyms": "y"}]}),
        json.dumps({"format": "rsvlm-objects", "objects": [{"name": "..."}]}),
        json.dumps(
            {
                "format": "rsvlm-objects",
                "objects": [{"name": "ship"}, {"name": "boat", "synonyms": ["ship"]}],
            }
        ),
    ],
)
def test_broken_vocabulary_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "objects.json"
    path.write_text(content)
    with pytest.raises(BadRequest, match=r"objects\.json"):
        read_vocabulary(path)
