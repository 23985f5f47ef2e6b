"""Loss curves of a training run, read from what the trainer logged."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

from ..model.objectives import LossWeights

Curves = dict[str, list[tuple[int, float]]]
"""Part of the loss, unweighted -> (step, mean since the point before)."""

_PARTS = tuple(field.name for field in fields(LossWeights))


def loss_curves(output: Path) -> Curves:
    """The curve of each part of the loss that a run folder's training had; empty where its
    checkpoints are gone."""
    states = list((output / "checkpoints").glob("checkpoint-*/trainer_state.json"))
    if not states:
        return {}
    newest = max(states, key=lambda path: int(path.parent.name.rpartition("-")[2]))
    curves: Curves = {}
    for entry in json.loads(newest.read_text(encoding="utf-8"))["log_history"]:
        for part in _PARTS:
            if part in entry:
                curves.setdefault(part, []).append((entry["step"], entry[part]))
    return curves
