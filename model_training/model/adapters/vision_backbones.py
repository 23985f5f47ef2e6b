"""Image backbones by name: one interface over MobileNetV2, CLIP's and SigLIP's towers and
`AutoBackbone`.

A backbone turns normalised pixels into feature maps, fine to coarse, and says what its maps are
(`stride`, `channels`), which pixels it expects (`statistics`) and what rebuilds it (`config`).
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import (
    AutoBackbone,
    AutoConfig,
    CLIPVisionConfig,
    CLIPVisionModel,
    MobileNetV2Config,
    MobileNetV2Model,
    PretrainedConfig,
    SiglipVisionConfig,
    SiglipVisionModel,
)
from transformers.models.mobilenet_v2.modeling_mobilenet_v2 import (
    MobileNetV2ConvLayer,
    MobileNetV2InvertedResidual,
)

from .pixel_statistics import (
    CLIP_STATISTICS,
    IMAGENET_STATISTICS,
    SYMMETRIC,
    PixelStatistics,
    pixel_statistics,
    read_image_processor,
)

FINE_STRIDE, COARSE_STRIDE = 16, 32
BATCH_NORM_MOMENTUM = 0.05
"""PyTorch's meaning. `transformers` ships TensorFlow's 0.997 for MobileNetV2, which in PyTorch
keeps the statistics of the last batch only."""

_PROBE_SIZE = 224


class BackboneUnsupported(ValueError):
    """A named model cannot serve as image backbone; the sentence says why."""


@dataclass(frozen=True)
class FeatureMap:
    """One map: input pixels per cell, and channels per cell."""

    stride: int
    channels: int

    def side(self, image_size: int) -> int:
        """Cells along the side of a square image; a cell cut by the edge counts."""
        return -(-image_size // self.stride)


class FeatureBackbone(nn.Module):
    """Normalised pixels [B, 3, S, S] to feature maps [B, C, S/stride, S/stride], fine to coarse.

    Attributes:
        config: rebuilds this backbone by `build_backbone(config)`, statistics included.
        maps: what `forward` returns, in its order: one or two.
        statistics: of the pixels, RGB 0..255.
    """

    config: PretrainedConfig
    maps: tuple[FeatureMap, ...]

    @property
    def statistics(self) -> PixelStatistics:
        """Kept in the configuration, so that they travel with the weights."""
        return PixelStatistics(tuple(self.config.pixel_mean), tuple(self.config.pixel_std))

    def forward(self, pixels: Tensor) -> tuple[Tensor, ...]:
        """The maps that `maps` describes."""
        raise NotImplementedError


class MobileNetV2Features(FeatureBackbone):
    """MobileNetV2 (Sandler et al. 2018): the last stride-16 block (96 channels at width 1) and the
    stride-32 map before its pooling (1280).

    Its parameters have the names they have in `MobileNetV2Model`.
    """

    def __init__(self, model: MobileNetV2Model) -> None:
        super().__init__()
        self.config = model.config
        if model.config.output_stride != COARSE_STRIDE:
            raise BackboneUnsupported(
                f"MobileNetV2 with output stride {model.config.output_stride} is not supported; "
                f"{COARSE_STRIDE} is."
            )
        self.conv_stem = model.conv_stem
        self.layer = model.layer
        self.conv_1x1 = model.conv_1x1
        blocks = cast("list[MobileNetV2InvertedResidual]", list(model.layer))
        strides = [block.conv_3x3.convolution.stride[0] for block in blocks]
        self._fine = max(i for i, stride in enumerate(strides) if stride > 1) - 1
        fine = blocks[self._fine].reduce_1x1.convolution.out_channels
        coarse = self.conv_1x1.convolution.out_channels
        self.maps = (FeatureMap(FINE_STRIDE, fine), FeatureMap(COARSE_STRIDE, coarse))
        _pad_within_convolutions(self)
        for child in self.modules():
            if isinstance(child, nn.BatchNorm2d):
                child.momentum = BATCH_NORM_MOMENTUM

    def forward(self, pixels: Tensor) -> tuple[Tensor, ...]:
        """[B, 96, S/16, S/16] and [B, 1280, S/32, S/32]."""
        hidden = self.conv_stem(pixels)
        fine = hidden
        for index, block in enumerate(self.layer):
            hidden = block(hidden)
            if index == self._fine:
                fine = hidden
        return fine, self.conv_1x1(hidden)


def _pad_within_convolutions(module: nn.Module) -> None:
    """Let stride-1 convolutions pad by themselves: TensorFlow's SAME is symmetric there, and its
    emulation copies every map."""
    for layer in module.modules():
        if not isinstance(layer, MobileNetV2ConvLayer) or not layer.config.tf_padding:
            continue
        convolution = layer.convolution
        if convolution.stride == (1, 1):
            reach = convolution.dilation[0] * (convolution.kernel_size[0] - 1) // 2
            convolution.padding = (reach, reach)
            layer.config = copy.copy(layer.config)
            layer.config.tf_padding = False


class TransformerFeatures(FeatureBackbone):
    """The vision tower of a CLIP or SigLIP: its patches as a map, and their 2x2 means as another.

    A tower with patches of 32 pixels has the first only.
    """

    def __init__(self, model: CLIPVisionModel | SiglipVisionModel) -> None:
        super().__init__()
        self.config = model.config
        self.model = model
        patch, width = _whole(model.config, "patch_size"), _whole(model.config, "hidden_size")
        self.side = _whole(model.config, "image_size") // patch
        self._has_class_token = isinstance(model, CLIPVisionModel)
        self._has_coarse = patch < COARSE_STRIDE
        self.maps = (FeatureMap(patch, width), FeatureMap(2 * patch, width))[: 1 + self._has_coarse]

    def forward(self, pixels: Tensor) -> tuple[Tensor, ...]:
        """[B, C, S/P, S/P] for patches of P pixels and, where P < 32, [B, C, S/2P, S/2P]."""
        patches = self.model(pixel_values=pixels).last_hidden_state
        if self._has_class_token:
            # CLIP normalises its class token only; the patches need it as much (MaskCLIP, Zhou et
            # al. 2022).
            patches = self.model.post_layernorm(patches[:, 1:])
        fine = patches.transpose(1, 2).unflatten(2, (self.side, self.side))
        if not self._has_coarse:
            return (fine,)
        coarse = functional.avg_pool2d(fine, 2, ceil_mode=True, count_include_pad=False)
        return fine, coarse


class StagedFeatures(FeatureBackbone):
    """Any model that `AutoBackbone` knows: ResNet, ConvNeXt, Swin, DINOv2 and so on."""

    def __init__(self, model: nn.Module, maps: tuple[FeatureMap, ...]) -> None:
        super().__init__()
        self.config = cast("PretrainedConfig", model.config)
        self.model = model
        self.maps = maps

    def forward(self, pixels: Tensor) -> tuple[Tensor, ...]:
        """The stages at stride 16 and 32, or the coarsest where there is none."""
        return tuple(self.model(pixels).feature_maps)


def build_backbone(
    source: str | Path | Mapping[str, Any] | PretrainedConfig, image_size: int
) -> FeatureBackbone:
    """The backbone of a checkpoint, with its weights, or of a configuration, with random ones.

    Args:
        source: a folder or hub name in Hugging Face format (of a whole CLIP or SigLIP, too: its
            vision tower is taken), or a configuration, as `FeatureBackbone.config` or its
            dictionary.
        image_size: side of the input in pixels; a transformer's position embeddings are resampled
            to it.

    Raises:
        BackboneUnsupported: no such architecture here, or it does not fit `image_size`.
        OSError: there is no such folder, hub name or connection.
    """
    if isinstance(source, (str, Path)):
        return _pretrained(source, image_size)
    config = source
    if not isinstance(config, PretrainedConfig):
        config = AutoConfig.for_model(**config)
    return _from_config(_with_statistics(copy.deepcopy(config), {}), image_size)


def _pretrained(source: str | Path, image_size: int) -> FeatureBackbone:
    config = AutoConfig.from_pretrained(source)
    config = getattr(config, "vision_config", config)
    backbone = _load(source, _with_statistics(config, read_image_processor(source)), image_size)
    # The path would name the training machine wherever the weights go.
    backbone.config._name_or_path = ""
    return backbone


def _load(source: str | Path, config: PretrainedConfig, image_size: int) -> FeatureBackbone:
    if isinstance(config, MobileNetV2Config):
        return MobileNetV2Features(
            MobileNetV2Model.from_pretrained(
                source, config=config, dtype=torch.float32, add_pooling_layer=False
            )
        )
    if isinstance(config, (CLIPVisionConfig, SiglipVisionConfig)):
        kind = CLIPVisionModel if isinstance(config, CLIPVisionConfig) else SiglipVisionModel
        if isinstance(config, SiglipVisionConfig):
            config.vision_use_head = False
        tower = kind.from_pretrained(source, config=config, dtype=torch.float32)
        _resample_positions(tower, image_size)
        return TransformerFeatures(tower)
    maps = _choose_stages(config)
    return StagedFeatures(
        AutoBackbone.from_pretrained(source, config=config, dtype=torch.float32), maps
    )


def _from_config(config: PretrainedConfig, image_size: int) -> FeatureBackbone:
    if isinstance(config, MobileNetV2Config):
        return MobileNetV2Features(MobileNetV2Model(config, add_pooling_layer=False))
    if isinstance(config, (CLIPVisionConfig, SiglipVisionConfig)):
        _check_patches(config, image_size)
        config.image_size = image_size
        if isinstance(config, SiglipVisionConfig):
            config.vision_use_head = False
            return TransformerFeatures(SiglipVisionModel(config))
        return TransformerFeatures(CLIPVisionModel(config))
    maps = _choose_stages(config)
    return StagedFeatures(AutoBackbone.from_config(config), maps)


def _with_statistics(config: PretrainedConfig, processor: Mapping[str, Any]) -> PretrainedConfig:
    """Write the pixel statistics into the configuration unless they are there."""
    if hasattr(config, "pixel_mean"):
        return config
    otherwise = IMAGENET_STATISTICS
    if isinstance(config, (MobileNetV2Config, SiglipVisionConfig)):
        otherwise = SYMMETRIC
    elif isinstance(config, CLIPVisionConfig):
        otherwise = CLIP_STATISTICS
    mean, std = astuple(pixel_statistics(processor, otherwise))
    config.pixel_mean, config.pixel_std = list(mean), list(std)
    return config


def _whole(config: PretrainedConfig, name: str) -> int:
    """A size that the configuration's type allows to be a pair; only square ones fit here."""
    value = getattr(config, name)
    if not isinstance(value, int):
        raise BackboneUnsupported(f"The configuration's {name} is {value}, not one whole number.")
    return value


