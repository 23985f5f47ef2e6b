"""What a checkpoint's images were normalised with, read from its image processor's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transformers.image_processing_base import ImageProcessingMixin

FULL_SCALE = 255.0


@dataclass(frozen=True)
class PixelStatistics:
    """`(rgb - mean) / std` of RGB 0..255, per channel; `docs/bundle-format.md` means the same."""

    mean: tuple[float, float, float]
    std: tuple[float, float, float]


SYMMETRIC = PixelStatistics((127.5, 127.5, 127.5), (127.5, 127.5, 127.5))
"""0..255 to -1..1: MobileNetV2 (TensorFlow's preprocessing) and SigLIP."""

CLIP_STATISTICS = PixelStatistics(
    (122.7709383, 116.7460125, 104.09373615), (68.5005327, 66.6321579, 70.32316305)
)
"""OpenAI's CLIP (Radford et al. 2021), which nearly every CLIP was trained with since."""

IMAGENET_STATISTICS = PixelStatistics((123.675, 116.28, 103.53), (58.395, 57.12, 57.375))
"""ResNet, ConvNeXt, Swin, DINOv2."""


def read_image_processor(source: str | Path) -> dict[str, Any]:
    """The image processor's settings of a checkpoint folder or hub name; empty where it has none.

    Read as JSON: building the processor itself needs Pillow or torchvision.
    """
    try:
        settings, _ = ImageProcessingMixin.get_image_processor_dict(str(source))
    except OSError:
        return {}
    return settings


def pixel_statistics(processor: Mapping[str, Any], otherwise: PixelStatistics) -> PixelStatistics:
    """Mean and standard deviation in 0..255 that an image processor's settings ask for.

    Args:
        processor: from `read_image_processor`.
        otherwise: the family's own, used where the settings name none.
    """
    if "image_mean" not in processor or "image_std" not in processor:
        return otherwise
    # Processors rescale to 0..1 first unless told not to; then the statistics are 0..255 already.
    unit = 1.0
    if processor.get("do_rescale", True):
        unit = 1.0 / float(processor.get("rescale_factor", 1 / FULL_SCALE))
    if not processor.get("do_normalize", True):
        return PixelStatistics((0.0, 0.0, 0.0), (unit, unit, unit))
    mean, std = processor["image_mean"], processor["image_std"]
    return PixelStatistics(
        (mean[0] * unit, mean[1] * unit, mean[2] * unit),
        (std[0] * unit, std[1] * unit, std[2] * unit),
    )
