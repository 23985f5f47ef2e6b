"""Semantic experts: one feed-forward block per level, mixed by a soft gate.

After the semantic-aware experts of arXiv 2506.21863. `DenseBlock` is the alternative of equal size.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .levels import LEVELS

EXPANSION = 2


class SemanticExperts(nn.Module):
    """A token is the gated sum of what each level's expert makes of it.

    The gate sees the token and its level, and starts out preferring the level's own expert. Soft:
    every expert sees every token, so no token is dropped and nothing needs balancing.
    """

    usage: Tensor

    OWN_EXPERT = 2.0
    """Initial gate logit of a level's own expert, e^2 against 1: about 4 in 5 with three levels."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.experts = nn.ModuleList(_feed_forward(width, EXPANSION) for _ in LEVELS)
        self.gate = nn.Linear(width, len(LEVELS))
        self.level_bias = nn.Parameter(self.OWN_EXPERT * torch.eye(len(LEVELS)))
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.gate.weight)
        nn.init.zeros_(self.gate.bias)
        self.register_buffer("usage", torch.zeros(len(LEVELS), len(LEVELS)), persistent=False)

    def forward(self, tokens: Tensor, level: int) -> Tensor:
        """[B, N, W] of one level (index into `LEVELS`) to the same shape."""
        hidden = self.norm(tokens)
        gates = torch.softmax((self.gate(hidden) + self.level_bias[level]).float(), dim=-1)
        if self.training:
            self._log(gates, level)
        mixed = torch.stack([expert(hidden) for expert in self.experts], dim=-1)
        return tokens + self.dropout((mixed * gates.to(mixed.dtype).unsqueeze(-2)).sum(dim=-1))

    @torch.no_grad()
    def _log(self, gates: Tensor, level: int) -> None:
        """Moving average of each expert's share on a level; a row of `usage` sums to 1."""
        share = gates.mean(dim=(0, 1))
        started = self.usage[level].sum() > 0
        self.usage[level] = torch.where(started, 0.99 * self.usage[level] + 0.01 * share, share)

    def usage_log(self) -> dict[str, float]:
        """`<level>_by_<expert>` to the expert's share of the level's tokens, in 0..1."""
        return {
            f"{level}_by_{expert}": self.usage[i, j].item()
            for i, level in enumerate(LEVELS)
            for j, expert in enumerate(LEVELS)
        }


class DenseBlock(nn.Module):
    """One feed-forward block with as many parameters as all experts and their gate together."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.feed_forward = _feed_forward(width, EXPANSION * len(LEVELS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, tokens: Tensor, level: int) -> Tensor:
        """[B, N, W] to the same shape, whatever the level."""
        return tokens + self.dropout(self.feed_forward(self.norm(tokens)))

    def usage_log(self) -> dict[str, float]:
        """Nothing: there is one block for all."""
        return {}


def _feed_forward(width: int, expansion: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(width, expansion * width), nn.GELU(), nn.Linear(expansion * width, width)
    )
