"""Running captions in groups of similar length changes the speed of a step and not its result."""

from __future__ import annotations

import pytest
import torch

from model_training.model import modelling
from model_training.model.configuration import MsVlamConfig
from model_training.model.lengths import length_groups, trimmed
from model_training.model.modelling import MsVlamModel


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
    torch.manual_seed(0)
    model = MsVlamModel(
        MsVlamConfig(
            vision_config={"depth_multiplier": 0.35, "image_size": 64},
            text_config={
                "vocab_size": 50,
                "hidden_size": 32,
                "num_hidden_layers": 1,
                "num_attention_heads": 4,
                "intermediate_size": 64,
            },
            image_size=64,
            embedding_size=32,
            decoder_vocabulary_size=50,
            decoder_layers=1,
            decoder_width=32,
            scene_names=("beach", "forest"),
        )
    ).eval()
    lengths = torch.tensor([5, 8, 3, 6])
    mask = (torch.arange(8) < lengths[:, None]).long()
    batch = {
        "images": 255 * torch.rand(2, 3, 64, 64),
        "input_ids": torch.randint(4, 50, (4, 8)) * mask,
        "attention_mask": mask,
        "caption_image": torch.tensor([0, 0, 1, 1]),
        "scene": torch.tensor([1, -1]),
        "scene_weight": 0.5,
    }
    with torch.no_grad():
        grouped = model(**batch)
        monkeypatch.setattr(modelling, "CAPTION_GROUPS", 1)
        whole = model(**batch)
    assert {*grouped} == {"loss", "contrastive", "caption", "scene"}
    for part, value in whole.items():
        assert grouped[part].item() == pytest.approx(value.item(), rel=1e-4), part
