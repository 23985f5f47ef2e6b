"""Runs inside QGIS Desktop (`qgis --code drive.py`): plays an analyst, writes down what happened.

RSVLM_DRIVE_OUT names the folder for `facts.json` and the pictures, RSVLM_DRIVE_STORY the story.
A story is a generator that yields how many milliseconds to wait, or a signal to wait for.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
import traceback
from pathlib import Path

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.gui import QgsLocatorWidget
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QPoint, Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QLabel, QToolBar, QTreeView, QWidget
from qgis.utils import iface, loadPlugin, plugins, reloadPlugin, startPlugin, unloadPlugin

NAME = "rs_vlm_plugin"
OUT = Path(os.environ["RSVLM_DRIVE_OUT"])
PATIENCE_MS = 75_000
facts: dict = {}


def picture(name: str) -> None:
    iface.mainWindow().grab().save(str(OUT / f"{name}.png"))


def press(button) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def set_the_stage() -> None:
    window = iface.mainWindow()
    window.setGeometry(0, 0, 1400, 950)
    for panel in window.findChildren(QDockWidget):
        if panel.objectName() not in ("Layers", "RsVlmDock"):
            panel.hide()
    iface.setActiveLayer(next(iter(QgsProject.instance().mapLayers().values())))
    iface.zoomToActiveLayer()


def open_dock():
    window = iface.mainWindow()
    window.findChild(QObject, "RsVlmPanelAction").trigger()
    dock = window.findChild(QDockWidget, "RsVlmDock")
    window.resizeDocks([dock], [400], Qt.Orientation.Horizontal)
    return dock


def traces() -> dict:
    """Everything of the plugin that can be found in QGIS."""
    window = iface.mainWindow()
    named = [
        child.objectName()
        for child in window.findChildren(QObject)
        if child.objectName().startswith(("RsVlm", "rsVlm"))
    ]
    # QGIS keeps the emptied submenu object for itself; what counts is that it is not offered.
    titles = [entry.text() for entry in iface.rasterMenu().actions() if "RS-VLM" in entry.text()]
    bars = [bar.windowTitle() for bar in window.findChildren(QToolBar)]
    registry = QgsApplication.processingRegistry()
    (bar,) = (
        sip.cast(each, QgsLocatorWidget)
        for each in window.findChildren(QWidget)
        if each.metaObject().className() == "QgsLocatorWidget"
    )
    filters = bar.locator().filters()
    return {
        "named": sorted(named),
        "menus": titles,
        "toolbars": [title for title in bars if title == "RS-VLM"],
        "provider": registry.providerById("rsvlm") is not None,
        "help": [a.text() for a in iface.pluginHelpMenu().actions() if "RS-VLM" in a.text()],
        "canvas_items": len(iface.mapCanvas().scene().items()),
        "filters": [each.name() for each in filters if each.name().startswith("rsvlm")],
        "tasks": QgsApplication.taskManager().countActiveTasks(),
    }


class Pulse:
    """The largest pause of the GUI thread while it beats."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._timer = QTimer()
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> list[int]:
        self._timer.stop()
        self._beat()
        return [round(gap) for gap in sorted(self.gaps)[-5:]]

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(1000 * (now - self._last))
        self._last = now


