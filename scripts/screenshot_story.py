"""Runs inside QGIS Desktop (`qgis --code`): shows the plugin at work and photographs it.

RSVLM_PICTURES names the folder, RSVLM_STORY the story, RSVLM_LATER a second raster of the same
place. A story is a generator that yields how many milliseconds to wait, or a signal to wait for.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any, Iterator, Optional

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import Qt, QTimer, QUrl
from qgis.PyQt.QtWidgets import QDockWidget
from qgis.utils import iface, plugins

PICTURES = Path(os.environ["RSVLM_PICTURES"])
PATIENCE_MS = 200_000
DOCK_WIDTH = 440
REPORT = "session_report.pdf"
Story = Iterator[Any]


def picture(name: str, widget: Any = None) -> None:
    """Photograph the window without QGIS's messages, or one widget of it."""
    iface.messageBar().clearWidgets()
    (widget or iface.mainWindow()).grab().save(str(PICTURES / f"{name}.png"))


def set_the_stage() -> Any:
    """The drawn town, the layer tree and our dock, nothing else; returns the dock."""
    window = iface.mainWindow()
    window.setGeometry(0, 0, 1400, 950)
    for panel in window.findChildren(QDockWidget):
        if panel.objectName() not in ("Layers", "RsVlmDock"):
            panel.hide()
    iface.setActiveLayer(next(iter(QgsProject.instance().mapLayers().values())))
    iface.zoomToActiveLayer()
    dock = plugins["rs_vlm_plugin"].dock()
    dock.setUserVisible(True)
    window.resizeDocks([dock], [DOCK_WIDTH], Qt.Orientation.Horizontal)
    return dock


def describe() -> Story:
    """A description of the whole town."""
    dock = set_the_stage()
    yield 2000
    QTimer.singleShot(0, plugins["rs_vlm_plugin"].describe)
    yield dock.concluded
    yield 4000
    picture("desktop")


def search() -> Story:
    """From no index to places on the map, with what goes wrong on the way."""
    dock = set_the_stage()
    dock.show_search()
    panel = dock.search
    yield 2500
    picture("search_empty")

    panel.build_button.click()
    dialog = panel.control.dialog()
    yield 6000
    picture("search_build", dialog)
    dialog.accept()
    yield panel.index_bar.progress.valueChanged
    yield 150
    picture("search_building", dock)
    if panel.control.is_busy():
        yield panel.index_concluded
    yield 1000

    yield from typed(panel, "storage tanks")
    yield 3500
    panel.list.start()
    QTimer.singleShot(0, panel.map_button.click)
    yield panel.mapped
    yield 2500
    picture("search_results")

    for row in (0, 1):
        panel.vote(panel.model.hits()[row], 1)
    panel.vote(panel.model.hits()[-1], -1)
    yield 4000
    QTimer.singleShot(0, lambda: panel.show_on_map(outlines=False, heat=True))
    yield panel.mapped
    iface.zoomToActiveLayer()
    yield 3000
    picture("search_heat_map")

    panel.forget_examples()
    yield from typed(panel, "zxqv qwrt")
    yield 500
    picture("search_error", dock)


def dark() -> Story:
    """The results once more, on a dark theme."""
    dock = set_the_stage()
    dock.show_search()
    panel = dock.search
    yield 2500
    panel.build_button.click()
    yield 5000
    dialog = panel.control.dialog()
    QTimer.singleShot(0, dialog.accept)
    yield panel.index_concluded
    yield from typed(panel, "storage tanks not water")
    yield 3500
    panel.list.start()
    panel.filters.setCollapsed(False)
    QTimer.singleShot(0, panel.map_button.click)
    yield panel.mapped
    yield 2500
    picture("search_dark")


def ask() -> Story:
    """Questions about the town, one after the other."""
    dock = set_the_stage()
    plugins["rs_vlm_plugin"].ask()
    yield 2500
    picture("ask_empty", dock)
    yield from asked(dock.ask_panel)
    picture("ask")


