"""A labelled box is hit once at most, by the best scored box; thresholds come from F1."""

from __future__ import annotations

import math

import pytest

from model_training.data.records import LabelledBox
from model_training.metrics import (
    FoundBox,
    choose_threshold,
    count_errors,
    grounding_tallies,
    match_boxes,
)
from model_training.metrics.boxes import (
    CRITERIA,
    centre_closeness,
    iou_closeness,
    overlap,
)


def ship(x: float, score: float, width: float = 10, category: str = "ship") -> FoundBox:
    return FoundBox(category, x, 0, width, 10, score)


def label(x: float, category: str = "ship") -> LabelledBox:
    return LabelledBox(category, x, 0, 10, 10)


def test_overlap_by_hand() -> None:
    assert overlap(label(0), label(0)) == 1
    assert overlap(label(0), label(5)) == pytest.approx(50 / 150)
    assert overlap(label(0), label(10)) == 0
    assert overlap(LabelledBox("ship", 0, 0, 0, 0), LabelledBox("ship", 0, 0, 0, 0)) == 0


def test_the_centre_counts_up_to_the_edge_of_the_labelled_box() -> None:
    assert centre_closeness(ship(0, 1), label(0)) == 1
    assert centre_closeness(ship(5, 1), label(0)) == pytest.approx(0.5)
    assert centre_closeness(ship(5.1, 1), label(0)) == 0
    # A box ten times too large hits by its centre, not by its overlap.
    large = FoundBox("ship", -45, -45, 100, 100, 1)
    assert centre_closeness(large, label(0)) == 1
    assert iou_closeness(large, label(0)) == 0


def test_two_boxes_on_one_ship_are_one_hit_and_the_better_score_has_it() -> None:
    matches = match_boxes([[ship(1, 0.4), ship(0, 0.9)]], [[label(0)]], iou_closeness)
    assert [(match.score, match.hit) for match in matches] == [(0.9, True), (0.4, False)]


def test_a_box_takes_the_closest_of_two_labels_and_leaves_the_other() -> None:
    found = [ship(4, 0.9), ship(-1, 0.8)]
    matches = match_boxes([found], [[label(0), label(5)]], centre_closeness)
    assert [match.hit for match in matches] == [True, True]


def test_equal_labels_are_each_hit_once() -> None:
    matches = match_boxes([[ship(0, 0.9), ship(0, 0.8)]], [[label(0), label(0)]], iou_closeness)
    assert [match.hit for match in matches] == [True, True]


def test_another_category_and_another_image_are_no_hit() -> None:
    found = [[ship(0, 0.9, category="bridge")], [ship(0, 0.8)]]
    assert not any(m.hit for m in match_boxes(found, [[label(0)], []], iou_closeness))


def test_precision_recall_and_f1_over_all_and_by_category() -> None:
    found = [[ship(0, 0.9), ship(50, 0.8)], [ship(0, 0.7, category="bridge"), ship(0, 0.1)]]
    labelled = [[label(0), label(30)], [label(0, "bridge")]]
    matches = match_boxes(found, labelled, CRITERIA["iou50"])
    scores = {k: t.value for k, t in grounding_tallies(matches, labelled, 0.5).items()}
    assert scores == pytest.approx({"precision": 200 / 3, "recall": 200 / 3, "f1": 200 / 3})
    of_ships = grounding_tallies(matches, labelled, 0.5, "ship")
    assert of_ships["precision"].value == pytest.approx(50)
    assert grounding_tallies(matches, labelled, 0.0)["precision"].value == pytest.approx(50)
    assert math.isnan(grounding_tallies([], labelled, 0.5)["precision"].value)
    assert grounding_tallies([], labelled, 0.5)["f1"].value == 0


def test_the_threshold_is_where_f1_is_best() -> None:
    found = [[ship(0, 0.9), ship(30, 0.6), *(ship(200 + 20 * i, 0.3) for i in range(5))]]
    labelled = [[label(0), label(30)]]
    matches = match_boxes(found, labelled, iou_closeness)
    assert choose_threshold(matches, 2) == 0.6


def test_the_threshold_does_not_part_equal_scores() -> None:
    found = [[ship(0, 0.5), ship(90, 0.5), ship(30, 0.4), ship(60, 0.4)]]
    labelled = [[label(0), label(30), label(60)]]
    # With 0.5 alone two are found, one right (F1 0.4); with 0.4 four, three right (F1 0.86).
    assert choose_threshold(match_boxes(found, labelled, iou_closeness), 3) == 0.4


def test_no_hit_at_all_keeps_nothing() -> None:
    assert choose_threshold([], 3) == math.inf
    assert choose_threshold(match_boxes([[ship(90, 0.5)]], [[label(0)]], iou_closeness), 1) == (
        math.inf
    )


def test_counts_of_categories_that_are_there() -> None:
    found = [[ship(0, 0.9), ship(20, 0.9)], [ship(0, 0.2)]]
    labelled = [[label(0)], [label(0), label(20), label(40)]]
    asked = [["ship", "bridge"], ["ship"]]
    scores = {k: t.value for k, t in count_errors(found, labelled, asked, 0.5).items()}
    # Two for one, none for three; the bridges that are not there are not asked.
    assert scores == pytest.approx({"count_exact": 0, "count_within_1": 50, "count_error": 2})