def analyst():
    """Describe, read, click a phrase, cancel the next, meet a problem, reload, unload."""
    set_the_stage()
    facts["dock_at_start"] = iface.mainWindow().findChild(QDockWidget, "RsVlmDock") is not None
    facts["plugin_loaded"] = NAME in plugins
    items_at_start = len(iface.mapCanvas().scene().items())
    yield 1500
    dock = open_dock()
    facts["dock_visible_once_asked"] = dock.isVisible()
    yield 400
    picture("dock_empty")

    pulse = Pulse()
    pulse.start()
    press(dock.run_bar.describe_button)
    yield dock.concluded
    facts["gui_gaps_ms"] = pulse.stop()
    description = dock.results.description()
    facts["caption"] = description.scene.text
    facts["shown"] = dock.results.browser.toPlainText()
    facts["links"] = re.findall(r'href="(rsvlm:[^"]+)"', dock.results.browser.toHtml())
    root = QgsProject.instance().layerTreeRoot()
    facts["groups"] = [group.name() for group in root.findGroups()]
    facts["group_layers"] = [
        {"name": node.layer().name(), "features": node.layer().featureCount()}
        for node in root.findGroups()[0].findLayers()
    ]
    yield 2500
    picture("result")

    canvas = iface.mapCanvas()
    dock.chooser.set_kind(type(dock.chooser.kind()).POLYGON)
    width, height = canvas.width(), canvas.height()
    for across, down in ((0.55, 0.2), (0.85, 0.25), (0.8, 0.5), (0.6, 0.45)):
        at = QPoint(round(width * across), round(height * down))
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    yield 200
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.RightButton, pos=at)
    facts["drawn_size"] = dock.chooser.summary.text()
    yield 300
    picture("region_drawn")
    dock.chooser.set_kind(type(dock.chooser.kind()).VIEW)

    iface.mapCanvas().setExtent(QgsRectangle(0, 0, 10, 10))
    if facts["links"]:
        dock.results.browser.anchorClicked.emit(QUrl(facts["links"][0]))
        yield 250
        picture("phrase_clicked")
        seen = iface.mapCanvas().extent()
        facts["phrase_moved_map"] = seen.intersects(dock.picker.layer().extent())
    dock.results.copy_button.click()
    facts["copied"] = QGuiApplication.clipboard().text()

    iface.zoomToActiveLayer()
    dock.options.setCollapsed(False)
    dock.options.budget_box.setValue(2000)
    dock.options.policy_box.setCurrentIndex(dock.options.policy_box.findData("fixed"))
    press(dock.run_bar.describe_button)
    yield dock.run_bar.progress.valueChanged
    yield 300
    picture("running")
    begin = time.perf_counter()
    press(dock.run_bar.cancel_button)
    yield dock.concluded
    facts["cancel_s"] = time.perf_counter() - begin
    facts["cancelled_is_partial"] = dock.results.description().partial
    yield 1500
    picture("cancelled")

    dock.options.budget_box.setValue(32)
    dock.options.policy_box.setCurrentIndex(dock.options.policy_box.findData("content"))
    iface.mapCanvas().setExtent(QgsRectangle(-50, -50, -10, -10))
    dock.options.setCollapsed(True)
    press(dock.run_bar.describe_button)
    yield dock.concluded
    item = iface.messageBar().currentItem()
    facts["problem"] = item.text() if item else ""
    yield 600
    picture("error")
    iface.messageBar().clearWidgets()

    facts["traces_while_loaded"] = traces()
    facts["reload_ms"] = []
    for _ in range(3):
        begin = time.perf_counter()
        reloadPlugin(NAME)
        facts["reload_ms"].append(round(1000 * (time.perf_counter() - begin)))
        yield 300
    dock = open_dock()
    yield 300
    iface.zoomToActiveLayer()
    press(dock.run_bar.describe_button)
    yield dock.concluded
    facts["caption_after_reload"] = dock.results.description().scene.text
    unloadPlugin(NAME)
    yield 500
    facts["traces_after_unload"] = traces()
    facts["canvas_items_grown"] = len(iface.mapCanvas().scene().items()) - items_at_start
    loadPlugin(NAME)
    facts["starts_again"] = startPlugin(NAME)


def dark():
    """The same answer on a dark theme."""
    set_the_stage()
    yield 1500
    dock = open_dock()
    dock.options.setCollapsed(False)
    press(dock.run_bar.describe_button)
    yield dock.concluded
    yield 2500
    facts["caption"] = dock.results.description().scene.text
    facts["background"] = dock.results.browser.palette().base().color().lightness()
    picture("dark_theme")


