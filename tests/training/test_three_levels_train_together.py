"""Every part of the loss is there, finite and reaches the parts of the model it should teach."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from model_training.model.knowledge import KnowledgeBank
from model_training.model.objectives import LossWeights

from .small_model import small_batch, small_model

PARTS = {
    "contrastive",
    "caption",
    "scene",
    "local",
    "mosaic",
    "centre",
    "box",
    "closed_answer",
    "written",
}


def test_all_parts_are_computed_and_every_weight_learns() -> None:
    model = small_model()
    model.knowledge = bank()
    losses = model(small_batch())
    assert {*losses} == PARTS | {"loss"}
    assert all(torch.isfinite(value) for value in losses.values())
    losses["loss"].backward()
    for name, parameter in model.named_parameters():
        # Knowledge does nothing until its gate opens, so only the gate learns at first.
        if "fusion" not in name or name.endswith("gate"):
            assert parameter.grad is not None, name


def test_the_loss_is_the_weighted_sum_of_its_parts() -> None:
    model = small_model().eval()
    batch = small_batch()
    losses = model(batch)
    total = sum(getattr(batch.weights, part) * losses[part] for part in losses.keys() - {"loss"})
    assert losses["loss"].item() == pytest.approx(total.item(), rel=1e-5)


def test_a_part_of_weight_zero_is_not_computed() -> None:
    losses = small_model()(replace(small_batch(), weights=LossWeights()))
    assert {*losses} == {"loss", "contrastive", "caption"}


def test_the_reference_has_the_global_level_only() -> None:
    model = small_model(multi_level=False, knowledge=False, experts="none", answers=())
    losses = model(small_batch())
    assert {*losses} == {"loss", "contrastive", "caption", "scene"}
    assert model.levels is None


def test_some_steps_lower_every_part() -> None:
    model = small_model(token_dropout=0.2)
    model.knowledge = bank()
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3)
    batch = small_batch()
    before = {k: v.item() for k, v in model(batch).items()}
    for _ in range(25):
        optimiser.zero_grad()
        model(batch)["loss"].backward()
        optimiser.step()
    after = {k: v.item() for k, v in model(batch).items()}
    # The one captioned image has no other to be told from.
    for part in PARTS - {"contrastive", "local"}:
        assert after[part] < before[part], part


def bank() -> KnowledgeBank:
    torch.manual_seed(2)
    found = KnowledgeBank(["global", "global", "region", "object"], 32, entries=2)
    found.refresh(lambda part: torch.nn.functional.normalize(torch.randn(4, 32)[part], dim=1))
    return found
