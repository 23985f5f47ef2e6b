"""A causal language model as caption decoder: frozen, with LoRA (Hu et al. 2022) and image tokens
as prefix.

What is trained, and saved, is LoRA's matrices and the projector into the language model's space
(LLaVA, Liu et al. 2023); the language model itself stays as it was published and is read from where
it was published again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import torch
from peft import LoraConfig, PeftModel, TaskType, get_peft_model
from torch import Tensor, nn
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedModel


@dataclass(frozen=True)
class LoraSettings:
    """`rank` of the matrices added to every linear layer but the last, `alpha / rank` their scale,
    `dropout` before them."""

    rank: int = 8
    alpha: int = 16
    dropout: float = 0.05


class LanguageDecoder(nn.Module):
    """Writes captions from image tokens with somebody else's language model.

    Args:
        language: a causal language model; it is frozen and gets LoRA's matrices.
        visual_width: channels of the image tokens.
        settings: of LoRA.
    """

    def __init__(
        self, language: PreTrainedModel, visual_width: int, settings: LoraSettings | None = None
    ) -> None:
        super().__init__()
        settings = settings or LoraSettings()
        adapted = get_peft_model(
            language,
            LoraConfig(
                task_type=TaskType.CAUSAL_LM,
                r=settings.rank,
                lora_alpha=settings.alpha,
                lora_dropout=settings.dropout,
                target_modules="all-linear",
            ),
        )
        self.language = cast(PeftModel, adapted)
        width = language.config.hidden_size
        self.projector = nn.Sequential(
            nn.LayerNorm(visual_width),
            nn.Linear(visual_width, width),
            nn.GELU(),
            nn.Linear(width, width),
        )

    def learnt_names(self) -> set[str]:
        """Names of the parameters that training changes: LoRA's and the projector's."""
        return {name for name, value in self.named_parameters() if value.requires_grad}

    def frozen_names(self) -> set[str]:
        """Names of everything else: the language model as it was published."""
        return self.state_dict().keys() - self.learnt_names()

    def take_learnt(self, other: LanguageDecoder) -> None:
        """Copy what was learnt by another decoder on the same language model and settings."""
        state = other.state_dict()
        self.load_state_dict({name: state[name] for name in self.learnt_names()}, strict=False)

    def forward(self, input_ids: Tensor, tokens: Tensor) -> Tensor:
        """Teacher forcing: the scores of what follows each id.

        Args:
            input_ids: [B, T]. Padding goes to the right, where what is read before it never looks.
            tokens: image tokens [B, N, visual_width].

        Returns:
            Logits [B, T, K].
        """
        logits: Tensor = self.language(inputs_embeds=self._after_image(tokens, input_ids)).logits
        return logits[:, tokens.shape[1] :]

    @torch.no_grad()
    def write(
        self,
        tokens: Tensor,
        start: Tensor,
        end_id: int,
        most: int,
        beams: int = 1,
        length_penalty: float = 1.0,
    ) -> Tensor:
        """Most likely continuation: greedily, or by a beam search.

        Args:
            tokens: image tokens [B, N, visual_width].
            start: ids that the caption starts from, or a prompt, [B, T].
            end_id: ends a caption; pads the shorter ones.
            most: new tokens at most.
            beams: how many continuations are followed at a time.
            length_penalty: of the beam search; larger ones prefer longer captions.

        Returns:
            Ids of what follows `start`, [B, up to `most`].
        """
        embedded = self._after_image(tokens, start)
        search = {"num_beams": beams, "length_penalty": length_penalty} if beams > 1 else {}
        return self.language.generate(
            inputs_embeds=embedded,
            attention_mask=torch.ones(embedded.shape[:2], dtype=torch.int64, device=start.device),
            max_new_tokens=most,
            do_sample=False,
            eos_token_id=end_id,
            pad_token_id=end_id,
            **search,
        )

    def _after_image(self, tokens: Tensor, input_ids: Tensor) -> Tensor:
        """Image tokens, projected, before the embeddings of ids."""
        words = self.language.get_input_embeddings()(input_ids)
        return torch.cat([self.projector(tokens).to(words.dtype), words], dim=1)


def load_language_model(source: str) -> PreTrainedModel:
    """A causal language model's folder or hub name, in float32. Raises `OSError` where there is
    none, `ValueError` where it is no causal language model."""
    model: PreTrainedModel = AutoModelForCausalLM.from_pretrained(source, dtype=torch.float32)
    return model


def empty_language_model(config: Mapping[str, Any]) -> PreTrainedModel:
    """The model that a configuration describes, with random weights."""
    kind = AutoConfig.for_model(**config)
    model: PreTrainedModel = AutoModelForCausalLM.from_config(kind, dtype=torch.float32)
    return model
