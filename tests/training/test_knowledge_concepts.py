"""The shipped taxonomies: complete, without doubles, in words that read like captions."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from model_training.knowledge.concepts import (
    ConceptsInvalid,
    object_synonyms,
    read_concepts,
    taxonomy_entries,
)
from rs_vlm_plugin.engine.knowledge.entries import MAX_NAMES, MAX_TEXT, sameness


def test_three_levels_are_broad() -> None:
    counts = Counter(entry.level for entry in taxonomy_entries())
    assert counts["scene"] >= 150
    assert counts["region"] >= 300
    assert counts["object"] >= 300


def test_no_concept_stands_twice() -> None:
    entries = taxonomy_entries()
    assert len({entry.entry_id for entry in entries}) == len(entries)
    texts = Counter((entry.level, sameness(entry.text)) for entry in entries)
    assert [text for text, count in texts.items() if count > 1] == []


def test_entries_fit_the_format_and_name_their_taxonomy() -> None:
    for entry in taxonomy_entries():
        assert 0 < len(entry.text) <= MAX_TEXT
        assert len(entry.names) <= MAX_NAMES
        assert entry.source.kind == "taxonomy"
        assert entry.provenance == entry.source.name
        assert entry.images == 0


def test_objects_share_the_vocabularys_synonyms() -> None:
    plane = next(entry for entry in taxonomy_entries() if entry.entry_id == "object:plane")
    assert plane.names[0] == "plane"
    assert set(object_synonyms()["plane"]) <= set(plane.names)


def test_every_named_object_is_in_the_vocabulary() -> None:
    names = object_synonyms()
    objects = [entry for entry in taxonomy_entries() if entry.level == "object" and entry.names]
    assert [entry.names[0] for entry in objects if entry.names[0] not in names] == []


def test_scene_classes_of_the_data_are_known(shared_dir: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    known = {name for entry in taxonomy_entries() for name in entry.names}
    for name in ("rsicd_aid", "ucm"):
        path = shared_dir / "data" / name / "train.parquet"
        if not path.is_file():
            pytest.skip(f"needs {path}")
        scenes = parquet.read_table(path, columns=["scene"]).column("scene").to_pylist()
        assert set(scenes) - {""} <= known


@pytest.mark.parametrize(
    "content",
    [
        {"format": "other", "level": "scene", "groups": []},
        {"format": "rsvlm-concepts", "level": "global", "groups": []},
        {
            "format": "rsvlm-concepts",
            "level": "scene",
            "groups": [{"source": "x", "entries": [{"name": "airport", "text": " "}]}],
        },
    ],
)
def test_a_malformed_file_is_named(tmp_path: Path, content: dict) -> None:
    path = tmp_path / "own_concepts.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ConceptsInvalid, match=r"own_concepts\.json"):
        read_concepts(path, {})
