"""The policies in words an analyst can choose by."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication


def policy_name(name: str) -> str:
    """Where a policy looks closer."""
    return {
        "content": _tr("where there is detail"),
        "fixed": _tr("everywhere alike"),
        "random": _tr("at random places"),
        "query": _tr("where it may be found"),
    }[name]


def _tr(text: str) -> str:
    return QCoreApplication.translate("PolicyNames", text)
