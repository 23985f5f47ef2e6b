"""What happens to a record that cannot be used: it is named, then skipped or fatal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from ..errors import DataError

LOGGER = logging.getLogger(__name__)

STOP = "stop"
SKIP = "skip"
ON_MALFORMED = (STOP, SKIP)
LISTED = 20
"""So many skipped records are listed one by one; more would drown the log."""


class MalformedRecord(DataError, ValueError):
    """A record cannot be used; the message names its file and its line or row."""


class Unusable(ValueError):
    """Why a record cannot be used, raised by whoever finds out; who knows its place adds that."""


@dataclass(frozen=True)
class Located:
    """One record as it was read, and the line or row it starts on, counted from 1."""

    place: int
    value: Any


T = TypeVar("T")


@dataclass
class Malformed:
    """Collects what is wrong with one file. `unit` is what `place` counts: "line" or "row"."""

    file: Path
    on_malformed: str
    unit: str = "line"
    skipped: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.on_malformed not in ON_MALFORMED:
            raise ValueError(
                f"on_malformed is {self.on_malformed!r}; it can be {' or '.join(ON_MALFORMED)}."
            )

    def usable(self, items: Iterable[Located], build: Callable[[Any], T]) -> Iterator[T]:
        """What `build` makes of each item, without those that it finds unusable.

        Raises:
            MalformedRecord: the user chose to stop.
        """
        for item in items:
            try:
                built = build(item.value)
            except Unusable as error:
                self.reject(item.place, error)
                continue
            yield built

    def reject(self, place: int, error: Unusable) -> None:
        """Note that the record at `place` is unusable; raises `MalformedRecord` if that stops."""
        message = f"{self.file}, {self.unit} {place}: {error}."
        if self.on_malformed == STOP:
            raise MalformedRecord(message) from error
        self.skipped.append(message)

    def broken(self, place: int, why: str) -> MalformedRecord:
        """The error for a file that cannot be read on from here, whatever the user chose."""
        return MalformedRecord(f"{self.file}, {self.unit} {place}: {why}.")

    def report(self) -> None:
        """Log how many were skipped, and which."""
        if not self.skipped:
            return
        for message in self.skipped[:LISTED]:
            LOGGER.warning("skipped %s", message)
        more = len(self.skipped) - LISTED
        if more > 0:
            LOGGER.warning("skipped %d more records of %s", more, self.file)
        LOGGER.warning("%d malformed records of %s were skipped", len(self.skipped), self.file)
