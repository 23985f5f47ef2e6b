"""How likely the decoder is to say a text: against plain scoring, and the same in every company."""

from __future__ import annotations

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import ActionUnsupported, Cancelled
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.decoding import log_softmax
from rs_vlm_plugin.engine.model.likelihood import log_likelihoods
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.engine.test_caption_decoding import BOS, HistoryDecoder, images
from tests.tiny_bundle import SENTENCES, make_tiny_bundle


def test_it_is_the_sum_over_the_tokens_given_those_before() -> None:
    decoder = HistoryDecoder(3)
    texts = [np.array([BOS, 2, 3]), np.array([BOS, 4, 4, 2, 1]), np.array([BOS, 3])]
    about = [1, 0, 2]
    found = log_likelihoods(decoder, images(3), texts, about)
    for text, image, value in zip(texts, about, found):
        expected = sum(
            log_softmax(decoder.logits(image, tuple(text[:place]))[None])[0, text[place]]
            for place in range(1, len(text))
        )
        assert value == pytest.approx(expected, abs=1e-5)


@pytest.fixture(scope="module")
def seen(tiny_model: VisionLanguageModel) -> np.ndarray:
    pixels = np.random.default_rng(4).integers(0, 256, (3, 32, 32, 3), dtype=np.uint8)
    return tiny_model.encode_images(pixels).tokens


def test_company_changes_nothing(tiny_model: VisionLanguageModel, seen: np.ndarray) -> None:
    """One image with many texts stretches that image's keys; several images do not."""
    texts = [*SENTENCES, "a bridge"]
    together = np.stack(
        [tiny_model.log_likelihood(texts, seen, [image] * len(texts)) for image in range(3)]
    )
    pairs = [(image, text) for text in range(len(texts)) for image in range(3)]
    mixed = tiny_model.log_likelihood(
        [texts[text] for _, text in pairs], seen, [image for image, _ in pairs]
    )
    for (image, text), value in zip(pairs, mixed):
        assert value == pytest.approx(together[image, text], abs=1e-3)
    assert (together < 0).all()
    assert np.ptp(together, axis=0).max() > 0.1, "images make a difference"


def test_a_sentence_it_learnt_is_likelier_than_its_words_shuffled(
    tiny_model: VisionLanguageModel, seen: np.ndarray
) -> None:
    sentence = SENTENCES[2]
    shuffled = " ".join(reversed(sentence.split()))
    said = tiny_model.log_likelihood([sentence, shuffled], seen, [0, 0])
    assert said[0] > said[1] + 5


def test_words_beyond_its_vocabulary_and_endless_texts_have_a_likelihood(
    tiny_model: VisionLanguageModel, seen: np.ndarray
) -> None:
    said = tiny_model.log_likelihood(["stadium", "многоэтажки", "a bridge " * 500], seen, [0, 1, 2])
    assert np.isfinite(said).all()


def test_it_can_be_stopped(tiny_model: VisionLanguageModel, seen: np.ndarray) -> None:
    with pytest.raises(Cancelled):
        tiny_model.log_likelihood(["a bridge"], seen, [0], should_stop=lambda: True)


def test_no_decoder_no_likelihood(tmp_path) -> None:
    folder = make_tiny_bundle(tmp_path, actions=("classify", "search"))
    model = VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)
    with pytest.raises(ActionUnsupported):
        model.log_likelihood(["a bridge"], np.zeros((1, 16, 16), np.float32), [0])
