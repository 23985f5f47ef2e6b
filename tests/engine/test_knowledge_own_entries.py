"""A user's own entries join the bundle's; those that cannot are named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, List

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import BadRequest
from rs_vlm_plugin.engine.knowledge import KnowledgeBase, add_own_entries
from rs_vlm_plugin.engine.knowledge.entries import embed_entries
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.knowledge_data import some_entries


@pytest.fixture(scope="module")
def base(tiny_model: VisionLanguageModel) -> KnowledgeBase:
    entries = some_entries()
    return KnowledgeBase(entries, embed_entries(entries, tiny_model.encode_texts))


def own_file(folder: Path, entries: Any, **fields: Any) -> Path:
    content = {"format": "rsvlm-own-knowledge", "name": "Harbor office", "entries": entries}
    path = folder / "own.json"
    path.write_text(json.dumps({**content, **fields}), encoding="utf-8")
    return path


GOOD: List[Any] = [
    {"level": "object", "text": "white boats in the  harbor", "synonyms": ["boats", "harbor"]},
    {"level": "region", "text": "a pond near the bridge"},
]


def test_own_entries_are_found_and_named(tmp_path: Path, base, tiny_model) -> None:
    own = add_own_entries(base, own_file(tmp_path, GOOD), tiny_model)
    assert (own.added, own.problems) == (2, ())
    assert own.base.entries[: len(base)] == base.entries
    query = tiny_model.encode_texts(["a pond near the bridge"])
    (used,) = own.base.used(*own.base.retrieve(query, "region", 1))
    assert used.entry_id.startswith("own:")
    assert (used.text, used.provenance) == ("a pond near the bridge", "Harbor office")
    assert used.similarity == pytest.approx(1, abs=1e-4)


def test_what_cannot_be_used_is_named_and_the_rest_added(tmp_path: Path, base, tiny_model) -> None:
    entries = [
        *GOOD,
        {"level": "object", "text": "White boats in the harbor."},
        {"level": "scene", "text": "Beach"},
        {"level": "galaxy", "text": "a dense forest"},
        {"level": "object"},
        {"level": "object", "text": "..."},
        "a text",
        {"level": "object", "text": "a boat", "synonyms": "ship"},
        {"level": "object", "text": "a boat", "synonyms": [7]},
        {"level": "object", "text": "\u6e2f\u53e3"},
    ]
    own = add_own_entries(base, own_file(tmp_path, entries), tiny_model)
    assert own.added == 2
    assert [problem.split(")")[0] for problem in own.problems] == [
        "Entry 3 (White boats in the harbor.",
        "Entry 4 (Beach",
        "Entry 5 (a dense forest",
        "Entry 6 (...",
        "Entry 7 (...",
        "Entry 8 (...",
        "Entry 9 (a boat",
        "Entry 10 (a boat",
        "Entry 11 (\u6e2f\u53e3",
    ]
    assert "is there already" in own.problems[0]
    assert "is there already" in own.problems[1]
    assert "does not know" in own.problems[-1]


def test_punctuation_is_no_word_to_know(tmp_path: Path, base, tiny_model) -> None:
    assert not tiny_model.knows(";")
    entries = [{"level": "object", "text": "white boats; a few / several (in the harbor)"}]
    own = add_own_entries(base, own_file(tmp_path, entries), tiny_model)
    assert (own.added, own.problems) == (1, ())


def test_nothing_usable_leaves_the_base_as_it_was(tmp_path: Path, base, tiny_model) -> None:
    own = add_own_entries(base, own_file(tmp_path, [{"text": "a lake"}]), tiny_model)
    assert own.base is base
    assert len(own.problems) == 1


class Counting:
    """The model, with its text encodings counted."""

    def __init__(self, model: VisionLanguageModel) -> None:
        self.model, self.bundle, self.texts = model, model.bundle, 0

    def knows(self, text: str) -> bool:
        return self.model.knows(text)

    def encode_texts(self, texts: List[str]) -> np.ndarray:
        self.texts += len(texts)
        return self.model.encode_texts(texts)


def test_embeddings_are_kept_for_the_next_time(tmp_path: Path, base, tiny_model) -> None:
    model, cache = Counting(tiny_model), tmp_path / "cache" / "knowledge"
    path = own_file(tmp_path, GOOD)
    first = add_own_entries(base, path, model, cache)
    assert model.texts == 2
    again = add_own_entries(base, path, model, cache)
    assert model.texts == 2
    assert again.base.entries == first.base.entries
    np.testing.assert_array_equal(again.base.vectors, first.base.vectors)
    own_file(tmp_path, GOOD[:1])
    add_own_entries(base, path, model, cache)
    assert model.texts == 3


@pytest.mark.parametrize("damage", [b"", b"{}", b"[[["])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, base, tiny_model, damage: bytes) -> None:
    path = own_file(tmp_path, GOOD)
    first = add_own_entries(base, path, tiny_model, tmp_path / "cache")
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(damage)
    again = add_own_entries(base, path, tiny_model, tmp_path / "cache")
    np.testing.assert_array_equal(again.base.vectors, first.base.vectors)
    assert file.read_bytes() != damage


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, base, tiny_model) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    own = add_own_entries(base, own_file(tmp_path, GOOD), tiny_model, tmp_path / "cache")
    assert own.added == 2


@pytest.mark.parametrize(
    ("entries", "fields"),
    [(GOOD, {"format": "x"}), ("a text", {}), (GOOD, {"name": ""}), (GOOD, {"name": 7})],
)
def test_other_files_are_refused(
    tmp_path: Path, base, tiny_model, entries: Any, fields: dict
) -> None:
    with pytest.raises(BadRequest, match=r"own\.json"):
        add_own_entries(base, own_file(tmp_path, entries, **fields), tiny_model)


def test_unreadable_files_are_refused(tmp_path: Path, base, tiny_model) -> None:
    (tmp_path / "own.json").write_bytes(b"\xff{")
    for path in (tmp_path / "own.json", tmp_path / "absent.json"):
        with pytest.raises(BadRequest, match=path.name):
            add_own_entries(base, path, tiny_model)
