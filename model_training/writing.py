"""Captions straight from a model, without an exported bundle."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from tokenizers import Tokenizer

from .augment import centre_resize
from .checkpoint import Checkpoint
from .config import DecoderSettings
from .data.image_text import ImageText
from .data.pixels import pixel_cache
from .language_tokens import LanguageTokens
from .model.modelling import MsVlamModel
from .vocabulary import BOS_ID, EOS_ID

BATCH = 32


@torch.no_grad()
def write_captions(checkpoint: Checkpoint, records: Sequence[ImageText]) -> list[str]:
    """A caption for each record's image, by a checkpoint whose captions a language model writes.

    Raises:
        ValueError: the small decoder writes them.
    """
    model, language = checkpoint.model, checkpoint.language
    if language is None:
        raise ValueError("No language model writes this checkpoint's captions.")
    size, written = model.config.image_size, []
    for first in range(0, len(records), BATCH):
        pixels = torch.from_numpy(pixel_cache(list(records[first : first + BATCH]), size))
        seen = model.encode_images(centre_resize(pixels, size))
        memory = model.memory(seen, model.read_levels(seen))
        written += write_in_language(model, memory, language, checkpoint.experiment.decoder)
    return written


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
