"""What chance decides of an item depends on seed, round and item, and on nothing else."""

from __future__ import annotations

import pytest
import torch
from torch.utils.data import DataLoader, Dataset

from model_training.data.draws import RoundSampler, SeededItems, own_draws
from model_training.data.items import TrainingItem

COUNT = 12


class Drawn(Dataset[TrainingItem]):
    """Items that are nothing but a number and what was drawn for it."""

    def __getitem__(self, index: int) -> TrainingItem:
        return TrainingItem(image=torch.rand(2), record=index)


def seen(round_number: int, seed: int = 1, workers: int = 0, ahead: int = 0) -> list[TrainingItem]:
    sampler = RoundSampler(COUNT, seed)
    sampler.begin(round_number)
    loader = DataLoader(
        SeededItems(Drawn(), COUNT, seed),
        batch_size=4,
        sampler=sampler,
        num_workers=workers,
        collate_fn=list,
    )
    torch.rand(ahead)
    return [item for batch in loader for item in batch]


def drawn(items: list[TrainingItem]) -> dict[int, list[float]]:
    return {item.record: item.image.tolist() for item in items}


def test_every_item_comes_once_a_round_in_another_order() -> None:
    first, second = ([item.record for item in seen(number)] for number in (0, 1))
    assert sorted(first) == sorted(second) == list(range(COUNT))
    assert first != second
    assert [item.record for item in seen(0)] == first
    assert [item.record for item in seen(0, seed=2)] != first


@pytest.mark.parametrize("how", [{"workers": 2}, {"ahead": 7}], ids=str)
def test_draws_do_not_depend_on_who_prepares_them_and_when(how: dict[str, int]) -> None:
    assert drawn(seen(3, **how)) == drawn(seen(3))


def test_every_item_and_round_has_draws_of_its_own() -> None:
    values = [tuple(image) for number in (0, 1) for image in drawn(seen(number)).values()]
    assert len(set(values)) == 2 * COUNT
    seeds = {item.seed for number in (0, 1) for item in seen(number)}
    assert len(seeds) == 2 * COUNT, "what is drawn later for a batch differs as well"


def test_the_stream_outside_goes_on_as_if_nothing_had_been_drawn() -> None:
    torch.manual_seed(4)
    expected = torch.rand(2)
    torch.manual_seed(4)
    with own_draws(9):
        torch.rand(5)
    assert torch.equal(torch.rand(2), expected)
