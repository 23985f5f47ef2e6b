"""JSON whose records know the line they start on."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .malformed import Located, Malformed, Unusable

BLANK = re.compile(r"[ \t\n\r]*")


def json_list(path: Path, malformed: Malformed) -> Iterator[Located]:
    """Records of a JSON array, or of a `.jsonl` file with one on each line.

    A line of a `.jsonl` file that is no JSON is malformed like any other record. In an array
    nothing says where the next record starts after such a fault, so it always raises
    `MalformedRecord`.
    """
    if path.suffix.lower() in {".jsonl", ".ndjson"}:
        yield from _lines(path, malformed)
    else:
        yield from _Walker(_text(path, malformed), malformed).array()


def json_object(path: Path, malformed: Malformed) -> dict[str, list[Located]]:
    """The arrays of a JSON object by their key; other values are left out."""
    return _Walker(_text(path, malformed), malformed).object()


def _text(path: Path, malformed: Malformed) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise malformed.broken(1, f"is not UTF-8 text ({error.reason})") from error


DECODER = json.JSONDecoder()
"""Takes NaN and Infinity, which many writers emit; the fields they stand in are checked."""


def _lines(path: Path, malformed: Malformed) -> Iterator[Located]:
    for number, line in enumerate(_text(path, malformed).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = DECODER.decode(line)
        except (ValueError, RecursionError) as error:
            malformed.reject(number, Unusable(f"is not JSON ({error})"))
            continue
        yield Located(number, value)


class _Walker:
    """Steps through the outer array or object; the standard decoder reads each record."""

    def __init__(self, text: str, malformed: Malformed) -> None:
        self._text = text
        self._malformed = malformed
        self._newlines = [match.start() for match in re.finditer("\n", text)]
        self._position = 0

    def array(self) -> Iterator[Located]:
        yield from self._elements()
        self._end()

    def object(self) -> dict[str, list[Located]]:
        arrays: dict[str, list[Located]] = {}
        self._expect("{", "is no JSON object")
        if not self._accept("}"):
            while True:
                key = self._value()
                self._expect(":", "lacks a colon")
                if self._peek() == "[":
                    arrays[str(key)] = list(self._elements())
                else:
                    self._value()
                if not self._accept(","):
                    break
            self._expect("}", "lacks a comma or the closing brace")
        self._end()
        return arrays

    def _elements(self) -> Iterator[Located]:
        self._expect("[", "is no JSON array")
        if self._accept("]"):
            return
        while True:
            self._peek()
            line = self._line()
            yield Located(line, self._value())
            if not self._accept(","):
                break
        self._expect("]", "lacks a comma or the closing bracket")

    def _value(self) -> Any:
        self._peek()
        try:
            value, self._position = DECODER.raw_decode(self._text, self._position)
        except json.JSONDecodeError as error:
            raise self._malformed.broken(error.lineno, f"is not JSON ({error.msg})") from error
        except (ValueError, RecursionError) as error:
            raise self._malformed.broken(self._line(), f"is not JSON ({error})") from error
        return value

    def _peek(self) -> str:
        match = BLANK.match(self._text, self._position)
        self._position = match.end() if match else self._position
        return self._text[self._position : self._position + 1]

    def _accept(self, mark: str) -> bool:
        if self._peek() != mark:
            return False
        self._position += 1
        return True

    def _expect(self, mark: str, otherwise: str) -> None:
        if not self._accept(mark):
            raise self._malformed.broken(self._line(), otherwise)

    def _end(self) -> None:
        if self._peek():
            raise self._malformed.broken(self._line(), "has more after its end")

    def _line(self) -> int:
        return bisect_right(self._newlines, self._position - 1) + 1
