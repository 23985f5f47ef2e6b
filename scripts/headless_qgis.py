"""A QGIS without a window, for scripts that render and write projects."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def headless_qgis() -> Iterator[Any]:
    """Start QGIS offscreen with a profile of its own; yields the application.

    Map layers must be gone before the block ends: one alive at `exitQgis()` crashes QGIS.
    """
    with tempfile.TemporaryDirectory(prefix="rsvlm-qgis-") as folder:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        # Qt insists on 0700, which is what a temporary directory has.
        os.environ["XDG_RUNTIME_DIR"] = folder
        os.environ["QGIS_CUSTOM_CONFIG_PATH"] = folder
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        from qgis.core import QgsApplication, QgsProject

        application = QgsApplication([], True)
        application.initQgis()
        try:
            yield application
        finally:
            QgsProject.instance().clear()
            application.exitQgis()
