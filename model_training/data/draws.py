"""What chance decides of a training item: the same for the same seed, round and item.

Batches are prepared before their turn, in several processes if wanted. With one stream of random
numbers, what is drawn for an item would depend on how far ahead that is, and a run resumed within a
round would go on with other captions and crops than an uninterrupted one. So every item has a
stream of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import torch
from torch.utils.data import Dataset, Sampler

from .items import TrainingItem


class RoundSampler(Sampler[int]):
    """Every item once a round, in an order drawn from seed and round.

    Gives keys for `SeededItems`, which say the round as well. `begin` a round before iterating.
    """

    def __init__(self, items: int, seed: int) -> None:
        self._items = items
        self._seed = seed
        self._round = 0

    def begin(self, number: int) -> None:
        """The round of this number, from 0, is the next one."""
        self._round = number

    def __len__(self) -> int:
        return self._items

    def __iter__(self) -> Iterator[int]:
        generator = torch.Generator().manual_seed(_seed(self._seed, "order", self._round))
        first = self._round * self._items
        yield from (first + torch.randperm(self._items, generator=generator)).tolist()


class SeededItems(Dataset[TrainingItem]):
    """Items of another data set, by the keys of `RoundSampler`, each with random numbers of its
    own."""

    def __init__(self, items: Dataset[TrainingItem], count: int, seed: int) -> None:
        self._items = items
        self._count = count
        self._seed = seed

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, key: int) -> TrainingItem:
        seed = _seed(self._seed, "item", key)
        with own_draws(seed):
            return replace(self._items[key % self._count], seed=seed)


@contextmanager
def own_draws(seed: int) -> Iterator[None]:
    """Draw from a stream of its own on the CPU; the one outside goes on as if nothing had been
    drawn."""
    before = torch.get_rng_state()
    # Not `torch.manual_seed`, which would start the GPU's streams anew as well.
    torch.default_generator.manual_seed(seed)
    try:
        yield
    finally:
        torch.set_rng_state(before)


def _seed(*parts: object) -> int:
    """63 bits that have nothing in common with those of neighbours."""
    digest = hashlib.blake2b(repr(parts).encode("ascii"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1
