"""What a bundle costs: bytes, parameters, multiplications, milliseconds."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel

from ..synthetic import draw_scene

REPEATS = 9
VARYING = {"length": 12}
"""Axes of varying length that stand for more than one: captions average 11 words."""

PRODUCTS = {
    "Conv": 1,
    "ConvInteger": 1,
    "QLinearConv": 3,
    "Gemm": 1,
    "MatMul": 1,
    "MatMulInteger": 1,
    "QLinearMatMul": 3,
    "DynamicQuantizeMatMul": 1,
    "MatMulIntegerToFloat": 1,
}
"""Operator -> which input holds the second factor (weights, or for MatMul the right matrix)."""


@dataclass(frozen=True)
class GraphCost:
    """One graph: its weights, and multiply-accumulates of one run at the stated input."""

    parameters: int
    macs: int


@dataclass(frozen=True)
class Cost:
    """One bundle on this machine.

    `graphs` holds every graph's cost for one image, one text of 12 tokens or one more token of a
    caption. `vision_ms` is the vision graph on one image of the model's input size, by onnxruntime
    on the CPU; `tile_ms` the same image as the plugin encodes it, with retrieved knowledge;
    `caption_ms` one caption from its encoding; medians. `provider` is what ran the last two.
    """

    bundle_mb: float
    graphs: dict[str, GraphCost]
    vision_ms: float
    tile_ms: float
    caption_ms: float | None
    provider: str

    @property
    def parameters(self) -> int:
        """Of all graphs together; weights that two graphs hold count twice, as they do on disk."""
        return sum(graph.parameters for graph in self.graphs.values())

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {**asdict(self), "parameters": self.parameters}

    def sentence(self) -> str:
        """One line to print."""
        macs = ", ".join(f"{name} {cost.macs / 1e6:.1f}" for name, cost in self.graphs.items())
        caption = "" if self.caption_ms is None else f", a caption {self.caption_ms:.0f} ms"
        return (
            f"{self.bundle_mb:.1f} MB, {self.parameters / 1e6:.1f} M parameters; vision of a tile "
            f"{self.vision_ms:.1f} ms, with knowledge {self.tile_ms:.1f} ms{caption} "
            f"({self.provider}); M multiplications: {macs}"
        )


def measure_cost(model: VisionLanguageModel) -> Cost:
    """Weigh a bundle and time it on this machine, whatever else runs there."""
    bundle = model.bundle
    files = bundle.manifest.files
    image = draw_scene(1, model.input_size).image[None]
    seen = model.encode_images(image)
    caption_ms = None
    if "describe" in bundle.manifest.actions:
        caption_ms = _milliseconds(lambda: model.caption(seen.tokens, embeddings=seen.embedding))
    return Cost(
        bundle_mb=sum(entry.size for entry in files.values()) / 1e6,
        graphs={
            name: graph_cost(bundle.read(name), seen.tokens.shape[1])
            for name in sorted(files)
            if name.endswith(".onnx")
        },
        vision_ms=_milliseconds(_graph_run(bundle.read(bundle.manifest.vision.file))),
        tile_ms=_milliseconds(lambda: model.encode_images(image)),
        caption_ms=caption_ms,
        provider=model.providers[0],
    )


def graph_cost(graph: bytes, tokens: int = 1) -> GraphCost:
    """Count the weights of an ONNX graph and the multiply-accumulates of one run.

    The graph is run once and the shapes are those that occur, so that none needs to be inferred.
    Convolutions, Gemm and matrix products count, in float or int8; adding a bias, activations and
    normalisation do not. Axes of varying length are 1 long, `length` 12, and `tokens`, those of an
    image, as many as are given.
    """
    model = onnx.load_from_string(graph)
    nodes = [node for node in model.graph.node if node.op_type in PRODUCTS]
    shapes = {item.name: tuple(item.dims) for item in model.graph.initializer}
    lengths = {**VARYING, "tokens": tokens}
    inputs = {
        item.name: _sample(item, lengths) for item in model.graph.input if item.name not in shapes
    }
    shapes |= {name: values.shape for name, values in inputs.items()}
    wanted = {
        name
        for node in nodes
        for name in (node.input[0], node.input[PRODUCTS[node.op_type]], node.output[0])
    }
    shapes |= _shapes_in_a_run(model, sorted(wanted - set(shapes)), inputs)
    return GraphCost(_parameters(model), sum(_macs(node, shapes) for node in nodes))


def _sample(item: onnx.ValueInfoProto, lengths: Mapping[str, int]) -> np.ndarray:
    """Ones of the shape and type that an input wants; `lengths` of varying axes, else 1."""
    kind = item.type.tensor_type
    shape = [
        lengths.get(dim.dim_param, 1) if dim.dim_param else dim.dim_value for dim in kind.shape.dim
    ]
    return np.ones(shape, dtype=onnx.helper.tensor_dtype_to_np_dtype(kind.elem_type))


def _shapes_in_a_run(
    model: onnx.ModelProto, names: list[str], inputs: Mapping[str, np.ndarray]
) -> dict[str, tuple[int, ...]]:
    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    present = {output.name for output in probe.graph.output}
    # Without a type: onnxruntime knows it, and shape inference here could not always say it.
    probe.graph.output.extend(
        onnx.ValueInfoProto(name=name) for name in names if name not in present
    )
    options = onnxruntime.SessionOptions()
    # Fusions would swallow the tensors that are asked for.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        probe.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    values = session.run(names, dict(inputs)) if names else []
    return {name: value.shape for name, value in zip(names, values, strict=True)}


def _macs(node: onnx.NodeProto, shapes: Mapping[str, tuple[int, ...]]) -> int:
    factor = shapes[node.input[PRODUCTS[node.op_type]]]
    result = math.prod(shapes[node.output[0]])
    if "Conv" in node.op_type:
        # Weights [out, in / groups, kernel...]: that many products for each value of the result.
        return result * math.prod(factor[1:])
    return result * _inner_length(node, shapes)


def _inner_length(node: onnx.NodeProto, shapes: Mapping[str, tuple[int, ...]]) -> int:
    first = shapes[node.input[0]]
    if node.op_type == "Gemm":
        transposed = any(item.name == "transA" and item.i for item in node.attribute)
        return first[0] if transposed else first[-1]
    return first[-1]


def _parameters(model: onnx.ModelProto) -> int:
    """Trained values: float and integer initialisers without quantisation scales and shapes."""
    scales = {
        name
        for node in model.graph.node
        if node.op_type in ("QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear")
        for name in node.input[1:]
    }
    total = 0
    for item in model.graph.initializer:
        name = item.name
        if name in scales or name.endswith(("_scale", "_zero_point")):
            continue
        if numpy_helper.to_array(item).dtype == np.int64:
            continue
        total += math.prod(item.dims)
    return total


def _graph_run(graph: bytes) -> Callable[[], Any]:
    """A run of a graph by itself on ones, one of each input."""
    inputs = onnx.load_from_string(graph).graph.input
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    names = {item.name for item in session.get_inputs()}
    feeds = {item.name: _sample(item, VARYING) for item in inputs if item.name in names}
    return lambda: session.run(None, feeds)


def _milliseconds(run: Callable[[], Any]) -> float:
    run()
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return 1000 * statistics.median(times)
