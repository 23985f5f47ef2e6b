"""The four ONNX graphs of docs/bundle-format.md, traced from a model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from ..model.modelling import MsVlamModel
from ..model.multilevel import MultiLevel
from .level_graphs import (
    VISION_OUTPUTS,
    Answers,
    Fusion,
    LevelVision,
    fusion_inputs,
    level_shapes,
)

OPSET = 17
"""onnxruntime 1.19, the last for Python 3.9, loads it."""


class _Vision(nn.Module):
    def __init__(self, model: MsVlamModel) -> None:
        super().__init__()
        self.vision = model.vision

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        seen = self.vision(pixels)
        return seen.tokens, seen.embedding, seen.cells


class _Prefill(nn.Module):
    def __init__(self, model: MsVlamModel) -> None:
        super().__init__()
        self.decoder = model.small_decoder

    def forward(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        return self.decoder.prefill(tokens)


class _Step(nn.Module):
    def __init__(self, model: MsVlamModel) -> None:
        super().__init__()
        self.decoder = model.small_decoder

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        return tuple(self.decoder.step(*inputs))


@dataclass(frozen=True)
class Graph:
    """One graph: the module, inputs to trace it with, names, and which axes vary."""

    file: str
    module: nn.Module
    inputs: Callable[[], tuple[Tensor, ...]]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    dynamic_axes: dict[str, dict[int, str]]


def graphs(model: MsVlamModel) -> list[Graph]:
    """All graphs of a bundle; none of a decoder where a language model writes. Inputs are drawn
    anew at each call, with a batch of 2 so no axis turns constant."""
    config = model.config
    size = config.image_size
    levels = model.levels
    counts, fine = (
        level_shapes(model) if levels is not None else ((model.vision.grid**2, 0, 0), (0, 0))
    )

    def text_inputs() -> tuple[Tensor, ...]:
        mask = torch.ones(2, 7, dtype=torch.int64)
        mask[1, 5:] = 0
        return torch.randint(5, config.text_config["vocab_size"], (2, 7)) * mask, mask

    batch = {0: "batch"}
    if levels is None:
        vision = Graph(
            "vision.onnx",
            _Vision(model),
            lambda: (torch.randn(2, 3, size, size),),
            ("pixels",),
            ("tokens", "embedding", "cells"),
            dict.fromkeys(("pixels", "tokens", "embedding", "cells"), batch),
        )
        extra: list[Graph] = []
    else:
        vision = Graph(
            "vision.onnx",
            LevelVision(model, levels),
            lambda: (torch.randn(2, 3, size, size), torch.tensor([0.0, 0.5])),
            ("pixels", "metres"),
            VISION_OUTPUTS,
            dict.fromkeys(("pixels", "metres", *VISION_OUTPUTS), batch),
        )
        extra = _level_graphs(model, levels, counts, fine)
    decoder = [] if config.language_model else _decoder_graphs(model, sum(counts))
    return [
        vision,
        *extra,
        Graph(
            "text.onnx",
            model.text,
            text_inputs,
            ("input_ids", "attention_mask"),
            ("embedding",),
            {
                "input_ids": {0: "batch", 1: "length"},
                "attention_mask": {0: "batch", 1: "length"},
                "embedding": batch,
            },
        ),
        *decoder,
    ]


def _decoder_graphs(model: MsVlamModel, cells: int) -> list[Graph]:
    """Prefill and step of the small decoder, which reads up to so many tokens of an image."""
    config = model.config
    layers, heads = config.decoder_layers, config.decoder_heads
    head = config.decoder_width // heads

    def some_tokens() -> Tensor:
        # Any number: the decoder was taught to do with a part of what was looked at, such as a
        # quarter's regions. The trace comes out the same, and checks against torch try others.
        return torch.randn(2, int(torch.randint(1, cells + 1, ())), config.decoder_width)

    def step_inputs() -> tuple[Tensor, ...]:
        cross = model.small_decoder.prefill(some_tokens())
        past = torch.randn(layers, 2, heads, 3, head)
        ids = torch.randint(5, config.decoder_vocabulary_size, (2,))
        return ids, past, torch.randn_like(past), *cross

    batch = {0: "batch"}
    cached, grown = {1: "batch", 3: "past"}, {1: "batch", 3: "length"}
    shown = {1: "batch", 3: "tokens"}
    return [
        Graph(
            "decoder_prefill.onnx",
            _Prefill(model),
            lambda: (some_tokens(),),
            ("tokens",),
            ("cross_keys", "cross_values"),
            {"tokens": {0: "batch", 1: "tokens"}, "cross_keys": shown, "cross_values": shown},
        ),
        Graph(
            "decoder_step.onnx",
            _Step(model),
            step_inputs,
            ("input_ids", "past_keys", "past_values", "cross_keys", "cross_values"),
            ("logits", "keys", "values", "attention"),
            {
                "input_ids": batch,
                "past_keys": cached,
                "past_values": cached,
                "cross_keys": shown,
                "cross_values": shown,
                "logits": batch,
                "keys": grown,
                "values": grown,
                "attention": {0: "batch", 1: "tokens"},
            },
        ),
    ]


def _level_graphs(
    model: MsVlamModel, levels: MultiLevel, counts: tuple[int, int, int], fine: tuple[int, int]
) -> list[Graph]:
    """Knowledge fusion and answers, where the model has them."""
    width, size = model.config.decoder_width, model.config.embedding_size
    batch = {0: "batch"}
    found = []

    def entries() -> tuple[Tensor, ...]:
        each = [(torch.randn(2, 4, size), torch.rand(2, 4)) for _ in range(len(counts))]
        return torch.randn(2, sum(counts), width), *(part for pair in each for part in pair)

    if levels.fusion is not None:
        names = fusion_inputs()
        found.append(
            Graph(
                "knowledge_fusion.onnx",
                Fusion(levels, counts),
                entries,
                ("tokens", *names),
                ("fused",),
                {
                    "tokens": batch,
                    "fused": batch,
                    **{name: {0: "batch", 1: "entries"} for name in names},
                },
            )
        )
    if model.answer_head is not None:
        inputs = ("question", "tokens", "fine")
        found.append(
            Graph(
                "answers.onnx",
                Answers(model.answer_head),
                lambda: (
                    torch.nn.functional.normalize(torch.randn(2, size), dim=1),
                    torch.randn(2, sum(counts), width),
                    torch.randn(2, fine[0] * fine[1], width),
                ),
                inputs,
                ("logits", "gate"),
                dict.fromkeys((*inputs, "logits", "gate"), batch),
            )
        )
    return found


def export_graph(graph: Graph, folder: Path) -> Path:
    """Trace one graph to `folder`; returns the file."""
    path = folder / graph.file
    # `eval()` on the outermost module: a wrapper left in training mode exports its dropout.
    module = graph.module.eval()
    with torch.no_grad():
        torch.onnx.export(
            module,
            graph.inputs(),
            str(path),
            input_names=list(graph.input_names),
            output_names=list(graph.output_names),
            dynamic_axes=graph.dynamic_axes,
            opset_version=OPSET,
            # The tracing exporter: its IR version is the one that onnxruntime 1.19 knows.
            dynamo=False,
        )
    return path
