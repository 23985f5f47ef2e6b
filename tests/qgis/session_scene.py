"""A session of each kind of result, made by the engine on one raster with three planes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Tuple

import pytest

from rs_vlm_plugin.engine.ask import ask
from rs_vlm_plugin.engine.describe import describe
from rs_vlm_plugin.engine.find import find
from rs_vlm_plugin.engine.index.building import build, identity
from rs_vlm_plugin.engine.index.geopackage import create_index
from rs_vlm_plugin.engine.model.bundle import load_bundle
from rs_vlm_plugin.engine.model.vlm import VisionLanguageModel
from rs_vlm_plugin.engine.search import find_places, parse_query
from rs_vlm_plugin.gui.search.index_task import raster_inputs
from rs_vlm_plugin.gui.search.project_index import IndexPlan
from rs_vlm_plugin.layers.raster_file_source import open_raster_file
from rs_vlm_plugin.session import Entry, Session
from tests.qgis.level_scene import level_bundle, planes  # noqa: F401


@pytest.fixture(scope="session")
def level_model(level_bundle):  # noqa: F811
    """The model of the bundle that can do everything."""
    return VisionLanguageModel(load_bundle(level_bundle), device="cpu")


@pytest.fixture
def entries(level_model, planes, tmp_path) -> Tuple[Entry, ...]:  # noqa: F811
    """Description, search, question, find, in this order."""
    log = Session()
    with closing(open_raster_file(str(planes))) as source:
        log.add(describe(source, None, level_model, "fixed", 8))
        log.add(search_of(level_model, planes, tmp_path, "plane"))
        log.add(ask(source, None, "How many plane are there?", level_model, budget=50))
        log.add(find(source, None, ["plane"], level_model, "fixed", 50))
    return log.entries()


def search_of(model: VisionLanguageModel, raster: Path, folder: Path, text: str):
    """What a search in an index of that raster finds."""
    plan = IndexPlan(folder / "i.gpkg", (str(raster),), "fixed", 20)
    with create_index(plan.path, identity(model)) as index:
        build(index, raster_inputs(plan), model, plan.policy, plan.budget)
        return find_places([index], parse_query(text), model, 5)
