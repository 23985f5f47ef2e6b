"""The part of a graph that gives some of its outputs, so that nothing is computed for the others.

onnxruntime computes every output a graph declares, whichever are asked for. The vision graph's
finer levels take half of its time, and who wants embeddings alone need not wait for them. ONNX
files are protocol buffers; the few fields that matter here are read without the `onnx` package,
which a QGIS does not have.
"""

from __future__ import annotations

from typing import Iterable, Iterator, List, NamedTuple, Sequence, Tuple

# Field numbers of onnx.proto3 (ONNX 1.0 and later never renumber them).
_MODEL_GRAPH = 7
_GRAPH_NODE, _GRAPH_INITIALIZER, _GRAPH_OUTPUT, _GRAPH_VALUE_INFO = 1, 5, 12, 13
_NODE_INPUT, _NODE_OUTPUT, _NODE_ATTRIBUTE = 1, 2, 5
_ATTRIBUTE_GRAPH, _ATTRIBUTE_GRAPHS = 6, 11
_TENSOR_NAME, _VALUE_NAME = 8, 1
_VARINT, _FIXED64, _DELIMITED, _FIXED32 = 0, 1, 2, 5
_MOST_BITS = 63


class _Field(NamedTuple):
    """One field of a message: its number, and where it and its value begin and end in the file."""

    number: int
    start: int
    value: int
    end: int


def graph_part(model: bytes, outputs: Sequence[str]) -> bytes:
    """An ONNX model that has only some of a model's outputs, and only what these take.

    Inputs stay, used or not, so that whoever feeds the model need not know what was left out.

    Args:
        model: a serialised `ModelProto`, its weights inside.
        outputs: names of graph outputs to keep.

    Returns:
        The smaller model, which gives the same numbers. `model` itself where it cannot be made
        smaller: a graph with control flow, one that lacks an output, or bytes that are no model
        (onnxruntime says better what is wrong with those).
    """
    try:
        return _part(model, outputs) or model
    except (ValueError, IndexError):
        return model


def _part(model: bytes, outputs: Sequence[str]) -> bytes:
    """As `graph_part`; empty where it cannot be. Raises `ValueError` or `IndexError` for bytes that
    are no protocol buffer."""
    in_model = list(_fields(model, 0, len(model)))
    graphs = [field for field in in_model if field.number == _MODEL_GRAPH]
    if len(graphs) != 1:
        return b""
    in_graph = list(_fields(model, graphs[0].value, graphs[0].end))
    needed = set(outputs)
    declared = {_name(model, field) for field in in_graph if field.number == _GRAPH_OUTPUT}
    if not needed < declared:
        return b""
    kept: List[_Field] = []
    # ONNX wants nodes in an order that can be run: read backwards, a node follows its readers.
    for node in reversed([field for field in in_graph if field.number == _GRAPH_NODE]):
        inside = list(_fields(model, node.value, node.end))
        if needed.isdisjoint(_texts(model, inside, _NODE_OUTPUT)):
            continue
        if any(_holds_graph(model, field) for field in inside):
            # A graph inside a node may read any name around it.
            return b""
        # An output or input left out is written as an empty name, and is no name of anything.
        needed.update(filter(None, _texts(model, inside, _NODE_INPUT)))
        kept.append(node)
    names = {_GRAPH_INITIALIZER: needed, _GRAPH_VALUE_INFO: needed, _GRAPH_OUTPUT: set(outputs)}
    beside = [
        field
        for field in in_graph
        if field.number != _GRAPH_NODE
        and (field.number not in names or _name(model, field) in names[field.number])
    ]
    graph = b"".join(model[field.start : field.end] for field in (*reversed(kept), *beside))
    return b"".join(
        _delimited(_MODEL_GRAPH, graph) if field is graphs[0] else model[field.start : field.end]
        for field in in_model
    )


def _holds_graph(model: bytes, field: _Field) -> bool:
    """Whether a field of a node is an attribute with a graph in it, as branches and loops have."""
    return field.number == _NODE_ATTRIBUTE and any(
        part.number in (_ATTRIBUTE_GRAPH, _ATTRIBUTE_GRAPHS)
        for part in _fields(model, field.value, field.end)
    )


def _name(model: bytes, field: _Field) -> str:
    """The name of an initializer, output or value info, empty where it has none."""
    number = _TENSOR_NAME if field.number == _GRAPH_INITIALIZER else _VALUE_NAME
    return next(iter(_texts(model, _fields(model, field.value, field.end), number)), "")


def _texts(model: bytes, fields: Iterable[_Field], number: int) -> Iterator[str]:
    return (
        model[field.value : field.end].decode("utf-8") for field in fields if field.number == number
    )


def _fields(model: bytes, start: int, end: int) -> Iterator[_Field]:
    """The fields of the message between two places, in their order."""
    at = start
    while at < end:
        begun = at
        key, at = _read_varint(model, at)
        kind = key & 7
        value = at
        if kind == _DELIMITED:
            length, value = _read_varint(model, at)
            at = value + length
        elif kind == _VARINT:
            _, at = _read_varint(model, at)
        elif kind in (_FIXED64, _FIXED32):
            at += 8 if kind == _FIXED64 else 4
        else:
            raise ValueError("not a protocol buffer")
        if at > end:
            raise ValueError("a field beyond the end of its message")
        yield _Field(key >> 3, begun, value, at)


def _read_varint(model: bytes, at: int) -> Tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    byte = model[at]
    at += 1
    value = byte & 0x7F
    shift = 7
    while byte >= 0x80:
        if shift > _MOST_BITS:
            raise ValueError("not a protocol buffer")
        byte = model[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
    return value, at


def _delimited(number: int, value: bytes) -> bytes:
    """A field of a value with a length."""
    return _varint(number << 3 | _DELIMITED) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    found = bytearray()
    while value >= 0x80:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)
