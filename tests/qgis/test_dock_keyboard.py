"""The dock without a mouse: Esc, mnemonics, and room enough in a narrow window."""

from __future__ import annotations

import re

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QLabel

from rs_vlm_plugin.gui.region_chooser import RegionKind
from tests.qgis.analyst import SECONDS, add_raster

MENU_LETTERS = set("jevlsprodwmch")
"""What QGIS's own menus answer to: Project, Edit, View and so on."""


def test_esc_in_the_dock_gives_up_drawing(dock, make_raster):
    add_raster(make_raster())
    dock.chooser.set_kind(RegionKind.POLYGON)
    assert dock.chooser.is_drawing()
    dock.activateWindow()
    dock.chooser.kind_box.setFocus()
    QTest.keyClick(dock.chooser.kind_box, Qt.Key.Key_Escape)
    assert not dock.chooser.is_drawing()


def test_esc_in_the_dock_cancels_a_description(dock, make_raster, qtbot):
    add_raster(make_raster(size=(3000, 3000), pattern="noise", overviews=(2, 4, 8, 16)))
    dock.chooser.set_kind(RegionKind.LAYER)
    dock.options.policy_box.setCurrentIndex(dock.options.policy_box.findData("fixed"))
    dock.options.budget_box.setValue(4000)
    dock.describe()
    qtbot.waitUntil(lambda: dock.results.description() is not None, timeout=SECONDS)
    dock.activateWindow()
    dock.run_bar.cancel_button.setFocus()
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        QTest.keyClick(dock.run_bar.cancel_button, Qt.Key.Key_Escape)
    assert dock.results.description().partial


def test_enter_presses_the_button_that_has_the_keyboard(dock, make_raster, qtbot):
    add_raster(make_raster(size=(64, 48)))
    dock.chooser.set_kind(RegionKind.LAYER)
    dock.activateWindow()
    dock.run_bar.describe_button.setFocus()
    with qtbot.waitSignal(dock.concluded, timeout=SECONDS):
        QTest.keyClick(dock.run_bar.describe_button, Qt.Key.Key_Return)
    assert dock.results.description() is not None
    QTest.keyClick(dock.results.copy_button, Qt.Key.Key_Enter)
    assert dock.results.status.text() == "Copied."


def test_titles_of_tabs_are_read_before_their_icons_are_seen(dock, qtbot):
    bar = dock.tabs.tabBar()
    dock.tabs.resize(900, 400)
    assert not dock.tabs.tabIcon(0).isNull()
    dock.tabs.resize(300, 400)
    assert all(dock.tabs.tabIcon(number).isNull() for number in range(bar.count()))
    assert [dock.tabs.tabToolTip(number) for number in range(bar.count())] == [
        dock.tabs.tabText(number) for number in range(bar.count())
    ]
    dock.tabs.resize(900, 400)
    assert not dock.tabs.tabIcon(4).isNull()


def test_mnemonics_are_unique_and_leave_the_menus_alone(dock):
    widgets = dock.widget().findChildren(QAbstractButton)
    widgets += [each for each in dock.widget().findChildren(QLabel) if each.buddy()]
    # Find has its own choice of where to look; the one of the other tabs is hidden there.
    for hidden in (dock.options, dock.find_panel.options):
        texts = [each.text() for each in widgets if not hidden.isAncestorOf(each)]
        letters = [found.lower() for text in texts for found in re.findall("&(.)", text)]
        assert {"i", "g", "b"} <= set(letters)
        assert len(letters) == len(set(letters))
        assert not MENU_LETTERS & set(letters)


def test_no_text_widens_the_dock(dock, make_raster):
    narrow = dock.widget().minimumSizeHint().width()
    add_raster(make_raster(), "a_layer_whose_name_is_longer_than_any_dock_is_wide")
    dock.results.set_status("x" * 200)
    dock.results.show_hint("x" * 200)
    dock.run_bar.show_step("x" * 200)
    assert dock.widget().minimumSizeHint().width() == narrow
