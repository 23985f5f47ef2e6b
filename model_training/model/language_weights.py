"""The language model that an experiment has its captions written by, from a folder or the hub."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from transformers import PreTrainedModel

from ..config import ConfigError, DecoderSettings
from ..language_tokens import LanguageTokens, NoEndOfText, language_tokens
from .initialise import WeightsMissing

SMALL, CAUSAL_LM = "small", "causal_lm"


class LanguageModel(NamedTuple):
    """A causal language model and its tokens."""

    model: PreTrainedModel
    tokens: LanguageTokens


def language_source(settings: DecoderSettings, weights_dir: Path | None) -> str | None:
    """Folder or hub name of the language model; None for the small decoder.

    Args:
        settings: of the decoder.
        weights_dir: where a folder of that name is looked for first; None for nowhere.

    Raises:
        ConfigError: a decoder of a kind that there is not, or no language model named.
    """
    if settings.kind == SMALL:
        if settings.weights:
            raise ConfigError(f'decoder.weights goes with decoder.kind "{CAUSAL_LM}".')
        return None
    if settings.kind != CAUSAL_LM:
        raise ConfigError(f'decoder.kind can be "{SMALL}" or "{CAUSAL_LM}".')
    if not settings.weights:
        raise ConfigError("decoder.weights names no causal language model.")
    local = weights_dir / settings.weights if weights_dir is not None else None
    return str(local) if local is not None and local.is_dir() else settings.weights


def load_language(settings: DecoderSettings, weights_dir: Path | None) -> LanguageModel | None:
    """The language model and its tokens; None for the small decoder.

    Raises:
        ConfigError: it is none that can write captions, or `settings` make no sense.
        WeightsMissing: it is not there.
    """
    source = language_source(settings, weights_dir)
    if source is None:
        return None
    # peft, which this imports, takes a while, and the small decoder does not need it.
    from .adapters.language_decoder import load_language_model

    with told_in_a_sentence(settings.weights):
        tokens = language_tokens(source)
        model = load_language_model(source)
    if len(tokens.tokenizer) > model.config.vocab_size:
        raise ConfigError(f"{settings.weights} has more tokens than its model has words for.")
    return LanguageModel(model, tokens)


@contextmanager
def told_in_a_sentence(weights: str) -> Iterator[None]:
    """Turns what `transformers` raises on a language model into one of our errors."""
    try:
        yield
    except NoEndOfText as error:
        raise ConfigError(str(error)) from error
    except ValueError as error:
        raise ConfigError(f"{weights} is no causal language model.") from error
    except OSError as error:
        raise WeightsMissing(
            f"There is no language model {weights}: neither a folder (with its tokenizer) below "
            "the weights folder, nor one of its own, nor a hub name that can be reached."
        ) from error
