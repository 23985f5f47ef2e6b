"""A CLIP with a vision transformer as OpenCLIP lays its weights out, for tests."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Mlp(nn.Module):
    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.c_fc, self.c_proj = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, hidden: Tensor) -> Tensor:
        inner = self.c_fc(hidden)
        return self.c_proj(inner * torch.sigmoid(1.702 * inner))  # OpenAI's "quick" GELU


class Block(nn.Module):
    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attn = nn.MultiheadAttention(width, heads, batch_first=True)
        self.mlp = Mlp(width, inner)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        normed = self.ln_1(hidden)
        hidden = hidden + self.attn(normed, normed, normed, need_weights=False, attn_mask=mask)[0]
        return hidden + self.mlp(self.ln_2(hidden))


class Transformer(nn.Module):
    def __init__(self, width: int, inner: int, heads: int, layers: int) -> None:
        super().__init__()
        self.resblocks = nn.ModuleList(Block(width, inner, heads) for _ in range(layers))

    def forward(self, hidden: Tensor, mask: Tensor | None = None) -> Tensor:
        for block in self.resblocks:
            hidden = block(hidden, mask)
        return hidden


class Visual(nn.Module):
    def __init__(
        self, size: int, patch: int, tower: tuple[int, int, int, int], embedding: int
    ) -> None:
        super().__init__()
        width = tower[0]
        self.class_embedding = nn.Parameter(torch.randn(width))
        self.conv1 = nn.Conv2d(3, width, patch, patch, bias=False)
        self.positional_embedding = nn.Parameter(torch.randn((size // patch) ** 2 + 1, width))
        self.ln_pre, self.ln_post = nn.LayerNorm(width), nn.LayerNorm(width)
        self.transformer = Transformer(*tower)
        self.proj = nn.Parameter(torch.randn(width, embedding))

    def forward(self, pixels: Tensor) -> Tensor:
        patches = self.conv1(pixels).flatten(2).transpose(1, 2)
        whole = self.class_embedding.expand(len(patches), 1, -1)
        hidden = torch.cat([whole, patches], dim=1) + self.positional_embedding
        return self.ln_post(self.transformer(self.ln_pre(hidden))[:, 0]) @ self.proj


class OpenClip(nn.Module):
    """`tower` is width, feed-forward width, heads and layers of both towers."""

    def __init__(
        self,
        size: int,
        patch: int,
        tower: tuple[int, int, int, int],
        embedding: int,
        words: int,
        length: int,
    ) -> None:
        super().__init__()
        width = tower[0]
        self.visual = Visual(size, patch, tower, embedding)
        self.transformer = Transformer(*tower)
        self.token_embedding = nn.Embedding(words, width)
        self.positional_embedding = nn.Parameter(torch.randn(length, width))
        self.ln_final = nn.LayerNorm(width)
        self.text_projection = nn.Parameter(torch.randn(width, embedding))
        self.logit_scale = nn.Parameter(torch.tensor(3.0))

    def encode_image(self, pixels: Tensor) -> Tensor:
        return nn.functional.normalize(self.visual(pixels), dim=-1)

    def encode_text(self, ids: Tensor) -> Tensor:
        """The end, which has the highest id, speaks for the text."""
        mask = torch.full((ids.shape[1], ids.shape[1]), -torch.inf).triu(1)
        hidden = self.token_embedding(ids) + self.positional_embedding[: ids.shape[1]]
        hidden = self.ln_final(self.transformer(hidden, mask))
        last = hidden[torch.arange(len(ids)), ids.argmax(dim=1)]
        return nn.functional.normalize(last @ self.text_projection, dim=-1)
