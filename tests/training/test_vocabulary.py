"""The trimmed vocabulary: captions' tokens first, and any lower-case word can be spelt."""

from __future__ import annotations

from pathlib import Path

from model_training.config import DataSettings, ExperimentConfig
from model_training.data.corpus import load_corpus
from model_training.vocabulary import BOS_ID, EOS_ID, build_vocabulary

CAPTIONS = ["Two storage tanks stand beside a river .", "a river and a road"]


def test_captions_use_only_the_head_of_the_vocabulary() -> None:
    vocabulary = build_vocabulary(None, CAPTIONS, ["a harbour"], size=200)
    for caption in CAPTIONS:
        ids = vocabulary.tokenizer.encode(caption).ids
        assert ids[0] == BOS_ID
        assert ids[-1] == EOS_ID
        assert max(ids) < vocabulary.decoder_size
    assert max(vocabulary.tokenizer.encode("harbour").ids) >= vocabulary.decoder_size


def test_captions_decode_to_themselves_in_lower_case() -> None:
    tokenizer = build_vocabulary(None, CAPTIONS, [], size=200).tokenizer
    ids = tokenizer.encode(CAPTIONS[0]).ids
    assert tokenizer.decode(ids) == "two storage tanks stand beside a river."


def test_unseen_words_are_spelt_not_lost() -> None:
    tokenizer = build_vocabulary(None, CAPTIONS, [], size=200).tokenizer
    assert "[UNK]" not in tokenizer.encode("an aqueduct").tokens
    assert "[UNK]" in tokenizer.encode("飛行場").tokens


def test_words_of_the_knowledge_base_are_read_as_wholes() -> None:
    config = ExperimentConfig(name="words", data=DataSettings(synthetic_scenes=4))
    tokenizer = load_corpus(config, Path()).vocabulary.tokenizer
    for word in ("hangar", "wharf", "turbine", "orchard"):
        assert tokenizer.encode(word).tokens == ["[CLS]", word, "[SEP]"]


def test_punctuation_that_users_type_is_read() -> None:
    tokenizer = build_vocabulary(None, CAPTIONS, [], size=200).tokenizer
    assert "[UNK]" not in tokenizer.encode("(river/road: 50% & more; a+b)").tokens
