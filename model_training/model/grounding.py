"""Where the object that a phrase names is: a score and a box for every fine cell.

Centres as points, after CenterNet (Zhou et al. 2019), but the class is a text embedding, so any
phrase can be asked for.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

PRIOR = 0.02
"""Score of every cell before training: nearly all cells hold no centre (Lin et al. 2017)."""

SMALLEST_SIDE = 1e-3
"""Of a box, in image sides; keeps logarithms and divisions finite."""


class GroundingOutput(NamedTuple):
    """`cells` [B, N, D] in the texts' space, of unit length; `boxes` [B, N, 4] as centre x, centre
    y, width, height in image sides, 0..1 from the top left."""

    cells: Tensor
    boxes: Tensor


class GroundingHead(nn.Module):
    """Reads the fine map. `log_scale` and `bias` turn a cosine into the logit of "centre here"."""

    def __init__(self, width: int, embedding_size: int) -> None:
        super().__init__()
        self.mix = nn.Sequential(
            nn.Conv2d(width, width, 3, padding=1, groups=width),
            nn.Conv2d(width, width, 1),
            nn.GELU(),
        )
        self.norm = nn.LayerNorm(width)
        self.embed = nn.Linear(width, embedding_size)
        self.box = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, 4))
        self.log_scale = nn.Parameter(torch.tensor(math.log(10.0)))
        self.bias = nn.Parameter(torch.tensor(math.log(PRIOR / (1 - PRIOR))))

    def forward(self, fine: Tensor, shape: tuple[int, int]) -> GroundingOutput:
        """Fine tokens [B, R * C, W] of a map of `shape` (R, C)."""
        batch, _, width = fine.shape
        grid = fine.transpose(1, 2).reshape(batch, width, *shape)
        hidden = self.norm(fine + self.mix(grid).flatten(2).transpose(1, 2))
        cells = functional.normalize(self.embed(hidden).float(), dim=-1)
        return GroundingOutput(cells, _decode(self.box(hidden).float(), shape))

    def logits(self, cells: Tensor, phrases: Tensor) -> Tensor:
        """Cells [B, N, D] and phrases [P, D], both of unit length, to logits [B, N, P]."""
        return self.log_scale.exp() * (cells @ phrases.T) + self.bias


def cell_centres(shape: tuple[int, int]) -> Tensor:
    """x, y of cell centres in image sides, [R * C, 2] in row order."""
    rows, columns = shape
    y = (torch.arange(rows) + 0.5) / rows
    x = (torch.arange(columns) + 0.5) / columns
    return torch.stack([x.expand(rows, -1), y[:, None].expand(-1, columns)], dim=-1).reshape(-1, 2)


def _decode(raw: Tensor, shape: tuple[int, int]) -> Tensor:
    """Raw outputs to boxes: the centre moves within 1.5 cells of its cell's; sides are exponentials
    of cells."""
    cell = torch.tensor([1 / shape[1], 1 / shape[0]], device=raw.device)
    centre = cell_centres(shape).to(raw.device) + 1.5 * torch.tanh(raw[..., :2]) * cell
    sides = cell * torch.exp(raw[..., 2:].clamp(-4, 4))
    return torch.cat([centre, sides], dim=-1)


class BoxTargets(NamedTuple):
    """What the grounding losses are told, for M boxes in a batch of B images.

    `image` [M] and `phrase` [M] are indices; `boxes` [M, 4] as in `GroundingOutput`; `labelled`
    bool [B, P] says for which phrases all objects of an image are boxed.
    """

    image: Tensor
    phrase: Tensor
    boxes: Tensor
    labelled: Tensor


def centre_targets(targets: BoxTargets, shape: tuple[int, int]) -> Tensor:
    """Heat maps [B, N, P] in 0..1: 1 in the cell of each centre, a Gaussian of the box's size
    around it; the larger of two where objects meet."""
    images, phrases = targets.labelled.shape
    centres = cell_centres(shape).to(targets.boxes.device)
    heat = torch.zeros(images, len(centres), phrases, device=targets.boxes.device)
    if not len(targets.boxes):
        return heat
    cell = torch.tensor([1 / shape[1], 1 / shape[0]], device=heat.device)
    spread = torch.maximum(targets.boxes[:, 2:] / 6, cell / 3)
    offset = (centres[None] - targets.boxes[:, None, :2]) / spread[:, None]
    bumps = torch.exp(-0.5 * offset.square().sum(-1))
    nearest = _nearest_cells(targets.boxes, shape)
    bumps[torch.arange(len(bumps), device=heat.device), nearest] = 1.0
    flat = heat.permute(0, 2, 1).reshape(images * phrases, -1)
    index = (targets.image * phrases + targets.phrase)[:, None].expand_as(bumps)
    flat = flat.scatter_reduce(0, index, bumps, reduce="amax")
    return flat.view(images, phrases, -1).permute(0, 2, 1)


def _nearest_cells(boxes: Tensor, shape: tuple[int, int]) -> Tensor:
    rows, columns = shape
    column = (boxes[:, 0] * columns).long().clamp(0, columns - 1)
    row = (boxes[:, 1] * rows).long().clamp(0, rows - 1)
    return row * columns + column


def centre_loss(logits: Tensor, heat: Tensor, labelled: Tensor) -> Tensor:
    """Focal loss of the centre maps [B, N, P], per object (Zhou et al. 2019, equation 1).

    Pairs of image and phrase that are not `labelled` [B, P] do not count.
    """
    score = torch.sigmoid(logits.float()).clamp(1e-6, 1 - 1e-6)
    is_centre = heat >= 1.0
    at_centres = -((1 - score) ** 2) * torch.log(score)
    elsewhere = -((1 - heat) ** 4) * score**2 * torch.log(1 - score)
    each = torch.where(is_centre, at_centres, elsewhere) * labelled[:, None, :]
    return each.sum() / (is_centre & labelled[:, None, :]).sum().clamp(min=1)


def box_loss(predicted: Tensor, targets: BoxTargets, shape: tuple[int, int]) -> Tensor:
    """1 - generalised IoU (Rezatofighi et al. 2019) plus the log-ratio of sides, at each object's
    centre cell."""
    if not len(targets.boxes):
        return predicted.sum() * 0.0
    found = predicted[targets.image, _nearest_cells(targets.boxes, shape)]
    ratio = torch.log(found[:, 2:].clamp(min=SMALLEST_SIDE)) - torch.log(
        targets.boxes[:, 2:].clamp(min=SMALLEST_SIDE)
    )
    return (1 - generalised_iou(found, targets.boxes)).mean() + ratio.abs().mean()


def generalised_iou(ours: Tensor, theirs: Tensor) -> Tensor:
    """Generalised intersection over union of boxes [M, 4] (centre x, centre y, width, height)."""
    low_a, high_a = ours[:, :2] - ours[:, 2:] / 2, ours[:, :2] + ours[:, 2:] / 2
    low_b, high_b = theirs[:, :2] - theirs[:, 2:] / 2, theirs[:, :2] + theirs[:, 2:] / 2
    shared = _area(torch.maximum(low_a, low_b), torch.minimum(high_a, high_b))
    union = _area(low_a, high_a) + _area(low_b, high_b) - shared
    hull = _area(torch.minimum(low_a, low_b), torch.maximum(high_a, high_b))
    least = SMALLEST_SIDE**2
    return shared / union.clamp(min=least) - (hull - union) / hull.clamp(min=least)


def _area(low: Tensor, high: Tensor) -> Tensor:
    return (high - low).clamp(min=0).prod(dim=-1)
