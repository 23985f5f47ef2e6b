"""Answers' temperatures are fitted by kind of question, where there are enough of the kind."""

from __future__ import annotations

import io
import math

import numpy as np
import pytest
import torch
from PIL import Image
from torch.nn import functional

from model_training.checkpoint import Checkpoint
from model_training.config import ExperimentConfig
from model_training.data.image_text import ImageText
from model_training.export.calibrate_levels import (
    LEAST_OF_A_KIND,
    answer_logits,
    calibrate_levels,
)
from model_training.synthetic import Question
from model_training.vocabulary import build_vocabulary

from .small_model import SIZE, small_model

PRESENCE, COUNT, THEME = "Is there a river?", "How many rivers are there?", "What is the theme?"


def checkpoint() -> Checkpoint:
    vocabulary = build_vocabulary(None, [PRESENCE, COUNT, THEME, "yes no 2 beach"], [], 400)
    text = {
        "vocab_size": len(vocabulary.source_ids),
        "hidden_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 4,
        "intermediate_size": 64,
    }
    model = small_model(text_config=text, answers=("yes", "no", "2", "3", "beach"), knowledge=False)
    return Checkpoint(model.eval(), vocabulary.tokenizer, ExperimentConfig("tiny"), {})


def records(images: int) -> list[ImageText]:
    """Presence is what it is three times in four; counts are anything; two themes in all."""
    draw = np.random.default_rng(3)
    made = []
    for number in range(images):
        picture = io.BytesIO()
        pixels = draw.integers(0, 256, (SIZE, SIZE, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(picture, "PNG")
        asked = [
            Question(PRESENCE, "yes" if number % 4 else "no", "presence"),
            Question(COUNT, "two" if number % 2 else "three", "count"),
        ]
        if number < 2:
            asked.append(Question(THEME, "beach", "theme"))
        made.append(ImageText(str(number), "", ("a river",), picture.getvalue(), tuple(asked)))
    return made


def test_each_kind_gets_the_temperature_that_fits_it() -> None:
    trained, asked = checkpoint(), records(LEAST_OF_A_KIND)
    found = calibrate_levels(trained, asked, 48)
    assert set(found.answer_temperature_by_kind) == {"presence", "count"}

    logits, truth, kinds = answer_logits(trained.model, trained.tokenizer, asked, 48)
    assert len(kinds) == 2 * LEAST_OF_A_KIND + 2

    def loss(kind: str, temperature: float) -> float:
        rows = torch.tensor([row for row, other in enumerate(kinds) if other == kind])
        return functional.cross_entropy(logits[rows] / temperature, truth[rows]).item()

    for kind, temperature in found.answer_temperature_by_kind.items():
        assert loss(kind, temperature) <= loss(kind, found.answer_temperature) + 1e-6
    assert found.answer_ece is not None
    assert 0 <= found.answer_ece < 1
    assert math.isfinite(found.answer_temperature)


def test_few_questions_of_a_kind_share_the_common_one() -> None:
    found = calibrate_levels(checkpoint(), records(LEAST_OF_A_KIND - 1), 48)
    assert found.answer_temperature_by_kind == {}
    assert found.answer_temperature != pytest.approx(1.0)
