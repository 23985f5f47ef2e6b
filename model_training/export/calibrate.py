"""Temperatures fitted on validation data, so that a confidence means what it says (Guo et al.
2017)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from ..augment import centre_resize
from ..data.pixels import pixel_cache
from ..data.records import ImageText
from ..data.tokens import tokenise
from ..metrics import expected_calibration_error
from ..model.modelling import MsVlamModel

LABEL_PROMPTS = ("this is {label}", "it is {label}", "a photo of {label}")
"""Scenes are named by the mean of these, which did best on validation images."""


@dataclass(frozen=True)
class Calibration:
    """`caption_temperature` divides decoder logits; `label_scale` multiplies label similarities.
    Of a language model, which no bundle holds, nothing is fitted.

    The `_ece` values are expected calibration errors on the same validation data, 15 equal bins.
    """

    caption_temperature: float
    label_scale: float
    token_ece: float | None
    label_ece: float | None


@torch.no_grad()
def calibrate(
    model: MsVlamModel, tokenizer: Tokenizer, records: list[ImageText], max_tokens: int
) -> Calibration:
    """Fit both temperatures by the likelihood of validation captions and scene names."""
    seen = [_encode(model, records[i : i + 64]) for i in range(0, len(records), 64)]
    tokens = torch.cat([part[0] for part in seen])
    embeddings = torch.cat([part[1] for part in seen])
    inverse, token_ece = 1.0, None
    if model.config.language_model is None:
        logits, targets = _next_tokens(model, tokenizer, records, tokens, max_tokens)
        inverse = best_scale(logits, targets, torch.logspace(-0.5, 0.5, 41))
        token_ece = error_of(logits * inverse, targets)
    scenes = sorted({record.scene for record in records if record.scene})
    labelled = [i for i, record in enumerate(records) if record.scene]
    if len(scenes) < 2:
        return Calibration(1 / inverse, model.logit_scale.item(), token_ece, None)
    texts = [prompt.format(label=s) for s in scenes for prompt in LABEL_PROMPTS]
    put = model.text(*tokenise(tokenizer, texts, max_tokens))
    names = functional.normalize(put.view(len(scenes), len(LABEL_PROMPTS), -1).mean(dim=1), dim=-1)
    similarity = embeddings[labelled] @ names.T
    truth = torch.tensor([scenes.index(records[i].scene) for i in labelled])
    scale = best_scale(similarity, truth, torch.logspace(0.3, 2.3, 81))
    return Calibration(1 / inverse, scale, token_ece, error_of(similarity * scale, truth))


def _encode(model: MsVlamModel, records: list[ImageText]) -> tuple[Tensor, Tensor]:
    size = model.config.image_size
    pixels = centre_resize(torch.from_numpy(pixel_cache(records, size)), size)
    seen = model.encode_images(pixels)
    # Over the quarter turns, as the engine classifies.
    turns = [seen.embedding]
    turns += [model.encode_images(torch.rot90(pixels, k, (2, 3))).embedding for k in (1, 2, 3)]
    turned = functional.normalize(torch.stack(turns).sum(dim=0), dim=-1)
    return model.memory(seen, model.read_levels(seen)), turned


def _next_tokens(
    model: MsVlamModel,
    tokenizer: Tokenizer,
    records: list[ImageText],
    tokens: Tensor,
    max_tokens: int,
) -> tuple[Tensor, Tensor]:
    """Logits [M, K] and true next tokens [M] of every caption, teacher-forced."""
    logits, targets = [], []
    for image, record in enumerate(records):
        ids, mask = tokenise(tokenizer, record.captions, max_tokens)
        ids = torch.where(ids < model.config.decoder_vocabulary_size, ids, 1)
        scores = model.small_decoder(ids[:, :-1], tokens[image].expand(len(ids), -1, -1))
        real = mask[:, 1:].bool()
        logits.append(scores[real])
        targets.append(ids[:, 1:][real])
    return torch.cat(logits), torch.cat(targets)


def best_scale(logits: Tensor, targets: Tensor, scales: Tensor) -> float:
    """The factor on the logits under which the targets are likeliest."""
    losses = [functional.cross_entropy(logits * scale, targets).item() for scale in scales]
    return float(scales[int(np.argmin(losses))])


def error_of(logits: Tensor, targets: Tensor) -> float:
    """Expected calibration error of the likeliest classes, logits [N, K] and targets [N]."""
    confidence, chosen = logits.softmax(dim=-1).max(dim=-1)
    return expected_calibration_error(confidence.tolist(), (chosen == targets).tolist())
