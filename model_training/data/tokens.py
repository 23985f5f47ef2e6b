"""Texts as token batches, and character spans as token spans."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import torch
from tokenizers import Tokenizer

from rs_vlm_plugin.engine.noun_chunks import noun_chunks


def tokenise(
    tokenizer: Tokenizer, texts: Sequence[str], max_tokens: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids and mask, int64 [N, T], padded to the longest; `[CLS]` first and `[SEP]` last,
    always."""
    return padded([cut(tokenizer.encode(text).ids, max_tokens) for text in texts])


def cut(ids: list[int], max_tokens: int) -> list[int]:
    """At most `max_tokens` ids, the last one kept."""
    return ids if len(ids) <= max_tokens else [*ids[: max_tokens - 1], ids[-1]]


def padded(rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows of ids of different lengths to ids and mask, int64 [N, T]."""
    longest = max((len(ids) for ids in rows), default=1)
    batch = torch.zeros((len(rows), longest), dtype=torch.int64)
    mask = torch.zeros_like(batch)
    for row, ids in enumerate(rows):
        batch[row, : len(ids)] = torch.tensor(ids, dtype=torch.int64)
        mask[row, : len(ids)] = 1
    return batch, mask


def chunk_spans(tokenizer: Tokenizer, caption: str, max_tokens: int) -> list[tuple[int, int]]:
    """First token and token after the last of each noun chunk that lies within `max_tokens`."""
    offsets = tokenizer.encode(caption).offsets
    spans = []
    for low, high in _chunks(caption):
        inside = [
            i
            for i, (start, end) in enumerate(offsets)
            if start < high and end > low and end > start
        ]
        if inside and inside[-1] < max_tokens - 1:
            spans.append((inside[0], inside[-1] + 1))
    return spans


@lru_cache(maxsize=65536)
def _chunks(caption: str) -> tuple[tuple[int, int], ...]:
    return tuple(noun_chunks(caption))
