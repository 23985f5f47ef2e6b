"""Caption decoder: a pre-norm transformer with explicit attention, so that export sees plain matrix
products."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from .configuration import MsVlamConfig


class StepOutput(NamedTuple):
    """`logits` [B, K]; `keys`, `values` [L, B, H, P+1, dh]; `attention` [B, N], summing to 1."""

    logits: Tensor
    keys: Tensor
    values: Tensor
    attention: Tensor


class Attention(nn.Module):
    """Multi-head attention with keys and values exposed, because they are cached while decoding."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.output = nn.Linear(width, width)
        self.dropout = dropout

    def split(self, hidden: Tensor) -> Tensor:
        """[B, T, width] to [B, H, T, width / H]."""
        batch, length, width = hidden.shape
        return hidden.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

    def keys_values(self, memory: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values [B, H, T, dh] of what is attended to."""
        return self.split(self.key(memory)), self.split(self.value(memory))

    def forward(
        self, hidden: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Attend from `hidden` [B, T, width]; returns the result and the weights [B, H, T, P]."""
        query = self.split(self.query(hidden))
        scores = query @ keys.transpose(-1, -2) / math.sqrt(query.shape[-1])
        if mask is not None:
            scores = scores + mask
        weights = torch.softmax(scores.float(), dim=-1).to(values.dtype)
        mixed = functional.dropout(weights, self.dropout, self.training) @ values
        batch, _, length, _ = mixed.shape
        return self.output(mixed.transpose(1, 2).reshape(batch, length, -1)), weights


class DecoderLayer(nn.Module):
    """Self-attention, attention to the image, feed-forward; each behind a layer norm."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.self_norm = nn.LayerNorm(width)
        self.self_attention = Attention(width, heads, dropout)
        self.cross_norm = nn.LayerNorm(width)
        self.cross_attention = Attention(width, heads, dropout)
        self.feed_norm = nn.LayerNorm(width)
        self.feed_forward = nn.Sequential(
            nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width)
        )
        self.dropout = nn.Dropout(dropout)

    def forward(
        self,
        hidden: Tensor,
        self_keys_values: tuple[Tensor, Tensor],
        cross_keys_values: tuple[Tensor, Tensor],
        mask: Tensor | None,
    ) -> tuple[Tensor, Tensor]:
        """One layer; `self_keys_values` already include this step's. Returns hidden and image
        attention."""
        attended, _ = self.self_attention(self.self_norm(hidden), *self_keys_values, mask)
        hidden = hidden + self.dropout(attended)
        seen, weights = self.cross_attention(self.cross_norm(hidden), *cross_keys_values)
        hidden = hidden + self.dropout(seen)
        return hidden + self.dropout(self.feed_forward(self.feed_norm(hidden))), weights


class CaptionDecoder(nn.Module):
    """Writes captions from image tokens. Input and output embeddings are shared."""

    def __init__(self, config: MsVlamConfig) -> None:
        super().__init__()
        width = config.decoder_width
        self.embedding = nn.Embedding(config.decoder_vocabulary_size, width)
        self.position = nn.Embedding(config.decoder_max_tokens, width)
        self.dropout = nn.Dropout(config.decoder_dropout)
        self.layers = nn.ModuleList(
            DecoderLayer(width, config.decoder_heads, config.decoder_dropout)
            for _ in range(config.decoder_layers)
        )
        self.norm = nn.LayerNorm(width)
        nn.init.normal_(self.embedding.weight, std=0.02)
        nn.init.normal_(self.position.weight, std=0.02)

    def _stack(self) -> Iterable[DecoderLayer]:
        """The layers, typed."""
        return cast("Iterable[DecoderLayer]", self.layers)

    def logits(self, hidden: Tensor) -> Tensor:
        """Scores over the decoder's vocabulary, [..., K]."""
        return functional.linear(self.norm(hidden), self.embedding.weight)

    def forward(self, input_ids: Tensor, tokens: Tensor) -> Tensor:
        """Teacher forcing: ids [B, T] and image tokens [B, N, width] to logits [B, T, K]."""
        length = input_ids.shape[1]
        positions = torch.arange(length, device=input_ids.device)
        hidden = self.dropout(self.embedding(input_ids) + self.position(positions))
        mask = torch.full((length, length), -1e4, device=hidden.device).triu(1)
        for layer in self._stack():
            own = layer.self_attention.keys_values(layer.self_norm(hidden))
            cross = layer.cross_attention.keys_values(tokens)
            hidden, _ = layer(hidden, own, cross, mask)
        return self.logits(hidden)

    def prefill(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values of the image for all layers, [L, B, H, N, dh] each; once per image."""
        pairs = [layer.cross_attention.keys_values(tokens) for layer in self._stack()]
        return torch.stack([k for k, _ in pairs]), torch.stack([v for _, v in pairs])

    def step(
        self,
        input_ids: Tensor,
        past_keys: Tensor,
        past_values: Tensor,
        cross_keys: Tensor,
        cross_values: Tensor,
    ) -> StepOutput:
        """One token for each of B sequences; shapes as in docs/bundle-format.md."""
        position = torch.zeros_like(input_ids) + past_keys.shape[3]
        hidden = (self.embedding(input_ids) + self.position(position)).unsqueeze(1)
        keys, values, looked = [], [], []
        for index, layer in enumerate(self._stack()):
            new_key, new_value = layer.self_attention.keys_values(layer.self_norm(hidden))
            keys.append(torch.cat([past_keys[index], new_key], dim=2))
            values.append(torch.cat([past_values[index], new_value], dim=2))
            hidden, weights = layer(
                hidden, (keys[-1], values[-1]), (cross_keys[index], cross_values[index]), None
            )
            looked.append(weights[:, :, 0].mean(dim=1))
        return StepOutput(
            self.logits(hidden[:, 0]),
            torch.stack(keys),
            torch.stack(values),
            torch.stack(looked).mean(dim=0),
        )
