"""Augmentation gives the view it took, and boxes follow their objects through it."""

from __future__ import annotations

import math

import pytest
import torch

from model_training.augment import augment, augment_with_views, transform_boxes
from model_training.sensor import SensorSettings

SIDE = 96
EARLIER_MEAN, EARLIER_PIXEL, EARLIER_FOLLOWING = 136.3811, 166.0557, 0.24380445


def image_with_box(
    left: int, top: int, width: int, height: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """A white rectangle on black, uint8 [3, 96, 96], and its box in image sides."""
    image = torch.zeros(3, SIDE, SIDE, dtype=torch.uint8)
    image[:, top : top + height, left : left + width] = 255
    box = torch.tensor([left + width / 2, top + height / 2, width, height]) / SIDE
    return image, box


def test_boxes_follow_their_objects_through_every_view() -> None:
    torch.manual_seed(4)
    drawn = [image_with_box(20 + 2 * (i % 8), 30, 24, 10 + i % 5) for i in range(64)]
    images, boxes = (torch.stack(part) for part in zip(*drawn))
    pixels, views = augment_with_views(images, SIDE, 0.7, 0.0)
    moved, visible = transform_boxes(boxes, views)
    compared = 0
    for image, box, share in zip(pixels, moved, visible):
        rows, columns = torch.nonzero(image[0] > 127, as_tuple=True)
        if share < 0.5:
            continue
        seen = torch.stack([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]) / SIDE
        low, high = box[:2] - box[2:] / 2, box[:2] + box[2:] / 2
        assert torch.allclose(torch.cat([low, high]), seen.float(), atol=1.6 / SIDE)
        compared += 1
    assert compared > 48
    turned = (views[:, 0, 0].abs() < 1e-6).float().mean()
    assert 0.2 < turned < 0.8


def test_a_box_cut_by_the_crop_keeps_its_visible_share() -> None:
    half = torch.tensor([[0.5, 0.0, 0.0], [0.0, 0.5, 0.0]])
    boxes = torch.tensor([[0.25, 0.5, 0.2, 0.2], [0.05, 0.05, 0.1, 0.1]])
    moved, visible = transform_boxes(boxes, half)
    assert torch.allclose(moved[0], torch.tensor([0.1, 0.5, 0.2, 0.4]))
    assert visible[0].item() == pytest.approx(0.5)
    assert visible[1].item() == 0
    assert (moved[1, 2:] == 0).all()


def test_mixed_precision_does_not_move_boxes() -> None:
    torch.manual_seed(2)
    _, views = augment_with_views(torch.zeros(32, 3, 16, 16, dtype=torch.uint8), 16, 0.7, 0.0)
    boxes = torch.rand(32, 4)
    moved, visible = transform_boxes(boxes, views)
    with torch.autocast("cpu", torch.bfloat16):
        again, still_visible = transform_boxes(boxes, views)
    assert torch.equal(moved, again)
    assert torch.equal(visible, still_visible)


def test_the_whole_image_leaves_boxes_as_they_are() -> None:
    whole = torch.tensor([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    boxes = torch.rand(5, 4) * 0.2 + 0.3
    moved, visible = transform_boxes(boxes, whole)
    assert torch.allclose(moved, boxes)
    assert torch.allclose(visible, torch.ones(5))
    assert transform_boxes(boxes[:0], whole)[0].shape == (0, 4)


def test_a_view_that_is_not_square_to_the_image_is_refused() -> None:
    c, s = math.cos(0.3), math.sin(0.3)
    with pytest.raises(ValueError, match="quarter turns"):
        transform_boxes(torch.rand(1, 4), torch.tensor([[c, -s, 0.0], [s, c, 0.0]]))


def test_upright_images_are_not_turned_and_others_stay_as_they_were() -> None:
    images = torch.randint(0, 256, (16, 3, SIDE, SIDE), dtype=torch.uint8)
    upright = torch.arange(16) % 2 == 0
    torch.manual_seed(1)
    free, free_views = augment_with_views(images, 64, 0.8, 0.1)
    torch.manual_seed(1)
    held, views = augment_with_views(images, 64, 0.8, 0.1, upright=upright)
    assert (views[upright, 0, 1] == 0).all()
    assert (views[upright, 0, 0] > 0).all()
    assert torch.equal(held[~upright], free[~upright])
    assert torch.equal(views[:, :, 2], free_views[:, :, 2])


def test_the_random_stream_of_earlier_runs_is_kept() -> None:
    """A checkpoint saves the generator: a run resumed today must see what it would have seen.

    The numbers were drawn by the augmentation as it was before views and sensors (commit 39c6349).
    """
    images = torch.arange(4 * 3 * 24 * 24).remainder(251).to(torch.uint8).reshape(4, 3, 24, 24)
    torch.manual_seed(11)
    pixels = augment(images, 16, 0.7, 0.2, SensorSettings(share=0.0))
    following = torch.rand(1).item()
    assert pixels.double().mean().item() == pytest.approx(EARLIER_MEAN, abs=1e-3)
    assert pixels[2, 1, 3, 5].item() == pytest.approx(EARLIER_PIXEL, abs=1e-2)
    assert following == pytest.approx(EARLIER_FOLLOWING, abs=1e-7)
