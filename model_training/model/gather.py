"""Losses over the global batch when several processes train: what each holds, joined, with
gradients.

`DistributedDataParallel` averages gradients over processes. A loss that every process computes in
full from joined values then trains exactly as one process with the whole batch would: the gradient
of a joined value comes back summed, and the average undoes the count. In a single process every
function here hands back what it was given.
"""

from __future__ import annotations

from typing import Any, cast

import torch
from torch import Tensor, distributed, nn
from torch.nn import functional


def process_count() -> int:
    """Processes that train together; 1 outside `torchrun` and `accelerate`."""
    if distributed.is_available() and distributed.is_initialized():
        return distributed.get_world_size()
    return 1


def process_index() -> int:
    """This process's place among them, from 0."""
    return distributed.get_rank() if process_count() > 1 else 0


class _Sum(torch.autograd.Function):
    """All-reduce whose gradient is all-reduced too; gloo and NCCL both know the operation."""

    @staticmethod
    def forward(ctx: Any, value: Tensor) -> Tensor:
        total = value.clone(memory_format=torch.contiguous_format)
        distributed.all_reduce(total)
        return total

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        total = gradients[0].clone(memory_format=torch.contiguous_format)
        distributed.all_reduce(total)
        return total


def summed(value: Tensor) -> Tensor:
    """Sum over processes of a tensor of one shape, with gradients."""
    return cast(Tensor, _Sum.apply(value)) if process_count() > 1 else value


def row_counts(rows: int, device: torch.device) -> Tensor:
    """How many rows each process holds, int64 [P]."""
    counts = torch.zeros(process_count(), dtype=torch.int64, device=device)
    counts[process_index()] = rows
    return summed(counts)


def gathered(rows: Tensor) -> Tensor:
    """Rows [n, ...] of all processes [N, ...], those of the first process first, with gradients.

    The processes may hold different numbers of rows; the other dimensions must agree.
    """
    if process_count() == 1:
        return rows
    counts = row_counts(len(rows), rows.device)
    before = int(counts[: process_index()].sum())
    after = int(counts.sum()) - before - len(rows)
    padding = [0, 0] * (rows.ndim - 1) + [before, after]
    return summed(functional.pad(rows, padding))


def gathered_ids(ids: Tensor) -> Tensor:
    """Token ids [n, T] of all processes [N, longest T], padded with zeros."""
    if process_count() == 1:
        return ids
    longest = torch.tensor(ids.shape[1], device=ids.device)
    distributed.all_reduce(longest, op=distributed.ReduceOp.MAX)
    return gathered(functional.pad(ids, (0, int(longest) - ids.shape[1])))


def gathered_owners(owners: Tensor, owned: int) -> Tensor:
    """Row numbers [n] into this process's `owned` rows, as numbers into all processes' rows [N]."""
    if process_count() == 1:
        return owners
    before = row_counts(owned, owners.device)[: process_index()].sum()
    return gathered(owners + before)


class SynchronisedBatchNorm2d(nn.BatchNorm2d):
    """Batch norm over the global batch. PyTorch's own refuses to run on a CPU."""

    def forward(self, hidden: Tensor) -> Tensor:
        """[B, C, H, W], normalised by the statistics of all processes' B while training."""
        if not self.training or process_count() == 1:
            return super().forward(hidden)
        values = hidden.float()
        pixels = torch.full_like(values[:1, :1, 0, 0], values.numel() / values.shape[1])
        count = summed(pixels).squeeze()
        mean = summed(values.sum(dim=(0, 2, 3))) / count
        # From deviations, not from squares, whose difference loses its digits.
        spread = (values - mean[:, None, None]).square()
        variance = summed(spread.sum(dim=(0, 2, 3))) / count
        self._follow(mean.detach(), (variance * count / (count - 1)).detach())
        scale = torch.rsqrt(variance + self.eps) * self.weight
        shift = self.bias - mean * scale
        return (values * scale[:, None, None] + shift[:, None, None]).to(hidden.dtype)

    @torch.no_grad()
    def _follow(self, mean: Tensor, variance: Tensor) -> None:
        """Move the running statistics, as `BatchNorm2d` does."""
        if self.running_mean is None or self.running_var is None:
            return
        if self.num_batches_tracked is not None:
            self.num_batches_tracked += 1
        momentum = self.momentum
        if momentum is None:
            momentum = 1 / float(self.num_batches_tracked or 1)
        self.running_mean.lerp_(mean, momentum)
        self.running_var.lerp_(variance, momentum)


def synchronise_batch_norm(module: nn.Module) -> None:
    """Let every `BatchNorm2d` in `module` use the global batch; names and weights stay."""
    for child in module.modules():
        if type(child) is nn.BatchNorm2d:
            # The subclass adds no state, so the module becomes one in place.
            child.__class__ = SynchronisedBatchNorm2d
