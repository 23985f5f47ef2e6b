"""Searching by example: what was liked and disliked, drawn examples, concepts kept by name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...engine.errors import RsVlmError
from ..icons import icon
from ..narrow import wrap_in_any_width
from .concept_store import delete_concept, import_concept, saved_concepts

if TYPE_CHECKING:
    from ...engine.search import Concept


class ConceptBar(QWidget):
    """Buttons for concepts and drawn examples; below, while there are examples, what was learnt.

    `concept_chosen` carries a `Concept` or None, `draw_asked` whether to begin or to give up,
    `save_asked` a name, `cleared` asks to forget all examples, `failed` carries an `RsVlmError`.
    """

    concept_chosen = pyqtSignal(object)
    draw_asked = pyqtSignal(bool)
    save_asked = pyqtSignal(str)
    cleared = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._concept: Optional[Concept] = None
        self.draw_button = self._button(
            "rsVlmExampleDraw",
            self.tr("Example"),
            self.tr("Drag a rectangle on the map around something to find more of"),
        )
        self.draw_button.setIcon(icon("draw"))
        self.draw_button.setCheckable(True)
        self.concept_button = self._button(
            "rsVlmConcepts",
            self.tr("Concepts"),
            self.tr("Search by a concept learnt from examples"),
        )
        self.concept_button.setIcon(icon("like"))
        self.concept_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.concept_button)
        self._menu.aboutToShow.connect(self.fill_menu)
        self.concept_button.setMenu(self._menu)
        self.learnt = QLabel(self)
        self.learnt.setObjectName("rsVlmLearnt")
        self.learnt.setTextFormat(Qt.TextFormat.PlainText)
        wrap_in_any_width(self.learnt)
        self.name_line = QLineEdit(self)
        self.name_line.setObjectName("rsVlmConceptName")
        self.name_line.setMaxLength(200)
        self.name_line.setPlaceholderText(self.tr("name this concept"))
        self.name_line.setAccessibleName(self.tr("Name of the concept"))
        self.name_line.setMinimumWidth(1)
        self.save_button = self._button(
            "rsVlmConceptSave", self.tr("Keep"), self.tr("Keep the concept under this name")
        )
        self.clear_button = self._button(
            "rsVlmExamplesClear", self.tr("Forget"), self.tr("Forget all examples")
        )
        self.clear_button.setIcon(icon("cancel"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.draw_button)
        row.addWidget(self.concept_button)
        row.addWidget(self.learnt, 1)
        row.addWidget(self.clear_button)
        self._keep = QWidget(self)
        keep = QHBoxLayout(self._keep)
        keep.setContentsMargins(0, 0, 0, 0)
        keep.addWidget(self.name_line, 1)
        keep.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._keep)
        self.draw_button.clicked.connect(self.draw_asked)
        self.clear_button.clicked.connect(lambda _checked=False: self.cleared.emit())
        self.save_button.clicked.connect(lambda _checked=False: self._save())
        self.name_line.returnPressed.connect(self._save)
        self.name_line.textChanged.connect(self._refresh)
        self.show_examples(0, 0, None)

    def show_examples(self, likes: int, unlikes: int, concept: Optional[Concept]) -> None:
        """Say what is searched with."""
        self._concept = concept
        parts = []
        if concept is not None:
            parts.append(self.tr("“{name}”").format(name=concept.name))
        if likes or unlikes:
            parts.append(
                self.tr("{likes} liked, {unlikes} not").format(likes=likes, unlikes=unlikes)
            )
        self.learnt.setText(", ".join(parts))
        self._keep.setVisible(bool(likes or unlikes))
        self.clear_button.setVisible(bool(parts))
        self._refresh()

    def fill_menu(self) -> None:
        """The concepts kept, and what can be done with them."""
        self._menu.clear()
        concepts = saved_concepts()
        for concept in concepts:
            action = self._menu.addAction(concept.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(self._concept is not None and concept.name == self._concept.name)
            action.triggered.connect(
                lambda _checked=False, concept=concept: self.concept_chosen.emit(concept)
            )
        if not concepts:
            nothing = self.tr("None kept yet: like some results, then name what they show")
            self._menu.addAction(nothing).setEnabled(False)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Import…")).triggered.connect(
            lambda _checked=False: self._import()
        )
        for text, slot in ((self.tr("Export…"), self._export), (self.tr("Delete"), self.delete)):
            action = self._menu.addAction(text)
            action.setEnabled(self._concept is not None)
            action.triggered.connect(lambda _checked=False, slot=slot: slot())

    def import_file(self, path: Path) -> None:
        """Take over a concept and search by it."""
        try:
            concept = import_concept(path)
        except RsVlmError as error:
            self.failed.emit(error)
        else:
            self.concept_chosen.emit(concept)

    def export_file(self, path: Path) -> None:
        """Write the concept in use to a file of its own."""
        from ...engine.search import write_concept

        if self._concept is None:
            return
        try:
            write_concept(self._concept, path)
        except RsVlmError as error:
            self.failed.emit(error)

    def delete(self) -> None:
        """Forget the concept in use; its exported files stay."""
        if self._concept is None:
            return
        try:
            delete_concept(self._concept)
        except RsVlmError as error:
            self.failed.emit(error)
        else:
            self.concept_chosen.emit(None)

    def _import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import concept"), "", self.tr("Concept (*.json)")
        )
        if path:
            self.import_file(Path(path))

    def _export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export concept"),
            f"{self._concept.name}.json",
            self.tr("Concept (*.json)"),
        )
        if path:
            self.export_file(Path(path))

    def _save(self) -> None:
        name = self.name_line.text().strip()
        if name:
            self.save_asked.emit(name)

    def _refresh(self) -> None:
        self.save_button.setEnabled(bool(self.name_line.text().strip()))

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAutoRaise(True)
        return button
