"""Temperatures of the answers, fitted on validation data: one for each kind of question that has
enough of them. A model that is rarely wrong about what is there may well be too sure of how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor

from rs_vlm_plugin.engine.ask.question import read_question

from ..augment import centre_resize
from ..checkpoint import Checkpoint
from ..data.answer_targets import closed_answer
from ..data.image_text import ImageText
from ..data.pixels import pixel_cache
from ..data.tokens import tokenise
from ..model.modelling import MsVlamModel
from .calibrate import best_scale, error_of
from .level_manifest import LevelCalibration

LEAST_OF_A_KIND = 40
"""Questions of a kind whose temperature is fitted by itself."""


def calibrate_levels(
    checkpoint: Checkpoint, records: Sequence[ImageText], max_tokens: int
) -> LevelCalibration:
    """What a model of three levels needs beside `Calibration`; the defaults where it has no answer
    head or `records` no questions."""
    if checkpoint.model.answer_head is None:
        return LevelCalibration()
    logits, truth, kinds = answer_logits(
        checkpoint.model, checkpoint.tokenizer, records, max_tokens
    )
    if not len(truth):
        return LevelCalibration()
    scales = torch.logspace(-0.7, 0.7, 57)
    scale = best_scale(logits, truth, scales)
    by_kind = {}
    scaled = logits * scale
    for kind, count in Counter(kinds).items():
        rows = torch.tensor([row for row, other in enumerate(kinds) if other == kind])
        if count >= LEAST_OF_A_KIND:
            own = best_scale(logits[rows], truth[rows], scales)
            by_kind[kind] = round(1 / own, 4)
            scaled[rows] = logits[rows] * own
    return LevelCalibration(1 / scale, error_of(scaled, truth), by_kind)


@torch.no_grad()
def answer_logits(
    model: MsVlamModel, tokenizer: Tokenizer, records: Sequence[ImageText], max_tokens: int
) -> tuple[Tensor, Tensor, list[str]]:
    """Logits [Q, A], true answers [Q] and kinds of all questions that have a closed answer."""
    if model.answer_head is None:
        raise ValueError("The model has no answer head.")
    size = model.config.image_size
    number = {answer: i for i, answer in enumerate(model.config.answers)}
    logits, truth, kinds = [], [], []
    for record in records:
        asked = [q for q in record.questions if closed_answer(q) in number]
        if not asked:
            continue
        pixels = centre_resize(torch.from_numpy(pixel_cache([record], size)), size)
        seen = model.encode_images(pixels)
        levels = model.read_levels(seen)
        if levels is None:
            raise ValueError("A model of the global level only answers no questions.")
        ids, mask = tokenise(tokenizer, [q.question for q in asked], max_tokens)
        memory = model.memory(seen, levels)
        rows = torch.zeros(len(asked), dtype=torch.int64)
        found, _ = model.answer_head(model.text(ids, mask), memory[rows], levels.fine[rows])
        logits.append(found)
        truth += [number[closed_answer(q)] for q in asked]
        # As the engine reads the question, which looks the temperature up by it.
        kinds += [read_question(q.question).kind for q in asked]
    if not truth:
        return torch.zeros(0, len(number)), torch.zeros(0, dtype=torch.int64), []
    return torch.cat(logits), torch.tensor(truth), kinds
