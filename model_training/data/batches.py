"""Items to the batch that the model is trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import torch
from tokenizers import Tokenizer

from ..language_tokens import LanguageTokens
from ..model.alignment import PhraseSpans
from ..model.grounding import BoxTargets
from ..model.objectives import WHOLE, Batch, Boxes, Captions, Questions, Written
from ..vocabulary import (
    BOS_ID,
    EOS_ID,
    OBJECTS_PROMPT_ID,
    QUESTION_PROMPT_ID,
    REGION_PROMPT_ID,
)
from .answer_targets import AnswerTargets, closed_answer
from .draws import own_draws
from .items import TrainingItem
from .tokens import chunk_spans, cut, padded, tokenise
from .wordings import wordings


@dataclass
class Collator:
    """Stacks images and turns texts into tokens, all captions of the first image first.

    `answers` numbers the closed answers; `categories` are the boxed ones, each asked for in one
    wording a batch. `chunks` finds the captions' noun chunks (costs a second tokenisation).
    `language` are the tokens of the language model that writes, `language_max_tokens` at most; None
    for the small decoder, whose tokens are the text tower's.
    """

    # Not named `tokenizer`: the Trainer would take it for one of transformers' and try to save it.
    wordpiece: Tokenizer
    max_tokens: int
    answers: Mapping[str, int] = field(default_factory=dict)
    categories: Sequence[str] = ()
    chunks: bool = False
    language: LanguageTokens | None = None
    language_max_tokens: int = 0

    def __call__(self, items: list[TrainingItem]) -> dict[str, Batch]:
        """`{"batch": ...}`, images uint8 still: augmentation is the device's work."""
        return {
            "batch": Batch(
                images=torch.stack([item.image for item in items]),
                captions=self._captions(items),
                scene=torch.tensor([item.scene for item in items]),
                metres=torch.tensor([item.metres for item in items]),
                records=torch.tensor([item.record for item in items]),
                upright=torch.tensor([item.upright for item in items]),
                questions=self._questions(items),
                written=self._written(items),
                boxes=self._boxes(items),
            )
        }

    def _captions(self, items: list[TrainingItem]) -> Captions:
        texts = [text for item in items for text in item.captions]
        ids, mask = tokenise(self.wordpiece, texts, self.max_tokens)
        spans = [
            (row, *span)
            for row, text in enumerate(texts if self.chunks else ())
            for span in chunk_spans(self.wordpiece, text, self.max_tokens)
        ]
        columns = torch.tensor(spans, dtype=torch.int64).reshape(-1, 3).T
        image = [i for i, item in enumerate(items) for _ in item.captions]
        cells = [cell for item in items for cell in item.cells]
        said = None
        if self.language is not None:
            prompts = [BOS_ID if cell == WHOLE else REGION_PROMPT_ID for cell in cells]
            said = _written(
                [
                    (i, *self._prompted(prompt, "", text))
                    for i, prompt, text in zip(image, prompts, texts, strict=True)
                ]
            )
        return Captions(
            ids, mask, torch.tensor(image), torch.tensor(cells), PhraseSpans(*columns), said
        )

    def _questions(self, items: list[TrainingItem]) -> Questions | None:
        asked = [(i, q) for i, item in enumerate(items) for q in item.questions]
        if not asked or not self.answers:
            return None
        target = AnswerTargets(self.answers)
        ids, mask = tokenise(self.wordpiece, [q.question for _, q in asked], self.max_tokens)
        return Questions(
            ids,
            mask,
            torch.tensor([i for i, _ in asked]),
            torch.stack([target(q) for _, q in asked]),
        )

    def _written(self, items: list[TrainingItem]) -> Written | None:
        rows = [
            (i, *self._prompted(OBJECTS_PROMPT_ID, "", item.object_list))
            for i, item in enumerate(items)
            if item.object_list
        ]
        if self.answers:
            rows += [
                (i, *self._prompted(QUESTION_PROMPT_ID, q.question, closed_answer(q)))
                for i, item in enumerate(items)
                for q in item.questions
            ]
        return _written(rows) if rows else None

    def _prompted(self, prompt_id: int, prompt: str, text: str) -> tuple[list[int], int]:
        """Ids of prompt and text, and how many of them are the prompt's."""
        if self.language is not None:
            said, told = self.language.prompted(prompt_id, prompt, text)
            return cut(said, self.language_max_tokens), min(told, self.language_max_tokens)
        before = [prompt_id]
        if prompt:
            before += [*self._bare(prompt), EOS_ID]
        ids = [*before, *self._bare(text), EOS_ID]
        return cut(ids, self.max_tokens), min(len(before), self.max_tokens)

    def _bare(self, text: str) -> list[int]:
        return self.wordpiece.encode(text, add_special_tokens=False).ids

    def _boxes(self, items: list[TrainingItem]) -> Boxes | None:
        if not any(item.labelled for item in items):
            return None
        number = {name: i for i, name in enumerate(self.categories)}
        with own_draws(items[0].seed):
            said = [_one_of(wordings(name)) for name in self.categories]
        ids, mask = tokenise(self.wordpiece, said, self.max_tokens)
        found = [(i, number[b.category], b.box) for i, item in enumerate(items) for b in item.boxes]
        labelled = torch.zeros(len(items), len(number), dtype=torch.bool)
        for i, item in enumerate(items):
            labelled[i, [number[name] for name in item.labelled]] = True
        return Boxes(
            ids,
            mask,
            BoxTargets(
                torch.tensor([i for i, _, _ in found], dtype=torch.int64),
                torch.tensor([p for _, p, _ in found], dtype=torch.int64),
                torch.tensor([b for _, _, b in found]).reshape(-1, 4),
                labelled,
            ),
        )


def _written(rows: Sequence[tuple[int, list[int], int]]) -> Written:
    """Texts for the decoder from image, ids and how many of the ids are the prompt's."""
    ids, mask = padded([text for _, text, _ in rows])
    target = torch.zeros_like(ids, dtype=torch.bool)
    for row, (_, text, prompt) in enumerate(rows):
        target[row, prompt : len(text)] = True
    return Written(ids, mask, target, torch.tensor([i for i, _, _ in rows]))


def _one_of(texts: Sequence[str]) -> str:
    """The first one half of the time, else any."""
    if len(texts) == 1 or torch.rand(()).item() < 0.5:
        return texts[0]
    return texts[int(torch.randint(1, len(texts), ()).item())]
