"""Training losses."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def same_caption(input_ids: Tensor) -> Tensor:
    """Which captions of a batch are word for word the same: bool [N, N] from ids [N, T]."""
    return (input_ids[:, None, :] == input_ids[None, :, :]).all(dim=-1)


def contrastive_loss(
    images: Tensor, texts: Tensor, positives: Tensor, logit_scale: Tensor
) -> Tensor:
    """InfoNCE with several positives: cross-entropy against a uniform target over them, both ways.

    Captions that belong to an image, and captions equal to one of those, are its positives. Plain
    InfoNCE would count an equal caption of another image as a negative, which RSICD is full of.

    Args:
        images: [B, D] of unit length.
        texts: [N, D] of unit length.
        positives: bool [B, N]; every row and column has at least one.
        logit_scale: inverse temperature.
    """
    with torch.autocast(images.device.type, enabled=False):
        # In bfloat16 a similarity is off by up to 0.002, which the scale makes 0.2.
        logits = logit_scale.float() * images.float() @ texts.float().T
    return multi_positive_loss(logits, positives)


def multi_positive_loss(logits: Tensor, positives: Tensor) -> Tensor:
    """Cross-entropy of logits [B, N] against a uniform target over the positives, bool [B, N], by
    row and by column; every row and column has at least one."""
    target = positives.float()
    by_image = -(target * functional.log_softmax(logits, dim=1)).sum(1) / target.sum(1)
    by_text = -(target * functional.log_softmax(logits, dim=0)).sum(0) / target.sum(0)
    return (by_image.mean() + by_text.mean()) / 2


def caption_loss(
    logits: Tensor, input_ids: Tensor, attention_mask: Tensor, smoothing: float
) -> Tensor:
    """Summed cross-entropy of the next token, padding ignored: logits [N, T-1, K] against ids
    [N, T]."""
    target = torch.where(attention_mask[:, 1:].bool(), input_ids[:, 1:], -100)
    return functional.cross_entropy(
        logits.flatten(0, 1).float(),
        target.flatten(),
        ignore_index=-100,
        label_smoothing=smoothing,
        reduction="sum",
    )


def classification_loss(logits: Tensor, chosen: Tensor, smoothing: float) -> Tensor:
    """Cross-entropy over classes, [B, C] against [B]; rows of class -1 do not count."""
    total = functional.cross_entropy(
        logits.float(), chosen, ignore_index=-1, label_smoothing=smoothing, reduction="sum"
    )
    return total / (chosen >= 0).sum().clamp(min=1)


def answer_loss(logits: Tensor, target: Tensor, smoothing: float) -> Tensor:
    """Cross-entropy against soft targets, [Q, A] both; rows that sum to 0 do not count."""
    smoothed = target * (1 - smoothing) + smoothing / target.shape[1] * target.sum(1, keepdim=True)
    total = -(smoothed * functional.log_softmax(logits.float(), dim=1)).sum()
    return total / target.sum().clamp(min=1)
