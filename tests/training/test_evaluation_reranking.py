"""Retrieval ranked anew by the decoder: candidates by similarity, then both kinds of evidence."""

from __future__ import annotations

import numpy as np
import pytest

from model_training.data.drawn import drawn_records
from model_training.evaluation import reranking
from model_training.evaluation.encoding import encode_records, encode_texts, encode_turned
from model_training.evaluation.reranking import rerank
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.tiny_bundle import SENTENCES, make_tiny_bundle

TEXTS = [*SENTENCES[:6], SENTENCES[2], SENTENCES[0].upper()]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> VisionLanguageModel:
    folder = make_tiny_bundle(tmp_path_factory.mktemp("bundle"))
    return VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)


@pytest.fixture(scope="module")
def scene(model: VisionLanguageModel):
    records, _ = drawn_records(24, 9)
    images, _ = encode_records(model, records[:5])
    elsewhere, _ = encode_records(model, records[5:])
    turned = encode_turned(model, records[:5], images.embeddings)
    return images, turned, elsewhere, encode_texts(model, TEXTS)


def test_a_text_s_images_are_ranked_by_similarity_and_likelihood(model, scene) -> None:
    images, turned, elsewhere, texts = scene
    by_text, _ = rerank(model, images, turned, TEXTS, texts, elsewhere)
    likely = np.stack(
        [model.log_likelihood(TEXTS, images.tokens, [image] * len(TEXTS)) for image in range(5)]
    )
    similar = model.bundle.manifest.logit_scale * turned @ texts.T
    np.testing.assert_allclose(by_text, similar + likely, atol=1e-2)


def test_an_image_s_texts_are_ranked_by_how_much_likelier_they_are_than_elsewhere(
    model, scene
) -> None:
    images, turned, elsewhere, texts = scene
    by_text, by_image = rerank(model, images, turned, TEXTS, texts, elsewhere)
    prior = by_text - by_image
    np.testing.assert_allclose(prior, np.broadcast_to(prior[0], prior.shape), atol=1e-3)
    assert np.ptp(prior[0]) > 0.1
    assert (prior < 0).all()


def test_equal_captions_score_alike(model, scene) -> None:
    for scores in rerank(model, *scene[:2], TEXTS, scene[3], scene[2]):
        np.testing.assert_array_equal(scores[:, 2], scores[:, 6])
        np.testing.assert_array_equal(scores[:, 0], scores[:, 7])


def test_what_is_no_candidate_stays_behind_in_its_order(
    model, scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reranking, "IMAGES_A_TEXT", 2)
    images, turned, elsewhere, texts = scene
    by_text, _ = rerank(model, images, turned, TEXTS, texts, elsewhere)
    similar = images.embeddings @ texts.T
    for column in range(len(TEXTS)):
        first = np.argsort(-similar[:, column], kind="stable")
        again = np.argsort(-by_text[:, column], kind="stable")
        assert set(again[:2]) == set(first[:2])
        np.testing.assert_array_equal(again[2:], first[2:])
