"""The knowledge base as tensors, searched by a batch's own embeddings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from .levels import LEVELS
from .multilevel import LevelOutput, Retrieved


class KnowledgeBank(nn.Module):
    """Entries' text embeddings [E, D] with their levels; refreshed as the text tower learns.

    No parameters and nothing saved: a bundle carries its own vectors.
    """

    level: Tensor
    vectors: Tensor

    def __init__(self, levels: Sequence[str], embedding_size: int, entries: int) -> None:
        super().__init__()
        self.entries = entries
        level = torch.tensor([LEVELS.index(name) for name in levels])
        self.register_buffer("level", level, persistent=False)
        self.register_buffer("vectors", torch.zeros(len(levels), embedding_size), persistent=False)

    @torch.no_grad()
    def refresh(self, embed: Callable[[slice], Tensor], batch: int = 256) -> None:
        """Embed all entries anew; `embed` takes a slice of them and gives [n, D], unit length."""
        for start in range(0, len(self.level), batch):
            part = slice(start, min(start + batch, len(self.level)))
            self.vectors[part] = embed(part).to(self.vectors)

    @torch.no_grad()
    def retrieve(
        self, embedding: Tensor, levels: LevelOutput, excluded: Tensor | None = None
    ) -> dict[str, Retrieved]:
        """The nearest entries of each level: to the image's embedding [B, D], to the best of its
        regions, to the best of its objects.

        Args:
            embedding: global embeddings.
            levels: of the same images.
            excluded: bool [B, E], entries that an image may not see: its own captions.
        """
        found = {}
        asked = {
            "global": embedding[:, None],
            "region": levels.regions,
            "object": levels.objects,
        }
        for index, name in enumerate(LEVELS):
            rows = (self.level == index).nonzero().squeeze(1)
            vectors = self.vectors[rows]
            similarity = (asked[name].detach().float() @ vectors.T).amax(dim=1)
            if excluded is not None:
                similarity = similarity.masked_fill(excluded[:, rows], -1.0)
            best = similarity.topk(min(self.entries, len(rows)), dim=1)
            found[name] = Retrieved(vectors[best.indices], best.values)
        return found
