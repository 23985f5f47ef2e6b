"""Two processes with half a batch each get the losses and gradients of one with the whole batch."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor, distributed, multiprocessing, nn
from torch.nn import functional
from torch.nn.parallel import DistributedDataParallel

from model_training.model.gather import (
    gathered,
    gathered_ids,
    gathered_owners,
    summed,
    synchronise_batch_norm,
)
from model_training.model.losses import contrastive_loss, same_caption


class Twin(nn.Module):
    """Both towers in small, with the parts that couple the images of a batch."""

    def __init__(self) -> None:
        super().__init__()
        self.image = nn.Sequential(nn.Conv2d(3, 6, 3), nn.BatchNorm2d(6), nn.ReLU())
        self.text = nn.Embedding(20, 6)
        self.scale = nn.Parameter(torch.tensor(5.0))

    def forward(self, images: Tensor, ids: Tensor, owners: Tensor) -> Tensor:
        seen = functional.normalize(self.image(images).mean(dim=(2, 3)), dim=-1)
        mask = (ids > 0).float()
        words = (self.text(ids) * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        texts = gathered(functional.normalize(words, dim=-1))
        every = gathered_owners(owners, len(images))
        seen_by_all = gathered(seen)
        owned = every[None, :] == torch.arange(len(seen_by_all))[:, None]
        positives = (owned.float() @ same_caption(gathered_ids(ids)).float()) > 0
        alignment = contrastive_loss(seen_by_all, texts, positives, self.scale)
        # A mean over tokens, of which the halves hold different numbers.
        per_token = (words.norm(dim=-1) * mask.sum(1)).sum()
        return alignment + summed(per_token) / summed(mask.sum())


def batch() -> tuple[Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(3)
    images = torch.rand(8, 3, 7, 7, generator=generator)
    ids = torch.randint(1, 20, (16, 6), generator=generator)
    ids[:5, 4:] = 0  # shorter captions in the first half
    ids[11] = ids[2]  # and a caption that both halves hold
    return images, ids, torch.arange(16) // 2


def halves(rank: int) -> tuple[Tensor, Tensor, Tensor]:
    """Five images and three, so that nothing rests on equal shares."""
    images, ids, owners = batch()
    first, last = (0, 5) if rank == 0 else (5, 8)
    ids, owners = ids[2 * first : 2 * last], owners[2 * first : 2 * last] - first
    return images[first:last], ids[:, : int((ids > 0).sum(1).max())], owners


def learn(model: nn.Module, inputs: tuple[Tensor, Tensor, Tensor]) -> list[float]:
    optimiser = torch.optim.SGD(model.parameters(), lr=0.3)
    losses = []
    for _ in range(4):
        optimiser.zero_grad()
        loss = model(*inputs)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return losses


def one_of_two(rank: int, port: int, folder: str) -> None:
    os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    torch.set_num_threads(1)
    distributed.init_process_group("gloo", rank=rank, world_size=2)
    torch.manual_seed(1)
    model = Twin()
    synchronise_batch_norm(model)
    together = DistributedDataParallel(model)
    losses = learn(together, halves(rank))
    torch.save({"losses": losses, "state": model.state_dict()}, f"{folder}/{rank}.pt")
    # The other one may still be talking to this one's threads; and what uses the group goes first.
    distributed.barrier()
    del together
    distributed.destroy_process_group()


def in_two_processes(worker: Callable[..., None], folder: Path) -> list[dict]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    multiprocessing.spawn(worker, (port, str(folder)), nprocs=2)
    return [torch.load(folder / f"{rank}.pt", weights_only=True) for rank in (0, 1)]


def test_losses_and_weights_are_those_of_one_process(tmp_path: Path) -> None:
    torch.manual_seed(1)
    alone = Twin()
    wanted = learn(alone, batch())
    assert wanted[-1] < wanted[0] - 0.1, "nothing was learnt, so nothing is compared"
    for found in in_two_processes(one_of_two, tmp_path):
        assert found["losses"] == pytest.approx(wanted, abs=1e-5)
        for name, value in alone.state_dict().items():
            torch.testing.assert_close(found["state"][name], value, atol=1e-5, rtol=1e-4)


def test_a_single_process_gets_back_what_it_gave() -> None:
    rows = torch.randn(3, 4, requires_grad=True)
    assert gathered(rows) is rows
    assert summed(rows) is rows
    owners = torch.tensor([0, 0, 1])
    assert gathered_owners(owners, 2) is owners
    model = Twin()
    before = model.image(torch.ones(2, 3, 7, 7))
    synchronise_batch_norm(model)
    assert torch.equal(model.image(torch.ones(2, 3, 7, 7)), before)
