"""Causal language models in miniature: random weights, a tokenizer learnt from a few sentences,
saved as Hugging Face saves."""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)

from model_training.data.drawn import drawn_records

START, END = "<s>", "</s>"
POSITIONS = 128


def save_language_model(folder: Path, family: str) -> Path:
    """A "llama" (rotary positions, a start of its own) or a "gpt2" (tied embeddings, learnt
    positions, a text starts from what ends one) with a byte-level tokenizer."""
    learner = Tokenizer(models.BPE())
    learner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    learner.decoder = decoders.ByteLevel()
    said = [caption for record in drawn_records(60, seed=1)[0] for caption in record.captions]
    learner.train_from_iterator(
        said,
        trainers.BpeTrainer(
            vocab_size=500,
            special_tokens=[START, END],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    starts = {"bos_token": START} if family == "llama" else {}
    PreTrainedTokenizerFast(tokenizer_object=learner, eos_token=END, **starts).save_pretrained(
        folder
    )
    torch.manual_seed(2)
    model(family, learner.get_vocab_size()).save_pretrained(folder)
    return folder


def model(family: str, words: int) -> PreTrainedModel:
    """Of that family, with so many words."""
    # Wider than usual: a frozen output layer of the usual width cannot prefer any word.
    if family == "llama":
        return LlamaForCausalLM(
            LlamaConfig(
                vocab_size=words,
                hidden_size=64,
                intermediate_size=128,
                num_hidden_layers=2,
                num_attention_heads=4,
                num_key_value_heads=2,
                max_position_embeddings=POSITIONS,
                initializer_range=0.2,
            )
        )
    return GPT2LMHeadModel(
        GPT2Config(
            vocab_size=words,
            n_embd=64,
            n_layer=2,
            n_head=4,
            n_positions=POSITIONS,
            initializer_range=0.2,
        )
    )
