"""A checkpoint folder: weights in half precision, configuration, tokenizer, experiment, metrics."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from tokenizers import Tokenizer

from .config import ExperimentConfig
from .language_tokens import LanguageTokens, language_tokens
from .model.language_weights import language_source, told_in_a_sentence
from .model.modelling import MsVlamModel
from .vocabulary import Vocabulary


class CheckpointMismatch(ValueError):
    """A checkpoint cannot start this experiment: its architecture or vocabulary is another."""


@dataclass(frozen=True)
class Checkpoint:
    """What `save_checkpoint` wrote, read back; the model in float32 and in evaluation mode.
    `language` are the tokens of the language model that writes; None for the small decoder."""

    model: MsVlamModel
    tokenizer: Tokenizer
    experiment: ExperimentConfig
    metrics: dict[str, float]
    language: LanguageTokens | None = None


def save_checkpoint(
    model: MsVlamModel,
    experiment: ExperimentConfig,
    vocabulary: Vocabulary,
    metrics: dict[str, float],
    folder: Path,
) -> None:
    """Write safetensors in fp16 (half the size; training continues from the trainer's own
    checkpoints). Of a language model that writes only what was learnt on top of it is written."""
    _write(model, vocabulary.tokenizer, experiment, metrics, folder)


def _write(
    model: MsVlamModel,
    tokenizer: Tokenizer,
    experiment: ExperimentConfig,
    metrics: dict[str, float],
    folder: Path,
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    half: torch.nn.Module = copy.deepcopy(model)
    half = half.cpu().half()
    cast(MsVlamModel, half).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "experiment.json").write_text(
        json.dumps(experiment.to_json(), indent=1), encoding="utf-8"
    )
    (folder / "metrics.json").write_text(json.dumps(metrics, indent=1), encoding="utf-8")


def load_checkpoint(folder: Path, weights_dir: Path | None = None) -> Checkpoint:
    """Read a checkpoint folder.

    Args:
        folder: what `save_checkpoint` wrote.
        weights_dir: where the language model is looked for first, if one writes.

    Raises:
        FileNotFoundError: names what is missing.
        ConfigError: the checkpoint's experiment cannot be used.
    """
    for name in ("model.safetensors", "config.json", "tokenizer.json", "experiment.json"):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{folder} is no checkpoint: it lacks {name}.")
    experiment = ExperimentConfig.from_json(
        json.loads((folder / "experiment.json").read_text(encoding="utf-8"))
    )
    source = language_source(experiment.decoder, weights_dir)
    with told_in_a_sentence(experiment.decoder.weights) if source else nullcontext():
        model = MsVlamModel.from_pretrained(folder, dtype=torch.float32, language=source)
        language = language_tokens(source) if source else None
    metrics = folder / "metrics.json"
    return Checkpoint(
        model=model.eval(),
        tokenizer=Tokenizer.from_file(str(folder / "tokenizer.json")),
        experiment=experiment,
        metrics=json.loads(metrics.read_text(encoding="utf-8")) if metrics.is_file() else {},
        language=language,
    )


def continue_from(
    folder: Path, model: MsVlamModel, vocabulary: Vocabulary, weights_dir: Path | None = None
) -> None:
    """Put a checkpoint's weights into `model`; `weights_dir` as of `load_checkpoint`.

    Raises:
        FileNotFoundError: `folder` is no checkpoint.
        CheckpointMismatch: its architecture or vocabulary is another.
    """
    checkpoint = load_checkpoint(folder, weights_dir)
    if checkpoint.tokenizer.get_vocab() != vocabulary.tokenizer.get_vocab():
        raise CheckpointMismatch(f"{folder} was trained with another vocabulary.")
    _require_same_writer(folder, checkpoint.model, model)
    try:
        model.load_state_dict(checkpoint.model.state_dict())
    except RuntimeError as error:
        raise CheckpointMismatch(f"{folder} is of another architecture.") from error


def average_checkpoints(
    folders: Sequence[Path], output: Path, weights_dir: Path | None = None
) -> None:
    """Write a checkpoint whose weights are the mean of others'; its metrics are empty, the rest is
    the first one's; `weights_dir` as of `load_checkpoint`.

    Raises:
        FileNotFoundError: a folder is no checkpoint.
        CheckpointMismatch: fewer than two, or their architectures or vocabularies differ.
    """
    if len(folders) < 2:
        raise CheckpointMismatch("An average takes two checkpoints or more.")
    first = load_checkpoint(folders[0], weights_dir)
    words = first.tokenizer.get_vocab()
    mean = first.model.state_dict()
    for folder in folders[1:]:
        other = load_checkpoint(folder, weights_dir)
        state = other.model.state_dict()
        if other.tokenizer.get_vocab() != words:
            raise CheckpointMismatch(f"{folder} was trained with another vocabulary.")
        _require_same_writer(folder, other.model, first.model)
        if {k: v.shape for k, v in state.items()} != {k: v.shape for k, v in mean.items()}:
            raise CheckpointMismatch(f"{folder} is of another architecture.")
        for name, value in mean.items():
            # Counts of batches, the only whole numbers, stay the first one's.
            if value.is_floating_point():
                value.add_(state[name])
    for value in mean.values():
        if value.is_floating_point():
            value.div_(len(folders))
    _write(first.model, first.tokenizer, first.experiment, {}, output)


WORD_TABLES = ("text.encoder.embeddings.word_embeddings.weight", "decoder.embedding.weight")


def warm_start(
    folder: Path, model: MsVlamModel, vocabulary: Vocabulary, weights_dir: Path | None = None
) -> list[str]:
    """Put into `model` whatever a checkpoint of a related architecture has of the same shape.

    `weights_dir` is as of `load_checkpoint`. Word embeddings are carried over by word, so the
    vocabularies may differ. Meant for trials: a comparison of architectures must train each from
    the same start.

    Returns:
        Names of the parameters that keep their initial values.

    Raises:
        FileNotFoundError: `folder` is no checkpoint.
    """
    checkpoint = load_checkpoint(folder, weights_dir)
    known = checkpoint.model.state_dict()
    if _language_model(checkpoint.model) != _language_model(model):
        known = {name: value for name, value in known.items() if not name.startswith("decoder.")}
    own = model.state_dict()
    kept = []
    for name, value in own.items():
        if name in WORD_TABLES and name in known:
            own[name] = _by_word(value, known[name], checkpoint.tokenizer, vocabulary.tokenizer)
        elif name in known and known[name].shape == value.shape:
            own[name] = known[name]
        else:
            kept.append(name)
    model.load_state_dict(own)
    return kept


def _require_same_writer(folder: Path, theirs: MsVlamModel, ours: MsVlamModel) -> None:
    """Raise `CheckpointMismatch` where not the same language model, or none, writes captions."""
    if _language_model(theirs) != _language_model(ours):
        raise CheckpointMismatch(f"{folder} has its captions written by another language model.")


def _language_model(model: MsVlamModel) -> str | None:
    """The name of the language model that writes; None for the small decoder."""
    described = model.config.language_model
    return None if described is None else str(described["weights"])


def _by_word(
    ours: torch.Tensor, theirs: torch.Tensor, source: Tokenizer, target: Tokenizer
) -> torch.Tensor:
    moved = ours.clone()
    for word, row in target.get_vocab().items():
        old = source.token_to_id(word)
        if old is not None and old < len(theirs) and row < len(ours):
            moved[row] = theirs[old]
    return moved
