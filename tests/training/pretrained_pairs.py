"""CLIP and SigLIP in miniature: random weights, real tokenizers, saved as Hugging Face saves."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers
from transformers import CLIPConfig, CLIPModel, CLIPTokenizer, SiglipConfig, SiglipModel

from tests.tiny_bundle import SENTENCES

TOWER = {
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 3,
    "num_attention_heads": 2,
}
VISION = {**TOWER, "image_size": 48, "patch_size": 16}
PROCESSOR = {
    "image_mean": [0.48, 0.46, 0.41],
    "image_std": [0.27, 0.26, 0.28],
    "rescale_factor": 1 / 255,
}


def save_clip(folder: Path, eos_in_config: int | None = None) -> Path:
    """A `CLIPModel` whose tokenizer was learnt from a few sentences.

    `eos_in_config` is what old checkpoints state, wrongly: 2.
    """
    start, end = "<|startoftext|>", "<|endoftext|>"
    learner = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    learner.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Whitespace(), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    learner.train_from_iterator(
        SENTENCES,
        trainers.BpeTrainer(
            vocab_size=900,
            initial_alphabet=alphabet,
            end_of_word_suffix="</w>",
            show_progress=False,
        ),
    )
    learnt = json.loads(learner.to_str())["model"]
    # As in CLIP's own vocabulary: each letter also as the end of a word, the special tokens last.
    vocabulary = dict(learnt["vocab"])
    for letter in alphabet:
        vocabulary.setdefault(letter + "</w>", len(vocabulary))
    for token in (start, end):
        vocabulary[token] = len(vocabulary)
    merges = [tuple(pair) for pair in learnt["merges"]]
    tokenizer = CLIPTokenizer(vocab=vocabulary, merges=merges, model_max_length=20)
    text = {
        **TOWER,
        "vocab_size": len(vocabulary),
        "max_position_embeddings": 20,
        "bos_token_id": vocabulary[start],
        "eos_token_id": vocabulary[end] if eos_in_config is None else eos_in_config,
        "pad_token_id": vocabulary[end],
    }
    torch.manual_seed(5)
    model = CLIPModel(CLIPConfig(text_config=text, vision_config=VISION, projection_dim=24))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return _with_processor(folder)


def save_siglip(folder: Path) -> Path:
    """A `SiglipModel` with a unigram tokenizer that, as Google's, leaves case and punctuation to
    `transformers`."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.train_from_iterator(
        (sentence.replace(" .", "") for sentence in SENTENCES),
        trainers.UnigramTrainer(
            vocab_size=300,
            special_tokens=["<pad>", "</s>", "<unk>"],
            unk_token="<unk>",
            show_progress=False,
        ),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", special_tokens=[("</s>", 1)]
    )
    text = {**TOWER, "vocab_size": tokenizer.get_vocab_size(), "max_position_embeddings": 24}
    torch.manual_seed(6)
    model = SiglipModel(SiglipConfig(text_config=text, vision_config=VISION))
    with torch.no_grad():
        model.logit_scale.fill_(2.0)
        model.logit_bias.fill_(-10.0)
    model.save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "SiglipTokenizer", "pad_token": "</s>", "eos_token": "</s>"})
    )
    return _with_processor(folder)


def _with_processor(folder: Path) -> Path:
    (folder / "preprocessor_config.json").write_text(json.dumps(PROCESSOR), encoding="utf-8")
    return folder
