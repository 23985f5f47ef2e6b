"""Progress on a terminal: one line, rewritten in place, gone at the end."""

from __future__ import annotations

from typing import Any, TextIO

from .output import printable

_ERASE = "\r\x1b[K"


class TerminalProgress:
    """A `Feedback` for one raster, silent unless `stream` is a terminal.

    `kept` is what was made of the raster so far, for whoever is interrupted; None before anything.
    """

    def __init__(self, stream: TextIO, raster: str) -> None:
        self._stream = stream
        self._raster = printable(raster)
        self._shown = False
        self._terminal = stream.isatty()
        self.kept: Any = None

    def report(self, fraction: float, message: str) -> None:
        """Show it."""
        if self._terminal:
            self._shown = True
            self._stream.write(f"{_ERASE}{self._raster}: {fraction:4.0%} {message}")
            self._stream.flush()

    def keep(self, partial: Any) -> None:
        """Remember a partial result in place of the one before."""
        self.kept = partial

    def is_cancelled(self) -> bool:
        """Ctrl-C interrupts the process itself."""
        return False

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write(_ERASE)
            self._stream.flush()
