"""Image tower: a backbone's feature maps, read as decoder tokens and as cells in the shared
space."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from .adapters.vision_backbones import build_backbone
from .configuration import MsVlamConfig


class VisionOutput(NamedTuple):
    """`tokens` [B, N, width], `embedding` [B, D] of unit length, `cells` [B, N, D] (see
    docs/bundle-format.md), and the backbone's maps: `fine` [B, Cf, R, C], `coarse`
    [B, Cc, r, c]."""

    tokens: Tensor
    embedding: Tensor
    cells: Tensor
    fine: Tensor
    coarse: Tensor


class VisionTower(nn.Module):
    """The global embedding is the mean of the cells, so a cell's similarity to a text is its exact
    share.

    That makes class activation mapping (Zhou et al. 2016) read straight off `cells`.
    """

    def __init__(self, config: MsVlamConfig) -> None:
        super().__init__()
        self.backbone = build_backbone(
            {"model_type": "mobilenet_v2", **config.vision_config}, config.image_size
        )
        fine, coarse = self.backbone.maps[0], self.backbone.maps[-1]
        self.fine_channels, self.coarse_channels = fine.channels, coarse.channels
        self.grid = coarse.side(config.image_size)
        self.to_tokens = nn.Linear(coarse.channels, config.decoder_width)
        self.token_norm = nn.LayerNorm(config.decoder_width)
        self.position = nn.Parameter(torch.zeros(self.grid * self.grid, config.decoder_width))
        self.to_cells = nn.Linear(coarse.channels, config.embedding_size)

    def forward(self, pixels: Tensor) -> VisionOutput:
        """Normalised images [B, 3, S, S] to tokens, embedding, cells and maps."""
        maps = self.backbone(pixels)
        fine, coarse = maps[0], maps[-1]
        features = coarse.flatten(2).transpose(1, 2)
        tokens = self.token_norm(self.to_tokens(features)) + self.position
        cells = self.to_cells(features)
        embedding = functional.normalize(cells.mean(dim=1).float(), dim=-1)
        return VisionOutput(tokens, embedding, cells, fine, coarse)


def set_batch_norm_momentum(module: nn.Module, momentum: float) -> None:
    """Give every batch norm PyTorch's meaning of momentum; `transformers` ships TensorFlow's
    (0.997)."""
    for child in module.modules():
        if isinstance(child, nn.BatchNorm2d):
            child.momentum = momentum
