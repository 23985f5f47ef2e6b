from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rs_vlm_plugin.engine.errors import ActionUnsupported, Cancelled
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.tokeniser import Tokeniser
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def model(tiny_bundle: Path) -> VisionLanguageModel:
    return VisionLanguageModel(load_bundle(tiny_bundle), device="cpu")


@pytest.fixture(scope="module")
def images() -> np.ndarray:
    random = np.random.default_rng(5)
    colours = random.uniform(0, 255, (24, 1, 1, 3)) + random.normal(size=(24, 32, 32, 3)) * 40
    return colours.clip(0, 255).astype(np.uint8)


def test_words_lie_where_their_spans_say(model: VisionLanguageModel, images: np.ndarray) -> None:
    for caption in model.caption(model.encode_images(images).tokens):
        assert 0 < caption.confidence <= 1
        for word in caption.words:
            assert caption.text[word.start : word.end] == word.text
            assert word.attention.shape == (4, 4)
            assert word.attention.sum() == pytest.approx(1, abs=1e-4)
            assert 0 < word.confidence <= 1


def test_captions_start_with_a_capital_and_hold_no_pieces(
    model: VisionLanguageModel, images: np.ndarray
) -> None:
    texts = [caption.text for caption in model.caption(model.encode_images(images).tokens)]
    assert all(text[0].isupper() for text in texts)
    assert not any("##" in text or "[" in text or " ." in text for text in texts)
    assert len(set(texts)) > 3
    assert any("planes" in text or "boats" in text for text in texts)


def test_pieces_become_one_word(tiny_bundle: Path) -> None:
    tokeniser = Tokeniser((tiny_bundle / "tokenizer.json").read_bytes(), 24)
    ids, mask = tokeniser.encode(["many planes are parked near a large building.", "river"])
    assert ids.shape == mask.shape
    assert mask.sum(axis=1).tolist() == [12, 3]
    text, words = tokeniser.spell(ids[0, 1:-1].tolist())
    assert text == "Many planes are parked near a large building."
    assert [word.text for word in words][:3] == ["Many", "planes", "are"]
    assert words[1].tokens == (1, 2)


def test_a_sentence_ends_once(tiny_bundle: Path) -> None:
    """Some captions of the training sets end with two full stops, and so do what learnt them."""
    tokeniser = Tokeniser((tiny_bundle / "tokenizer.json").read_bytes(), 24)
    ids, mask = tokeniser.encode(["many planes . ."])
    text, words = tokeniser.spell(ids[0, 1 : mask.sum() - 1].tolist())
    assert text == "Many planes."
    assert [word.text for word in words] == ["Many", "planes"]


def test_long_text_is_cut(tiny_bundle: Path) -> None:
    tokeniser = Tokeniser((tiny_bundle / "tokenizer.json").read_bytes(), 24)
    ids, _ = tokeniser.encode(["forest " * 1000])
    assert ids.shape == (1, 24)


def test_embeddings_have_unit_length(model: VisionLanguageModel, images: np.ndarray) -> None:
    encoding = model.encode_images(images)
    assert np.linalg.norm(encoding.embedding, axis=1) == pytest.approx(1, abs=1e-4)
    mean = encoding.cells.mean(axis=1)
    mean /= np.linalg.norm(mean, axis=1, keepdims=True)
    assert np.allclose(mean, encoding.embedding, atol=1e-4)
    texts = model.encode_texts(["a forest", "", "words nobody taught it: déjà vu 漢字"])
    assert np.linalg.norm(texts, axis=1) == pytest.approx(1, abs=1e-3)
    assert model.encode_texts([]).shape == (0, 16)


def test_captioning_stops_when_told(model: VisionLanguageModel, images: np.ndarray) -> None:
    with pytest.raises(Cancelled):
        model.caption(model.encode_images(images).tokens, lambda: True)


def test_search_only_bundle_does_not_caption(tmp_path: Path) -> None:
    bundle = load_bundle(make_tiny_bundle(tmp_path, actions=["search"]))
    model = VisionLanguageModel(bundle, device="cpu")
    with pytest.raises(ActionUnsupported):
        model.caption(np.zeros((1, 16, 16), np.float32))


def test_closed_model_opens_again(tiny_bundle: Path) -> None:
    model = VisionLanguageModel(load_bundle(tiny_bundle), device="cpu")
    before = model.encode_texts(["river"])
    model.close()
    assert np.array_equal(model.encode_texts(["river"]), before)