def searcher():
    """Build an index, search, show on the map, by the locator bar too; unload in mid-search."""
    set_the_stage()
    items_at_start = len(iface.mapCanvas().scene().items())
    yield 1500
    dock = open_dock()
    dock.show_search()
    panel = dock.search
    yield 800
    facts["empty_text"] = panel.empty_text.text()
    press(panel.build_button)
    dialog = panel.control.dialog()
    while "at most" not in dialog.estimate_label.text():
        yield 200
    facts["estimate"] = dialog.estimate_label.text()
    pulse = Pulse()
    pulse.start()
    press(dialog.build_button)
    yield panel.index_concluded
    facts["build_gaps_ms"] = pulse.stop()
    yield 1000
    facts["index_summary"] = panel.index_bar.summary.text()

    pulse = Pulse()
    pulse.start()
    panel.query_line.setFocus()
    for letter in "storage tanks":
        QTest.keyClick(panel.query_line, letter)
        yield 40
    yield panel.answered
    facts["typing_gaps_ms"] = pulse.stop()
    yield panel.looked_closer
    yield 800
    picture("search_typed")
    first = panel.model.hits()[0]
    facts["first_hit"] = {"score": first.score, "outlined": first.looked_closer}
    iface.mapCanvas().setExtent(QgsRectangle(0, 0, 10, 10))
    yield 300
    row = panel.list.visualRect(panel.model.index(0, 0))
    at = QPoint(row.left() + 100, row.top() + 12)
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    yield 600
    town = next(iter(QgsProject.instance().mapLayersByName("synthetic_town")))
    facts["click_moved_map"] = iface.mapCanvas().extent().intersects(town.extent())
    press(panel.map_button)
    yield 800
    facts["groups"] = [group.name() for group in QgsProject.instance().layerTreeRoot().findGroups()]

    iface.locatorSearch("rsv storage tanks")
    yield 3500
    lists = [each.model() for each in QApplication.allWidgets() if isinstance(each, QTreeView)]
    texts = [
        str(rows.index(row, 0).data())
        for rows in lists
        if rows is not None
        for row in range(rows.rowCount())
    ]
    facts["locator"] = [text for text in texts if ", relevance " in text]
    picture("search_locator")

    facts["traces_while_loaded"] = traces()
    panel.query_line.setText("planes")
    panel.search()
    unloadPlugin(NAME)
    yield 800
    facts["traces_after_unload"] = traces()
    facts["canvas_items_grown"] = len(iface.mapCanvas().scene().items()) - items_at_start
    loadPlugin(NAME)
    facts["starts_again"] = startPlugin(NAME)
    dock = open_dock()
    dock.show_search()
    yield 1500
    facts["index_found_again"] = dock.search.index_bar.summary.text()


def walked(dock, start) -> list:
    """Where Tab leads from a widget on, until it leaves the dock or comes back."""
    start.setFocus()
    seen: list = []
    for _ in range(200):
        widget = QApplication.focusWidget()
        if widget is None or not dock.isAncestorOf(widget) or widget in seen[:-1]:
            break
        # In a text with links Tab goes from link to link first.
        if widget not in seen:
            seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    return [described(dock, widget) for widget in seen]


def described(dock, widget) -> dict:
    """What a widget is called, what a screen reader says of it, and where it stands."""
    text = getattr(widget, "text", str)
    labels = [each.text() for each in dock.findChildren(QLabel) if each.buddy() is widget]
    at = widget.mapTo(dock, QPoint(0, 0))
    return {
        "name": widget.objectName() or widget.parent().objectName(),
        "kind": type(widget).__name__,
        "spoken": widget.accessibleName() or (labels or [text()])[0].replace("&", ""),
        "tool_tip": widget.toolTip(),
        "row": at.y(),
        "column": at.x(),
    }


