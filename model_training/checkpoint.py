"""A checkpoint folder: weights in half precision, configuration, tokenizer, experiment, metrics."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from tokenizers import Tokenizer

from .config import ExperimentConfig
from .model.modelling import MsVlamModel
from .vocabulary import Vocabulary


class CheckpointMismatch(ValueError):
    """A checkpoint cannot start this experiment: its architecture or vocabulary is another."""


@dataclass(frozen=True)
class Checkpoint:
    """What `save_checkpoint` wrote, read back; the model in float32 and in evaluation mode."""

    model: MsVlamModel
    tokenizer: Tokenizer
    experiment: ExperimentConfig
    metrics: dict[str, float]


def save_checkpoint(
    model: MsVlamModel,
    experiment: ExperimentConfig,
    vocabulary: Vocabulary,
    metrics: dict[str, float],
    folder: Path,
) -> None:
    """Write safetensors in fp16 (half the size; training continues from the trainer's own
    checkpoints)."""
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


def load_checkpoint(folder: Path) -> Checkpoint:
    """Read a checkpoint folder. Raises `FileNotFoundError` naming what is missing."""
    for name in ("model.safetensors", "config.json", "tokenizer.json", "experiment.json"):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{folder} is no checkpoint: it lacks {name}.")
    model = MsVlamModel.from_pretrained(folder, dtype=torch.float32)
    experiment = json.loads((folder / "experiment.json").read_text(encoding="utf-8"))
    metrics = folder / "metrics.json"
    return Checkpoint(
        model=model.eval(),
        tokenizer=Tokenizer.from_file(str(folder / "tokenizer.json")),
        experiment=ExperimentConfig.from_json(experiment),
        metrics=json.loads(metrics.read_text(encoding="utf-8")) if metrics.is_file() else {},
    )


def continue_from(folder: Path, model: MsVlamModel, vocabulary: Vocabulary) -> None:
    """Put a checkpoint's weights into `model`.

    Raises:
        FileNotFoundError: `folder` is no checkpoint.
        CheckpointMismatch: its architecture or vocabulary is another.
    """
    checkpoint = load_checkpoint(folder)
    if checkpoint.tokenizer.get_vocab() != vocabulary.tokenizer.get_vocab():
        raise CheckpointMismatch(f"{folder} was trained with another vocabulary.")
    try:
        model.load_state_dict(checkpoint.model.state_dict())
    except RuntimeError as error:
        raise CheckpointMismatch(f"{folder} is of another architecture.") from error


def average_checkpoints(folders: Sequence[Path], output: Path) -> None:
    """Write a checkpoint whose weights are the mean of others'; its metrics are empty, the rest is
    the first one's.

    Raises:
        FileNotFoundError: a folder is no checkpoint.
        CheckpointMismatch: fewer than two, or their architectures or vocabularies differ.
    """
    if len(folders) < 2:
        raise CheckpointMismatch("An average takes two checkpoints or more.")
    first = load_checkpoint(folders[0])
    words = first.tokenizer.get_vocab()
    mean = first.model.state_dict()
    for folder in folders[1:]:
        other = load_checkpoint(folder)
        state = other.model.state_dict()
        if other.tokenizer.get_vocab() != words:
            raise CheckpointMismatch(f"{folder} was trained with another vocabulary.")
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


def warm_start(folder: Path, model: MsVlamModel, vocabulary: Vocabulary) -> list[str]:
    """Put into `model` whatever a checkpoint of a related architecture has of the same shape.

    Word embeddings are carried over by word, so the vocabularies may differ. Meant for trials: a
    comparison of architectures must train each from the same start.

    Returns:
        Names of the parameters that keep their initial values.

    Raises:
        FileNotFoundError: `folder` is no checkpoint.
    """
    checkpoint = load_checkpoint(folder)
    known = checkpoint.model.state_dict()
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


def _by_word(
    ours: torch.Tensor, theirs: torch.Tensor, source: Tokenizer, target: Tokenizer
) -> torch.Tensor:
    moved = ours.clone()
    for word, row in target.get_vocab().items():
        old = source.token_to_id(word)
        if old is not None and old < len(theirs) and row < len(ours):
            moved[row] = theirs[old]
    return moved
