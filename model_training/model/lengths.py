"""Sequences of similar length run together, so that little is computed on padding."""

from __future__ import annotations

import torch
from torch import Tensor


def length_groups(attention_mask: Tensor, count: int) -> list[Tensor]:
    """Rows of a mask [N, T] in at most `count` groups from short to long; indices [n] each."""
    order = torch.argsort(attention_mask.sum(dim=1), stable=True)
    return list(order.chunk(count))


def trimmed(input_ids: Tensor, attention_mask: Tensor, rows: Tensor) -> tuple[Tensor, Tensor]:
    """`rows` of ids and mask [N, T], without the columns that are padding in all of them."""
    longest = int(attention_mask[rows].sum(dim=1).max())
    return input_ids[rows, :longest], attention_mask[rows, :longest]
