"""Gated fusion of retrieved knowledge into visual tokens.

After the retrieval-based semantic augmentation of arXiv 2506.21863; the gate is Flamingo's (Alayrac
et al. 2022): tanh of a scalar that starts at 0, so a model without knowledge is where it begins.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .decoder import Attention

GATE_SPEED = 10.0
"""Of a gate's opening. Adam moves every parameter by about the learning rate a step, however strong
the gradient, so that a plain scalar hardly opens within the thousand steps a small set allows."""


class KnowledgeFusion(nn.Module):
    """Visual tokens of one level look at the entries retrieved for them."""

    def __init__(self, width: int, embedding_size: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.from_entry = nn.Linear(embedding_size + 1, width)
        self.entry_norm = nn.LayerNorm(width)
        self.token_norm = nn.LayerNorm(width)
        self.attention = Attention(width, heads, dropout)
        self.gate = nn.Parameter(torch.zeros(()))

    def forward(self, tokens: Tensor, entries: Tensor, similarity: Tensor) -> Tensor:
        """Tokens [B, N, W], entries' text embeddings [B, K, D] and their similarity to the image
        [B, K] to tokens [B, N, W]."""
        described = torch.cat([entries, similarity.unsqueeze(-1)], dim=-1)
        memory = self.entry_norm(self.from_entry(described))
        read, _ = self.attention(self.token_norm(tokens), *self.attention.keys_values(memory))
        return tokens + self.opening() * read

    def opening(self) -> Tensor:
        """How far the gate is open, -1..1."""
        return torch.tanh(GATE_SPEED * self.gate)
