"""Several phrases in one text, as people type them in the dock and in Processing."""

from __future__ import annotations

import re
from typing import Tuple

_SEPARATORS = re.compile(r"[,;\n]")


def split_phrases(text: str) -> Tuple[str, ...]:
    """Phrases separated by commas, semicolons or lines, without blanks around and repeats.

    >>> split_phrases("plane, storage tank;\\nplane")
    ('plane', 'storage tank')
    """
    phrases = (" ".join(part.split()) for part in _SEPARATORS.split(text))
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))
