"""Experts: gates sum to one, each level starts at its own expert, the dense block is as large."""

from __future__ import annotations

import pytest
import torch

from model_training.model.experts import DenseBlock, SemanticExperts
from model_training.model.levels import LEVELS


def test_each_level_starts_with_its_own_expert_and_usage_is_logged() -> None:
    block = SemanticExperts(32, 0.0).train()
    for level in range(len(LEVELS)):
        block(torch.randn(2, 5, 32), level)
    usage = block.usage_log()
    for level in LEVELS:
        shares = {expert: usage[f"{level}_by_{expert}"] for expert in LEVELS}
        assert sum(shares.values()) == pytest.approx(1.0, abs=1e-5)
        assert max(shares, key=shares.__getitem__) == level


def test_nothing_is_logged_outside_training() -> None:
    block = SemanticExperts(32, 0.0).eval()
    block(torch.randn(1, 2, 32), 0)
    assert set(block.usage_log().values()) == {0.0}


def test_the_dense_block_has_the_parameters_of_all_experts() -> None:
    def count(module: torch.nn.Module) -> int:
        return sum(parameter.numel() for parameter in module.parameters())

    experts, dense = count(SemanticExperts(256, 0.1)), count(DenseBlock(256, 0.1))
    assert dense == pytest.approx(experts, rel=0.01)
