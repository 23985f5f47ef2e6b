"""What other sensors, resolutions and formats do to an image, batchwise on the device that trains.

A model trained on two data sets learns their cameras too. Each change here is drawn for a random
part of the batch, so that every batch still holds images as they were.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

COARSENINGS = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
WIDEST_BLUR = 1.6
"""Standard deviation in pixels; wider looks like no sensor that anybody publishes."""
BLUR_RADIUS = 4
STRONGEST_CAST = 0.15
STRONGEST_GAMMA = 0.45
THICKEST_HAZE = 0.5
AIRLIGHT = (196.0, 205.0, 214.0)
"""Colour of light scattered towards the sensor: a bluish grey."""
NOISE = 12.0
"""Largest standard deviation in grey values."""
LOWEST_QUALITY, HIGHEST_QUALITY = 15, 75
BLOCK = 8


@dataclass(frozen=True)
class SensorSettings:
    """`share` of images that each change is applied to (0: none, and nothing is drawn), `strength`
    of all changes in 0..1, `coarsest` factor of lost resolution."""

    share: float = 0.0
    strength: float = 1.0
    coarsest: float = 4.0


def change_sensor(pixels: Tensor, settings: SensorSettings) -> Tensor:
    """Lose resolution, blur, haze, tint, add noise and compress, each for its own random images.

    In the order light takes: optics and ground sample distance, air, detector, file.

    Args:
        pixels: float [B, 3, H, W], RGB in 0..255.
        settings: how often and how much.

    Returns:
        Changed copy, same shape and range; `pixels` itself where `share` is 0.

    Note:
        Draws from PyTorch's generator of the device. On a CPU core all six take 4 ms for a 160 px
        image, so a `share` of 0.3 adds some 1.2 ms an image.
    """
    if settings.share <= 0:
        return pixels
    changes: tuple[Callable[[Tensor, SensorSettings], Tensor], ...] = (
        coarsen,
        blur,
        haze,
        cast,
        noise,
        compress,
    )
    pixels = pixels.clone()
    # In bfloat16, grey values above 128 come in steps of 1.
    with torch.autocast(pixels.device.type, enabled=False):
        for change in changes:
            drawn = torch.rand(len(pixels), device=pixels.device) < settings.share
            chosen = torch.nonzero(drawn)[:, 0]
            if len(chosen):
                pixels[chosen] = change(pixels[chosen], settings).clamp(0, 255)
    return pixels


def coarsen(pixels: Tensor, settings: SensorSettings) -> Tensor:
    """Shrink with area support and enlarge again; a factor for each image, up to `coarsest`."""
    height, width = pixels.shape[-2:]
    factors = [factor for factor in COARSENINGS if factor <= settings.coarsest]
    if not factors:
        return pixels
    drawn = torch.randint(0, len(factors), (len(pixels),), device=pixels.device)
    result = pixels.clone()
    for index, factor in enumerate(factors):
        rows = torch.nonzero(drawn == index)[:, 0]
        if not len(rows):
            continue
        small = (max(1, round(height / factor)), max(1, round(width / factor)))
        shrunk = functional.interpolate(pixels[rows], size=small, mode="area")
        result[rows] = functional.interpolate(
            shrunk, size=(height, width), mode="bilinear", align_corners=False
        )
    return result


def blur(pixels: Tensor, settings: SensorSettings) -> Tensor:
    """Gaussian blur, a width for each image."""
    count, channels, height, width = pixels.shape
    sigma = 0.3 + settings.strength * (WIDEST_BLUR - 0.3) * _uniform(count, pixels)
    offsets = torch.arange(-BLUR_RADIUS, BLUR_RADIUS + 1, device=pixels.device)
    kernel = torch.exp(-(offsets[None] ** 2) / (2 * sigma[:, None] ** 2))
    kernel = (kernel / kernel.sum(dim=1, keepdim=True)).to(pixels.dtype)
    # One group for each image and channel: every image has its own kernel.
    kernel = kernel.repeat_interleave(channels, dim=0)[:, None]
    flat = pixels.reshape(1, count * channels, height, width)
    sides = (BLUR_RADIUS, BLUR_RADIUS, BLUR_RADIUS, BLUR_RADIUS)
    flat = functional.pad(flat, sides, mode="replicate")
    flat = functional.conv2d(flat, kernel[..., None], groups=count * channels)
    flat = functional.conv2d(flat, kernel[..., None, :], groups=count * channels)
    return flat.reshape(pixels.shape)


def haze(pixels: Tensor, settings: SensorSettings) -> Tensor:
    """Mix with scattered light, unevenly over the image."""
    count, _, height, width = pixels.shape
    thickness = THICKEST_HAZE * settings.strength * _uniform(count, pixels)[:, None, None, None]
    corners = torch.rand(count, 1, 3, 3, device=pixels.device, dtype=pixels.dtype)
    field = functional.interpolate(
        corners, size=(height, width), mode="bilinear", align_corners=True
    )
    air = torch.tensor(AIRLIGHT, device=pixels.device, dtype=pixels.dtype)[None, :, None, None]
    share = thickness * (0.5 + 0.5 * field)
    return pixels + (air - pixels) * share


def cast(pixels: Tensor, settings: SensorSettings) -> Tensor:
    """Gain of each channel, gamma, and loss of colour down to a panchromatic band."""
    count = len(pixels)
    gain = 1 + STRONGEST_CAST * settings.strength * (
        2 * torch.rand(count, 3, 1, 1, device=pixels.device) - 1
    )
    power = torch.exp(STRONGEST_GAMMA * settings.strength * (2 * _uniform(count, pixels) - 1))[
        :, None, None, None
    ]
    colour = 1 - settings.strength * _uniform(count, pixels)[:, None, None, None] ** 2
    grey = pixels.mean(dim=1, keepdim=True)
    tinted = (grey + (pixels - grey) * colour) * gain
    return 255 * (tinted.clamp(0, 255) / 255) ** power


def noise(pixels: Tensor, settings: SensorSettings) -> Tensor:
    """Detector noise that grows with the square root of the light, and a constant part."""
    deviation = NOISE * settings.strength * _uniform(len(pixels), pixels)[:, None, None, None]
    light = 0.4 + 0.6 * (pixels / 255).clamp(0, 1).sqrt()
    return pixels + torch.randn_like(pixels) * deviation * light


LUMINANCE_TABLE = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)
CHROMINANCE_TABLE = (
    (17, 18, 24, 47, 99, 99, 99, 99),
    (18, 21, 26, 66, 99, 99, 99, 99),
    (24, 26, 56, 99, 99, 99, 99, 99),
    (47, 66, 99, 99, 99, 99, 99, 99),
    *[(99,) * 8] * 4,
)
"""Both tables are annex K of ITU-T T.81."""
TO_YCC = (
    (0.299, 0.587, 0.114),
    (-0.168736, -0.331264, 0.5),
    (0.5, -0.418688, -0.081312),
)


def compress(pixels: Tensor, settings: SensorSettings) -> Tensor:
    """Quantise 8 x 8 blocks as JPEG without subsampling does, at a quality for each image."""
    count, channels, height, width = pixels.shape
    best = HIGHEST_QUALITY + (100 - HIGHEST_QUALITY) * (1 - settings.strength)
    worst = LOWEST_QUALITY + (best - LOWEST_QUALITY) * (1 - settings.strength)
    quality = worst + (best - worst) * _uniform(count, pixels)
    # The scaling of tables that libjpeg made customary.
    scale = torch.where(quality < 50, 50 / quality, 2 - quality / 50)
    tables = torch.tensor(
        [LUMINANCE_TABLE, CHROMINANCE_TABLE, CHROMINANCE_TABLE],
        device=pixels.device,
        dtype=pixels.dtype,
    )
    step = (scale[:, None, None, None] * tables).clamp(min=1)[:, :, None, None]

    below, right = -height % BLOCK, -width % BLOCK
    padded = functional.pad(pixels, (0, right, 0, below), mode="replicate")
    to_ycc = torch.tensor(TO_YCC, device=pixels.device, dtype=pixels.dtype)
    ycc = torch.einsum("ij,bjhw->bihw", to_ycc, padded - 128)
    rows, columns = ycc.shape[-2] // BLOCK, ycc.shape[-1] // BLOCK
    blocks = ycc.reshape(count, channels, rows, BLOCK, columns, BLOCK).transpose(3, 4)
    basis = _cosines(pixels)
    frequencies = basis @ blocks @ basis.T
    frequencies = torch.round(frequencies / step) * step
    blocks = basis.T @ frequencies @ basis
    ycc = blocks.transpose(3, 4).reshape(ycc.shape)
    rgb = torch.einsum("ij,bjhw->bihw", torch.linalg.inv(to_ycc), ycc) + 128
    return rgb[..., :height, :width]


def _cosines(like: Tensor) -> Tensor:
    """The orthonormal discrete cosine transform of eight values, [8, 8]."""
    index = torch.arange(BLOCK, device=like.device, dtype=like.dtype)
    basis = torch.cos(math.pi / BLOCK * (index[None] + 0.5) * index[:, None])
    basis = basis * math.sqrt(2 / BLOCK)
    basis[0] /= math.sqrt(2)
    return basis


def _uniform(count: int, like: Tensor) -> Tensor:
    return torch.rand(count, device=like.device, dtype=like.dtype)
