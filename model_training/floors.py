"""Scores anyone gets without looking at the image: what a caption score has to be read against."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .data.records import ImageText, Question
from .metrics import GivenAnswer, plain_words
from .metrics.answers import normalise_answer


def medoid(captions: Sequence[str]) -> str:
    """The caption closest to all others: highest mean cosine of tf-idf weighted words and word
    pairs.

    Repeated captions count as often as they occur. Quadratic in the number of distinct captions.
    """
    counts = Counter(captions)
    distinct = sorted(counts)
    weights = np.array([counts[caption] for caption in distinct], dtype=np.float64)
    matrix = _tf_idf([_grams(caption) for caption in distinct], weights)
    centre = weights @ matrix
    return distinct[int((matrix @ centre).argmax())]


def _grams(caption: str) -> Counter[str]:
    words = plain_words(caption).split()
    return Counter(words + [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)])


def _tf_idf(documents: list[Counter[str]], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    column = {
        gram: i for i, gram in enumerate(sorted({g for document in documents for g in document}))
    }
    matrix = np.zeros((len(documents), len(column)))
    for row, document in enumerate(documents):
        for gram, count in document.items():
            matrix[row, column[gram]] = count
    frequency = weights @ (matrix > 0)
    matrix *= np.log(weights.sum() / frequency) + 1e-6
    return matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)


def floor_captions(train: Sequence[ImageText], test: Sequence[ImageText]) -> dict[str, list[str]]:
    """Captions for `test` by two rules that never see a pixel.

    `best single caption` says the medoid of all class medoids everywhere; `class lookup` knows the
    true scene class and says that class's medoid training caption.
    """
    by_scene: dict[str, list[str]] = defaultdict(list)
    for record in train:
        by_scene[record.scene].extend(record.captions)
    medoids = {scene: medoid(captions) for scene, captions in by_scene.items()}
    overall = medoid(
        [caption for captions in by_scene.values() for caption in sorted(set(captions))[:200]]
    )
    return {
        "best single caption": [overall] * len(test),
        "class lookup": [medoids.get(record.scene, overall) for record in test],
    }


def chance_recall(images: int, captions_per_image: float) -> dict[str, float]:
    """Expected recalls in percent of a random ranking, by image to text and text to image."""
    texts = images * captions_per_image
    scores = {}
    for k in (1, 5, 10):
        scores[f"i2t_r{k}"] = 100 * (1 - (1 - k / texts) ** captions_per_image)
        scores[f"t2i_r{k}"] = 100 * k / images
    scores["mean_recall"] = float(np.mean(list(scores.values())))
    return scores


@dataclass(frozen=True)
class QuestionOnly:
    """Answers by the question alone: the commonest training answer to its words.

    Questions of these data are templates, so that an answer learnt per question is what a
    classifier that reads no image comes down to. A question never seen is taken for the known one
    that shares most words with it. The confidence is the answer's share in training.
    """

    answers: dict[str, Counter[str]]

    @classmethod
    def learn(cls, questions: Sequence[Question]) -> QuestionOnly:
        """Count the training answers of each question."""
        answers: dict[str, Counter[str]] = defaultdict(Counter)
        for question in questions:
            answers[plain_words(question.question)][normalise_answer(question.answer)] += 1
        return cls(dict(answers))

    def guess(self, question: str) -> GivenAnswer:
        """The commonest answer, the alphabetically first of equals."""
        words = plain_words(question)
        counts = self.answers.get(words) or self.answers[self._closest(words)]
        text, count = min(counts.items(), key=lambda item: (-item[1], item[0]))
        return GivenAnswer(text, count / sum(counts.values()))

    def _closest(self, words: str) -> str:
        wanted = set(words.split())

        def likeness(known: str) -> tuple[float, int, str]:
            own = set(known.split())
            asked = sum(self.answers[known].values())
            return len(own & wanted) / max(1, len(own | wanted)), asked, known

        return max(self.answers, key=likeness)

    def answer(self, images: Sequence[object], questions: Sequence[str]) -> list[GivenAnswer]:
        """As a model that answers questions would be asked; the images are not looked at."""
        return [self.guess(question) for question in questions]
