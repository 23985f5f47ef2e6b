"""Image tower: a MobileNetV2 feature map, read as decoder tokens and as cells in the shared
space."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import MobileNetV2Config, MobileNetV2Model

from .configuration import MsVlamConfig


class VisionOutput(NamedTuple):
    """`tokens` [B, N, width], `embedding` [B, D] of unit length, `cells` [B, N, D] (see
    docs/bundle-format.md)."""

    tokens: Tensor
    embedding: Tensor
    cells: Tensor


class VisionTower(nn.Module):
    """The global embedding is the mean of the cells, so a cell's similarity to a text is its exact
    share.

    That makes class activation mapping (Zhou et al. 2016) read straight off `cells`.
    """

    def __init__(self, config: MsVlamConfig) -> None:
        super().__init__()
        backbone = MobileNetV2Config(**config.vision_config)
        self.backbone = MobileNetV2Model(backbone, add_pooling_layer=False)
        channels = self.backbone.conv_1x1.convolution.out_channels
        side = -(-config.image_size // backbone.output_stride)
        self.to_tokens = nn.Linear(channels, config.decoder_width)
        self.token_norm = nn.LayerNorm(config.decoder_width)
        self.position = nn.Parameter(torch.zeros(side * side, config.decoder_width))
        self.to_cells = nn.Linear(channels, config.embedding_size)

    def forward(self, pixels: Tensor) -> VisionOutput:
        """Normalised images [B, 3, S, S] to tokens, embedding and cells."""
        features = self.backbone(pixels).last_hidden_state.flatten(2).transpose(1, 2)
        tokens = self.token_norm(self.to_tokens(features)) + self.position
        cells = self.to_cells(features)
        return VisionOutput(tokens, functional.normalize(cells.mean(dim=1).float(), dim=-1), cells)


def set_batch_norm_momentum(module: nn.Module, momentum: float) -> None:
    """Give every batch norm PyTorch's meaning of momentum; `transformers` ships TensorFlow's
    (0.997)."""
    for child in module.modules():
        if isinstance(child, nn.BatchNorm2d):
            child.momentum = momentum
