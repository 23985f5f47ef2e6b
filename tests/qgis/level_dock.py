"""A dock whose model asks and finds, over the scene with three planes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt

from rs_vlm_plugin.gui.region_chooser import RegionKind
from rs_vlm_plugin.settings import load_settings, save_settings
from tests.qgis.analyst import add_raster


def choose_bundle(dock, bundle: Path) -> None:
    """Choose another model, as the options do, and let the tabs see it."""
    save_settings(replace(load_settings(), bundle_path=str(bundle)))
    dock.ask_panel.refresh()
    dock.find_panel.refresh()


@pytest.fixture
def level_dock(dock, level_bundle: Path, planes: Path):
    """The whole layer of the three planes, looked at in tiles of one size."""
    choose_bundle(dock, level_bundle)
    add_raster(planes, "planes")
    dock.chooser.set_kind(RegionKind.LAYER)
    for options in (dock.options, dock.find_panel.options):
        options.policy_box.setCurrentIndex(options.policy_box.findData("fixed"))
        options.budget_box.setValue(50)
    return dock


@pytest.fixture
def slow_dock(level_dock, make_raster):
    """A dock over something that takes many seconds to look at; its layer is "large"."""
    large = add_raster(
        make_raster("large.tif", size=(3000, 3000), pattern="noise", overviews=(2, 4, 8, 16)),
        "large",
    )
    level_dock.picker.layer_box.setLayer(large)
    level_dock.options.budget_box.setValue(4000)
    level_dock.find_panel.options.budget_box.setValue(4000)
    return level_dock


def only_layer_of(group_name: str):
    """The layer of a result group that holds just one."""
    group = QgsProject.instance().layerTreeRoot().findGroup(group_name)
    (node,) = group.findLayers()
    return node.layer()


def positions(dock, names: list[str]) -> list[int]:
    """Where Tab comes to the widgets of these names, counted from the layer box on."""
    order, widget = [], dock.picker.layer_box
    for _ in range(400):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            order.append(widget.objectName())
        widget = widget.nextInFocusChain()
    return [order.index(name) for name in names]
