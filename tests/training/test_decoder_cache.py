"""Decoding with the key-value cache says what teacher forcing says."""

from __future__ import annotations

import torch

from model_training.model.configuration import MsVlamConfig
from model_training.model.decoder import CaptionDecoder


def test_steps_equal_teacher_forcing() -> None:
    torch.manual_seed(0)
    config = MsVlamConfig(
        decoder_vocabulary_size=50, decoder_layers=2, decoder_width=32, decoder_heads=4
    )
    decoder = CaptionDecoder(config).eval()
    tokens = torch.randn(3, 25, 32)
    ids = torch.randint(0, 50, (3, 6))
    whole = decoder(ids, tokens)
    cross = decoder.prefill(tokens)
    keys = values = torch.zeros(2, 3, 4, 0, 8)
    for position in range(6):
        step = decoder.step(ids[:, position], keys, values, *cross)
        keys, values = step.keys, step.values
        torch.testing.assert_close(step.logits, whole[:, position], atol=1e-4, rtol=1e-4)
        torch.testing.assert_close(step.attention.sum(dim=1), torch.ones(3))
