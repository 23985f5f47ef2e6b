"""Every real sample gets a description, or one sentence in the bar, and never an exception."""

from __future__ import annotations

from rs_vlm_plugin.gui.region_chooser import RegionKind
from tests.qgis.analyst import (
    SECONDS,
    add_raster,
    warnings_of,
)


def test_each_sample_gets_words_or_one_sentence(sample_rasters, dock, qgis_iface, qtbot):
    dock.chooser.set_kind(RegionKind.LAYER)
    for path in sample_rasters:
        layer = add_raster(path, path.stem)
        dock.picker.layer_box.setLayer(layer)
        qgis_iface.messageBar().clear_messages()
        with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
            dock.describe()
        description = dock.results.description()
        warnings = warnings_of(qgis_iface)
        described = description is not None and description.provenance.raster == path.stem
        said = described or description.scene.text
        print(f"{path.stem}: {dock.chooser.summary.text()}: {warnings or said}")
        assert len(warnings) <= 1
        assert warnings or description.scene.text
