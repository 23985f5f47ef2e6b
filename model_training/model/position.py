"""Where a token lies and how much ground it covers, as vectors that any grid size shares."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

LONGEST_PERIOD = 4.0
"""Of the position sines, in image sides; the shortest is one 32nd of a side."""

SHORTEST_PERIOD = 1 / 32


def grid_encoding(rows: int, columns: int, width: int) -> Tensor:
    """Sines and cosines of cell centres in 0..1, float32 [rows * columns, width], row order.

    Of the position within the image, not of the cell's index, so that a model trained at one input
    size can run at another. After Vaswani et al. 2017, in two dimensions.

    Raises:
        ValueError: `width` is not a multiple of 4.
    """
    if width % 4:
        raise ValueError(f"A grid encoding needs a width that is a multiple of 4, not {width}.")
    count = width // 4
    steps = torch.arange(count) / max(1, count - 1)
    periods = LONGEST_PERIOD * (SHORTEST_PERIOD / LONGEST_PERIOD) ** steps
    y = (torch.arange(rows) + 0.5) / rows
    x = (torch.arange(columns) + 0.5) / columns
    of_y = 2 * math.pi * y[:, None] / periods
    of_x = 2 * math.pi * x[:, None] / periods
    along_rows = torch.cat([of_y.sin(), of_y.cos()], dim=1)[:, None].expand(-1, columns, -1)
    along_columns = torch.cat([of_x.sin(), of_x.cos()], dim=1)[None].expand(rows, -1, -1)
    return torch.cat([along_rows, along_columns], dim=2).reshape(rows * columns, width)


class GroundSampleDistance(nn.Module):
    """Metres per input pixel as a vector; a learned one where it is not known.

    The logarithm counts: 0.5 m against 1 m is the same step as 5 m against 10 m.
    """

    centres: Tensor

    OCTAVES = (-4.0, 8.0)
    """log2 of the metres that the bumps cover: 6 cm to 256 m."""

    def __init__(self, width: int) -> None:
        super().__init__()
        centres = torch.arange(self.OCTAVES[0], self.OCTAVES[1] + 1)
        self.register_buffer("centres", centres, persistent=False)
        self.project = nn.Linear(len(centres), width)
        self.unknown = nn.Parameter(torch.zeros(width))
        nn.init.zeros_(self.project.weight)
        nn.init.zeros_(self.project.bias)

    def forward(self, metres: Tensor) -> Tensor:
        """Metres per pixel [B], 0 where unknown, to [B, width]."""
        octave = torch.log2(metres.clamp(min=1e-6)).clamp(*self.OCTAVES)
        bumps = torch.exp(-0.5 * (octave[:, None] - self.centres) ** 2)
        return torch.where((metres > 0)[:, None], self.project(bumps), self.unknown)
