"""Does the exported graph say what the model says?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import torch

from .graphs import Graph

LARGEST_DIFFERENCE = 2e-3
"""Absolute, float32 graphs; rounding in another order of operations stays well below."""

LEAST_COSINE = 0.95
"""Int8 graphs; the gate that matters is `evaluate.py --bundle` on task metrics."""


class ParityError(RuntimeError):
    """An exported graph computes something else than the model."""


def check_parity(
    graph: Graph, path: Path, quantised: bool, samples: tuple[torch.Tensor, ...] | None = None
) -> dict[str, float]:
    """Run model and graph on the same fresh input.

    Args:
        graph: what was exported.
        path: the ONNX file.
        quantised: compare by cosine instead of largest difference.
        samples: inputs to compare on; drawn anew by default.

    Returns:
        Per output the largest absolute difference and the cosine.

    Raises:
        ParityError: an output differs by more than the limit.
    """
    inputs = samples if samples is not None else graph.inputs()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(
        list(graph.output_names),
        {
            name: value.detach().numpy()
            for name, value in zip(graph.input_names, inputs, strict=True)
        },
    )
    with torch.no_grad():
        wanted = graph.module.eval()(*inputs)
    if isinstance(wanted, torch.Tensor):
        wanted = (wanted,)
    report = {}
    for name, ours, theirs in zip(graph.output_names, wanted, found, strict=True):
        ours = ours.numpy().astype(np.float64)
        difference = float(np.abs(ours - theirs).max())
        cosine = float((ours * theirs).sum() / np.linalg.norm(ours) / np.linalg.norm(theirs))
        report[f"{name}_max_difference"], report[f"{name}_cosine"] = difference, cosine
        if cosine < LEAST_COSINE if quantised else difference > LARGEST_DIFFERENCE:
            raise ParityError(
                f"{graph.file}: {name} differs from the model "
                f"(cosine {cosine:.4f}, largest difference {difference:.2g})."
            )
    return report
