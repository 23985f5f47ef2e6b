"""Typed reading of `bundle.json`: everything in it is untrusted, and a fault names its field."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Dict, List, Tuple

from ..errors import BundleInvalid

REINSTALL = "Install the bundle again, or export it anew with export_onnx.py."
UNTRUSTED = "Do not use this bundle unless you trust where it comes from."

_FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")


def is_file_name(name: str) -> bool:
    """Whether a name may stand in a bundle: plain, without a folder, of harmless characters."""
    return _FILE_NAME.fullmatch(name) is not None and name != "bundle.json"


def json_object(data: bytes) -> Dict[str, Any]:
    """The object that the bytes of a `bundle.json` hold; NaN and infinities are no JSON."""

    def refuse(constant: str) -> Any:
        raise ValueError(f"{constant} is not JSON")

    try:
        value = json.loads(data.decode("utf-8"), parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise BundleInvalid("bundle.json is not valid JSON.", REINSTALL) from error
    if not isinstance(value, dict):
        raise BundleInvalid("bundle.json does not hold a JSON object.", REINSTALL)
    return value


def wrong(field: str, expected: str) -> BundleInvalid:
    """The error of a field that is missing or not what it must be."""
    return BundleInvalid(f"bundle.json: {field} must be {expected}.", REINSTALL)


class Fields:
    """Typed access to a JSON object whose faults name the full path of the field."""

    def __init__(self, values: Dict[str, Any], path: str) -> None:
        self.values = values
        self.path = path

    def name(self, key: str) -> str:
        """Full path of a field."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Whether a field is there and not null."""
        return self.values.get(key) is not None

    def mapping(self, key: str) -> Dict[str, Any]:
        """A field that is an object."""
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise wrong(self.name(key), "an object")
        return value

    def section(self, key: str) -> Fields:
        """A field that is an object, to be read in turn."""
        return Fields(self.mapping(key), self.name(key))

    def text(self, key: str) -> str:
        """A text that is neither empty nor long."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value or len(value) > 1000:
            raise wrong(self.name(key), "a text of at most 1000 characters")
        return value

    def texts(self, key: str) -> List[str]:
        """A list of texts."""
        values = self.values.get(key)
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            raise wrong(self.name(key), "a list of texts")
        return values

    def file(self, key: str) -> str:
        """The name of a file of the bundle."""
        value = self.text(key)
        if not is_file_name(value):
            raise BundleInvalid(
                f"bundle.json: {self.name(key)} names a file outside the bundle: {value!r}.",
                UNTRUSTED,
            )
        return value

    def integer(self, key: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise wrong(self.name(key), f"a whole number from {low} to {high}")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """A finite number from `low` to `high`."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise wrong(self.name(key), f"a number from {low:g} to {high:g}")
        if not math.isfinite(value) or not low <= value <= high:
            raise wrong(self.name(key), f"a number from {low:g} to {high:g}")
        return float(value)

    def numbers(self, key: str, count: int, low: float, high: float) -> Tuple[float, ...]:
        """A list of so many numbers from `low` to `high`."""
        values = self.values.get(key)
        if not isinstance(values, list) or len(values) != count:
            raise wrong(self.name(key), f"a list of {count} numbers")
        items = Fields({str(index): item for index, item in enumerate(values)}, self.name(key))
        return tuple(items.number(str(index), low, high) for index in range(count))

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self.values.get(key)
        if not isinstance(value, bool):
            raise wrong(self.name(key), "true or false")
        return value

    def numbers_by_name(self, key: str, low: float, high: float) -> Dict[str, float]:
        """An object whose values are numbers in that range; an empty one where it is absent."""
        if not self.has(key):
            return {}
        items = self.section(key)
        return {name: items.number(name, low, high) for name in items.values}
