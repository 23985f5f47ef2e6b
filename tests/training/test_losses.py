"""Equal captions of different images are positives of both, and padding costs nothing."""

from __future__ import annotations

import pytest
import torch
from torch.nn.functional import normalize

from model_training.model.losses import (
    caption_loss,
    classification_loss,
    contrastive_loss,
    multi_positive_loss,
    same_caption,
)


def test_equal_captions_are_found() -> None:
    ids = torch.tensor([[2, 7, 3], [2, 8, 3], [2, 7, 3]])
    assert same_caption(ids).tolist() == [
        [True, False, True],
        [False, True, False],
        [True, False, True],
    ]


def test_reduces_to_info_nce_when_each_image_has_one_positive() -> None:
    torch.manual_seed(0)
    images, texts = normalize(torch.randn(4, 8), dim=1), normalize(torch.randn(4, 8), dim=1)
    scale = torch.tensor(10.0)
    logits = scale * images @ texts.T
    target = torch.arange(4)
    expected = (
        torch.nn.functional.cross_entropy(logits, target)
        + torch.nn.functional.cross_entropy(logits.T, target)
    ) / 2
    found = contrastive_loss(images, texts, torch.eye(4, dtype=torch.bool), scale)
    assert found.item() == pytest.approx(expected.item(), rel=1e-5)


def test_similarities_are_compared_in_full_precision_under_autocast() -> None:
    torch.manual_seed(0)
    images, texts = normalize(torch.randn(8, 384), dim=1), normalize(torch.randn(8, 384), dim=1)
    own, scale = torch.eye(8, dtype=torch.bool), torch.tensor(100.0)
    with torch.autocast("cpu", torch.bfloat16):
        found = contrastive_loss(images, texts, own, scale)
        halved = multi_positive_loss(scale * images @ texts.T, own)
    full = contrastive_loss(images, texts, own, scale)
    assert found.item() == pytest.approx(full.item(), rel=1e-6)
    assert halved.item() != pytest.approx(full.item(), rel=1e-6)


def test_a_shared_caption_pulls_both_images_and_pushes_none() -> None:
    shared, other = torch.tensor([1.0, 0.0, 0.0]), torch.tensor([0.0, 1.0, 0.0])
    texts = torch.stack([shared, other])

    def change_towards_shared_caption(second_image_says_it_too: bool) -> float:
        images = normalize(torch.ones(2, 3), dim=1).requires_grad_()
        positives = torch.tensor([[True, False], [second_image_says_it_too, True]])
        loss = contrastive_loss(images, texts, positives, torch.tensor(10.0))
        (gradient,) = torch.autograd.grad(loss, images)
        return -float(gradient[1] @ shared)

    assert change_towards_shared_caption(False) < 0
    assert change_towards_shared_caption(True) >= 0


def test_padding_does_not_change_the_caption_loss() -> None:
    torch.manual_seed(0)
    ids = torch.tensor([[2, 5, 6, 3]])
    logits = torch.randn(1, 3, 10)
    short = caption_loss(logits, ids, torch.ones_like(ids), 0.1)
    padded_ids = torch.cat([ids, torch.zeros(1, 2, dtype=torch.int64)], dim=1)
    mask = (padded_ids > 0).long()
    padded = caption_loss(torch.cat([logits, torch.randn(1, 2, 10)], dim=1), padded_ids, mask, 0.1)
    assert padded.item() == pytest.approx(short.item())


def test_images_without_a_scene_do_not_count_in_the_loss() -> None:
    torch.manual_seed(0)
    logits = torch.randn(3, 5)
    some = classification_loss(logits, torch.tensor([4, -1, 2]), 0.0)
    labelled = torch.nn.functional.cross_entropy(logits[[0, 2]], torch.tensor([4, 2]))
    assert some.item() == pytest.approx(labelled.item())
    assert classification_loss(logits, torch.tensor([-1, -1, -1]), 0.1).item() == 0.0
