"""The answer head sees how many cells match, which an attended mean cannot."""

from __future__ import annotations

import torch

from model_training.model.answers import AnswerHead


def test_it_learns_to_count() -> None:
    torch.manual_seed(0)
    head = AnswerHead(16, 8, answers=5, heads=2, dropout=0.0)
    thing, other = torch.randn(2, 16)
    question = torch.randn(1, 8).expand(5, -1)
    fine = torch.stack([torch.stack([thing] * count + [other] * (9 - count)) for count in range(5)])
    # All tokens look alike: only the number of cells differs.
    tokens = torch.ones(5, 3, 16)
    optimiser = torch.optim.Adam(head.parameters(), lr=1e-2)
    for _ in range(150):
        optimiser.zero_grad()
        logits, _ = head(question, tokens, fine)
        torch.nn.functional.cross_entropy(logits, torch.arange(5)).backward()
        optimiser.step()
    logits, gate = head(question, tokens, fine)
    assert logits.argmax(dim=1).tolist() == [0, 1, 2, 3, 4]
    assert gate.shape == (5, 9)
    assert ((gate >= 0) & (gate <= 1)).all()
