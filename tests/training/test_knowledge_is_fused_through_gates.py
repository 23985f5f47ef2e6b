"""Retrieved entries change tokens only through an opened gate, and never an image's own."""

from __future__ import annotations

import torch
from torch.nn.functional import normalize

from model_training.model.knowledge import KnowledgeBank

from .small_model import small_batch, small_model

LEVELS = ["global"] * 3 + ["region"] * 2 + ["object"] * 2


def filled_bank(entries: int = 2) -> KnowledgeBank:
    torch.manual_seed(3)
    vectors = normalize(torch.randn(len(LEVELS), 32), dim=1)
    bank = KnowledgeBank(LEVELS, 32, entries)
    bank.refresh(lambda part: vectors[part])
    return bank


def test_a_closed_gate_leaves_the_tokens_alone() -> None:
    model = small_model().eval()
    seen = model.encode_images(small_batch().images)
    levels = model.read_levels(seen)
    assert levels is not None
    model.knowledge = filled_bank()
    torch.testing.assert_close(model.memory(seen, levels), levels.tokens)


def test_an_open_gate_lets_knowledge_in() -> None:
    model = small_model().eval()
    seen = model.encode_images(small_batch().images)
    levels = model.read_levels(seen)
    assert levels is not None
    assert model.levels is not None
    model.knowledge = filled_bank()
    with torch.no_grad():
        for name, parameter in model.levels.named_parameters():
            if name.endswith("gate"):
                parameter.fill_(1.0)
    assert not torch.allclose(model.memory(seen, levels), levels.tokens, atol=1e-3)


def test_the_nearest_entries_come_first_and_an_image_never_sees_its_own() -> None:
    model = small_model().eval()
    seen = model.encode_images(small_batch().images)
    levels = model.read_levels(seen)
    assert levels is not None
    bank = filled_bank()
    free = bank.retrieve(seen.embedding, levels)["global"]
    assert (free.similarity[:, 0] >= free.similarity[:, 1]).all()
    best = (seen.embedding @ bank.vectors[:3].T).argmax(dim=1)
    torch.testing.assert_close(free.entries[:, 0], bank.vectors[best])
    own = torch.zeros(3, len(LEVELS), dtype=torch.bool)
    own[torch.arange(3), best] = True
    without = bank.retrieve(seen.embedding, levels, own)["global"]
    assert not (without.entries[:, 0] == free.entries[:, 0]).all(dim=1).any()


def test_a_level_without_enough_entries_gives_what_it_has() -> None:
    model = small_model().eval()
    seen = model.encode_images(small_batch().images)
    levels = model.read_levels(seen)
    assert levels is not None
    found = filled_bank(entries=8).retrieve(seen.embedding, levels)
    assert {level: part.entries.shape[1] for level, part in found.items()} == {
        "global": 3,
        "region": 2,
        "object": 2,
    }
