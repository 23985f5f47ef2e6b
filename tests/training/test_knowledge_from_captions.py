"""Entries from captions: what is merged, ranked and left out, and who may not see what."""

from __future__ import annotations

from model_training.knowledge import KnowledgeCounts, build_entries
from model_training.knowledge.caption_entries import (
    CaptionedImage,
    content_key,
    relation_entries,
    relations,
    sentence_entries,
    thing_entries,
)
from rs_vlm_plugin.engine.knowledge import Source

TRAIN = Source("drawn", "captions", "train")


def images(*captions: tuple[str, ...]) -> list[CaptionedImage]:
    return [CaptionedImage(f"drawn/{i}", texts, TRAIN) for i, texts in enumerate(captions)]


def test_near_duplicates_are_one_entry_in_the_most_used_words() -> None:
    found = sentence_entries(
        images(
            ("There is a piece of farmland .",),
            ("It is a piece of farmland.", "It is a piece of farmland."),
            ("many farmlands",),
            ("a wide river .",),
            ("A wide river.",),
        ),
        most=10,
    )
    assert [(f.entry.text, f.entry.images) for f in found] == [
        ("it is a piece of farmland", 3),
        ("a wide river", 2),
    ]
    assert found[0].images == {"drawn/0", "drawn/1", "drawn/2"}
    assert found[0].entry.provenance == "drawn train, 3 images"


def test_what_one_image_says_alone_is_left_out() -> None:
    found = sentence_entries(images(("a lonely house", "a lonely house"), ("a port",)), most=10)
    assert found == []


def test_different_content_is_not_merged() -> None:
    assert content_key("a road beside a river") != content_key("a river beside a road")
    assert content_key("a red roof") != content_key("a blue roof")
    assert content_key("two bridges") != content_key("a bridge")


def test_relations_need_a_word_of_place_between_two_things() -> None:
    assert list(relations("many green trees are in two sides of a curved river .")) == [
        "many green trees are in two sides of a curved river"
    ]
    assert list(relations("buildings and trees")) == []
    assert list(relations("a road, in a park")) == []
    assert list(relations("a large road")) == []


def test_relations_are_regions_and_things_are_objects() -> None:
    same = images(*[("several white tanks are near a river",)] * 3)
    (relation,) = relation_entries(same, most=5)
    assert (relation.entry.level, relation.entry.images) == ("region", 3)
    (thing,) = thing_entries(same, most=5)
    assert (thing.entry.level, thing.entry.text) == ("object", "several white tanks")


def test_the_most_frequent_are_kept() -> None:
    captions = [("a wide river",)] * 4 + [("a green pond",)] * 3 + [("a long pier",)] * 2
    found = sentence_entries(images(*captions), most=2)
    assert [f.entry.text for f in found] == ["a wide river", "a green pond"]


def test_an_image_may_not_retrieve_its_own_captions() -> None:
    built = build_entries(
        images(*[("several tanks are near a river",)] * 2, *[("a green pond",)] * 2),
        KnowledgeCounts(10, 10, 10),
    )
    mask = built.excluded(["drawn/0", "drawn/3", "elsewhere/1"])
    texts = [
        {entry.text for entry, out in zip(built.entries, row, strict=True) if out} for row in mask
    ]
    assert texts == [{"several tanks are near a river"}, {"a green pond"}, set()]
    own = [entry for entry in built.entries if entry.source.kind == "captions"]
    assert len(own) >= 3
    assert not mask[:, : len(built.entries) - len(own)].any()


def test_the_same_captions_build_the_same_base() -> None:
    same = images(*[("several white tanks are near a river", "a pond in a park")] * 3)
    assert build_entries(same).entries == build_entries(list(reversed(same))).entries
