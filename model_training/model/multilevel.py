"""The three-level part of the model: level tokens, what each level says in the shared space, and
what knowledge adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from .configuration import MsVlamConfig
from .experts import DenseBlock, SemanticExperts
from .fusion import KnowledgeFusion
from .grounding import GroundingHead, GroundingOutput
from .levels import LEVELS, LevelTokeniser
from .vision import VisionOutput

BLOCKS: dict[str, type[SemanticExperts] | type[DenseBlock]] = {
    "soft": SemanticExperts,
    "dense": DenseBlock,
}


class LevelOutput(NamedTuple):
    """Of a batch of images: `tokens` [B, N, W] of all levels in the order of `LEVELS` and their
    `counts`; `regions` [B, G * G, D] and `objects` [B, Q, D] in the texts' space, of unit length;
    `fine` [B, M, W]; `grounding` of the fine cells, `fine_shape` theirs."""

    tokens: Tensor
    counts: tuple[int, int, int]
    regions: Tensor
    objects: Tensor
    fine: Tensor
    grounding: GroundingOutput
    fine_shape: tuple[int, int]


class Retrieved(NamedTuple):
    """Knowledge entries of one level: embeddings [B, K, D] and similarities [B, K]."""

    entries: Tensor
    similarity: Tensor


class MultiLevel(nn.Module):
    """Reads `VisionOutput` on three levels (see `levels`), through experts where configured."""

    def __init__(self, config: MsVlamConfig, fine_channels: int, coarse_channels: int) -> None:
        super().__init__()
        width, dropout = config.decoder_width, config.decoder_dropout
        self.tokeniser = LevelTokeniser(
            fine_channels,
            coarse_channels,
            width,
            config.region_grid,
            config.object_queries,
            config.decoder_heads,
            dropout,
        )
        self.block = BLOCKS[config.experts](width, dropout) if config.experts != "none" else None
        self.to_region = nn.Linear(width, config.embedding_size)
        self.to_object = nn.Linear(width, config.embedding_size)
        self.grounding = GroundingHead(width, config.embedding_size)
        self.fusion = (
            nn.ModuleList(
                KnowledgeFusion(width, config.embedding_size, config.decoder_heads, dropout)
                for _ in LEVELS
            )
            if config.knowledge
            else None
        )

    def forward(self, seen: VisionOutput, metres: Tensor) -> LevelOutput:
        """`metres` per input pixel [B], 0 where unknown."""
        found = self.tokeniser(seen.fine, seen.coarse, seen.tokens, metres)
        levels = [found.whole, found.regions, found.objects]
        if self.block is not None:
            levels = [self.block(tokens, level) for level, tokens in enumerate(levels)]
        return LevelOutput(
            torch.cat(levels, dim=1),
            (levels[0].shape[1], levels[1].shape[1], levels[2].shape[1]),
            functional.normalize(self.to_region(levels[1]).float(), dim=-1),
            functional.normalize(self.to_object(levels[2]).float(), dim=-1),
            found.fine,
            self.grounding(found.fine, found.fine_shape),
            found.fine_shape,
        )

    def fuse(
        self, tokens: Tensor, counts: tuple[int, int, int], retrieved: Mapping[str, Retrieved]
    ) -> Tensor:
        """Tokens [B, N, W] of all levels with what was retrieved for each level."""
        if self.fusion is None:
            return tokens
        parts = torch.split(tokens, list(counts), dim=1)
        return torch.cat(
            [
                fusion(part, *retrieved[level])
                for level, part, fusion in zip(LEVELS, parts, self._fusions(), strict=True)
            ],
            dim=1,
        )

    def _fusions(self) -> Iterable[KnowledgeFusion]:
        """The levels' fusions, typed."""
        return cast("Iterable[KnowledgeFusion]", self.fusion if self.fusion is not None else ())

    def usage_log(self) -> dict[str, float]:
        """Experts' shares of each level's tokens, and how far the knowledge gates have opened."""
        log = self.block.usage_log() if self.block is not None else {}
        for level, fusion in zip(LEVELS, self._fusions(), strict=False):
            log[f"knowledge_gate_{level}"] = fusion.opening().item()
        return log
