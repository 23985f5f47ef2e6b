"""Results as values that JSON can hold, and back.

What comes back is untrusted: it is a result again only where every field has the type that its
class declares, every number is finite, every text of bearable length and every geometry one that
can be drawn. Numpy arrays, which are vectors to search with, are left out.
"""

from __future__ import annotations

import math
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Dict, Mapping, Union, get_args, get_origin, get_type_hints

import numpy as np

from ..engine.errors import BadRequest
from ..engine.geometry import GeoJson, Region
from ..engine.sentence import Sentence, say

MOST_CHARACTERS = 20_000
"""Of one text; the longest in use is the WKT of a compound CRS."""
_LARGEST = 2**63 - 1
_TEMPLATE, _VALUES = "say", "with"


class Malformed(ValueError):
    """A value is not what its type says."""


def to_plain(value: Any) -> Any:
    """A result, or a part of one, as dictionaries, lists, texts and numbers.

    Raises:
        Malformed: a kind of value that results do not have.
    """
    if is_dataclass(value):
        return {
            each.name: to_plain(getattr(value, each.name))
            for each in fields(value)
            if not isinstance(getattr(value, each.name), np.ndarray)
        }
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Sentence) and value.values:
        # So that it can be said in whatever language it is read in.
        values = {
            name: to_plain(each if isinstance(each, Sentence) else str(each))
            for name, each in value.values.items()
        }
        return {_TEMPLATE: value.template, _VALUES: values}
    if isinstance(value, str):
        return str(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    raise Malformed(f"a {type(value).__name__}")


def from_plain(kind: Any, value: Any) -> Any:
    """The value of a type that `to_plain` was given.

    Args:
        kind: a dataclass, or whatever its fields are declared as.
        value: as JSON gave it.

    Raises:
        Malformed: the value cannot be one of that type.
    """
    if kind is GeoJson:
        return _geometry(value)
    if is_dataclass(kind):
        return _from_fields(kind, value)
    outer, inner = get_origin(kind), get_args(kind)
    if outer is Union:
        (wanted,) = (each for each in inner if each is not type(None))
        return None if value is None else from_plain(wanted, value)
    if outer is tuple:
        return _from_list(inner, value)
    if outer is frozenset:
        return frozenset(_from_list((inner[0], ...), value))
    if outer is not None and issubclass(outer, Mapping):
        if not isinstance(value, dict):
            raise Malformed("not a table")
        return {_text(key): from_plain(inner[1], item) for key, item in value.items()}
    if kind is str:
        return _text(value)
    if kind is bool:
        if not isinstance(value, bool):
            raise Malformed("neither true nor false")
        return value
    if kind in (int, float):
        return _number(kind, value)
    raise Malformed(f"a field of the type {kind}")


def _from_fields(kind: Any, value: Any) -> Any:
    if not isinstance(value, dict):
        raise Malformed("not a table")
    given: Dict[str, Any] = {}
    for each in fields(kind):
        wanted = _types(kind)[each.name]
        if get_origin(wanted) is np.ndarray:
            given[each.name] = np.zeros(0, dtype=np.float32)
        elif each.name in value:
            given[each.name] = from_plain(wanted, value[each.name])
        elif each.default is MISSING:
            raise Malformed(f"{each.name} is missing")
    return kind(**given)


@cache
def _types(kind: Any) -> Dict[str, Any]:
    return get_type_hints(kind)


def _from_list(inner: Any, value: Any) -> Any:
    if not isinstance(value, list):
        raise Malformed("not a list")
    if len(inner) == 2 and inner[1] is ...:
        return tuple(from_plain(inner[0], item) for item in value)
    if len(value) != len(inner):
        raise Malformed("a list of another length")
    return tuple(from_plain(wanted, item) for wanted, item in zip(inner, value))


def _geometry(value: Any) -> GeoJson:
    if not isinstance(value, dict):
        raise Malformed("not a geometry")
    try:
        polygons = Region.from_geojson(value).polygons
    except (BadRequest, TypeError, ValueError, LookupError, OverflowError) as error:
        raise Malformed("not a geometry") from error
    nested = [[[list(point) for point in ring] for ring in rings] for rings in polygons]
    for rings in nested:
        if not all(math.isfinite(number) for ring in rings for point in ring for number in point):
            raise Malformed("a place that is nowhere")
    kind = value["type"]
    return {"type": kind, "coordinates": nested[0] if kind == "Polygon" else nested}


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return _sentence(value)
    if not isinstance(value, str) or len(value) > MOST_CHARACTERS:
        raise Malformed("not a text, or too long a one")
    return value


def _sentence(value: Dict[str, Any]) -> Sentence:
    template, given = value.get(_TEMPLATE), value.get(_VALUES)
    if not isinstance(template, str) or not isinstance(given, dict):
        raise Malformed("not a sentence")
    values = {_text(name): _text(each) for name, each in given.items()}
    # Before it is filled: values that hold values could make a small file a very long text.
    longest = max(map(len, values.values()), default=0)
    if len(template) + template.count("{") * longest > MOST_CHARACTERS:
        raise Malformed("too long a sentence")
    return say(template, **values)


def _number(kind: Any, value: Any) -> Any:
    # To Python a truth value is an integer.
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Malformed("not a number")
    if kind is int and (not isinstance(value, int) or abs(value) > _LARGEST):
        raise Malformed("not a whole number")
    if (isinstance(value, int) and abs(value) > _LARGEST) or not math.isfinite(value):
        raise Malformed("not a finite number")
    return kind(value)
