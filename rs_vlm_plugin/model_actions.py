"""What the chosen model can do, known without loading it: buttons and forms offer just that."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

from qgis.PyQt.QtCore import QCoreApplication


def why_not(bundle_path: Path, action: str) -> str:
    """Empty where the model can describe, classify, search, ...; else why not and what would help.

    A bundle that cannot be read is another matter: whoever runs it hears of that, so empty too.
    """
    from .engine.errors import RsVlmError
    from .engine.model.bundle import read_manifest

    try:
        manifest = read_manifest(bundle_path)
    except RsVlmError:
        return ""
    if action in manifest.actions:
        return ""
    return _tr(
        "The model {name} {version} cannot {action}. It can {actions}; choose another model."
    ).format(
        name=manifest.name,
        version=manifest.version,
        action=actions_text([action]),
        actions=actions_text(manifest.actions),
    )


def actions_text(actions: Sequence[str]) -> str:
    """What a model can do, one thing at least, as verbs in the language of the interface."""
    verbs = {
        "describe": _tr("describe"),
        "classify": _tr("classify"),
        "search": _tr("search"),
        "ask": _tr("ask"),
        "find": _tr("find"),
    }
    *first, last = (verbs.get(action, action) for action in actions)
    return _tr(" and ").join((", ".join(first), last)) if first else last


def _tr(text: str) -> str:
    return QCoreApplication.translate("ModelActions", text)
