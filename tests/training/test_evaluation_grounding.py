"""Any object that finds boxes can be scored; its threshold comes from validation images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from model_training.data.drawn import drawn_records
from model_training.data.records import ImageText, LabelledBox
from model_training.evaluation import Grounder, evaluate_grounding


@dataclass(frozen=True)
class Place:
    phrase: str
    bbox: tuple[float, float, float, float]
    score: float


class Noisy:
    """Finds the labelled boxes moved by so many of their sizes, and false ones of low score."""

    def __init__(self, records: Sequence[ImageText], shift: float, false_boxes: int = 0) -> None:
        self._boxes = {record.rgb().tobytes(): record.boxes for record in records}
        self._shift = shift
        self._false_boxes = false_boxes
        self.asked: list[list[str]] = []

    def find(self, image: np.ndarray, phrases: Sequence[str]) -> list[Place]:
        self.asked.append(list(phrases))
        found = []
        for box in self._boxes[image.tobytes()]:
            left, top = box.x_min + self._shift * box.width, box.y_min
            found.append(Place(box.category, (left, top, left + box.width, top + box.height), 0.8))
        for phrase in phrases:
            found += [Place(phrase, (-50, -50, -40, -40), 0.3)] * self._false_boxes
        return found


@pytest.fixture(scope="module")
def records() -> list[ImageText]:
    return [record for record in drawn_records(40, seed=4)[0] if record.boxes][:12]


@pytest.fixture(scope="module")
def validation() -> list[ImageText]:
    return [record for record in drawn_records(40, seed=6)[0] if record.boxes][:8]


def test_the_labelled_boxes_themselves_score_full(
    records: list[ImageText], validation: list[ImageText]
) -> None:
    exact = Noisy([*records, *validation], shift=0)
    assert isinstance(exact, Grounder)
    result = evaluate_grounding(exact, records, validation)
    for name in ("iou50_f1", "centre_f1", "centre_precision", "centre_recall", "count_exact"):
        assert result.scores[name] == pytest.approx(100), name
    assert result.scores["count_error"] == 0
    assert any(who.startswith("model, ") for who in result.rows)


def test_a_third_of_a_width_off_hits_by_centre_but_not_by_overlap(
    records: list[ImageText], validation: list[ImageText]
) -> None:
    # Overlap of two equal boxes 0.4 widths apart is 0.6 / 1.4.
    result = evaluate_grounding(Noisy([*records, *validation], 0.4), records, validation)
    assert result.scores["iou50_recall"] < 20
    assert result.scores["centre_recall"] > 80


def test_false_boxes_of_low_score_are_cut_off_by_validation(
    records: list[ImageText], validation: list[ImageText]
) -> None:
    noisy = Noisy([*records, *validation], shift=0, false_boxes=5)
    result = evaluate_grounding(noisy, records, validation)
    assert result.scores["centre_precision"] == pytest.approx(100)
    assert result.details == {"threshold": 0.8, "threshold_from": "validation"}


def test_one_who_finds_nothing_has_no_recall(
    records: list[ImageText], validation: list[ImageText]
) -> None:
    class Blind(Noisy):
        def find(self, image: np.ndarray, phrases: Sequence[str]) -> list[Place]:
            return []

    result = evaluate_grounding(Blind([], 0), records, validation)
    assert result.scores["centre_recall"] == result.scores["centre_f1"] == 0
    assert np.isnan(result.scores["centre_precision"])
    plain = result.to_json()
    assert plain["threshold"] is plain["scores"]["model"]["centre_precision"] is None


def test_vehicles_are_searched_for_where_they_are_labelled(records: list[ImageText]) -> None:
    ship, car = LabelledBox("ship", 0, 0, 9, 9), LabelledBox("vehicle", 20, 20, 5, 5)
    first, second = (
        ImageText(record.image_id, "", (), record.encoded, boxes=boxes)
        for record, boxes in zip(records[:2], ((ship,), (ship, car)), strict=True)
    )
    exact = Noisy([first, second], 0)
    evaluate_grounding(exact, [first, second], [first, second])
    assert exact.asked == [["ship"], ["ship", "vehicle"]]
