"""What the engine says, in the language of the interface. Safe in any thread."""

from __future__ import annotations

from typing import Iterable, Tuple

from qgis.PyQt.QtCore import QCoreApplication

from .engine.errors import RsVlmError
from .engine.sentence import Sentence, fill, say

CONTEXT = "Engine"
"""Of these texts in the translation files; see `scripts/translations.py`."""


def spoken(text: str) -> str:
    """A sentence of the engine as the interface says it; what has no translation stays English."""
    said = text if isinstance(text, Sentence) else say(text)
    if not said:
        return ""
    template = QCoreApplication.translate(CONTEXT, said.template)
    return fill(
        template,
        {
            name: spoken(value) if isinstance(value, Sentence) else value
            for name, value in said.values.items()
        },
    )


def spoken_all(texts: Iterable[str]) -> Tuple[str, ...]:
    """Each of several sentences."""
    return tuple(spoken(text) for text in texts)


def error_text(error: RsVlmError) -> str:
    """What went wrong and what to do next, on one line."""
    return f"{spoken(error.message)} {spoken(error.hint)}".strip()
