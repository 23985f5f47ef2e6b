"""Readers of the layouts that image-text data come in, behind `load_records`.

One module per layout; `source` says how a set is named, `malformed` what happens to records that
cannot be used. docs/training-data.md is the user's side of it.
"""

from .layouts import LAYOUTS, load_records
from .malformed import ON_MALFORMED, SKIP, STOP, MalformedRecord
from .source import DataMissing, SetSource, UnknownLayout, parse_source, require_files

__all__ = [
    "LAYOUTS",
    "ON_MALFORMED",
    "SKIP",
    "STOP",
    "DataMissing",
    "MalformedRecord",
    "SetSource",
    "UnknownLayout",
    "load_records",
    "parse_source",
    "require_files",
]
