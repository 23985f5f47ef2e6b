"""The dock before, without and after: hints, following the active layer, problems, keyboard."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject, QgsRectangle
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QPushButton, QSpinBox, QTextBrowser

from rs_vlm_plugin import dependencies
from rs_vlm_plugin.gui.dependency_dialog import DependencyDialog
from rs_vlm_plugin.gui.region_chooser import RegionKind
from rs_vlm_plugin.settings import load_settings
from tests.qgis.analyst import (
    SECONDS,
    add_raster,
    warnings_of,
)


def test_without_a_raster_layer_it_says_to_add_one(dock):
    assert not dock.run_bar.describe_button.isEnabled()
    assert "Add a raster layer" in dock.results.hint.text()


def test_with_a_layer_it_says_what_to_press(dock, make_raster):
    add_raster(make_raster())
    assert dock.run_bar.describe_button.isEnabled()
    assert "press Describe region" in dock.results.hint.text()


def test_layer_follows_the_active_one_until_picked_by_hand(dock, make_raster, qgis_iface):
    first = add_raster(make_raster("first.tif"), "first")
    second = add_raster(make_raster("second.tif"), "second")
    for active in (second, first):
        qgis_iface.setActiveLayer(active)
        qgis_iface.currentLayerChanged.emit(qgis_iface.mapCanvas())
        assert dock.picker.layer() == active

    box = dock.picker.layer_box
    box.setLayer(second)
    box.activated.emit(box.currentIndex())
    assert not dock.picker.follow_button.isChecked()
    qgis_iface.currentLayerChanged.emit(qgis_iface.mapCanvas())
    assert dock.picker.layer() == second

    dock.picker.follow_button.click()
    assert dock.picker.layer() == first


def test_region_outside_the_raster_is_one_sentence_in_the_bar(
    dock, make_raster, qgis_iface, qgis_canvas, qtbot
):
    add_raster(make_raster())
    qgis_canvas.setExtent(QgsRectangle(900000, 900000, 900400, 900300))
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
    (warning,) = warnings_of(qgis_iface)
    assert warning.startswith("RS-VLM: The region ") or warning.startswith("RS-VLM:The region ")
    assert warning.count(".") == 1
    assert "Choose an area" in dock.results.hint.text()
    assert dock.run_bar.describe_button.isVisible()
    assert dock.results.description() is None


def test_a_layer_name_is_text_in_the_bar_and_in_the_dock(
    dock, make_raster, qgis_iface, qgis_canvas, qtbot
):
    add_raster(make_raster(), "<h1>a & b</h1>")
    qgis_canvas.setExtent(QgsRectangle(900000, 900000, 900400, 900300))
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
    (warning,) = warnings_of(qgis_iface)
    assert "&lt;h1&gt;a &amp; b&lt;/h1&gt;" in warning
    for label in (dock.results.hint, dock.results.status, dock.run_bar.step_label):
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_missing_bundle_is_one_sentence_in_the_bar(
    dock, make_raster, qgis_iface, qtbot, monkeypatch, tmp_path
):
    from dataclasses import replace

    from rs_vlm_plugin.settings import save_settings

    save_settings(replace(load_settings(), bundle_path=str(tmp_path / "nowhere")))
    add_raster(make_raster())
    dock.chooser.set_kind(RegionKind.LAYER)
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
    (warning,) = warnings_of(qgis_iface)
    assert "nowhere" in warning


def test_a_drawing_not_yet_made_starts_the_map_tool(dock, make_raster, qgis_canvas):
    add_raster(make_raster())
    dock.chooser.set_kind(RegionKind.RECTANGLE)
    dock.chooser.kind_box.setFocus()
    dock.describe()
    assert not dock.is_busy()
    assert qgis_canvas.mapTool() is not None
    qgis_canvas.unsetMapTool(qgis_canvas.mapTool())


def test_missing_packages_offer_to_install_them(dock, make_raster, qgis_iface, monkeypatch):
    monkeypatch.setattr(dependencies, "missing_packages", lambda: ["onnxruntime"])
    add_raster(make_raster())
    dock.describe()
    item = qgis_iface.messageBar().currentItem()
    assert "onnxruntime" in item.text()
    (button,) = (each for each in item.findChildren(QPushButton) if each.text() == "Install…")
    button.click()
    (dialog,) = qgis_iface.mainWindow().findChildren(DependencyDialog)
    assert dialog.isVisible()
    dialog.reject()
    dialog.deleteLater()


def test_choices_are_found_again_next_time(dock, make_raster, qtbot):
    add_raster(make_raster())
    dock.chooser.set_kind(RegionKind.LAYER)
    dock.options.policy_box.setCurrentIndex(dock.options.policy_box.findData("fixed"))
    dock.options.budget_box.setValue(5)
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        dock.describe()
    assert (load_settings().policy, load_settings().budget) == ("fixed", 5)
    assert dock.results.description().provenance.policy == "fixed"


def test_project_closed_takes_the_drawing_off_the_map(dock):
    QgsProject.instance().clear()
    assert dock.chooser.kind() is RegionKind.VIEW
    assert not dock.results.save_button.isEnabled()


@pytest.mark.parametrize("kind", [QAbstractButton, QComboBox, QSpinBox, QTextBrowser])
def test_everything_has_a_name_for_screen_readers(dock, kind):
    for widget in dock.widget().findChildren(kind):
        if widget.objectName().startswith("rsVlm"):
            named = widget.accessibleName() or getattr(widget, "text", str)()
            assert named, widget.objectName()


def test_tab_goes_from_layer_to_region_to_options_to_describe(dock, make_raster):
    add_raster(make_raster())
    dock.chooser.set_kind(RegionKind.VIEW)
    wanted = ["rsVlmRasterLayer", "rsVlmFollow", "rsVlmRegionKind", "rsVlmDescribe", "rsVlmAnswer"]
    order, widget = [], dock.picker.layer_box
    for _ in range(200):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            order.append(widget.objectName())
        widget = widget.nextInFocusChain()
    positions = [order.index(name) for name in wanted]
    assert positions == sorted(positions)
