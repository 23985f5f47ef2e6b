"""Closed answers to questions: which of the training answers fits image and question best."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .decoder import Attention


class AnswerHead(nn.Module):
    """The question looks at the tokens twice: attention for what and where, a gated sum for how
    many.

    Attention weights sum to 1, so an attended mean cannot tell two objects from four; the gate's
    sum can (after Zhang et al. 2018, learning to count in VQA).
    """

    def __init__(
        self, width: int, embedding_size: int, answers: int, heads: int, dropout: float
    ) -> None:
        super().__init__()
        self.question = nn.Sequential(
            nn.Linear(embedding_size, width), nn.GELU(), nn.LayerNorm(width)
        )
        self.attention = Attention(width, heads, dropout)
        self.gate_query = nn.Linear(width, width)
        self.gate_key = nn.Linear(width, width)
        self.gate_bias = nn.Parameter(torch.tensor(-2.0))
        self.value = nn.Linear(width, width)
        self.classify = nn.Sequential(
            nn.LayerNorm(4 * width),
            nn.Linear(4 * width, 2 * width),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(2 * width, answers),
        )

    def forward(self, questions: Tensor, tokens: Tensor, fine: Tensor) -> tuple[Tensor, Tensor]:
        """Embedded questions [Q, D], all level tokens [Q, N, W] and fine tokens [Q, M, W] of each
        question's image.

        Returns:
            Logits over answers [Q, A] and the gate [Q, M] in 0..1: the cells counted.
        """
        asked = self.question(questions)
        seen, _ = self.attention(asked[:, None], *self.attention.keys_values(tokens))
        query = self.gate_query(asked)[:, :, None]
        scores = (self.gate_key(fine) @ query).squeeze(-1) / fine.shape[-1] ** 0.5
        gate = torch.sigmoid(scores.float() + self.gate_bias)
        summed = (gate.to(fine.dtype)[:, None] @ self.value(fine)).squeeze(1)
        seen = seen.squeeze(1)
        return self.classify(torch.cat([asked, seen, asked * seen, summed], dim=-1)), gate
