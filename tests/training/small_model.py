"""A tiny model with every part, and a batch for it."""

from __future__ import annotations

from typing import Any

import torch

from model_training.model.alignment import PhraseSpans
from model_training.model.configuration import MsVlamConfig
from model_training.model.grounding import BoxTargets
from model_training.model.modelling import MsVlamModel
from model_training.model.objectives import (
    WHOLE,
    Batch,
    Boxes,
    Captions,
    LossWeights,
    Questions,
    Written,
)

SIZE, VOCABULARY = 64, 50


def small_model(**changes: Any) -> MsVlamModel:
    """Deterministic random weights."""
    torch.manual_seed(0)
    settings: dict[str, Any] = {
        "vision_config": {"depth_multiplier": 0.35, "image_size": SIZE},
        "text_config": {
            "vocab_size": VOCABULARY,
            "hidden_size": 32,
            "num_hidden_layers": 1,
            "num_attention_heads": 4,
            "intermediate_size": 64,
        },
        "image_size": SIZE,
        "embedding_size": 32,
        "decoder_vocabulary_size": VOCABULARY,
        "decoder_layers": 1,
        "decoder_width": 32,
        "decoder_dropout": 0.0,
        "scene_names": ("beach", "forest"),
        "multi_level": True,
        "object_queries": 3,
        "experts": "soft",
        "knowledge": True,
        "answers": ("yes", "no", "2"),
    }
    return MsVlamModel(MsVlamConfig(**{**settings, **changes}))


def texts(*lengths: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Random ids of these lengths, and their mask."""
    count = max(lengths)
    mask = (torch.arange(count) < torch.tensor(lengths)[:, None]).long()
    return torch.randint(8, VOCABULARY, (len(lengths), count)) * mask, mask


def small_batch() -> Batch:
    """Three images: one captioned twice, a mosaic with two described cells, one with boxes and a
    question."""
    torch.manual_seed(1)
    ids, mask = texts(7, 5, 4, 6)
    asked, asked_mask = texts(5)
    written, written_mask = texts(6)
    phrase, phrase_mask = texts(3, 4)
    target = written_mask.bool().clone()
    target[:, :4] = False
    return Batch(
        images=255 * torch.rand(3, 3, SIZE, SIZE),
        captions=Captions(
            ids,
            mask,
            torch.tensor([0, 0, 1, 1]),
            torch.tensor([WHOLE, WHOLE, 0, 3]),
            PhraseSpans(torch.tensor([0, 0, 1]), torch.tensor([1, 4, 1]), torch.tensor([3, 6, 3])),
        ),
        scene=torch.tensor([1, -1, -1]),
        metres=torch.tensor([0.3, 0.0, 0.0]),
        questions=Questions(asked, asked_mask, torch.tensor([2]), torch.eye(3)[[2]]),
        written=Written(written, written_mask, target, torch.tensor([2])),
        boxes=Boxes(
            phrase,
            phrase_mask,
            BoxTargets(
                torch.tensor([2, 2]),
                torch.tensor([0, 0]),
                torch.tensor([[0.3, 0.3, 0.2, 0.1], [0.8, 0.6, 0.2, 0.3]]),
                torch.tensor([[False, False], [False, False], [True, True]]),
            ),
        ),
        weights=LossWeights(1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 1, 0.5, label_smoothing=0.1),
    )
