"""A model bundle small enough to make in a test: right in form, random in its eyes.

It keeps every promise of docs/bundle-format.md and needs no torch. Its captions read like captions
because the decoder starts from a bigram table of a few sentences; what it sees only sways the
choice among them. Use it as `from tests.tiny_bundle import make_tiny_bundle`.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

INPUT_SIZE = 32
CELLS = 4
WIDTH = 16
LAYERS = 2
HEADS = 2
HEAD_SIZE = WIDTH // HEADS
MAX_TOKENS = 20
REGIONS, OBJECTS, FINE = 2, 3, 8
LEVEL_TOKENS = 1 + CELLS * CELLS + REGIONS * REGIONS + OBJECTS
ANSWERS = (
    *("yes", "no", "0", "1", "2", "3", "4", "5", "rural", "urban"),
    *("upper left", "center", "lower right", "farmland", "airport", "residential"),
)
PAD, UNK, BOS, EOS = 0, 1, 2, 3

SENTENCES = (
    "many green trees are on both sides of the road .",
    "several planes are parked near a large building .",
    "a river goes through a dense forest .",
    "some white storage tanks are on the bare land .",
    "a bridge crosses the wide river .",
    "many small houses stand in rows along a street .",
    "a few boats are in the harbor near the beach .",
    "farmland with brown fields lies next to a pond .",
    "there are two tennis courts beside a parking lot .",
    "cars are parked in a parking lot next to a building .",
    "a baseball field is surrounded by green trees .",
    "yellow desert with some dunes .",
    "a railway station is near a residential area .",
    "an airport with a long runway and many planes .",
    "white waves of the sea reach the beach .",
    "a playground and a football field are in the school .",
)
# Words the text encoder knows and the decoder never writes.
EXTRA_WORDS = (
    "aerial image scene photo mountain meadow lake church square stadium industrial commercial"
)
# The decoder writes these in two pieces, so that pieces have to be merged into words.
SPLIT = {"planes": ("plane", "##s"), "boats": ("boat", "##s"), "cars": ("car", "##s")}
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def make_tiny_bundle(directory: Path, seed: int = 7, actions: Sequence[str] = ()) -> Path:
    """Write a valid bundle into `directory` (made where missing) and return that folder.

    The same seed gives the same bytes. `actions` default to describe, classify and search; without
    "describe" the bundle has no decoder. With "ask" or "find" it is a bundle of three levels: to
    it, bright spots some quarter of an image wide are planes, and its answers are arbitrary.
    """
    wanted = list(actions) or ["describe", "classify", "search"]
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    vocabulary, decoder_size = _vocabulary()
    tokenizer = _tokenizer(vocabulary)
    tokenizer.save(str(directory / "tokenizer.json"))

    patch = INPUT_SIZE // CELLS
    kernel = random.normal(size=(WIDTH, 3, 1, 1)) + 0.5 * random.normal(
        size=(WIDTH, 3, patch, patch)
    )
    mix = _weights(random, WIDTH, WIDTH)
    words = random.normal(size=(len(vocabulary), WIDTH))
    has_levels = bool({"ask", "find"} & set(wanted))
    plane = None
    if has_levels:
        # Or every two texts would be alike for their beginning and end.
        words[[BOS, EOS]] *= 0.1
        plane = words[[BOS, vocabulary.index("plane"), EOS]].sum(axis=0)
    _save(_vision(kernel, mix, plane), directory / "vision.onnx")
    _save(_text(words), directory / "text.onnx")
    tokens = LEVEL_TOKENS if has_levels else CELLS * CELLS
    decoder_files = ["decoder_prefill.onnx", "decoder_step.onnx"] if "describe" in wanted else []
    if decoder_files:
        _save(_prefill(random, tokens), directory / "decoder_prefill.onnx")
        _save(_step(random, vocabulary, decoder_size, tokens), directory / "decoder_step.onnx")
    level_files = ["answers.onnx"] if "ask" in wanted else []
    if level_files:
        _save(_answers(np.random.default_rng(seed)), directory / "answers.onnx")

    manifest: Dict[str, Any] = {
        "format": "rsvlm-bundle",
        "format_version": 1,
        "name": "rsvlm-tiny",
        "version": "0.0.1",
        "licence": "GPL-2.0-or-later",
        "created": "2026-01-01T00:00:00+00:00",
        "actions": wanted,
        "opset": 17,
        "vision": {
            "file": "vision.onnx",
            "input_size": INPUT_SIZE,
            "mean": [127.5, 127.5, 127.5],
            "std": [127.5, 127.5, 127.5],
            "cells": [CELLS, CELLS],
        },
        "text": {
            "file": "text.onnx",
            "max_tokens": 24,
            "label_prompts": ["an aerial image of {label}", "a photo of {label}"],
        },
        "decoder": {
            "prefill": "decoder_prefill.onnx",
            "step": "decoder_step.onnx",
            "vocabulary_size": decoder_size,
            "layers": LAYERS,
            "heads": HEADS,
            "head_size": HEAD_SIZE,
            "bos_id": BOS,
            "eos_id": EOS,
            "pad_id": PAD,
            "max_tokens": MAX_TOKENS,
            "beam_size": 2,
            "length_penalty": 1.0,
        },
        "tokenizer": {"file": "tokenizer.json"},
        "embedding_size": {"global": WIDTH},
        "logit_scale": 20.0,
        "calibration": {"caption_temperature": 1.1},
        "gsd_range_m": [0.1, 30.0],
        "metrics": {},
        "training": {},
    }
    if not decoder_files:
        del manifest["decoder"]
    if has_levels:
        manifest["levels"] = {
            "whole": 1 + CELLS * CELLS,
            "regions": [REGIONS, REGIONS],
            "objects": OBJECTS,
            "fine": [FINE, FINE],
            "grounding": {"scale": 30.0, "bias": -25.0, "threshold": 0.5},
        }
    if level_files:
        manifest["answers"] = {
            "file": "answers.onnx",
            "texts": list(ANSWERS),
            "temperature": 1.0,
            "abstain_below": 0.1,
        }
    files = ["vision.onnx", "text.onnx", "tokenizer.json", *decoder_files, *level_files]
    write_manifest(directory, manifest, files)
    return directory


def write_manifest(directory: Path, manifest: Dict[str, Any], files: Sequence[str]) -> None:
    """Write `bundle.json` with the hashes the files have now."""
    manifest = dict(manifest)
    manifest["files"] = {}
    for name in files:
        data = (directory / name).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        manifest["files"][name] = {"digest": f"sha256:{digest}", "bytes": len(data)}
    text = json.dumps(manifest, indent=1)
    (directory / "bundle.json").write_text(text, encoding="utf-8")


def _vocabulary() -> Tuple[List[str], int]:
    words: List[str] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    for sentence in SENTENCES:
        for word in sentence.split():
            for piece in SPLIT.get(word, (word,)):
                if piece not in words:
                    words.append(piece)
    decoder_size = len(words)
    words += [word for word in EXTRA_WORDS.split() if word not in words]
    words += [letter for letter in LETTERS if letter not in words]
    words += ["##" + letter for letter in LETTERS if "##" + letter not in words]
    return words, decoder_size


def _tokenizer(vocabulary: List[str]) -> Tokenizer:
    table = {word: index for index, word in enumerate(vocabulary)}
    tokenizer = Tokenizer(models.WordPiece(table, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", BOS), ("[SEP]", EOS)]
    )
    tokenizer.decoder = decoders.WordPiece(prefix="##")
    return tokenizer


class _Graph:
    """Collects nodes and constants; every call adds one node and returns its output's name."""

    def __init__(self) -> None:
        self.nodes: List[Any] = []
        self.constants: List[Any] = []

    def constant(self, value: Any, dtype: Any = np.float32) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value, dtype=dtype), name))
        return name

    def call(self, op: str, *inputs: str, out: str = "", **attributes: Any) -> str:
        output = out or f"t{len(self.nodes)}"
        # Named, because a fusion of onnxruntime 1.19 gives the results of unnamed ones one name.
        name = f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [output], name=name, **attributes))
        return output

    def shape(self, value: str, *dims: int) -> str:
        return self.call("Reshape", value, self.constant(dims, np.int64))

    def unsqueeze(self, value: str, axis: int) -> str:
        return self.call("Unsqueeze", value, self.constant([axis], np.int64))

    def model(self, inputs: Sequence[Any], outputs: Sequence[Any]) -> Any:
        graph = helper.make_graph(self.nodes, "tiny", inputs, outputs, self.constants)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="rsvlm-tests"
        )
        model.ir_version = 8
        return model


