"""What counts as a caption, and how it is written before it is tokenised."""

from __future__ import annotations

import re
from collections.abc import Iterable


def clean_captions(captions: Iterable[str]) -> list[str]:
    """Collapse blanks and drop captions without letters (RSICD holds five such: `.` and `1 .`)."""
    tidy = (re.sub(r"\s+", " ", caption).strip() for caption in captions)
    return [caption for caption in tidy if re.search(r"[A-Za-z]", caption)]


def distinct(captions: Iterable[str]) -> tuple[list[str], list[int]]:
    """Captions without repetition, and for each caption its index among them.

    Case is ignored, the first spelling kept.

    Embedding each once makes equal captions exactly equal, whatever batch they would have been in.
    """
    rows: dict[str, int] = {}
    first: list[str] = []
    index = []
    for caption in captions:
        key = caption.lower()
        if key not in rows:
            rows[key] = len(first)
            first.append(caption)
        index.append(rows[key])
    return first, index
