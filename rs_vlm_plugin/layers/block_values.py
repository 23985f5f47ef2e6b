"""Numbers out of a `QgsRasterBlock`: its bytes as a numpy array of the right type.

QGIS 3.22 has no `QgsRasterBlock.as_numpy`, so the bytes are read the same way in every version.
"""

from __future__ import annotations

from typing import Any, Dict, Optional

import numpy as np
from numpy.typing import NDArray

# Qgis.DataType by number: the numbers are stable, the enum's Python home is not.
_UINT8, _CINT16, _CINT32, _CFLOAT32, _CFLOAT64 = 1, 8, 9, 10, 11
_ARGB32, _ARGB32_PREMULTIPLIED = 12, 13

_REAL_TYPES: Dict[int, str] = {
    _UINT8: "uint8",
    2: "uint16",
    3: "int16",
    4: "uint32",
    5: "int32",
    6: "float32",
    7: "float64",
    14: "int8",
}
# GDAL's complex integers are pairs of integers, which numpy does not have: read as [..., 2].
_COMPLEX_TYPES: Dict[int, str] = {
    _CINT16: "int16",
    _CINT32: "int32",
    _CFLOAT32: "float32",
    _CFLOAT64: "float64",
}
_COMPLEX_NAMES: Dict[int, str] = {
    _CINT16: "complex_int16",
    _CINT32: "complex_int32",
    _CFLOAT32: "complex64",
    _CFLOAT64: "complex128",
}


def enum_number(value: Any) -> int:
    """The number behind a QGIS enum value, whether the bindings make it an int or a Python Enum."""
    return int(getattr(value, "value", value))


def type_name(data_type: Any) -> Optional[str]:
    """Numpy-like name of a `Qgis.DataType`; None for a type this plugin cannot read."""
    number = enum_number(data_type)
    return _REAL_TYPES.get(number) or _COMPLEX_NAMES.get(number)


def is_complex(data_type: Any) -> bool:
    """Whether values are pairs of a real and an imaginary part."""
    return enum_number(data_type) in _COMPLEX_TYPES


def is_colour(data_type: Any) -> bool:
    """Whether values are packed ARGB colours, as rendered layers (XYZ, WMS, WMTS) give."""
    return enum_number(data_type) in (_ARGB32, _ARGB32_PREMULTIPLIED)


def numbers(block: Any) -> NDArray[np.generic]:
    """Values of a block, [height, width], copied; the amplitude as float32 for complex types."""
    number = enum_number(block.dataType())
    shape = (block.height(), block.width())
    raw = bytes(block.data())
    if number in _COMPLEX_TYPES:
        pairs = np.frombuffer(raw, dtype=_COMPLEX_TYPES[number]).reshape(*shape, 2)
        return np.hypot(pairs[..., 0].astype(np.float32), pairs[..., 1].astype(np.float32))
    return np.frombuffer(raw, dtype=_REAL_TYPES[number]).reshape(shape).copy()


def colours(block: Any) -> NDArray[np.uint8]:
    """Red, green, blue, alpha of a colour block: uint8 [4, height, width], not premultiplied."""
    packed = np.frombuffer(bytes(block.data()), dtype=np.uint32)
    packed = packed.reshape(block.height(), block.width())
    channels = np.stack([(packed >> shift) & 0xFF for shift in (16, 8, 0, 24)]).astype(np.uint8)
    if enum_number(block.dataType()) == _ARGB32_PREMULTIPLIED:
        alpha = np.maximum(channels[3].astype(np.uint32), 1)
        straight = np.minimum((channels[:3].astype(np.uint32) * 255 + alpha // 2) // alpha, 255)
        channels[:3] = straight.astype(np.uint8)
    return channels
