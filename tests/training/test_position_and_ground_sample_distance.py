"""Positions are of the image, not of the grid; distances count by their logarithm."""

from __future__ import annotations

import pytest
import torch

from model_training.model.levels import pooling_matrix
from model_training.model.position import GroundSampleDistance, grid_encoding


def test_the_same_place_is_alike_in_grids_of_different_size() -> None:
    coarse, fine = grid_encoding(2, 2, 32), grid_encoding(6, 6, 32)
    # Cell (0, 0) of the coarse grid is centred where cell (1, 1) of the fine one is.
    torch.testing.assert_close(coarse[0], fine[7])
    assert not torch.allclose(coarse[0], coarse[3])


def test_width_must_hold_two_axes_of_sine_and_cosine() -> None:
    with pytest.raises(ValueError, match="multiple of 4"):
        grid_encoding(2, 2, 30)


def test_an_unknown_distance_has_a_vector_of_its_own() -> None:
    ground = GroundSampleDistance(8)
    with torch.no_grad():
        ground.unknown.fill_(7.0)
        ground.project.weight.normal_()
    known, unknown, doubled = ground(torch.tensor([0.5, 0.0, 1.0]))
    assert (unknown == 7.0).all()
    assert not torch.allclose(known, doubled)


def test_pooling_is_the_mean_of_each_region() -> None:
    weights = pooling_matrix(6, 4, 2)
    assert weights.shape == (4, 24)
    torch.testing.assert_close(weights.sum(dim=1), torch.ones(4))
    rows = torch.arange(24.0).view(6, 4)
    torch.testing.assert_close((weights @ rows.flatten())[1], rows[:3, 2:].mean())
