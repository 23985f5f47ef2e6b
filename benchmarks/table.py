"""Rows of figures as a table to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def as_table(rows: Sequence[dict[str, Any]]) -> str:
    """One line a row, columns by the first row's keys; floats with three significant digits."""
    if not rows:
        return "(nothing measured)"
    names = list(rows[0])
    cells = [names, *([_text(row.get(name, "")) for name in names] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(names))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _text(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) and abs(value) < 1000 else str(value)
