"""What stands below the query: how to begin, what to type, or the places found."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ..icons import icon
from ..narrow import wrap_in_any_width
from .result_list import ResultList
from .result_model import ResultModel


class ResultPages(QStackedWidget):
    """One of three pages; `list` shows `model`'s places, `build_button` leads to an index."""

    def __init__(self, model: ResultModel, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.hint = QLabel(self)
        self.hint.setObjectName("rsVlmSearchHint")
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setMargin(16)
        wrap_in_any_width(self.hint)
        self.empty_page = self._empty_page()
        self.list = ResultList(self)
        self.list.setModel(model)
        for page in (self.hint, self.empty_page, self.list):
            self.addWidget(page)

    def show_results(self) -> None:
        """The places found."""
        self.setCurrentWidget(self.list)

    def show_hint(self, text: str) -> None:
        """A few words where places will be."""
        self.hint.setText(text)
        self.setCurrentWidget(self.hint)

    def show_empty(self, text: str, may_build: bool) -> None:
        """What is missing before anything can be searched, and the button that makes it."""
        self.empty_text.setText(text)
        self.build_button.setVisible(may_build)
        self.setCurrentWidget(self.empty_page)

    def _empty_page(self) -> QWidget:
        page = QWidget(self)
        self.empty_text = QLabel(page)
        self.empty_text.setObjectName("rsVlmSearchEmpty")
        self.empty_text.setTextFormat(Qt.TextFormat.PlainText)
        self.empty_text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        wrap_in_any_width(self.empty_text)
        self.build_button = QPushButton(icon("search"), self.tr("Build index…"), page)
        self.build_button.setObjectName("rsVlmBuildIndex")
        self.build_button.setToolTip(
            self.tr("Choose images, see what it takes, and let the model look at them once")
        )
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 16, 16)
        column.addStretch(1)
        column.addWidget(self.empty_text)
        column.addWidget(self.build_button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        return page
