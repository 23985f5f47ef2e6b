"""Multiplications are those counted by hand, whatever the graph's form."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from onnx import ModelProto, TensorProto, helper, numpy_helper

from model_training.evaluation import measure_cost
from model_training.evaluation.cost import graph_cost
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from tests.tiny_bundle import make_tiny_bundle


def graph_of(nodes, inputs: dict[str, list], output: str, weights: dict[str, np.ndarray]) -> bytes:
    model: ModelProto = helper.make_model(
        helper.make_graph(
            nodes,
            "graph",
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in inputs.items()],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
            [numpy_helper.from_array(array, name) for name, array in weights.items()],
        ),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
    )
    return model.SerializeToString()


def ones(*shape: int) -> np.ndarray:
    return np.ones(shape, dtype=np.float32)


def test_a_convolution_by_hand() -> None:
    node = helper.make_node("Conv", ["x", "w", "b"], ["y"], strides=[2, 2], pads=[1, 1, 1, 1])
    cost = graph_cost(
        graph_of([node], {"x": ["batch", 3, 8, 8]}, "y", {"w": ones(5, 3, 3, 3), "b": ones(5)})
    )
    # 4 x 4 places, 5 channels, each 3 x 3 x 3 products.
    assert cost.macs == 4 * 4 * 5 * 27
    assert cost.parameters == 5 * 27 + 5


def test_a_depthwise_convolution_multiplies_one_channel_each() -> None:
    node = helper.make_node("Conv", ["x", "w"], ["y"], group=6, pads=[1, 1, 1, 1])
    cost = graph_cost(graph_of([node], {"x": [1, 6, 8, 8]}, "y", {"w": ones(6, 1, 3, 3)}))
    assert cost.macs == 8 * 8 * 6 * 9


def test_products_of_matrices_by_hand() -> None:
    nodes = [
        helper.make_node("Gemm", ["x", "g"], ["h"], transA=1, transB=1),
        helper.make_node("MatMul", ["h", "m"], ["y"]),
    ]
    cost = graph_cost(graph_of(nodes, {"x": [7, "batch"]}, "y", {"g": ones(4, 7), "m": ones(4, 3)}))
    assert cost.macs == 7 * 4 + 4 * 3
    assert cost.parameters == 28 + 12


def test_attention_between_activations_counts_too() -> None:
    nodes = [
        helper.make_node("Transpose", ["x"], ["t"], perm=[0, 2, 1]),
        helper.make_node("MatMul", ["x", "t"], ["y"]),
    ]
    cost = graph_cost(graph_of(nodes, {"x": ["batch", "length", 16]}, "y", {}))
    # A text of 12 tokens.
    assert cost.macs == 12 * 12 * 16
    assert cost.parameters == 0


def test_an_images_tokens_count_as_many_times_as_there_are() -> None:
    node = helper.make_node("MatMul", ["x", "m"], ["y"])
    graph = graph_of([node], {"x": ["batch", "tokens", 16]}, "y", {"m": ones(16, 3)})
    assert graph_cost(graph, tokens=69).macs == 69 * graph_cost(graph).macs == 69 * 16 * 3


def test_int8_weights_are_weights_and_their_scales_are_not() -> None:
    weights = {
        "w": np.ones((5, 3, 3, 3), dtype=np.int8),
        "w_scale": ones(5),
        "w_zero_point": np.zeros(5, dtype=np.int8),
    }
    nodes = [
        helper.make_node("DequantizeLinear", ["w", "w_scale", "w_zero_point"], ["f"], axis=0),
        helper.make_node("Conv", ["x", "f"], ["y"]),
    ]
    cost = graph_cost(graph_of(nodes, {"x": [1, 3, 8, 8]}, "y", weights))
    assert cost.macs == 6 * 6 * 5 * 27
    assert cost.parameters == 135


@pytest.mark.parametrize("actions", [["classify", "search"], ["describe", "classify", "search"]])
def test_a_bundle_is_weighed_and_timed(tmp_path: Path, actions: list[str]) -> None:
    folder = make_tiny_bundle(tmp_path, actions=actions)
    model = VisionLanguageModel(load_bundle(folder), device="cpu", threads=1)
    cost = measure_cost(model)
    weights = sum(p.stat().st_size for p in folder.iterdir() if p.name != "bundle.json")
    assert cost.bundle_mb == pytest.approx(weights / 1e6)
    assert cost.vision_ms > 0
    assert cost.tile_ms > 0
    assert (cost.caption_ms is not None) == ("describe" in actions)
    assert cost.parameters == sum(graph.parameters for graph in cost.graphs.values()) > 0
    assert set(cost.graphs) == {p.name for p in folder.glob("*.onnx")}
    assert "MB" in cost.sentence()
