"""A headless QGIS for the tests of this folder, through pytest-qgis.

pytest-qgis starts QGIS before any conftest is read, so the platform (QT_QPA_PLATFORM=offscreen) and
a private XDG_RUNTIME_DIR come from whoever calls pytest: `make test` does.
"""

from __future__ import annotations

import gc
import traceback
from pathlib import Path

import pytest

pytest.importorskip("qgis.core", reason="QGIS for Python is not installed")

from tests.qgis.analyst import analyst_settings, chooser, dock  # noqa: F401
from tests.tiny_bundle import make_tiny_bundle


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Let go of what a failed test's frames hold: a map layer alive when QGIS exits crashes it."""
    yield
    if call.excinfo is not None:
        error = call.excinfo.value
        while error is not None:
            traceback.clear_frames(error.__traceback__)
            error = error.__cause__ or error.__context__
        gc.collect()


@pytest.fixture(scope="session", autouse=True)
def _qgis(qgis_app):
    """Every test here runs inside one started QGIS."""
    return qgis_app


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A valid bundle folder shared by the session; copy it before damaging it."""
    return make_tiny_bundle(tmp_path_factory.mktemp("bundle"))
