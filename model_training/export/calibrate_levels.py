"""Temperature of the answers, fitted on validation data."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor

from ..augment import centre_resize
from ..checkpoint import Checkpoint
from ..data.answer_targets import closed_answer
from ..data.image_text import ImageText
from ..data.pixels import pixel_cache
from ..data.tokens import tokenise
from ..model.modelling import MsVlamModel
from .calibrate import best_scale, error_of
from .level_manifest import LevelCalibration


def calibrate_levels(
    checkpoint: Checkpoint, records: Sequence[ImageText], max_tokens: int
) -> LevelCalibration:
    """What a model of three levels needs beside `Calibration`; the defaults where it has no answer
    head or `records` no questions."""
    if checkpoint.model.answer_head is None:
        return LevelCalibration()
    logits, truth = answer_logits(checkpoint.model, checkpoint.tokenizer, records, max_tokens)
    if not len(truth):
        return LevelCalibration()
    scale = best_scale(logits, truth, torch.logspace(-0.7, 0.7, 57))
    return LevelCalibration(1 / scale, error_of(logits * scale, truth))


@torch.no_grad()
def answer_logits(
    model: MsVlamModel, tokenizer: Tokenizer, records: Sequence[ImageText], max_tokens: int
) -> tuple[Tensor, Tensor]:
    """Logits [Q, A] and true answers [Q] of all questions that have a closed answer."""
    if model.answer_head is None:
        raise ValueError("The model has no answer head.")
    size = model.config.image_size
    number = {answer: i for i, answer in enumerate(model.config.answers)}
    logits, truth = [], []
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
    if not truth:
        return torch.zeros(0, len(number)), torch.zeros(0, dtype=torch.int64)
    return torch.cat(logits), torch.tensor(truth)
