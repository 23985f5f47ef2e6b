"""The same phrases are put to every tile of a search: each is embedded once."""

from __future__ import annotations

from pathlib import Path
from typing import List, Sequence

import numpy as np
import pytest

from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel


class CountingModel(VisionLanguageModel):
    """Counts the texts that reach the text tower."""

    embedded: int = 0

    def _embedded(self, texts: Sequence[str]):
        self.embedded += len(texts)
        return super()._embedded(texts)


@pytest.fixture
def model(level_bundle: Path) -> CountingModel:
    return CountingModel(load_bundle(level_bundle), device="cpu", threads=1)


def test_a_text_again_costs_nothing(model: CountingModel) -> None:
    first = model.encode_texts(["plane", "river"])
    again = model.encode_texts(["river", "plane", "river"])
    np.testing.assert_array_equal(again, first[[1, 0, 1]])
    assert model.embedded == 2


def test_what_is_remembered_is_bounded(model: CountingModel) -> None:
    texts: List[str] = [f"plane {number}" for number in range(300)]
    for start in range(0, 300, 100):
        model.encode_texts(texts[start : start + 100])
    assert model.embedded == 300
    last = model.encode_texts(texts[-2:])
    assert model.embedded == 300
    model.encode_texts(texts[:1])
    assert model.embedded == 301, "the oldest were forgotten"
    np.testing.assert_allclose(last, model.encode_texts(texts)[-2:], atol=1e-5)
