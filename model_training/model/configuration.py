"""Configuration that travels with the weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from transformers import PretrainedConfig


class MsVlamConfig(PretrainedConfig):
    """Everything needed to build the model without its training configuration.

    `vision_config` and `text_config` are the dictionaries of the backbones' own configurations, so
    that `from_pretrained` needs no second download. `scene_names` are the classes of the auxiliary
    scene head, which exists in training only; none, no head. With `multi_level` off, the parts
    from `region_grid` on do not exist. `answers` are the closed answers; none, no answer head.
    `language_model` is None for the small decoder; else a causal language model writes, and it
    holds `weights`, where that model is published, its `config` and the settings of `lora`.
    """

    model_type = "ms_vlam"

    def __init__(
        self,
        vision_config: dict[str, Any] | None = None,
        text_config: dict[str, Any] | None = None,
        image_size: int = 160,
        embedding_size: int = 384,
        decoder_vocabulary_size: int = 3000,
        decoder_layers: int = 4,
        decoder_width: int = 256,
        decoder_heads: int = 4,
        decoder_dropout: float = 0.1,
        decoder_max_tokens: int = 34,
        initial_logit_scale: float = 14.0,
        scene_names: Sequence[str] = (),
        multi_level: bool = False,
        region_grid: int = 4,
        object_queries: int = 16,
        token_dropout: float = 0.0,
        experts: str = "none",
        knowledge: bool = False,
        answers: Sequence[str] = (),
        language_model: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.vision_config = vision_config or {}
        self.text_config = text_config or {}
        self.image_size = image_size
        self.embedding_size = embedding_size
        self.decoder_vocabulary_size = decoder_vocabulary_size
        self.decoder_layers = decoder_layers
        self.decoder_width = decoder_width
        self.decoder_heads = decoder_heads
        self.decoder_dropout = decoder_dropout
        self.decoder_max_tokens = decoder_max_tokens
        self.initial_logit_scale = initial_logit_scale
        self.scene_names = list(scene_names)
        self.multi_level = multi_level
        self.region_grid = region_grid
        self.object_queries = object_queries
        self.token_dropout = token_dropout
        self.experts = experts
        self.knowledge = knowledge
        self.answers = list(answers)
        self.language_model = language_model
        super().__init__(**kwargs)
