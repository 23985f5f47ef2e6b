"""Texts for a language model are spelt by its own tokenizer and asked for in words; what cannot
write captions is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from model_training.config import ConfigError, DecoderSettings, ExperimentConfig
from model_training.data.batches import Collator
from model_training.data.items import TrainingItem
from model_training.language_tokens import language_tokens
from model_training.model.initialise import WeightsMissing, build_model
from model_training.model.language_weights import load_language
from model_training.vocabulary import (
    BOS_ID,
    OBJECTS_PROMPT_ID,
    QUESTION_PROMPT_ID,
    REGION_PROMPT_ID,
    build_vocabulary,
)

from .conftest import TINY
from .language_models import POSITIONS, save_language_model
from .pretrained_pairs import save_clip

CAPTION = "a plane stands next to a road"


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both families and a CLIP."""
    folder = tmp_path_factory.mktemp("weights")
    for family in ("llama", "gpt2"):
        save_language_model(folder / family, family)
    save_clip(folder / "clip")
    return folder


@pytest.mark.parametrize("family", ["llama", "gpt2"])
@pytest.mark.parametrize(
    ("prompt", "about", "told"),
    [
        (BOS_ID, "", ""),
        (REGION_PROMPT_ID, "", "In this part:"),
        (OBJECTS_PROMPT_ID, "", "Objects:"),
        (QUESTION_PROMPT_ID, "is it rural", "Question: is it rural Answer:"),
    ],
)
def test_prompt_and_text_come_back(
    weights: Path, family: str, prompt: int, about: str, told: str
) -> None:
    tokens = language_tokens(str(weights / family))
    ids, before = tokens.prompted(prompt, about, CAPTION)
    assert ids[0] == tokens.start_id
    assert ids[-1] == tokens.end_id
    assert tokens.text(ids[1:before]) == told
    assert tokens.text(ids[before:]) == CAPTION


def test_a_text_starts_from_its_end_where_there_is_no_start(weights: Path) -> None:
    llama, gpt2 = (language_tokens(str(weights / family)) for family in ("llama", "gpt2"))
    assert llama.start_id != llama.end_id
    assert gpt2.start_id == gpt2.end_id


def test_a_batch_holds_captions_in_both_spellings(weights: Path) -> None:
    tokens = language_tokens(str(weights / "gpt2"))
    vocabulary = build_vocabulary(None, [CAPTION], [], 500)
    item = TrainingItem(
        image=torch.zeros(3, 8, 8, dtype=torch.uint8), captions=(CAPTION, CAPTION), cells=(-1, 2)
    )
    collator = Collator(vocabulary.tokenizer, 48, language=tokens, language_max_tokens=40)
    captions = collator([item])["batch"].captions
    said = captions.said
    assert said is not None
    whole, part = (row[kept].tolist() for row, kept in zip(said.ids, said.target, strict=True))
    assert tokens.text(whole) == tokens.text(part) == CAPTION
    assert "In this part:" in tokens.text(said.ids[1].tolist()[1:])
    assert vocabulary.tokenizer.decode(captions.ids[0].tolist()) == CAPTION


@pytest.mark.parametrize(
    ("settings", "error", "word"),
    [
        ({"kind": "large"}, ConfigError, "decoder.kind"),
        ({"weights": "llama"}, ConfigError, "goes with"),
        ({"kind": "causal_lm"}, ConfigError, "names no causal language model"),
        ({"kind": "causal_lm", "weights": "clip"}, ConfigError, "no causal language model"),
        ({"kind": "causal_lm", "weights": "./absent"}, WeightsMissing, "no language model"),
    ],
)
def test_what_cannot_write_is_refused(
    weights: Path, settings: dict[str, str], error: type[Exception], word: str
) -> None:
    with pytest.raises(error, match=word):
        load_language(DecoderSettings(**settings), weights)


def test_an_image_and_caption_too_long_for_it_are_refused(weights: Path) -> None:
    decoder = {**TINY["decoder"], "kind": "causal_lm", "weights": "gpt2", "max_tokens": POSITIONS}  # type: ignore[dict-item]
    config = ExperimentConfig.from_json({**TINY, "decoder": decoder})
    language = load_language(config.decoder, weights)
    assert language is not None
    vocabulary = build_vocabulary(None, [CAPTION], [], 500)
    with pytest.raises(ConfigError, match=f"reads {POSITIONS} tokens"):
        build_model(config, vocabulary, weights, language=language.model)
