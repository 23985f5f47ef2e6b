"""From which score on objects are shown."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

_STEPS = 1000


class ScoreSlider(QWidget):
    """A slider with its value beside it, and a way back to the model's own threshold.

    `moved` carries the score, 0..1, whenever the user changes it.
    """

    moved = pyqtSignal(float)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._own = 0.0
        self._score = 0.0
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setObjectName("rsVlmFindScore")
        self.slider.setAccessibleName(self.tr("Least score"))
        self.slider.setToolTip(
            self.tr(
                "Show what the model is at least so sure of. Less finds more, right and wrong; "
                "list and layer follow at once."
            )
        )
        self.slider.setSingleStep(_STEPS // 100)
        self.slider.setPageStep(_STEPS // 20)
        self.value = QLabel(self)
        self.value.setObjectName("rsVlmFindScoreValue")
        self.own_button = QToolButton(self)
        self.own_button.setObjectName("rsVlmFindOwnScore")
        self.own_button.setText(self.tr("Reset"))
        self.own_button.setAutoRaise(True)
        self.own_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        title = QLabel(self.tr("Score from"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(title)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value)
        row.addWidget(self.own_button)
        self.slider.valueChanged.connect(lambda step: self._take(step / _STEPS))
        self.own_button.clicked.connect(lambda _checked=False: self._go_back())
        self.begin(0.0, 0.0)

    def score(self) -> float:
        """From which score on objects are shown."""
        return self._score

    def begin(self, least: float, own: float) -> None:
        """Start at the model's own threshold; nothing is known of what is below `least`."""
        self._own = self._score = own
        self.slider.blockSignals(True)
        self.slider.setRange(round(least * _STEPS), _STEPS)
        self.slider.setValue(round(own * _STEPS))
        self.slider.blockSignals(False)
        self.own_button.setToolTip(
            self.tr("Back to the model's own threshold, {score}").format(score=score_text(own))
        )
        self._show()

    def _go_back(self) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(round(self._own * _STEPS))
        self.slider.blockSignals(False)
        # The threshold itself, which may lie between two steps.
        self._take(self._own)

    def _take(self, score: float) -> None:
        self._score = score
        self._show()
        self.moved.emit(score)

    def _show(self) -> None:
        self.value.setText(score_text(self._score))
        self.own_button.setEnabled(self._score != self._own)


def score_text(score: float) -> str:
    """A score as percent: "45 %", "45.3 %"."""
    percent = round(100 * score, 1)
    return f"{QLocale().toString(percent, 'f', 0 if percent == int(percent) else 1)} %"
