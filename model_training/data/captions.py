"""What counts as a caption, and how it is written before it is tokenised."""

from __future__ import annotations

import re
from collections.abc import Iterable


def clean_captions(captions: Iterable[str]) -> list[str]:
    """Collapse blanks and drop captions without letters (RSICD holds five such: `.` and `1 .`)."""
    tidy = (re.sub(r"\s+", " ", caption).strip() for caption in captions)
    return [caption for caption in tidy if re.search(r"[A-Za-z]", caption)]
