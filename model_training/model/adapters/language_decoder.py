"""A causal language model as caption decoder: frozen, with LoRA (Hu et al. 2022) and image tokens
as prefix.

What is trained, and saved, is LoRA's matrices and the projector into the language model's space
(LLaVA, Liu et al. 2023); the language model itself stays as it was published.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import torch
from peft import LoraConfig, PeftModel, TaskType, get_peft_model, set_peft_model_state_dict
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from transformers import AutoModelForCausalLM, PreTrainedModel

from ..losses import caption_loss

ADAPTER_FILE = "adapter_model.safetensors"
PROJECTOR_FILE = "projector.safetensors"


@dataclass(frozen=True)
class LoraSettings:
    """`rank` of the added matrices, `alpha / rank` their scale, `dropout` before them.

    `targets` names the linear layers they are added to; "all-linear" is all but the output layer.
    """

    rank: int = 8
    alpha: int = 16
    dropout: float = 0.05
    targets: str | tuple[str, ...] = "all-linear"


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
        targets = settings.targets if isinstance(settings.targets, str) else list(settings.targets)
        name = Path(language.config._name_or_path or "language-model")
        adapted = get_peft_model(
            language,
            LoraConfig(
                task_type=TaskType.CAUSAL_LM,
                r=settings.rank,
                lora_alpha=settings.alpha,
                lora_dropout=settings.dropout,
                target_modules=targets,
            ),
        )
        # A local folder's path would name the training machine in what is saved.
        adapted.active_peft_config.base_model_name_or_path = (
            name.name if name.is_dir() else name.as_posix()
        )
        self.language = cast(PeftModel, adapted)
        width = language.config.hidden_size
        self.projector = nn.Sequential(
            nn.LayerNorm(visual_width),
            nn.Linear(visual_width, width),
            nn.GELU(),
            nn.Linear(width, width),
        )

    def forward(self, input_ids: Tensor, tokens: Tensor, attention_mask: Tensor) -> Tensor:
        """Teacher forcing: the scores of what follows each id.

        Args:
            input_ids: [B, T], padded on the right.
            tokens: image tokens [B, N, visual_width].
            attention_mask: [B, T], 0 where padded.

        Returns:
            Logits [B, T, K].
        """
        words = self.language.get_input_embeddings()(input_ids)
        embedded, mask = self._after_image(tokens, words, attention_mask)
        logits = self.language(inputs_embeds=embedded, attention_mask=mask).logits
        return logits[:, tokens.shape[1] :]

    def loss(
        self, input_ids: Tensor, tokens: Tensor, attention_mask: Tensor, smoothing: float = 0.0
    ) -> Tensor:
        """Mean cross-entropy over the next tokens of all captions; arguments as of `forward`."""
        logits = self(input_ids[:, :-1], tokens, attention_mask[:, :-1])
        return caption_loss(logits, input_ids, attention_mask, smoothing) / (
            attention_mask[:, 1:].sum()
        )

    @torch.no_grad()
    def write(self, tokens: Tensor, start: Tensor, end_id: int, most: int) -> Tensor:
        """Most likely continuation, greedily.

        Args:
            tokens: image tokens [B, N, visual_width].
            start: ids that the caption starts from, or a prompt, [B, T].
            end_id: ends a caption; pads the shorter ones.
            most: new tokens at most.

        Returns:
            Ids of what follows `start`, [B, up to `most`].
        """
        words = self.language.get_input_embeddings()(start)
        embedded, mask = self._after_image(tokens, words, torch.ones_like(start))
        return self.language.generate(
            inputs_embeds=embedded,
            attention_mask=mask,
            max_new_tokens=most,
            do_sample=False,
            eos_token_id=end_id,
            pad_token_id=end_id,
        )

    def _after_image(
        self, tokens: Tensor, words: Tensor, attention_mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Image tokens, projected, before word embeddings; and the mask of both."""
        seen = self.projector(tokens).to(words.dtype)
        here = attention_mask.new_ones(tokens.shape[:2])
        return torch.cat([seen, words], dim=1), torch.cat([here, attention_mask], dim=1)

    def save_adapter(self, folder: Path) -> None:
        """Write LoRA's matrices, in peft's own format, and the projector; safetensors both."""
        self.language.save_pretrained(str(folder))
        save_file(self.projector.state_dict(), str(folder / PROJECTOR_FILE))

    def load_adapter(self, folder: Path) -> None:
        """Read what `save_adapter` wrote for the same language model and settings.

        Raises:
            FileNotFoundError: `folder` holds no adapter.
        """
        for name in (ADAPTER_FILE, PROJECTOR_FILE):
            if not (folder / name).is_file():
                raise FileNotFoundError(f"{folder} is no adapter: it lacks {name}.")
        set_peft_model_state_dict(self.language, load_file(str(folder / ADAPTER_FILE)))
        self.projector.load_state_dict(load_file(str(folder / PROJECTOR_FILE)))


def language_decoder(
    source: str | Path, visual_width: int, settings: LoraSettings | None = None
) -> LanguageDecoder:
    """A decoder on a language model's folder or hub name. Raises `OSError` where there is none."""
    language = AutoModelForCausalLM.from_pretrained(source, dtype=torch.float32)
    return LanguageDecoder(language, visual_width, settings)
