"""Floors see no pixels: the single caption is one, the class lookup follows the scene."""

from __future__ import annotations

import pytest

from model_training.data.records import ImageText
from model_training.floors import chance_recall, floor_captions, medoid
from model_training.metrics import (
    JavaMissing,
    caption_scores,
    caption_scores_plain,
    retrieval_recall,
)


def test_medoid_is_the_most_typical_caption() -> None:
    captions = ["planes are parked", "many planes are parked", "a lake", "many planes are parked"]
    assert medoid(captions) == "many planes are parked"


def test_class_lookup_says_a_training_caption_of_the_class() -> None:
    train = [
        ImageText("s/airport_1", "airport", ("planes are parked", "many planes are parked"), b""),
        ImageText("s/beach_1", "beach", ("white waves and yellow sand",), b""),
    ]
    test = [
        ImageText("s/beach_2", "beach", ("sand",), b""),
        ImageText("s/x", "unknown", ("x",), b""),
    ]
    floors = floor_captions(train, test)
    assert floors["class lookup"][0] == "white waves and yellow sand"
    assert len(set(floors["best single caption"])) == 1


def test_chance_recall_is_what_random_ranking_gets() -> None:
    import numpy as np

    rng = np.random.default_rng(0)
    owner = np.repeat(np.arange(50), 5)
    found = [
        retrieval_recall(
            rng.normal(size=(50, 16)).astype("float32"),
            rng.normal(size=(250, 16)).astype("float32"),
            owner,
        )["mean_recall"]
        for _ in range(60)
    ]
    assert np.mean(found) == pytest.approx(chance_recall(50, 5)["mean_recall"], rel=0.15)


def test_a_caption_that_several_images_share_is_a_hit_as_often_as_chance_says() -> None:
    import numpy as np

    # Four images of one place, each with the same caption: any of the four may come first.
    same = np.ones((4, 2), dtype=np.float32)
    scores = retrieval_recall(same, same, np.arange(4))
    assert scores["i2t_r1"] == pytest.approx(25)
    assert scores["t2i_r1"] == pytest.approx(25)
    assert scores["i2t_r5"] == pytest.approx(100)


def test_a_better_match_of_another_image_is_a_miss() -> None:
    import numpy as np

    images = np.eye(2, dtype=np.float32)
    scores = retrieval_recall(images, images[::-1].copy(), np.arange(2))
    assert scores["i2t_r1"] == 0
    assert scores["i2t_r5"] == pytest.approx(100)


def test_a_perfect_caption_scores_full_bleu() -> None:
    texts = ["many planes are parked near a terminal", "a river runs through green fields"]
    scores = caption_scores_plain(texts, [[text] for text in texts])
    assert scores["bleu4"] == pytest.approx(100, abs=0.1)


def test_caption_scores_without_java_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(JavaMissing, match="Java runtime"):
        caption_scores(["a road"], [["a road"]])
