"""How right each closed answer to a question is: one of them, or near ones too for counts."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from ..metrics.answers import normalise_answer, parse_count
from ..synthetic import Question

COUNT_SOFTNESS = 0.1
"""Of the relative error at which a count is e times less right. Counting 19 of 20 is nearly right,
1 of 2 is not; as for soft labels of ordinal classes (Diaz and Marathe 2019)."""


def closed_answer(question: Question) -> str:
    """How an answer is kept: counts in digits, other words without articles and punctuation."""
    if question.kind == "count":
        count = parse_count(question.answer)
        if count is not None:
            return str(count)
    return normalise_answer(question.answer)


class AnswerTargets:
    """Targets over the closed answers.

    Args:
        answers: number of each closed answer.
    """

    def __init__(self, answers: Mapping[str, int]) -> None:
        self._answers = answers
        numbered = [(int(text), i) for text, i in answers.items() if text.isdecimal()]
        self._counts = torch.tensor([count for count, _ in numbered], dtype=torch.float32)
        self._columns = torch.tensor([i for _, i in numbered], dtype=torch.int64)

    def __call__(self, question: Question) -> Tensor:
        """Float32 [A] that sums to 1, or to 0 where no closed answer is right."""
        target = torch.zeros(len(self._answers))
        said = closed_answer(question)
        if said.isdecimal() and len(self._counts):
            error = ((self._counts + 1) / (int(said) + 1)).log().abs()
            target[self._columns] = torch.softmax(-error / COUNT_SOFTNESS, dim=0)
        elif said in self._answers:
            target[self._answers[said]] = 1.0
        return target