def _value(name: str, shape: Sequence[Any], dtype: int = TensorProto.FLOAT) -> Any:
    return helper.make_tensor_value_info(name, dtype, list(shape))


def _save(model: Any, path: Path) -> None:
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _weights(random: np.random.Generator, *shape: int, gain: float = 1.0) -> np.ndarray:
    return (random.normal(size=shape) * gain / np.sqrt(shape[0])).astype(np.float32)


def _unit(graph: _Graph, value: str, out: str, axis: int = 1) -> str:
    norm = graph.call("ReduceL2", value, axes=[axis], keepdims=1)
    return graph.call("Div", value, graph.call("Add", norm, graph.constant(1e-9)), out=out)


def _vision(kernel: Any, mix: Any, plane: Optional[Any]) -> Any:
    graph = _Graph()
    patch = INPUT_SIZE // CELLS
    features = graph.call(
        "Conv",
        "pixels",
        graph.constant(kernel * 3.0 / (patch * patch)),
        kernel_shape=[patch, patch],
        strides=[patch, patch],
    )
    features = graph.shape(graph.call("Tanh", features), 0, WIDTH, CELLS * CELLS)
    name = "tokens" if plane is None else ""
    tokens = graph.call("Transpose", features, perm=[0, 2, 1], out=name)
    cells = graph.call("MatMul", tokens, graph.constant(mix), out="cells")
    mean = graph.call("ReduceMean", cells, axes=[1], keepdims=0)
    _unit(graph, mean, "embedding")
    count = CELLS * CELLS
    inputs = [_value("pixels", ["B", 3, INPUT_SIZE, INPUT_SIZE])]
    outputs = [
        _value("tokens", ["B", LEVEL_TOKENS if plane is not None else count, WIDTH]),
        _value("embedding", ["B", WIDTH]),
        _value("cells", ["B", count, WIDTH]),
    ]
    if plane is not None:
        outputs += _levels(graph, tokens, cells, plane)
        inputs.append(_value("metres", ["B"]))
    return graph.model(inputs, outputs)


