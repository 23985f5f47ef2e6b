"""What the chosen model can do, known without loading it: buttons and forms offer just that."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

from .spoken import error_text, spoken


def why_not(bundle_path: Path, action: str) -> str:
    """Empty where the model can describe, classify, search, ...; else why not and what would help.

    A bundle that cannot be read is another matter: whoever runs it hears of that, so empty too.
    """
    from .engine.errors import ActionUnsupported, RsVlmError
    from .engine.model.bundle import read_manifest

    try:
        read_manifest(bundle_path).require(action)
    except ActionUnsupported as error:
        return error_text(error)
    except RsVlmError:
        return ""
    return ""


def actions_text(actions: Sequence[str]) -> str:
    """What a model can do, one thing at least, as verbs in the language of the interface."""
    from .engine.model.manifest import listed_actions

    return spoken(listed_actions(actions))
