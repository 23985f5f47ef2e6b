"""Running captions in groups of similar length changes the speed of a step and not its result."""

from __future__ import annotations

import pytest
import torch

from model_training.model import modelling
from model_training.model.lengths import length_groups, trimmed

from .small_model import small_batch, small_model


def test_every_row_is_in_one_group_and_groups_get_longer() -> None:
    lengths = torch.tensor([5, 2, 9, 2, 7])
    mask = (torch.arange(9) < lengths[:, None]).long()
    groups = length_groups(mask, 2)
    assert sorted(torch.cat(groups).tolist()) == [0, 1, 2, 3, 4]
    assert lengths[groups[0]].max() <= lengths[groups[1]].min()


def test_trimming_keeps_every_token() -> None:
    ids = torch.tensor([[2, 7, 3, 0, 0], [2, 3, 0, 0, 0], [2, 8, 9, 9, 3]])
    short, mask = trimmed(ids, (ids > 0).long(), torch.tensor([1, 0]))
    assert short.tolist() == [[2, 3, 0], [2, 7, 3]]
    assert mask.tolist() == [[1, 1, 0], [1, 1, 1]]


def test_groups_do_not_change_the_losses(monkeypatch: pytest.MonkeyPatch) -> None:
    model = small_model(multi_level=False, knowledge=False, experts="none", answers=()).eval()
    with torch.no_grad():
        grouped = model(small_batch())
        monkeypatch.setattr(modelling, "CAPTION_GROUPS", 1)
        whole = model(small_batch())
    for part, value in whole.items():
        assert grouped[part].item() == pytest.approx(value.item(), rel=1e-4), part