def _check_patches(config: PretrainedConfig, image_size: int) -> None:
    patch = _whole(config, "patch_size")
    if image_size % patch:
        raise BackboneUnsupported(
            f"An image of {image_size} pixels is no whole number of patches of {patch}; "
            "choose a multiple."
        )


def _resample_positions(tower: CLIPVisionModel | SiglipVisionModel, image_size: int) -> None:
    """Bicubic, once, in place of at every call: exported graphs then hold a constant."""
    config, embeddings = tower.config, tower.embeddings
    if config.image_size == image_size:
        return
    _check_patches(config, image_size)
    side = image_size // _whole(config, "patch_size")
    table = embeddings.position_embedding.weight.data
    leading = embeddings.num_positions - embeddings.num_patches
    old = round(embeddings.num_patches**0.5)
    grid = table[leading:].T.reshape(1, -1, old, old)
    grid = functional.interpolate(grid, size=(side, side), mode="bicubic", align_corners=False)
    table = torch.cat([table[:leading], grid.flatten(2)[0].T])
    embeddings.position_embedding = nn.Embedding.from_pretrained(table, freeze=False)
    embeddings.register_buffer(
        "position_ids", torch.arange(len(table)).expand((1, -1)), persistent=False
    )
    embeddings.image_size, config.image_size = image_size, image_size
    embeddings.num_patches, embeddings.num_positions = side * side, len(table)


def _choose_stages(config: PretrainedConfig) -> tuple[FeatureMap, ...]:
    """Set `config.out_features` to the last stages at stride 16 and 32, and describe them.

    Strides are measured, on PyTorch's device for shapes without data: configurations do not name
    them.
    """
    names = getattr(config, "stage_names", None)
    if names is None:
        raise BackboneUnsupported(
            f"The architecture {config.model_type} cannot serve as image backbone: "
            "neither MobileNetV2, CLIP nor SigLIP, nor one that AutoBackbone knows."
        )
    config.out_features = list(names)
    with torch.device("meta"), torch.no_grad():
        probe = AutoBackbone.from_config(copy.deepcopy(config)).eval()
        found = probe(torch.zeros(1, 3, _PROBE_SIZE, _PROBE_SIZE)).feature_maps
    by_stride = {
        round(_PROBE_SIZE / features.shape[-1]): (name, features.shape[1])
        for name, features in zip(names, found, strict=True)
    }
    strides = [stride for stride in (FINE_STRIDE, COARSE_STRIDE) if stride in by_stride]
    strides = strides or [max(by_stride)]
    config.out_features = [by_stride[stride][0] for stride in strides]
    return tuple(FeatureMap(stride, by_stride[stride][1]) for stride in strides)
