"""Answers are compared by what they say; confidence is judged apart from being right."""

from __future__ import annotations

import pytest

from model_training.floors import QuestionOnly
from model_training.metrics import (
    GivenAnswer,
    accuracy_by_coverage,
    answer_tallies,
    expected_calibration_error,
    is_correct,
    parse_count,
)
from model_training.metrics.answers import places
from model_training.synthetic import Question


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("eight", 8),
        ("8", 8),
        ("thirty-three", 33),
        ("about fifty", 50),
        ("One hundred and two", 102),
        ("two thousand five hundred", 2500),
        ("no", 0),
        ("zero", 0),
        ("several", None),
        ("many planes", None),
        ("", None),
        ("about", None),
    ],
)
def test_a_count_is_read_from_words_and_digits(text: str, number: int | None) -> None:
    assert parse_count(text) == number


def count(answer: str) -> Question:
    return Question("How many boats in the picture?", answer, "count")


@pytest.mark.parametrize(
    ("question", "answer", "right"),
    [
        (count("eight"), "8", True),
        (count("about fifty"), "fifty", True),
        (count("eight"), "nine", False),
        (count("several"), "Several.", True),
        (count("several"), "3", False),
        (count("3"), "several", False),
        (Question("Is there a ship?", "no", "presence"), "No", True),
        (Question("What is it?", "tennis court", "theme"), "a tennis court.", True),
        (Question("Where?", "left and right", "location"), "right and left", False),
    ],
)
def test_what_counts_as_the_same_answer(question: Question, answer: str, right: bool) -> None:
    assert is_correct(question, GivenAnswer(answer, 0.9)) is right


def test_a_right_answer_that_is_held_back_is_not_correct() -> None:
    assert not is_correct(count("8"), GivenAnswer("8", 0.1, abstained=True))


def test_places_ignore_order_and_wording() -> None:
    assert places("up and bottom") == places("Lower, upper")
    assert places("up, center and bottom") == places("top and middle and bottom")
    assert places("lower left") != places("left and bottom")


def test_accuracies_by_kind_within_one_and_answered() -> None:
    asked = [
        [count("8"), Question("Is there a ship?", "yes", "presence")],
        [count("5"), count("several"), Question("Where?", "up and left", "location")],
    ]
    given = [
        [GivenAnswer("9", 0.9), GivenAnswer("yes", 0.9)],
        [GivenAnswer("5", 0.9), GivenAnswer("7", 0.2, True), GivenAnswer("left and top", 0.9)],
    ]
    scores = {name: tally.value for name, tally in answer_tallies(asked, given).items()}
    assert scores["accuracy"] == pytest.approx(40)
    assert scores["accuracy_count"] == pytest.approx(100 / 3)
    # "several" has no number that 7 could be next to.
    assert scores["count_within_1"] == pytest.approx(200 / 3)
    assert scores["accuracy_presence"] == 100
    assert scores["accuracy_location"] == 0
    assert scores["location_any_wording"] == 100
    assert scores["coverage"] == 80
    assert scores["answered_accuracy"] == 50


def test_an_answer_missing_is_an_error_and_not_a_shift() -> None:
    with pytest.raises(ValueError, match="zip"):
        answer_tallies([[count("8"), count("9")]], [[GivenAnswer("8", 1.0)]])


def test_surer_answers_first_and_ties_by_expectation() -> None:
    curve = accuracy_by_coverage(
        [0.9, 0.5, 0.5, 0.1], [True, True, False, False], [0.25, 0.5, 0.75, 1.0]
    )
    assert curve == [
        (0.25, pytest.approx(100)),
        (0.5, pytest.approx(75)),
        (0.75, pytest.approx(200 / 3)),
        (1.0, pytest.approx(50)),
    ]
    assert accuracy_by_coverage([], [], [0.5]) == []


def test_calibration_error_by_hand() -> None:
    # Two bins: 0.9 right one time in two (gap 0.4), 0.2 right never (gap 0.2).
    error = expected_calibration_error([0.9, 0.9, 0.2, 0.2], [True, False, False, False])
    assert error == pytest.approx(0.3)
    assert expected_calibration_error([1.0, 0.0], [True, False]) == pytest.approx(0)


def test_question_only_gives_the_commonest_answer_of_the_question() -> None:
    trees = "Does this picture contain trees?"
    train = [Question(trees, answer, "presence") for answer in ("yes", "yes", "no")]
    train += [Question("How many boats in the picture?", a, "count") for a in ("two", "Two", "9")]
    floor = QuestionOnly.learn(train)
    assert floor.guess(trees.upper()) == GivenAnswer("yes", 2 / 3)
    assert floor.guess("How many red boats in the picture?").text == "two"
    assert [a.text for a in floor.answer([None, None], [trees, trees])] == ["yes", "yes"]
