"""What an analyst's QGIS looks like in the tests: settings, a dock, a raster layer in the project.

The fixtures are there for every test of this folder, through its conftest.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer, QgsSettings

from rs_vlm_plugin import model_cache
from rs_vlm_plugin.gui.dock import DescribeDock
from rs_vlm_plugin.gui.region_chooser import RegionChooser
from rs_vlm_plugin.session import session
from rs_vlm_plugin.settings import SECTION, Settings, save_settings

SECONDS = 60_000


@pytest.fixture
def analyst_settings(tmp_path: Path, tiny_bundle: Path):
    """Settings of this test alone: the tiny model, a small budget, results in the test's folder."""
    settings = Settings(
        budget=8,
        device="cpu",
        bundle_path=str(tiny_bundle),
        results_folder=str(tmp_path / "results"),
    )
    save_settings(settings)
    yield settings
    QgsSettings().remove(SECTION)
    model_cache.release_model()


@pytest.fixture
def dock(qgis_iface, qgis_canvas, qgis_new_project, analyst_settings, qtbot):
    """An open dock over an empty project."""
    qgis_canvas.resize(400, 300)
    qgis_canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32633"))
    qgis_iface.messageBar().clear_messages()
    session().restore()
    opened = DescribeDock(qgis_iface)
    qtbot.addWidget(opened, before_close_func=lambda widget: widget.dispose())
    opened.show()
    return opened


@pytest.fixture
def chooser(canvas, qtbot):
    """A region chooser over the `canvas` of the test's own file."""
    widget = RegionChooser(canvas)
    qtbot.addWidget(widget, before_close_func=lambda opened: opened.dispose())
    widget.show()
    return widget


def add_raster(path: Path, name: str = "scene") -> QgsRasterLayer:
    """Add a raster to the project, where it becomes the map's extent too."""
    layer = QgsRasterLayer(str(path), name)
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer)
    return layer


def warnings_of(iface) -> list[str]:
    """Sentences the message bar has shown as warnings."""
    from qgis.core import Qgis

    return iface.messageBar().get_messages(Qgis.MessageLevel.Warning)


def result_groups() -> list[str]:
    """Names of the layer groups in the project."""
    return [group.name() for group in QgsProject.instance().layerTreeRoot().findGroups()]
