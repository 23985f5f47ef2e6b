"""Late interaction: a caption is as near to an image as its chunks' best tokens are."""

from __future__ import annotations

import torch
from torch.nn.functional import normalize

from model_training.model.alignment import PhraseSpans, late_interaction, phrase_embeddings


def test_a_phrase_is_the_mean_of_its_tokens() -> None:
    states = torch.randn(2, 5, 4)
    spans = PhraseSpans(torch.tensor([1, 0]), torch.tensor([1, 0]), torch.tensor([3, 5]))
    found = phrase_embeddings(states, spans)
    torch.testing.assert_close(found[0], normalize(states[1, 1:3].mean(dim=0), dim=0))
    torch.testing.assert_close(found[1], normalize(states[0].mean(dim=0), dim=0))


def test_each_chunk_takes_its_best_token_and_chunks_are_averaged() -> None:
    axes = torch.eye(4)
    tokens = torch.stack([axes[[0, 1]], axes[[2, 3]]])
    spans = PhraseSpans(torch.tensor([0, 0, 1]), torch.zeros(3), torch.ones(3))
    similarity = late_interaction(axes[[0, 2, 1]], spans, tokens, captions=3)
    # Caption 0 has one chunk in each image, caption 1 its only one in the first, caption 2 none.
    assert similarity.tolist() == [[0.5, 1.0, 0.0], [0.5, 0.0, 0.0]]


def test_similarities_keep_full_precision_under_autocast() -> None:
    torch.manual_seed(0)
    phrases, tokens = (
        normalize(torch.randn(3, 384), dim=1),
        normalize(torch.randn(2, 5, 384), dim=2),
    )
    spans = PhraseSpans(torch.arange(3), torch.zeros(3), torch.ones(3))
    with torch.autocast("cpu", torch.bfloat16):
        found = late_interaction(phrases, spans, tokens, captions=3)
    torch.testing.assert_close(found, late_interaction(phrases, spans, tokens, captions=3))
