"""The plugin's own drawings, by name."""

from __future__ import annotations

from qgis.PyQt.QtGui import QIcon

from ..resource_paths import resource


def icon(name: str) -> QIcon:
    """Icon `resources/icons/<name>.svg`; readable on light and dark themes."""
    return QIcon(str(resource("icons", f"{name}.svg")))
