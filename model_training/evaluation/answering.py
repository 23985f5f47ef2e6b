"""Questions and answers: accuracy by kind, what abstaining gains, and the question-only floor."""

from __future__ import annotations

from collections.abc import Sequence

from ..ceilings import honest_calibration_error, reader_scores
from ..data.records import ImageText
from ..floors import QuestionOnly
from ..metrics import GivenAnswer, accuracy_by_coverage, answer_tallies, is_correct
from .interfaces import Answerer, Pixels
from .result import MODEL, TaskResult

COVERAGES = tuple(share / 20 for share in range(1, 21))
QUESTIONS_AT_ONCE = 64


class AnswersMissing(ValueError):
    """A model gave fewer or more answers than it was asked for."""


def evaluate_answers(
    answerer: Answerer, records: Sequence[ImageText], train: Sequence[ImageText]
) -> TaskResult:
    """Ask every question of every record.

    Args:
        answerer: the model.
        records: images; those without a question are left out.
        train: records whose questions the question-only floor learns from.

    Raises:
        AnswersMissing: not one answer per question came back.
    """
    asked = [record for record in records if record.questions]
    given = ask(answerer, asked)
    questions = [record.questions for record in asked]
    tallies = answer_tallies(questions, given)
    rows = {MODEL: {name: tally.value for name, tally in tallies.items()}}
    learned = [question for record in train for question in record.questions]
    if learned:
        floor = QuestionOnly.learn(learned)
        guesses = [[floor.guess(q.question) for q in of_image] for of_image in questions]
        rows["floor: question only"] = {
            name: tally.value for name, tally in answer_tallies(questions, guesses).items()
        }
    if read := reader_scores(asked):
        rows["ceiling: a careful reader, of the questions one answered"] = read
    flat = [
        # What it would have said, had it not held back: the curve shows what holding back gains.
        (answer.confidence, is_correct(question, GivenAnswer(answer.text, answer.confidence)))
        for of_image, answers in zip(questions, given, strict=True)
        for question, answer in zip(of_image, answers, strict=True)
    ]
    sure, right = [item[0] for item in flat], [item[1] for item in flat]
    rows |= honest_calibration_error(sure)
    details = {
        "questions": len(flat),
        "accuracy_by_coverage": accuracy_by_coverage(sure, right, COVERAGES),
        "answers": [[answer.text for answer in answers] for answers in given],
    }
    ids = tuple(record.image_id for record in asked)
    return TaskResult("questions", ids, rows, tallies, details)


def ask(answerer: Answerer, records: Sequence[ImageText]) -> list[list[GivenAnswer]]:
    """The answers to each record's questions, in their order."""
    given: list[list[GivenAnswer]] = []
    images: list[Pixels] = []
    texts: list[str] = []
    counts: list[int] = []
    for record in records:
        pixels = record.rgb()
        images += [pixels] * len(record.questions)
        texts += [question.question for question in record.questions]
        counts.append(len(record.questions))
        if len(texts) >= QUESTIONS_AT_ONCE or record is records[-1]:
            given += _answers(answerer, images, texts, counts)
            images, texts, counts = [], [], []
    return given


def _answers(
    answerer: Answerer, images: list[Pixels], texts: list[str], counts: list[int]
) -> list[list[GivenAnswer]]:
    found = [
        GivenAnswer(item.text, float(item.confidence), bool(item.abstained))
        for item in answerer.answer(images, texts)
    ]
    if len(found) != len(texts):
        raise AnswersMissing(f"{len(texts)} questions got {len(found)} answers.")
    parts = []
    for count in counts:
        parts.append(found[:count])
        found = found[count:]
    return parts
