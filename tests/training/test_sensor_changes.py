"""Sensor augmentation does to images what other cameras, heights, air and files do."""

from __future__ import annotations

import io

import numpy as np
import pytest
import torch
from PIL import Image

from model_training import sensor
from model_training.data.drawn import drawn_records
from model_training.data.pixels import pixel_cache
from model_training.sensor import SensorSettings, change_sensor

ALWAYS = SensorSettings(share=1.0)


@pytest.fixture(scope="module")
def images() -> torch.Tensor:
    """Eight drawn scenes, float [8, 3, 76, 76]: a side that is no multiple of eight."""
    records, _ = drawn_records(9, seed=6)
    return torch.from_numpy(pixel_cache(records[:8], 76)).float()


def detail(pixels: torch.Tensor) -> torch.Tensor:
    """Mean difference of neighbours, [B]: what blur takes away and noise adds."""
    return (pixels[..., 1:] - pixels[..., :-1]).abs().mean(dim=(1, 2, 3))


def test_a_share_of_zero_changes_nothing_and_draws_nothing(images: torch.Tensor) -> None:
    state = torch.get_rng_state()
    assert change_sensor(images, SensorSettings()) is images
    assert torch.equal(torch.get_rng_state(), state)


def test_each_change_is_drawn_for_its_own_images(images: torch.Tensor) -> None:
    torch.manual_seed(0)
    many = images.repeat(16, 1, 1, 1)
    changed = change_sensor(many, SensorSettings(share=0.2))
    same = (changed == many).flatten(1).all(dim=1).float().mean().item()
    assert same == pytest.approx(0.8**6, abs=0.12)
    assert changed.shape == many.shape
    assert changed.min() >= 0
    assert changed.max() <= 255


def test_the_generator_decides(images: torch.Tensor) -> None:
    torch.manual_seed(5)
    once = change_sensor(images, ALWAYS)
    torch.manual_seed(5)
    assert torch.equal(change_sensor(images, ALWAYS), once)


def test_mixed_precision_of_the_model_is_not_used(images: torch.Tensor) -> None:
    torch.manual_seed(5)
    plain = change_sensor(images, ALWAYS)
    torch.manual_seed(5)
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(change_sensor(images, ALWAYS), plain)


@pytest.mark.parametrize("change", [sensor.coarsen, sensor.blur, sensor.haze])
def test_detail_is_lost(images: torch.Tensor, change: object) -> None:
    assert callable(change)
    assert (detail(change(images, ALWAYS)) < detail(images)).all()


def test_noise_adds_detail_and_keeps_the_mean(images: torch.Tensor) -> None:
    noisy = sensor.noise(images, ALWAYS)
    assert (detail(noisy) > detail(images)).all()
    assert (noisy - images).mean().abs() < 0.5


def test_blur_and_coarsening_keep_flat_ground_flat() -> None:
    flat = torch.full((3, 3, 40, 40), 90.0)
    for change in (sensor.blur, sensor.coarsen, sensor.compress):
        assert torch.allclose(change(flat, ALWAYS), flat, atol=6.0)
    assert torch.allclose(sensor.blur(flat, ALWAYS), flat, atol=1e-3)


def test_coarsening_respects_its_limit(images: torch.Tensor) -> None:
    assert torch.equal(sensor.coarsen(images, SensorSettings(1.0, 1.0, coarsest=1.0)), images)
    mild = sensor.coarsen(images, SensorSettings(1.0, 1.0, coarsest=1.5))
    strong = sensor.coarsen(images, SensorSettings(1.0, 1.0, coarsest=8.0))
    assert detail(strong).mean() < detail(mild).mean()


def test_compression_is_what_jpeg_does(
    images: torch.Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against Pillow's encoder at one quality, without its chroma subsampling."""
    monkeypatch.setattr(sensor, "LOWEST_QUALITY", 30)
    monkeypatch.setattr(sensor, "HIGHEST_QUALITY", 30)
    ours = sensor.compress(images, ALWAYS).clamp(0, 255)
    for image, mine in zip(images, ours):
        buffer = io.BytesIO()
        rgb = image.permute(1, 2, 0).numpy().astype(np.uint8)
        Image.fromarray(rgb).save(buffer, format="JPEG", quality=30, subsampling=0)
        theirs = torch.from_numpy(np.asarray(Image.open(buffer)).copy()).permute(2, 0, 1).float()
        lost = (theirs - image).abs().mean()
        assert (mine - theirs).abs().mean() < 0.6 * lost
        assert (mine - image).abs().mean() == pytest.approx(lost.item(), rel=0.35)
