"""The detail head: how much of the alignment loss a closer look at each cell would take away."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class DetailHead(nn.Module):
    """Cells' embeddings [B, N, D] to the loss reduction in nats [B, N] that refining each brings.

    A cell is read as it is, beside the mean of the image: what differs from its surroundings, or
    says little, gains most from being seen alone. The cells' lengths are read too, where they have
    any: features that agree give long vectors.

    Args:
        size: D, of the cells or of the regions of a model of three levels.
        width: of the hidden layer.
        dropout: of the hidden layer, while training.
    """

    def __init__(self, size: int, width: int = 64, dropout: float = 0.2) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(2 * size + 2, width), nn.GELU(), nn.Dropout(dropout), nn.Linear(width, 1)
        )

    def forward(self, cells: Tensor) -> Tensor:
        """See the class."""
        lengths = cells.norm(dim=-1, keepdim=True).clamp_min(1e-6)
        unit = cells / lengths
        whole = functional.normalize(cells.mean(dim=1, keepdim=True), dim=-1)
        alike = (unit * whole).sum(dim=-1, keepdim=True)
        features = torch.cat((unit, whole.expand_as(unit), alike, lengths.log()), dim=-1)
        reduction: Tensor = self.layers(features).squeeze(-1)
        return reduction
