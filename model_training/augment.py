"""Augmentation of whole batches on the device that trains."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional


def augment(images: Tensor, size: int, min_crop: float, colour_jitter: float) -> Tensor:
    """Random crop, quarter turn, mirror and colour change per image, in one resampling.

    Nadir imagery has no up, so all eight symmetries of the square are equally likely.

    Args:
        images: uint8 [B, 3, H, H].
        size: side of the result in pixels.
        min_crop: least side of the crop as a share of the image's.
        colour_jitter: most relative change of brightness, contrast and saturation.

    Returns:
        float32 [B, 3, size, size], RGB in 0..255.
    """
    count = len(images)
    device = images.device
    scale = min_crop + (1 - min_crop) * torch.rand(count, device=device)
    shift = (2 * torch.rand(count, 2, device=device) - 1) * (1 - scale[:, None])
    angle = torch.randint(0, 4, (count,), device=device) * (math.pi / 2)
    mirror = torch.randint(0, 2, (count,), device=device) * 2.0 - 1.0
    theta = torch.zeros(count, 2, 3, device=device)
    theta[:, 0, 0] = torch.cos(angle) * scale * mirror
    theta[:, 0, 1] = -torch.sin(angle) * scale
    theta[:, 1, 0] = torch.sin(angle) * scale * mirror
    theta[:, 1, 1] = torch.cos(angle) * scale
    theta[:, :, 2] = shift
    grid = functional.affine_grid(theta, [count, 3, size, size], align_corners=False)
    pixels = functional.grid_sample(
        images.float(), grid, mode="bilinear", padding_mode="reflection", align_corners=False
    )
    return _jitter(pixels, colour_jitter)


def _jitter(pixels: Tensor, amount: float) -> Tensor:
    count = len(pixels)
    change = 1 + amount * (2 * torch.rand(3, count, 1, 1, 1, device=pixels.device) - 1)
    brightness, contrast, saturation = change
    mean = pixels.mean(dim=(1, 2, 3), keepdim=True)
    grey = pixels.mean(dim=1, keepdim=True)
    pixels = grey + (pixels - grey) * saturation
    pixels = (mean + (pixels - mean) * contrast) * brightness
    return pixels.clamp(0, 255)


def centre_resize(images: Tensor, size: int) -> Tensor:
    """Evaluation's counterpart: uint8 [B, 3, H, H] to float32 [B, 3, size, size], nothing
    random."""
    return functional.interpolate(
        images.float(), size=(size, size), mode="bilinear", antialias=True, align_corners=False
    )
