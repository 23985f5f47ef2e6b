"""Centre maps and boxes: targets lie where the objects are, and fitting them finds the objects."""

from __future__ import annotations

import pytest
import torch
from torch.nn.functional import normalize

from model_training.model.grounding import (
    BoxTargets,
    GroundingHead,
    box_loss,
    centre_loss,
    centre_targets,
    generalised_iou,
)

SHAPE = (6, 6)


def targets() -> BoxTargets:
    return BoxTargets(
        torch.tensor([0, 0, 1]),
        torch.tensor([0, 1, 0]),
        torch.tensor([[0.25, 0.25, 0.3, 0.3], [0.9, 0.5, 0.1, 0.4], [0.6, 0.75, 0.2, 0.2]]),
        torch.tensor([[True, True], [True, False]]),
    )


def test_heat_is_one_at_each_centre_and_only_there() -> None:
    heat = centre_targets(targets(), SHAPE).view(2, *SHAPE, 2)
    assert heat.shape == (2, 6, 6, 2)
    for centre in [(0, 1, 1, 0), (0, 3, 5, 1), (1, 4, 3, 0)]:
        assert heat[centre] == 1
    assert (heat == 1).sum() == 3
    assert 0 < heat[0, 1, 2, 0] < 1


def test_pairs_that_nobody_labelled_do_not_count() -> None:
    heat = centre_targets(targets(), SHAPE)
    logits = torch.zeros(2, 36, 2)
    changed = logits.clone()
    changed[1, :, 1] = 9.0
    labelled = targets().labelled
    assert centre_loss(logits, heat, labelled) == centre_loss(changed, heat, labelled)


def test_generalised_iou_of_known_boxes() -> None:
    ours = torch.tensor([[0.5, 0.5, 0.2, 0.2], [0.2, 0.5, 0.2, 0.2]])
    theirs = torch.tensor([[0.5, 0.5, 0.2, 0.2], [0.8, 0.5, 0.2, 0.2]])
    same, apart = generalised_iou(ours, theirs).tolist()
    assert same == pytest.approx(1.0, abs=1e-5)
    # Hull 0.8 x 0.2, union 2 x 0.04: (0.16 - 0.08) / 0.16 wasted.
    assert apart == pytest.approx(-0.5, abs=1e-4)


def test_an_image_without_boxes_costs_no_box_loss() -> None:
    empty = BoxTargets(
        torch.zeros(0, dtype=torch.int64),
        torch.zeros(0, dtype=torch.int64),
        torch.zeros(0, 4),
        torch.tensor([[True]]),
    )
    assert box_loss(torch.rand(1, 36, 4), empty, SHAPE).item() == 0.0


def test_fitting_puts_the_best_score_and_box_on_each_object() -> None:
    torch.manual_seed(0)
    head = GroundingHead(16, 8)
    fine = torch.randn(2, 36, 16)
    phrases = normalize(torch.randn(2, 8), dim=1)
    wanted = targets()
    heat = centre_targets(wanted, SHAPE)
    optimiser = torch.optim.Adam(head.parameters(), lr=2e-2)
    for _ in range(200):
        optimiser.zero_grad()
        found = head(fine, SHAPE)
        loss = centre_loss(head.logits(found.cells, phrases), heat, wanted.labelled)
        (loss + box_loss(found.boxes, wanted, SHAPE)).backward()
        optimiser.step()
    found = head(fine, SHAPE)
    best = head.logits(found.cells, phrases)[wanted.image, :, wanted.phrase].argmax(dim=1)
    overlap = generalised_iou(found.boxes[wanted.image, best], wanted.boxes)
    assert (overlap > 0.7).all()
