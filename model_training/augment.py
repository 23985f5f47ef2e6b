"""Augmentation of whole batches on the device that trains."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from .sensor import SensorSettings, change_sensor


def augment(
    images: Tensor,
    size: int,
    min_crop: float,
    colour_jitter: float,
    sensor: SensorSettings | None = None,
) -> Tensor:
    """Random crop, quarter turn, mirror and colour change per image, in one resampling.

    Nadir imagery has no up, so all eight symmetries of the square are equally likely.

    Args:
        images: uint8 [B, 3, H, H].
        size: side of the result in pixels.
        min_crop: least side of the crop as a share of the image's.
        colour_jitter: most relative change of brightness, contrast and saturation.
        sensor: what other sensors do, after all else; None does nothing and draws nothing.

    Returns:
        float32 [B, 3, size, size], RGB in 0..255.
    """
    return augment_with_views(images, size, min_crop, colour_jitter, sensor)[0]


def augment_with_views(
    images: Tensor,
    size: int,
    min_crop: float,
    colour_jitter: float,
    sensor: SensorSettings | None = None,
    upright: Tensor | None = None,
) -> tuple[Tensor, Tensor]:
    """`augment`, and the views it took, with which `transform_boxes` moves boxes along.

    Args:
        upright: bool [B], images that are neither turned nor mirrored (a mosaic's cells keep their
            places); None for none. The generator is used alike in any case.

    Returns:
        (pixels as of `augment`, views float32 [B, 2, 3]).
    """
    views = random_views(len(images), min_crop, images.device, upright)
    grid = functional.affine_grid(views, [len(images), 3, size, size], align_corners=False)
    pixels = functional.grid_sample(
        images.float(), grid, mode="bilinear", padding_mode="reflection", align_corners=False
    )
    pixels = _jitter(pixels, colour_jitter)
    return (pixels if sensor is None else change_sensor(pixels, sensor)), views


def random_views(
    count: int,
    min_crop: float,
    device: torch.device,
    upright: Tensor | None = None,
    generator: torch.Generator | None = None,
) -> Tensor:
    """Affine matrices of random crops, quarter turns and mirrorings: float32 [count, 2, 3].

    As `torch.nn.functional.affine_grid` takes them: from a place in the result to a place in the
    image, both in -1..1. Without a `generator`, PyTorch's of the device draws.
    """
    scale = min_crop + (1 - min_crop) * torch.rand(count, device=device, generator=generator)
    shift = 2 * torch.rand(count, 2, device=device, generator=generator) - 1
    shift = shift * (1 - scale[:, None])
    angle = torch.randint(0, 4, (count,), device=device, generator=generator) * (math.pi / 2)
    mirror = torch.randint(0, 2, (count,), device=device, generator=generator) * 2.0 - 1.0
    if upright is not None:
        angle = torch.where(upright, torch.zeros_like(angle), angle)
        mirror = torch.where(upright, torch.ones_like(mirror), mirror)
    views = torch.zeros(count, 2, 3, device=device)
    views[:, 0, 0] = torch.cos(angle) * scale * mirror
    views[:, 0, 1] = -torch.sin(angle) * scale
    views[:, 1, 0] = torch.sin(angle) * scale * mirror
    views[:, 1, 1] = torch.cos(angle) * scale
    views[:, :, 2] = shift
    return views


def transform_boxes(boxes: Tensor, views: Tensor) -> tuple[Tensor, Tensor]:
    """Where boxes of the image lie in the view of it.

    Args:
        boxes: float [N, 4] in image sides: centre x, centre y, width, height.
        views: of `augment_with_views`: float [2, 3], or [N, 2, 3] with that of each box's image.

    Returns:
        (boxes in sides of the result, cut to it, [N, 4]; share of each box's area that is left
        [N]). A box that is out of view has share 0, and no width or height.

    Raises:
        ValueError: a view turns by other than quarter turns; its boxes would not stay upright.
    """
    views = views.to(boxes.dtype).expand(len(boxes), 2, 3)
    turn, shift = views[:, :, :2], views[:, :, 2]
    inverse = torch.linalg.inv(turn)
    largest = inverse.abs().amax(dim=(1, 2), keepdim=True)
    # A quarter turn's cosine is not quite 0 in float32.
    inverse = torch.where(inverse.abs() < 1e-5 * largest, 0.0, inverse)
    if bool(((inverse != 0).sum(dim=2) != 1).any()):
        raise ValueError("A view turns by other than quarter turns, so boxes do not stay boxes.")
    # Sums, not `einsum`: autocast would take that to bfloat16, which is 2 pixels in 512.
    centre = (inverse * (2 * boxes[:, :2] - 1 - shift)[:, None]).sum(dim=2)
    sides = (inverse.abs() * boxes[:, None, 2:]).sum(dim=2)
    centre = (centre + 1) / 2
    low, high = (centre - sides / 2).clamp(0, 1), (centre + sides / 2).clamp(0, 1)
    left = (high - low).prod(dim=1) / sides.prod(dim=1).clamp(min=1e-12)
    kept = torch.cat([(low + high) / 2, high - low], dim=1)
    kept[:, 2:] *= (left > 0)[:, None]
    return kept, left


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
