"""Captions straight from a model, without an exported bundle."""

from __future__ import annotations

import torch
from tokenizers import Tokenizer

from .config import DecoderSettings
from .language_tokens import LanguageTokens
from .model.modelling import MsVlamModel
from .vocabulary import BOS_ID, EOS_ID


@torch.no_grad()
def write_greedily(model: MsVlamModel, memory: torch.Tensor, tokenizer: Tokenizer) -> list[str]:
    """The small decoder's captions of images from their `memory`, [B, N, W]; its beam search is the
    engine's."""
    decoder, config = model.small_decoder, model.config
    cross = decoder.prefill(memory)
    count = len(memory)
    shape = (
        config.decoder_layers,
        count,
        config.decoder_heads,
        0,
        config.decoder_width // config.decoder_heads,
    )
    keys = values = torch.zeros(shape, device=memory.device, dtype=memory.dtype)
    current = torch.full((count,), BOS_ID, device=memory.device)
    written = []
    for _ in range(config.decoder_max_tokens - 1):
        step = decoder.step(current, keys, values, *cross)
        keys, values = step.keys, step.values
        current = step.logits.argmax(dim=-1)
        written.append(current)
    ids = torch.stack(written, dim=1).tolist()
    return [tokenizer.decode(row[: row.index(EOS_ID)] if EOS_ID in row else row) for row in ids]


def write_in_language(
    model: MsVlamModel,
    memory: torch.Tensor,
    language: LanguageTokens,
    search: DecoderSettings | None = None,
) -> list[str]:
    """The language model's captions of images from their `memory`, [B, N, W]; greedily, or with the
    beam of `search`."""
    start = torch.full((len(memory), 1), language.start_id, device=memory.device)
    ids = model.language_decoder.write(
        memory,
        start,
        language.end_id,
        model.config.decoder_max_tokens - 1,
        beams=1 if search is None else search.beam_size,
        length_penalty=1.0 if search is None else search.length_penalty,
    )
    return [language.text(row) for row in ids.tolist()]
