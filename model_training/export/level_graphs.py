"""The graphs that a model of three levels has beside a conventional one's."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ..model.answers import AnswerHead
from ..model.levels import LEVELS
from ..model.modelling import MsVlamModel
from ..model.multilevel import MultiLevel, Retrieved

VISION_OUTPUTS = (
    "tokens",
    "embedding",
    "cells",
    "regions",
    "objects",
    "fine",
    "fine_cells",
    "boxes",
)


class LevelVision(nn.Module):
    """Pixels and metres per pixel to everything an image is asked for, knowledge not yet fused."""

    def __init__(self, model: MsVlamModel, levels: MultiLevel) -> None:
        super().__init__()
        self.vision = model.vision
        self.levels = levels

    def forward(self, pixels: Tensor, metres: Tensor) -> tuple[Tensor, ...]:
        """See docs/bundle-format.md for the outputs."""
        seen = self.vision(pixels)
        found = self.levels(seen, metres)
        return (
            found.tokens,
            seen.embedding,
            seen.cells,
            found.regions,
            found.objects,
            found.fine,
            found.grounding.cells,
            found.grounding.boxes,
        )


class Fusion(nn.Module):
    """Tokens and the retrieved entries of each level to fused tokens."""

    def __init__(self, levels: MultiLevel, counts: tuple[int, int, int]) -> None:
        super().__init__()
        self.levels = levels
        self.counts = counts

    def forward(self, tokens: Tensor, *entries: Tensor) -> Tensor:
        """`entries` are embeddings and similarities of the levels, in their order."""
        retrieved = {
            level: Retrieved(entries[2 * i], entries[2 * i + 1]) for i, level in enumerate(LEVELS)
        }
        return self.levels.fuse(tokens, self.counts, retrieved)


def fusion_inputs() -> tuple[str, ...]:
    """Names of the fusion graph's inputs after `tokens`."""
    return tuple(f"{level}_{part}" for level in LEVELS for part in ("entries", "similarity"))


class Answers(nn.Module):
    """Embedded questions and their images' tokens to logits over answers, and the cells counted."""

    def __init__(self, head: AnswerHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, question: Tensor, tokens: Tensor, fine: Tensor) -> tuple[Tensor, Tensor]:
        """One question a row."""
        return self.head(question, tokens, fine)


@torch.no_grad()
def level_shapes(model: MsVlamModel) -> tuple[tuple[int, int, int], tuple[int, int]]:
    """Tokens of each level, and the fine map's rows and columns, at the model's input size."""
    size = model.config.image_size
    levels = model.read_levels(model.vision(torch.zeros(1, 3, size, size)))
    if levels is None:
        raise ValueError("A model of the global level only has no level tokens.")
    return levels.counts, levels.fine_shape
