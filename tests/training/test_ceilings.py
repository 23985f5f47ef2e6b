"""Ceilings say what people and perfect knowledge get on the same data."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from model_training.ceilings import (
    honest_calibration_error,
    person_scores,
    reader_scores,
    recall_ceiling,
)
from model_training.data.records import ImageText
from model_training.synthetic import Question

ALIKE = ImageText("s/1", "beach", ("waves reach the long yellow beach",) * 3, b"")
APART = ImageText(
    "s/2", "port", ("ships lie at the long grey pier", "a harbor", "many boats in the water"), b""
)

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="METEOR needs Java")


@needs_java
def test_people_who_say_the_same_score_full() -> None:
    scores = person_scores([ALIKE])
    assert scores is not None
    assert scores["bleu4"] == pytest.approx(100, abs=0.1)


@needs_java
def test_only_images_whose_captions_all_differ_can_be_asked_for() -> None:
    every, different = person_scores([ALIKE, APART]), person_scores([ALIKE, APART], different=True)
    assert every is not None
    assert different is not None
    assert different["bleu4"] < 1 < every["bleu4"]


def test_nobody_to_compare_with_is_no_score() -> None:
    assert person_scores([ImageText("s/3", "port", ("a harbor", "ships"), b"")]) is None


def test_a_caption_of_two_images_bounds_recall() -> None:
    records = [
        ImageText("s/1", "", ("a harbor", "ships"), b""),
        ImageText("s/2", "", ("a Harbor", "boats"), b""),
    ]
    ceiling = recall_ceiling(records)
    # Of four texts two are told apart and two tie with the other image's.
    assert ceiling["t2i_r1"] == pytest.approx(75)
    assert ceiling["t2i_r5"] == pytest.approx(100)


def test_few_answers_show_a_calibration_error_by_chance() -> None:
    few, many = (honest_calibration_error([0.7] * count) for count in (50, 5000))
    mean, seldom = (
        few["ceiling: right as often as it says"],
        few["ceiling: the same, one time in twenty"],
    )
    # |right share - 0.7| of 50 draws: half-normal with a deviation of sqrt(0.7 * 0.3 / 50).
    assert mean["calibration_error"] == pytest.approx(0.0517, abs=0.003)
    assert seldom["calibration_error"] == pytest.approx(0.127, abs=0.015)
    assert many["ceiling: right as often as it says"]["calibration_error"] < 0.007
    certain = honest_calibration_error([1.0, 0.0])
    assert all(row["calibration_error"] == 0 for row in certain.values())


def test_a_reader_is_scored_on_what_was_answered(tmp_path: Path) -> None:
    counts = (
        Question("How many boats?", "thirty", "count"),
        Question("How many cars?", "2", "count"),
    )
    where = Question("Where are the boats?", "left and right", "location")
    records = [
        ImageText("s/1", "", ("boats",), b"", (*counts, where)),
        ImageText("s/2", "", ("boats",), b"", (where,)),
    ]
    answers = {"s/1": {"How many boats?": "thirty-one", "Where are the boats?": "right and left"}}
    path = tmp_path / "reader.json"
    path.write_text(json.dumps({"answers": answers}), encoding="utf-8")
    scores = reader_scores(records, path)
    assert (scores["accuracy_count"], scores["count_within_1"]) == (0, 100)
    assert (scores["accuracy_location"], scores["location_any_wording"]) == (0, 100)
    assert not any("calibration" in name for name in scores)
    assert reader_scores(records[1:], path) == {}
    # The one that is kept answered questions of a real set's validation images only.
    assert reader_scores(records) == {}
