"""A CLIP's or SigLIP's tokenizer as one `tokenizer.json`, for the `tokenizers` package alone."""

from __future__ import annotations

import json
import string
from pathlib import Path
from typing import Any

from tokenizers import Regex, Tokenizer, normalizers, processors
from transformers import AutoTokenizer, PretrainedConfig
from transformers.utils import cached_file

from .pretrained_errors import PretrainedUnsupported


def portable_tokenizer(source: str | Path, config: PretrainedConfig) -> tuple[Tokenizer, int]:
    """The tokenizer of a checkpoint, complete in itself, and the id that its texts are padded with.

    CLIP's lower-cases by itself. SigLIP's canonical form (lower case; no punctuation, except for
    SigLIP 2) is done outside the file by `transformers`, so it is written into it here.

    Raises:
        PretrainedUnsupported: no fast tokenizer, or it pads on the left.
    """
    settings = _settings(source)
    if settings.get("padding_side", "right") != "right":
        raise PretrainedUnsupported(f"The tokenizer of {source} pads on the left.")
    tokenizer = _tokenizer(source, config)
    if config.model_type == "siglip":
        _canonicalise(tokenizer, str(settings.get("tokenizer_class", "")))
    pad = _token_id(tokenizer, settings, "pad_token", config.text_config.pad_token_id)
    if tokenizer.post_processor is None:
        _end_texts(tokenizer, settings, config)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer, pad


def _settings(source: str | Path) -> dict[str, Any]:
    path = cached_file(
        str(source), "tokenizer_config.json", _raise_exceptions_for_missing_entries=False
    )
    return json.loads(Path(path).read_text(encoding="utf-8")) if path else {}


def _tokenizer(source: str | Path, config: PretrainedConfig) -> Tokenizer:
    path = cached_file(str(source), "tokenizer.json", _raise_exceptions_for_missing_entries=False)
    if path:
        return Tokenizer.from_file(str(path))
    if config.model_type == "clip":
        # Built from vocab.json and merges.txt.
        return AutoTokenizer.from_pretrained(source).backend_tokenizer
    raise PretrainedUnsupported(
        f"{source} has no tokenizer.json; convert its tokenizer to a fast one first."
    )


def _canonicalise(tokenizer: Tokenizer, kind: str) -> None:
    steps: list[normalizers.Normalizer] = [normalizers.Lowercase()]
    if not kind.startswith(("Gemma", "Siglip2")):
        steps.append(normalizers.Replace(Regex(f"[{_escaped(string.punctuation)}]"), ""))
        steps += [normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    if tokenizer.normalizer is not None:
        steps.append(tokenizer.normalizer)
    tokenizer.normalizer = normalizers.Sequence(steps)


def _escaped(characters: str) -> str:
    return "".join("\\" + character for character in characters)


def _end_texts(tokenizer: Tokenizer, settings: dict[str, Any], config: PretrainedConfig) -> None:
    """End every text with the end token, where the file leaves that to `transformers`."""
    end = _token_id(tokenizer, settings, "eos_token", config.text_config.eos_token_id)
    token = tokenizer.id_to_token(end)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"$A {token}", special_tokens=[(token, end)]
    )


def _token_id(tokenizer: Tokenizer, settings: dict[str, Any], name: str, otherwise: Any) -> int:
    """Id of a special token: what the tokenizer's settings name, else the model's configuration."""
    token = settings.get(name)
    if isinstance(token, dict):
        token = token.get("content")
    found = tokenizer.token_to_id(token) if token else otherwise
    if not isinstance(found, int) or tokenizer.id_to_token(found) is None:
        raise PretrainedUnsupported(f"The tokenizer has no {name} that it knows ({token!r}).")
    return found