def _levels(graph: _Graph, tokens: str, cells: str, plane: Any) -> List[Any]:
    """Regions, objects and a fine map in which bright spots look like `plane` [WIDTH]."""
    spread = np.kron(np.eye(REGIONS), np.ones((1, CELLS // REGIONS)))
    pool = graph.constant(np.kron(spread, spread) / (CELLS // REGIONS) ** 2)
    first = graph.constant(np.eye(OBJECTS, CELLS * CELLS))
    # The distance is an input that must be used; this model makes nothing of it.
    nothing = graph.call("Mul", "metres", graph.constant(0.0))
    whole = graph.call("ReduceMean", tokens, axes=[1], keepdims=1)
    whole = graph.call("Add", whole, graph.shape(nothing, -1, 1, 1))
    pooled = [graph.call("MatMul", which, tokens) for which in (pool, first)]
    graph.call("Concat", whole, tokens, *pooled, axis=1, out="tokens")
    for which, name in ((pool, "regions"), (first, "objects")):
        _unit(graph, graph.call("MatMul", which, cells), name, axis=2)

    side = INPUT_SIZE // FINE
    average = graph.constant(np.full((1, 3, side, side), 0.5 / (3 * side * side)))
    half = graph.constant([0.5])
    bright = graph.call(
        "Conv", "pixels", average, half, kernel_shape=[side, side], strides=[side, side]
    )
    bright = graph.call(
        "AveragePool", bright, kernel_shape=[3, 3], pads=[1, 1, 1, 1], count_include_pad=1
    )
    rows, columns = np.mgrid[0:FINE, 0:FINE]
    # So that no two neighbours are exactly alike.
    tilt = graph.constant(1e-4 * (rows + 0.7 * columns)[None, None])
    bright = graph.shape(graph.call("Add", bright, tilt), 0, FINE * FINE, 1)
    dark = graph.call("Sub", graph.constant(1.0), bright)
    plane = plane / np.linalg.norm(plane)
    ground = np.roll(plane, 1) - plane * (np.roll(plane, 1) @ plane)
    fine = graph.call(
        "Add",
        graph.call("Mul", bright, graph.constant(2.0 * plane)),
        graph.call("Mul", dark, graph.constant(0.5 * ground / np.linalg.norm(ground))),
        out="fine",
    )
    _unit(graph, fine, "fine_cells", axis=2)
    middles = np.stack([columns, rows], axis=-1).reshape(-1, 2) / FINE + 0.5 / FINE
    boxes = np.concatenate([middles, np.full((FINE * FINE, 2), 3.2 / FINE)], axis=1)
    graph.call("Add", graph.constant(boxes[None]), graph.shape(nothing, -1, 1, 1), out="boxes")
    return [
        _value("regions", ["B", REGIONS * REGIONS, WIDTH]),
        _value("objects", ["B", OBJECTS, WIDTH]),
        _value("fine", ["B", FINE * FINE, WIDTH]),
        _value("fine_cells", ["B", FINE * FINE, WIDTH]),
        _value("boxes", ["B", FINE * FINE, 4]),
    ]


def _answers(random: np.random.Generator) -> Any:
    graph = _Graph()
    asked = graph.call(
        "MatMul", "question", graph.constant(_weights(random, WIDTH, len(ANSWERS), gain=4.0))
    )
    seen = graph.call("ReduceMean", "tokens", axes=[1], keepdims=0)
    seen = graph.call("MatMul", seen, graph.constant(_weights(random, WIDTH, len(ANSWERS))))
    graph.call("Add", asked, seen, out="logits")
    cells = graph.call("MatMul", "fine", graph.constant(_weights(random, WIDTH, 1)))
    graph.call("Sigmoid", graph.shape(cells, 0, FINE * FINE), out="gate")
    return graph.model(
        [
            _value("question", ["Q", WIDTH]),
            _value("tokens", ["Q", LEVEL_TOKENS, WIDTH]),
            _value("fine", ["Q", FINE * FINE, WIDTH]),
        ],
        [_value("logits", ["Q", len(ANSWERS)]), _value("gate", ["Q", FINE * FINE])],
    )


def _text(words: Any) -> Any:
    graph = _Graph()
    table = graph.constant(words)
    mask = graph.call("Cast", "attention_mask", to=TensorProto.FLOAT)
    words = graph.call("Mul", graph.call("Gather", table, "input_ids"), graph.unsqueeze(mask, 2))
    total = graph.call("ReduceSum", words, graph.constant([1], np.int64), keepdims=0)
    _unit(graph, total, "embedding")
    return graph.model(
        [
            _value("input_ids", ["B", "T"], TensorProto.INT64),
            _value("attention_mask", ["B", "T"], TensorProto.INT64),
        ],
        [_value("embedding", ["B", WIDTH])],
    )


def _heads(graph: _Graph, value: str, weights: Any, length: int) -> str:
    """Project `value` and split it into heads: `[B,H,length,dh]`."""
    projected = graph.call("MatMul", value, graph.constant(weights))
    split = graph.shape(projected, -1, length, HEADS, HEAD_SIZE)
    return graph.call("Transpose", split, perm=[0, 2, 1, 3])


def _prefill(random: np.random.Generator, count: int) -> Any:
    graph = _Graph()
    for name in ("cross_keys", "cross_values"):
        layers = [
            graph.unsqueeze(_heads(graph, "tokens", _weights(random, WIDTH, WIDTH), count), 0)
            for _ in range(LAYERS)
        ]
        graph.call("Concat", *layers, axis=0, out=name)
    shape = [LAYERS, "B", HEADS, count, HEAD_SIZE]
    return graph.model(
        [_value("tokens", ["B", count, WIDTH])],
        [_value("cross_keys", shape), _value("cross_values", shape)],
    )


def _attend(graph: _Graph, query: str, keys: str, values: str) -> Tuple[str, str]:
    """One query `[B,H,1,dh]` over keys: the mix `[B,WIDTH]` and the weights `[B,H,1,N]`."""
    scores = graph.call("MatMul", query, graph.call("Transpose", keys, perm=[0, 1, 3, 2]))
    scores = graph.call("Mul", scores, graph.constant(1.0 / np.sqrt(HEAD_SIZE)))
    weights = graph.call("Softmax", scores, axis=-1)
    return graph.shape(graph.call("MatMul", weights, values), -1, WIDTH), weights


def _layer(graph: _Graph, name: str, layer: int) -> str:
    """Layer `layer` of a `[L,...]` input."""
    return graph.call("Gather", name, graph.constant(layer, np.int64), axis=0)


def _step(
    random: np.random.Generator, vocabulary: Sequence[str], decoder_size: int, count: int
) -> Any:
    graph = _Graph()
    position = graph.call("Shape", "past_keys", start=3, end=4)
    embeddings = random.normal(size=(decoder_size, WIDTH))
    state = graph.call("Gather", graph.constant(embeddings), "input_ids")
    places = graph.constant(0.5 * random.normal(size=(2 * MAX_TOKENS, WIDTH)))
    state = graph.call("Add", state, graph.call("Gather", places, position))
    new_keys, new_values, looks = [], [], []
    for layer in range(LAYERS):
        query = _heads(graph, state, _weights(random, WIDTH, WIDTH), 1)
        for name, parts in (("past_keys", new_keys), ("past_values", new_values)):
            fresh = _heads(graph, state, _weights(random, WIDTH, WIDTH), 1)
            parts.append(graph.call("Concat", _layer(graph, name, layer), fresh, axis=2))
        mixed, _ = _attend(graph, query, new_keys[-1], new_values[-1])
        state = graph.call("Tanh", graph.call("Add", state, mixed))
        query = _heads(graph, state, _weights(random, WIDTH, WIDTH, gain=16.0), 1)
        cross = (_layer(graph, "cross_keys", layer), _layer(graph, "cross_values", layer))
        mixed, weights = _attend(graph, query, *cross)
        state = graph.call("Add", state, mixed)
        looks.append(graph.call("ReduceMean", weights, axes=[1, 2], keepdims=0))
    for name, parts in (("keys", new_keys), ("values", new_values)):
        graph.call("Concat", *[graph.unsqueeze(part, 0) for part in parts], axis=0, out=name)
    graph.call("Mul", graph.call("Sum", *looks), graph.constant(1.0 / LAYERS), out="attention")

    sway = graph.constant(1.5 * _weights(random, WIDTH, decoder_size))
    seen = graph.call("MatMul", state, sway)
    habit = graph.call("Gather", graph.constant(_bigrams(vocabulary, decoder_size)), "input_ids")
    ending = graph.call("Gather", graph.constant(_endings(decoder_size)), position)
    graph.call("Sum", seen, habit, ending, out="logits")

    past = [LAYERS, "B", HEADS, "P", HEAD_SIZE]
    cross_shape = [LAYERS, "B", HEADS, count, HEAD_SIZE]
    grown = [LAYERS, "B", HEADS, "P1", HEAD_SIZE]
    return graph.model(
        [
            _value("input_ids", ["B"], TensorProto.INT64),
            _value("past_keys", past),
            _value("past_values", past),
            _value("cross_keys", cross_shape),
            _value("cross_values", cross_shape),
        ],
        [
            _value("logits", ["B", decoder_size]),
            _value("keys", grown),
            _value("values", grown),
            _value("attention", ["B", count]),
        ],
    )


def _bigrams(vocabulary: Sequence[str], decoder_size: int) -> Any:
    """Logits of the next word after each word, from the sentences above."""
    index = {word: number for number, word in enumerate(vocabulary)}
    logits = np.full((decoder_size, decoder_size), -12.0, dtype=np.float32)
    logits[:, [PAD, UNK, BOS]] = -30.0
    logits[:, EOS] = -14.0
    for sentence in SENTENCES:
        pieces = [piece for word in sentence.split() for piece in SPLIT.get(word, (word,))]
        chain = [BOS, *(index[piece] for piece in pieces), EOS]
        for before, after in zip(chain, chain[1:]):
            logits[before, after] = 0.0
    return logits


def _endings(decoder_size: int) -> Any:
    """Logits by position that make the end likelier as a sentence grows."""
    logits = np.zeros((2 * MAX_TOKENS, decoder_size), dtype=np.float32)
    logits[:, EOS] = np.maximum(0.0, np.arange(2 * MAX_TOKENS) - 12.0) * 3.0
    return logits