def find() -> Story:
    """Several things found at once, then only the surest of them."""
    dock = set_the_stage()
    plugins["rs_vlm_plugin"].find()
    yield 2500
    picture("find_empty", dock)
    yield from found(dock.find_panel)
    picture("find")
    slider = dock.find_panel.score_slider.slider
    slider.setValue(slider.value() + (slider.maximum() - slider.value()) // 3)
    yield 2500
    picture("find_sure")


def compare() -> Story:
    """The town and what became of it, then a report of the session."""
    dock = set_the_stage()
    plugins["rs_vlm_plugin"].compare()
    yield 2500
    picture("compare_empty", dock)
    yield from compared(dock.compare_panel)
    picture("compare")
    picture("compare_dock", dock)

    plugins["rs_vlm_plugin"].ask()
    dock.ask_panel.question_line.setText("How many storage tanks are there?")
    QTimer.singleShot(0, dock.ask_panel.ask_button.click)
    yield dock.ask_panel.answered
    yield 1500
    yield from exported(PICTURES / REPORT)


def compare_dark() -> Story:
    """The comparison once more, on a dark theme."""
    dock = set_the_stage()
    plugins["rs_vlm_plugin"].compare()
    yield 1500
    yield from compared(dock.compare_panel)
    picture("compare_dark", dock)


def ask_and_find_dark() -> Story:
    """Both once more, on a dark theme."""
    dock = set_the_stage()
    plugins["rs_vlm_plugin"].ask()
    yield 2500
    yield from asked(dock.ask_panel)
    picture("ask_dark", dock)
    plugins["rs_vlm_plugin"].find()
    yield from found(dock.find_panel)
    picture("find_dark", dock)


def asked(panel: Any) -> Story:
    """Ask four questions, and look at what the answer to the first rests on."""
    for question in (
        "How many storage tanks are there?",
        "Is there a river?",
        "Where are the houses?",
        "Who lives here?",
    ):
        panel.question_line.setText(question)
        QTimer.singleShot(0, panel.ask_button.click)
        yield panel.answered
    panel.browser.anchorClicked.emit(QUrl("rsvlm:answer/0"))
    yield 3500


def compared(panel: Any) -> Story:
    """Add the later image and compare with it."""
    later = QgsRasterLayer(os.environ["RSVLM_LATER"], "synthetic_town_later")
    QgsProject.instance().addMapLayer(later)
    # QGIS makes the new layer the active one; the image before is the town.
    (town,) = QgsProject.instance().mapLayersByName("synthetic_town")
    iface.setActiveLayer(town)
    yield 1500
    QTimer.singleShot(0, panel.compare_button.click)
    yield panel.concluded
    yield 3500


def exported(path: Path) -> Story:
    """Write the session as a report."""
    from rs_vlm_plugin.session import session
    from rs_vlm_plugin.session.export import SessionExport

    export = SessionExport(session().entries(), path, QgsProject.instance())
    QTimer.singleShot(0, export.start)
    yield export.concluded


def found(panel: Any) -> Story:
    """Find objects of a kind, and an area."""
    panel.phrase_edit.setPlainText("storage tank, forest")
    QTimer.singleShot(0, panel.find_button.click)
    yield panel.concluded
    yield 3500


def typed(panel: Any, text: str) -> Story:
    """Type a query and wait for its answer."""
    panel.query_line.setText(text)
    QTimer.singleShot(0, panel.search)
    yield panel.answered


def play(story: Story) -> None:
    """Take the story step by step, then leave."""

    def next_step(*_: object) -> None:
        wanted = next(story, None)
        if wanted is None:
            os._exit(0)
        if isinstance(wanted, int):
            QTimer.singleShot(wanted, next_step)
            return

        def once(*_: object) -> None:
            wanted.disconnect(once)
            QTimer.singleShot(0, next_step)

        wanted.connect(once)

    next_step()


def give_up(
    kind: type[BaseException], error: BaseException, trace: Optional[TracebackType]
) -> None:
    """Say why no picture came of it."""
    traceback.print_exception(kind, error, trace, file=sys.__stderr__)
    os._exit(1)


def out_of_patience() -> None:
    """Leave, with a picture of where it stopped."""
    picture("out_of_patience")
    os._exit(2)


sys.excepthook = give_up
STORIES = {
    "describe": describe,
    "search": search,
    "dark": dark,
    "ask": ask,
    "find": find,
    "ask_and_find_dark": ask_and_find_dark,
    "compare": compare,
    "compare_dark": compare_dark,
}
QTimer.singleShot(PATIENCE_MS, out_of_patience)
QTimer.singleShot(2500, lambda: play(STORIES[os.environ["RSVLM_STORY"]]()))
