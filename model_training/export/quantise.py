"""Int8 copies of the graphs: about a quarter of float32's size.

Convolutions: static, per channel, calibrated on training images; per-tensor or dynamic quantisation
ruins depthwise convolutions (Sheng et al. 2018). Transformers: dynamic, MatMul per channel.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnxruntime.quantization import (
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_dynamic,
    quantize_static,
)
from onnxruntime.quantization.shape_inference import quant_pre_process

CALIBRATION_BATCH = 16

FLOAT_STEM = 3
"""Convolutions at the input kept in float32: in int8 they cost the tokens most of what quantisation
costs. `export_onnx.py` prints the cosines to compare."""


class _PixelReader(CalibrationDataReader):
    """Batches of pixels; a graph's further inputs, one number an image, are 0: not known."""

    def __init__(self, pixels: NDArray[np.float32], others: list[str]) -> None:
        self._batches: Iterator[NDArray[np.float32]] = iter(
            np.array_split(pixels, max(1, len(pixels) // CALIBRATION_BATCH))
        )
        self._others = others

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        batch = next(self._batches, None)
        if batch is None:
            return None
        zeros = np.zeros(len(batch), dtype=np.float32)
        return {"pixels": batch, **dict.fromkeys(self._others, zeros)}


def quantise_vision(path: Path, pixels: NDArray[np.float32]) -> None:
    """Replace `path` by its int8 version; `pixels` are normalised training images [N, 3, S, S].

    What follows the backbone in a model of three levels is a transformer, and quantised as one.
    """
    prepared = path.with_suffix(".prepared.onnx")
    quant_pre_process(str(path), str(prepared), skip_symbolic_shape=True)
    graph = onnx.load(str(prepared)).graph
    convolutions = [node.name for node in graph.node if node.op_type == "Conv"]
    others = [value.name for value in graph.input if value.name != "pixels"]
    heads = [node.name for node in graph.node if others and "/vision/backbone/" not in node.name]
    quantize_static(
        str(prepared),
        str(path),
        _PixelReader(pixels, others),
        quant_format=QuantFormat.QDQ,
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        calibrate_method=CalibrationMethod.MinMax,
        nodes_to_exclude=[*convolutions[:FLOAT_STEM], *heads],
    )
    prepared.unlink()
    if heads:
        quantise_transformer(path)


def quantise_transformer(path: Path) -> None:
    """Replace `path` by a version with int8 weights in MatMul and Gather.

    `reduce_range` keeps 7 bits, so that CPUs without VNNI do not saturate their 16-bit sums.
    """
    quantised = path.with_suffix(".int8.onnx")
    quantize_dynamic(
        str(path),
        str(quantised),
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    quantised.replace(path)
