"""With a model that cannot describe, the dock and the algorithms say so before anything runs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsProcessingContext
from qgis.PyQt.QtCore import QCoreApplication, QEvent

from rs_vlm_plugin.processing.describe_region import DescribeRegion
from rs_vlm_plugin.settings import load_settings, save_settings
from tests.qgis.analyst import add_raster
from tests.tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def search_only(tmp_path_factory):
    return make_tiny_bundle(tmp_path_factory.mktemp("search"), actions=("classify", "search"))


def choose(bundle) -> None:
    save_settings(replace(load_settings(), bundle_path=str(bundle)))


def activate(dock) -> None:
    """What Qt tells every widget of a window that becomes active, as after a dialog."""
    QCoreApplication.sendEvent(dock, QEvent(QEvent.Type.WindowActivate))


def test_the_button_is_off_and_its_tool_tip_says_why(dock, make_raster, search_only, tiny_bundle):
    button = dock.run_bar.describe_button
    usual = button.toolTip()
    choose(search_only)
    add_raster(make_raster())
    assert not button.isEnabled()
    assert "cannot describe" in button.toolTip()
    assert "classify and search" in dock.results.hint.text()

    choose(tiny_bundle)
    activate(dock)
    assert button.isEnabled()
    assert button.toolTip() == usual
    assert "press Describe region" in dock.results.hint.text()


def test_an_algorithm_refuses_it_in_its_form(make_raster, search_only, tiny_bundle):
    algorithm = DescribeRegion()
    algorithm.initAlgorithm()
    parameters = {
        "INPUT": str(make_raster()),
        "BUNDLE": str(search_only / "bundle.json"),
        "OUTPUT": "TEMPORARY_OUTPUT",
    }
    valid, reason = algorithm.checkParameterValues(parameters, QgsProcessingContext())
    assert not valid
    assert "cannot describe" in reason
    parameters["BUNDLE"] = str(tiny_bundle / "bundle.json")
    assert algorithm.checkParameterValues(parameters, QgsProcessingContext())[0]
