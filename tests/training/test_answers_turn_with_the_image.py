"""A question for a place keeps its true answer when the image is turned; counts near the truth are
nearly right."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import torch

from model_training.data.answer_targets import AnswerTargets
from model_training.data.dataset import CaptionDataset
from model_training.data.image_text import ImageText
from model_training.data.turned_places import Symmetry, TurnedAnswers
from model_training.model.losses import answer_loss
from model_training.synthetic import Question

ALL = [Symmetry(*which) for which in product((False, True), repeat=3)]
SIDE = 8


@pytest.mark.parametrize("symmetry", ALL)
@pytest.mark.parametrize(
    ("place", "row", "column"), [("top left", 0, 0), ("right", 4, 7), ("bottom", 7, 4)]
)
def test_place_and_pixel_move_together(
    symmetry: Symmetry, place: str, row: int, column: int
) -> None:
    image = torch.zeros(3, SIDE, SIDE)
    image[:, row, column] = 1
    moved_row, moved_column = symmetry.of_image(image)[0].nonzero()[0].tolist()
    said = symmetry.of_place(place).split()
    assert ("top" in said) == (moved_row == 0)
    assert ("bottom" in said) == (moved_row == SIDE - 1)
    assert ("left" in said) == (moved_column == 0)
    assert ("right" in said) == (moved_column == SIDE - 1)


def test_a_turned_answer_is_worded_as_the_data_words_it() -> None:
    answers = TurnedAnswers(["up and bottom", "up and bottom", "top and bottom", "left and right"])
    transposed = Symmetry(transposed=True)
    assert answers.turned("left and right", transposed) == "up and bottom"
    assert answers.turned("up and bottom", transposed) == "left and right"
    assert answers.turned("top and bottom", Symmetry()) == "top and bottom"
    assert answers.turned("center and right", transposed) is None


def test_an_image_asked_for_a_place_is_turned_once() -> None:
    pixels = np.zeros((2, 3, SIDE, SIDE), np.uint8)
    pixels[:, :, 0, :] = 255
    asked = Question("Where is the beach?", "top", "location")
    said = [Question("Where is it?", a, "location") for a in ("bottom", "left", "right")]
    records = [
        ImageText("s/1", "", ("a beach",), b"", (asked,)),
        ImageText("s/2", "", ("a beach",), b"", tuple(said)),
    ]
    torch.manual_seed(0)
    items = [CaptionDataset(records, pixels, 1, (), 4)[0] for _ in range(40)]
    assert all(item.upright for item in items)
    bright = {
        "top": (0, slice(None)),
        "bottom": (-1, slice(None)),
        "left": (slice(None), 0),
        "right": (slice(None), -1),
    }
    for item in items:
        row, column = bright[item.questions[0].answer]
        assert (item.image[0, row, column] == 255).all()
    assert {item.questions[0].answer for item in items} == set(bright)


def test_images_without_such_a_question_are_left_to_augmentation() -> None:
    pixels = np.zeros((1, 3, SIDE, SIDE), np.uint8)
    yes = Question("?", "yes", "presence")
    record = ImageText("s/1", "", ("a beach",), b"", (yes,))
    item = CaptionDataset([record], pixels, 1, (), 4)[0]
    assert not item.upright


def test_near_counts_are_nearly_right() -> None:
    target = AnswerTargets({"yes": 0, "1": 1, "2": 2, "19": 3, "20": 4})
    few = target(Question("How many?", "one", "count"))
    many = target(Question("How many?", "19", "count"))
    assert few[1] > 0.95
    assert many[3] > many[4] > 0.2
    assert few[0] == many[0] == 0
    torch.testing.assert_close(torch.stack([few, many]).sum(1), torch.ones(2))


def test_an_answer_that_is_not_closed_teaches_nothing() -> None:
    target = AnswerTargets({"yes": 0, "no": 1})
    rows = torch.stack(
        [target(Question("?", "maybe", "presence")), target(Question("?", "no", "presence"))]
    )
    logits = torch.randn(2, 2, requires_grad=True)
    answer_loss(logits, rows, 0.1).backward()
    assert logits.grad is not None
    assert not logits.grad[0].any()
    assert logits.grad[1].any()
