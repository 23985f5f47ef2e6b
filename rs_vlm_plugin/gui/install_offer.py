"""The way from a missing package to the dialog that installs it."""

from __future__ import annotations

from qgis.gui import QgisInterface

from .. import dependencies
from . import messages


def offer_install(iface: QgisInterface) -> str:
    """Say what is missing, with a button that installs it; the sentence, empty where nothing is."""
    missing = dependencies.missing_packages()
    if not missing:
        return ""

    def install() -> None:
        from .dependency_dialog import DependencyDialog

        DependencyDialog(iface.mainWindow()).open()

    return messages.offer_install(iface, missing, install)
