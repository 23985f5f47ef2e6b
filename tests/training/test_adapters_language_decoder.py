"""A causal language model with LoRA learns captions of drawn scenes; nothing of its own changes.

A tiny random Llama stands in for a published one.
"""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from model_training.model.adapters.language_decoder import (
    LanguageDecoder,
    LoraSettings,
)
from model_training.model.losses import caption_loss
from model_training.synthetic import draw_scene
from model_training.vocabulary import BOS_ID, EOS_ID, build_vocabulary

from .language_models import model

SCENES = 8
WIDTH = 48
STEPS = 80


@pytest.fixture(scope="module")
def scenes() -> dict[str, Tensor]:
    """Image tokens [8, 16, 48], coarse patches, caption ids and mask [8, T] of drawn scenes."""
    drawn = [draw_scene(100 + number, 128) for number in range(SCENES)]
    captions = [scene.captions[0] for scene in drawn]
    vocabulary = build_vocabulary(None, captions, [], 500)
    vocabulary.tokenizer.enable_padding()
    encodings = vocabulary.tokenizer.encode_batch(captions)
    rgb = torch.stack([torch.from_numpy(scene.image.copy()) for scene in drawn])
    small = functional.adaptive_avg_pool2d(rgb.permute(0, 3, 1, 2).float() / 127.5 - 1, 16)
    return {
        "tokens": functional.unfold(small, kernel_size=4, stride=4).transpose(1, 2),
        "ids": torch.tensor([encoding.ids for encoding in encodings]),
        "mask": torch.tensor([encoding.attention_mask for encoding in encodings]),
        "words": torch.tensor(vocabulary.tokenizer.get_vocab_size()),
    }


def loss(decoder: LanguageDecoder, ids: Tensor, tokens: Tensor, mask: Tensor) -> Tensor:
    """Mean cross-entropy of the next tokens of all captions."""
    return caption_loss(decoder(ids[:, :-1], tokens), ids, mask, 0.0) / mask[:, 1:].sum()


@pytest.fixture(scope="module")
def trained(scenes: dict[str, Tensor]) -> tuple[LanguageDecoder, dict[str, Tensor], list[float]]:
    """The decoder after some steps, what it was before, and its losses."""
    decoder = LanguageDecoder(
        model("llama", int(scenes["words"])), WIDTH, LoraSettings(dropout=0.0)
    )
    before = {name: value.clone() for name, value in decoder.state_dict().items()}
    learnt = [parameter for parameter in decoder.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(learnt, lr=3e-3)
    losses = []
    for _ in range(STEPS):
        found = loss(decoder, scenes["ids"], scenes["tokens"], scenes["mask"])
        optimiser.zero_grad()
        found.backward()
        optimiser.step()
        losses.append(found.item())
    return decoder.eval(), before, losses


def test_loss_falls(trained) -> None:
    _, _, losses = trained
    assert losses[-1] < 0.5 * losses[0]


def test_it_reads_the_image(trained, scenes: dict[str, Tensor]) -> None:
    decoder, _, _ = trained
    with torch.no_grad():
        own = loss(decoder, scenes["ids"], scenes["tokens"], scenes["mask"])
        others = loss(decoder, scenes["ids"], scenes["tokens"].roll(1, 0), scenes["mask"])
    assert others > own + 0.1


def test_only_lora_and_the_projector_change(trained) -> None:
    decoder, before, _ = trained
    changed = {name for name, value in decoder.state_dict().items()
               if not torch.equal(value, before[name])}  # fmt: skip
    assert changed
    assert all("lora_" in name or name.startswith("projector.") for name in changed)
    trainable = {name for name, value in decoder.named_parameters() if value.requires_grad}
    assert changed == trainable


def test_padding_changes_nothing(trained, scenes: dict[str, Tensor]) -> None:
    decoder, _, _ = trained
    ids, mask = scenes["ids"][:1], scenes["mask"][:1]
    longer = functional.pad(ids, (0, 5)), functional.pad(mask, (0, 5))
    with torch.no_grad():
        one = loss(decoder, ids, scenes["tokens"][:1], mask)
        other = loss(decoder, longer[0], scenes["tokens"][:1], longer[1])
    torch.testing.assert_close(one, other)


def test_greedy_writing_follows_the_scores(trained, scenes: dict[str, Tensor]) -> None:
    decoder, _, _ = trained
    start = torch.full((SCENES, 1), BOS_ID)
    written = decoder.write(scenes["tokens"], start, EOS_ID, most=6)
    assert written.shape[0] == SCENES
    ids = torch.cat([start, written], dim=1)
    with torch.no_grad():
        best = decoder(ids, scenes["tokens"]).argmax(dim=-1)
    for row, chosen in zip(best, written, strict=True):
        length = int((chosen != EOS_ID).sum())
        assert torch.equal(row[:length], chosen[:length])
