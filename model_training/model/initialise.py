"""Building a model from pretrained backbones (or from nothing, for tests) as an experiment asks."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from huggingface_hub import snapshot_download
from transformers import (
    AutoConfig,
    AutoModel,
    BertConfig,
    MobileNetV2Config,
    PretrainedConfig,
    PreTrainedModel,
)

from ..config import ConfigError, DecoderSettings, ExperimentConfig
from ..vocabulary import Vocabulary
from .adapters.vision_backbones import FeatureBackbone, build_backbone
from .configuration import MsVlamConfig
from .modelling import MsVlamModel
from .vision import set_batch_norm_momentum

_TEXT_FILES = ["config.json", "tokenizer.json", "model*.safetensors*"]


class WeightsMissing(FileNotFoundError):
    """Initial weights are not where they were looked for."""


def text_weights_folder(weights: str) -> Path | None:
    """Folder with a pretrained text encoder and its `tokenizer.json`; None for an empty name.

    `package:NAME` is the `model` folder inside an installed Python package (it is found, not
    imported). What is no folder is a hub name: its files are downloaded, or taken from the cache.

    Raises:
        WeightsMissing: there is no such package, folder or hub name, or no connection to the hub.
    """
    if not weights:
        return None
    if weights.startswith("package:"):
        name = weights.removeprefix("package:")
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            raise WeightsMissing(
                f"The Python package {name} with the text weights is not installed."
            )
        return Path(spec.origin).parent / "model"
    folder = Path(weights)
    if folder.is_dir():
        return folder
    try:
        return Path(snapshot_download(weights, allow_patterns=_TEXT_FILES))
    except (OSError, ValueError) as error:
        raise WeightsMissing(
            f"There are no text weights {weights}: neither a folder, nor a hub name that can be "
            "reached."
        ) from error


def build_model(
    config: ExperimentConfig,
    vocabulary: Vocabulary,
    weights_dir: Path,
    scenes: Sequence[str] = (),
    answers: Sequence[str] = (),
    language: PreTrainedModel | None = None,
) -> MsVlamModel:
    """A model ready to train, towers from their pretrained weights where the experiment names some.

    Args:
        config: what is asked for.
        vocabulary: of the text tower and the small decoder.
        weights_dir: folder of initial weights.
        scenes: classes of the auxiliary scene head.
        answers: closed answers.
        language: the language model that `config.decoder` names; None for the small decoder.

    Raises:
        WeightsMissing: a named folder of weights is not there and the name is no hub name either.
        ConfigError: image and caption are longer than the language model reads.
    """
    vision = _backbone(config, weights_dir)
    folder = text_weights_folder(config.text.weights)
    text = AutoModel.from_pretrained(folder, dtype=torch.float32) if folder else None
    text_config = AutoConfig.from_pretrained(folder) if folder else _small_text_config(config)
    text_config.num_hidden_layers = config.text.layers
    text_config.vocab_size = len(vocabulary.source_ids)
    text_config.max_position_embeddings = config.text.max_tokens
    text_config.hidden_dropout_prob = config.text.dropout
    text_config.attention_probs_dropout_prob = config.text.dropout
    model = MsVlamModel(
        MsVlamConfig(
            vision_config=_portable(vision.config),
            text_config=_portable(text_config),
            image_size=config.vision.image_size,
            embedding_size=text_config.hidden_size,
            decoder_vocabulary_size=(
                vocabulary.decoder_size if language is None else language.config.vocab_size
            ),
            decoder_layers=config.decoder.layers,
            decoder_width=config.decoder.width,
            decoder_heads=config.decoder.heads,
            decoder_dropout=config.decoder.dropout,
            decoder_max_tokens=config.decoder.max_tokens,
            scene_names=scenes if config.optimisation.scene_weight else (),
            multi_level=config.levels.enabled,
            region_grid=config.levels.region_grid,
            object_queries=config.levels.object_queries,
            token_dropout=config.levels.token_dropout,
            experts=config.experts.kind,
            knowledge=config.knowledge.enabled,
            answers=answers,
            language_model=None if language is None else _described(config.decoder, language),
        ),
        language,
    )
    if language is not None:
        _require_room(model, config, language)
    model.vision.backbone.load_state_dict(vision.state_dict())
    if text is not None:
        _copy_text_weights(model, text, vocabulary)
        model.text.freeze(config.text.frozen_layers)
    set_batch_norm_momentum(model.vision, config.vision.batch_norm_momentum)
    model.vision.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return model


def _portable(config: PretrainedConfig) -> dict[str, Any]:
    """A backbone's configuration without the path it was read from on the training machine."""
    return {key: value for key, value in config.to_dict().items() if key != "_name_or_path"}


def _described(settings: DecoderSettings, language: PreTrainedModel) -> dict[str, Any]:
    """What a checkpoint says of the language model that it was trained on."""
    return {
        # As the experiment names it: a path would be that of the training machine.
        "weights": settings.weights,
        "config": _portable(language.config),
        "lora": {
            "rank": settings.lora_rank,
            "alpha": settings.lora_alpha,
            "dropout": settings.lora_dropout,
        },
    }


def _require_room(model: MsVlamModel, config: ExperimentConfig, language: PreTrainedModel) -> None:
    longest = getattr(language.config, "max_position_embeddings", None)
    needed = model.memory_tokens + config.decoder.max_tokens
    if longest is not None and needed > longest:
        raise ConfigError(
            f"{config.decoder.weights} reads {longest} tokens; the image takes "
            f"{model.memory_tokens} and decoder.max_tokens is {config.decoder.max_tokens}."
        )


def _backbone(config: ExperimentConfig, weights_dir: Path) -> FeatureBackbone:
    size = config.vision.image_size
    if not config.vision.weights:
        random = MobileNetV2Config(
            depth_multiplier=config.vision.depth_multiplier, tf_padding=False, image_size=size
        )
        return build_backbone(random, size)
    local = weights_dir / config.vision.weights
    source = str(local) if local.is_dir() else config.vision.weights
    try:
        return build_backbone(source, size)
    except OSError as error:
        raise WeightsMissing(
            f"There are no image weights {config.vision.weights} in {weights_dir}; "
            "give their folder with --weights."
        ) from error


def _small_text_config(config: ExperimentConfig) -> BertConfig:
    return BertConfig(
        hidden_size=config.text.hidden_size,
        num_attention_heads=config.text.heads,
        intermediate_size=4 * config.text.hidden_size,
    )


def _copy_text_weights(
    model: MsVlamModel, pretrained: torch.nn.Module, vocabulary: Vocabulary
) -> None:
    """Rows of the trimmed vocabulary, the first positions and the first layers; new tokens get the
    mean row."""
    state = pretrained.state_dict()
    words = state["embeddings.word_embeddings.weight"]
    rows = torch.tensor(vocabulary.source_ids)
    trimmed = torch.where(rows[:, None] >= 0, words[rows.clamp(min=0)], words.mean(0))
    target = model.text.encoder.state_dict()
    for name in target:
        if name == "embeddings.word_embeddings.weight":
            target[name] = trimmed
        elif name == "embeddings.position_embeddings.weight":
            target[name] = state[name][: target[name].shape[0]]
        elif name in state and state[name].shape == target[name].shape:
            target[name] = state[name]
    model.text.encoder.load_state_dict(target)
