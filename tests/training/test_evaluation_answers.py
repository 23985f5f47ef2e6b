"""Any object that answers can be scored; the question-only floor stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from model_training.data.drawn import drawn_records
from model_training.data.records import ImageText
from model_training.evaluation import Answerer, evaluate_answers
from model_training.evaluation.answering import AnswersMissing
from model_training.floors import QuestionOnly
from model_training.metrics import GivenAnswer


@pytest.fixture(scope="module")
def train() -> list[ImageText]:
    return drawn_records(60, seed=3)[0]


@pytest.fixture(scope="module")
def records() -> list[ImageText]:
    return drawn_records(30, seed=4)[0]


class Knowing:
    """Looks the image's own answers up, and holds back what it is told to doubt."""

    def __init__(self, records: Sequence[ImageText], doubt: str = "") -> None:
        self._answers = {
            (record.rgb().tobytes(), question.question): question.answer
            for record in records
            for question in record.questions
        }
        self._doubt = doubt

    def answer(self, images: Sequence[np.ndarray], questions: Sequence[str]) -> list[GivenAnswer]:
        given = []
        for image, question in zip(images, questions, strict=True):
            doubts = bool(self._doubt) and question.startswith(self._doubt)
            text = self._answers[image.tobytes(), question]
            given.append(GivenAnswer(text, 0.1 if doubts else 1.0, doubts))
        return given


def test_one_who_knows_every_answer_is_always_right(
    records: list[ImageText], train: list[ImageText]
) -> None:
    knowing = Knowing(records)
    assert isinstance(knowing, Answerer)
    result = evaluate_answers(knowing, records, train)
    assert result.scores["accuracy"] == result.scores["coverage"] == 100
    assert result.scores["calibration_error"] == pytest.approx(0)
    assert {"accuracy_count", "accuracy_presence", "count_within_1"} <= set(result.scores)
    assert result.image_ids == tuple(record.image_id for record in records)


def test_the_floor_scores_as_the_floor(records: list[ImageText], train: list[ImageText]) -> None:
    learned = QuestionOnly.learn([q for record in train for q in record.questions])
    result = evaluate_answers(learned, records, train)
    assert result.rows["model"] == result.rows["floor: question only"]
    # It sees no image: better than nothing, worse than one who looks.
    assert 20 < result.scores["accuracy"] < 95


def test_holding_back_costs_accuracy_and_keeps_the_curve(
    records: list[ImageText], train: list[ImageText]
) -> None:
    result = evaluate_answers(Knowing(records, doubt="How many"), records, train)
    assert result.scores["answered_accuracy"] == 100
    assert result.scores["accuracy"] == result.scores["coverage"] < 100
    assert result.scores["accuracy_count"] == 0
    # The answers that it held back were right: had it spoken, so would the curve say.
    assert result.details["accuracy_by_coverage"][-1] == (1.0, 100.0)


def test_images_without_questions_are_left_out(records: list[ImageText]) -> None:
    mute = ImageText("drawn/mute", "", (), records[0].encoded)
    result = evaluate_answers(Knowing(records), [mute, *records[:2], mute], [])
    assert result.image_ids == tuple(record.image_id for record in records[:2])
    assert not any(name.startswith("floor") for name in result.rows)


def test_a_lost_answer_is_an_error(records: list[ImageText], train: list[ImageText]) -> None:
    class Forgetful(Knowing):
        def answer(
            self, images: Sequence[np.ndarray], questions: Sequence[str]
        ) -> list[GivenAnswer]:
            return super().answer(images, questions)[:-1]

    with pytest.raises(AnswersMissing, match=r"\d+ questions got \d+ answers"):
        evaluate_answers(Forgetful(records), records, train)
