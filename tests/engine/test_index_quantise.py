"""What 8-bit storage costs on the bundled model's own embeddings."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.classify import label_embeddings
from rs_vlm_plugin.engine.errors import BundleNotFound
from rs_vlm_plugin.engine.index.quantise import quantised, restored
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.phrases import default_vocabulary
from rs_vlm_plugin.resource_paths import default_bundle


def test_cosines_change_by_less_than_two_thousandths():
    try:
        model = VisionLanguageModel(load_bundle(default_bundle()), device="cpu")
    except BundleNotFound:
        pytest.skip("the model bundle is not there")
    size = model.input_size
    random = np.random.default_rng(0)
    pictures = np.repeat(
        np.repeat(random.integers(0, 256, (32, 10, 10, 3), dtype=np.uint8), size // 10, axis=1),
        size // 10,
        axis=2,
    )
    pictures = np.pad(pictures, ((0, 0), *[(0, size - size // 10 * 10)] * 2, (0, 0)), mode="edge")
    embeddings = model.encode_images(pictures).embedding
    stored = restored(*quantised(embeddings))
    texts = label_embeddings(default_vocabulary().names, model)
    assert np.abs((stored - embeddings) @ texts.T).max() < 0.002