def keyboard():
    """Every tab of the dock without the mouse, empty at first and then with answers."""
    set_the_stage()
    yield 1500
    dock = open_dock()
    window = iface.mainWindow()
    window.activateWindow()
    yield 500
    facts["order"] = {}
    for number in range(dock.tabs.count()):
        dock.tabs.setCurrentIndex(number)
        yield 300
        facts["order"][dock.tabs.tabText(number)] = walked(dock, dock.tabs.tabBar())

    # Enter describes, asks, finds; Escape gives up what runs.
    dock.show_describe()
    dock.run_bar.describe_button.setFocus()
    QTest.keyClick(
        dock.run_bar.describe_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    facts["describe_is_busy"] = dock.is_busy()
    yield dock.concluded
    facts["focus_after_describing"] = QApplication.focusWidget().objectName()
    facts["order"]["described"] = walked(dock, dock.tabs.tabBar())

    dock.show_ask()
    facts["focus_in_ask"] = QApplication.focusWidget().objectName()
    for letter in "is there a plane":
        QTest.keyClick(dock.ask_panel.question_line, letter)
    QTest.keyClick(dock.ask_panel.question_line, Qt.Key.Key_Return)
    yield dock.ask_panel.answered
    facts["answers"] = len(dock.ask_panel.exchanges())
    facts["focus_after_asking"] = QApplication.focusWidget().objectName()
    facts["order"]["asked"] = walked(dock, dock.tabs.tabBar())

    dock.show_find()
    facts["focus_in_find"] = QApplication.focusWidget().objectName()
    dock.find_panel.phrase_edit.setPlainText("plane")
    QTest.keyClick(dock.find_panel.phrase_edit, Qt.Key.Key_Return)
    facts["find_is_busy"] = dock.find_panel.is_busy()
    if dock.find_panel.is_busy():
        yield dock.find_panel.concluded
    facts["focus_after_finding"] = QApplication.focusWidget().objectName()
    facts["order"]["found"] = walked(dock, dock.tabs.tabBar())

    dock.show_compare()
    later = QgsRasterLayer(dock.picker.layer().source(), "again")
    QgsProject.instance().addMapLayer(later)
    yield 500
    dock.show_compare()
    facts["focus_in_compare"] = QApplication.focusWidget().objectName()
    QTest.keyClick(dock.compare_panel.compare_button, Qt.Key.Key_Return)
    facts["compare_is_busy"] = dock.compare_panel.is_busy()
    yield 300
    facts["focus_while_comparing"] = QApplication.focusWidget().objectName()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    if not dock.compare_panel.is_busy():
        return
    yield dock.compare_panel.concluded
    facts["focus_after_comparing"] = QApplication.focusWidget().objectName()
    facts["compare_status"] = dock.compare_panel.status.text()
    facts["order"]["compared"] = walked(dock, dock.tabs.tabBar())
    picture("keyboard")


def returning():
    """Describe and ask, save the project, leave it, come back, with the plugin reloaded between."""
    set_the_stage()
    yield 1500
    dock = open_dock()
    press(dock.run_bar.describe_button)
    yield dock.concluded
    dock.show_ask()
    dock.ask_panel.ask("Is there a plane?")
    yield dock.ask_panel.answered
    facts["unsaved"] = QgsProject.instance().isDirty()
    facts["said"] = dock.ask_panel.browser.toPlainText()
    facts["caption"] = dock.results.description().scene.text
    reloadPlugin(NAME)
    yield 300
    dock = open_dock()
    facts["said_after_reload"] = dock.ask_panel.browser.toPlainText()
    path = str(OUT / "survey.qgz")
    facts["written"] = QgsProject.instance().write(path)
    iface.newProject()
    yield 300
    facts["exchanges_in_new_project"] = len(dock.ask_panel.exchanges())
    facts["described_in_new_project"] = dock.results.description() is not None
    export = iface.mainWindow().findChild(QObject, "RsVlmExportSessionAction")
    facts["report_in_new_project"] = export.isEnabled()
    begin = time.perf_counter()
    facts["opened"] = iface.addProject(path)
    facts["opening_ms"] = round(1000 * (time.perf_counter() - begin))
    yield 500
    facts["said_again"] = dock.ask_panel.browser.toPlainText()
    facts["caption_again"] = dock.results.description().scene.text
    facts["report_again"] = export.isEnabled()
    facts["changed_by_opening"] = QgsProject.instance().isDirty()
    dock.show_describe()
    picture("returned")


def leave(code: int) -> None:
    (OUT / "facts.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    os._exit(code)


def play(story) -> None:
    def next_step(*_) -> None:
        try:
            wanted = next(story)
        except StopIteration:
            leave(0)
        if isinstance(wanted, int):
            QTimer.singleShot(wanted, next_step)
            return

        def once(*_) -> None:
            wanted.disconnect(once)
            QTimer.singleShot(0, next_step)

        wanted.connect(once)

    next_step()


def out_of_patience() -> None:
    facts["failure"] = "the story took too long"
    picture("out_of_patience")
    leave(2)


def report_error(kind, value, trace) -> None:
    facts["failure"] = "".join(traceback.format_exception(kind, value, trace))
    leave(1)


sys.excepthook = report_error
QTimer.singleShot(PATIENCE_MS, out_of_patience)
STORIES = {
    "analyst": analyst,
    "dark": dark,
    "searcher": searcher,
    "keyboard": keyboard,
    "returning": returning,
}
QTimer.singleShot(1500, lambda: play(STORIES[os.environ["RSVLM_DRIVE_STORY"]]()))
