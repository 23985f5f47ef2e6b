"""Alignment of phrases with regions and objects: late interaction of noun chunks and tokens."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional


class PhraseSpans(NamedTuple):
    """Noun chunks of a batch's captions: caption index, first token, token after the last; [M]
    each."""

    caption: Tensor
    start: Tensor
    end: Tensor


def phrase_embeddings(states: Tensor, spans: PhraseSpans) -> Tensor:
    """Mean of the token states [N, T, D] of each span, of unit length: [M, D]."""
    position = torch.arange(states.shape[1], device=states.device)
    inside = (position >= spans.start[:, None]) & (position < spans.end[:, None])
    weights = inside.to(states.dtype) / inside.sum(dim=1, keepdim=True).clamp(min=1)
    return functional.normalize(
        (weights[:, None] @ states[spans.caption]).squeeze(1).float(), dim=-1
    )


def late_interaction(phrases: Tensor, spans: PhraseSpans, tokens: Tensor, captions: int) -> Tensor:
    """Similarity of every image to every caption: the mean over the caption's chunks of each one's
    best token (as FILIP, Yao et al. 2022, with chunks for words).

    Args:
        phrases: [M, D], unit length.
        spans: which caption each phrase is of.
        tokens: local and object tokens [B, N, D], unit length.
        captions: how many captions there are.

    Returns:
        [B, captions]; 0 for a caption without chunks.
    """
    images, count, size = tokens.shape
    with torch.autocast(tokens.device.type, enabled=False):
        # As for whole captions: bfloat16 would round away what the scale makes large.
        similarity = phrases.float() @ tokens.reshape(images * count, size).float().T
    best = similarity.view(len(phrases), images, count).amax(dim=2)
    total = torch.zeros(captions, images, device=best.device).index_add(0, spans.caption, best)
    chunks = torch.bincount(spans.caption, minlength=captions).clamp(min=1)
    return (total / chunks[:, None]).T
