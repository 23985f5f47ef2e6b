"""What the tests of searching in the dock have in common: a scene, an index, patience."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from qgis.core import QgsApplication, QgsProject

from rs_vlm_plugin.engine.index.building import build, identity
from rs_vlm_plugin.engine.index.geopackage import create_index
from rs_vlm_plugin.gui.search.index_task import raster_inputs
from rs_vlm_plugin.gui.search.project_index import IndexPlan, remember_plan
from tests import rasters

SECONDS = 60_000
SIZE = 1024
RED = (506_400, 5_696_160, 507_680, 5_697_440)
"""Bounds of the red square in map units."""


def make_scene(path: Path) -> Path:
    """A flat scene with one red square of 128 px, from column 640 and row 256."""
    pixels = np.full((3, SIZE, SIZE), 60, np.uint8)
    pixels += np.random.default_rng(0).integers(0, 30, pixels.shape, dtype=np.uint8)
    pixels[0, 256:384, 640:768] = 255
    pixels[1:, 256:384, 640:768] = 0
    return rasters.make_raster(path, pixels=pixels)


def indexed(path: Path, raster: Path, model, policy="fixed", budget=100) -> IndexPlan:
    """Index a raster and tell the open project of it."""
    plan = IndexPlan(path, (str(raster),), policy, budget)
    with create_index(path, identity(model)) as index:
        build(index, raster_inputs(plan), model, policy, budget)
    remember_plan(QgsProject.instance(), plan)
    return plan


def settled(qtbot) -> None:
    """Wait for QGIS's tasks to be over."""
    qtbot.waitUntil(lambda: QgsApplication.taskManager().countActiveTasks() == 0, timeout=SECONDS)


def typed(qtbot, panel, text: str) -> None:
    """Type a query and wait for its answer."""
    with qtbot.waitSignal(panel.answered, timeout=SECONDS):
        panel.query_line.setText(text)
        panel.query_line.textEdited.emit(text)
