"""The part of a graph for some outputs gives what the whole gives, and computes nothing else."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from rs_vlm_plugin.engine.model.graph_part import graph_part

X = np.array([[1.0, -2.0, 3.0]], np.float32)


def model(nodes, outputs=("near", "far")) -> bytes:
    weights = [
        numpy_helper.from_array(np.array(value, np.float32), name)
        for name, value in (("two", [2.0] * 3), ("big", [1e6] * 3), ("top", 2.0))
    ]
    value = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", 3])
        for name in ("x", "unread", *outputs)
    ]
    graph = helper.make_graph(nodes, "g", value[:2], value[2:], weights, value_info=value[:1])
    opset = [helper.make_opsetid("", 17)]
    made = helper.make_model(graph, opset_imports=opset, ir_version=8)
    helper.set_model_props(made, {"licence": "none"})
    return made.SerializeToString()


def two_ways() -> bytes:
    """x -> shared -> near; shared, with a large weight, -> far."""
    return model(
        [
            helper.make_node("Mul", ["x", "two"], ["shared"]),
            helper.make_node("Clip", ["shared", "", "top"], ["near"]),
            helper.make_node("Mul", ["shared", "big"], ["wide"]),
            helper.make_node("Add", ["wide", "unread"], ["far"]),
        ]
    )


def run(made: bytes, outputs):
    session = onnxruntime.InferenceSession(made, providers=["CPUExecutionProvider"])
    return session.run(list(outputs), {"x": X, "unread": np.zeros_like(X)})


@pytest.mark.parametrize("outputs", [("near",), ("far",)])
def test_it_gives_what_the_whole_gives(outputs):
    whole = two_ways()
    part = graph_part(whole, outputs)
    onnx.checker.check_model(part)
    np.testing.assert_array_equal(run(part, outputs), run(whole, outputs))


def test_it_holds_nothing_that_the_output_does_not_take():
    graph = onnx.load_from_string(graph_part(two_ways(), ("near",))).graph
    assert [node.op_type for node in graph.node] == ["Mul", "Clip"]
    assert [weight.name for weight in graph.initializer] == ["two", "top"]
    assert [output.name for output in graph.output] == ["near"]
    assert [given.name for given in graph.input] == ["x", "unread"]


def test_what_is_said_of_the_model_stays():
    made = onnx.load_from_string(graph_part(two_ways(), ("near",)))
    assert made.metadata_props[0].value == "none"
    assert made.opset_import[0].version == 17


def test_the_whole_stays_where_all_is_wanted_or_an_output_is_missing():
    whole = two_ways()
    for outputs in (("near", "far"), ("nowhere",), ("near", "nowhere")):
        assert graph_part(whole, outputs) is whole


def test_a_graph_with_branches_stays_whole():
    def branch(name: str, operator: str):
        value = helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", 3])
        # It reads "shared", which is no input of the node it stands in.
        return helper.make_graph(
            [helper.make_node(operator, ["shared", "two"], [name])], name, [], [value]
        )

    whole = model(
        [
            helper.make_node("Mul", ["x", "two"], ["shared"]),
            helper.make_node(
                "Constant", [], ["yes"], value=numpy_helper.from_array(np.array(True))
            ),
            helper.make_node(
                "If",
                ["yes"],
                ["near"],
                then_branch=branch("t", "Add"),
                else_branch=branch("e", "Sub"),
            ),
            helper.make_node("Mul", ["x", "big"], ["far"]),
        ]
    )
    assert graph_part(whole, ("near",)) is whole
    np.testing.assert_array_equal(run(graph_part(whole, ("far",)), ("far",)), run(whole, ("far",)))


def test_bytes_that_are_no_model_are_handed_back():
    whole = two_ways()
    rng = np.random.default_rng(0)
    for end in range(0, len(whole), 7):
        graph_part(whole[:end], ("near",))
    for _ in range(300):
        broken = bytearray(whole)
        broken[int(rng.integers(len(whole)))] = int(rng.integers(256))
        assert isinstance(graph_part(bytes(broken), ("near",)), bytes)
    for other in (b"no model", b"", b"\xff" * 1000):
        assert graph_part(other, ("near",)) is other
