"""Draws one hit: thumbnail, rank and image, relevance as bar and number, thumbs up and down."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from qgis.PyQt.QtGui import QFont, QHelpEvent, QIcon, QPainter, QPalette
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionFocusRect,
    QStyleOptionViewItem,
    QToolTip,
)

from ..icons import icon
from .result_model import DETAIL, HIT, LIKED, PLACE, SCORE_TEXT, THUMBNAIL, UNLIKED, VOTE
from .thumbnails import SIDE

_MARGIN = 6
_THUMB = 20
_BAR_HEIGHT = 4
_UNMARKED_OPACITY = 0.5


class ResultDelegate(QStyledItemDelegate):
    """Paints; the list asks `vote_at` whether a click meant a thumb."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._thumbs = {LIKED: icon("like"), UNLIKED: icon("unlike")}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Room for the thumbnail; the list decides about the width."""
        return QSize(SIDE + 4 * _MARGIN, SIDE + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw the row in the colours of the theme."""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        active = bool(option.state & QStyle.StateFlag.State_Active)
        group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        ink = option.palette.color(group, role)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_picture(painter, option, index)
        text = self._text_area(option.rect)
        painter.setPen(ink)
        metrics = option.fontMetrics
        line = metrics.height()
        place = f"{index.data(HIT).rank}.  {index.data(PLACE)}"
        bold = QFont(option.font)
        bold.setBold(True)
        painter.setFont(bold)
        self._paint_line(painter, text, 0, place, Qt.TextElideMode.ElideMiddle)
        painter.setFont(option.font)
        self._paint_line(painter, text, line + 2, str(index.data(SCORE_TEXT)))
        share = min(1.0, max(0.0, index.data(HIT).score))
        bar = QRect(text.left(), text.top() + 2 * line + 5, text.width(), _BAR_HEIGHT)
        faint = ink.lighter()
        faint.setAlpha(50)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faint)
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(ink if selected else option.palette.color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(QRect(bar.topLeft(), QSize(round(bar.width() * share), 4)), 2, 2)
        soft = ink
        soft.setAlpha(170)
        painter.setPen(soft)
        self._paint_line(painter, text, 2 * line + _BAR_HEIGHT + 9, str(index.data(DETAIL)))
        for vote in (LIKED, UNLIKED):
            marked = index.data(VOTE) == vote
            hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
            painter.setOpacity(1.0 if marked else 0.85 if hovered else _UNMARKED_OPACITY)
            self._thumbs[vote].paint(
                painter,
                self._thumb_area(option.rect, vote),
                Qt.AlignmentFlag.AlignCenter,
                QIcon.Mode.Normal,
            )
        painter.restore()
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._paint_focus(painter, option, style)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex,
    ) -> bool:
        """The thumbs have tool tips of their own."""
        vote = self.vote_at(option.rect, event.pos()) if index.isValid() else 0
        if event.type() == QEvent.Type.ToolTip and vote:
            tips = {
                LIKED: self.tr("More like this (+)"),
                UNLIKED: self.tr("Not like this (-)"),
            }
            QToolTip.showText(event.globalPos(), tips[vote], view)
            return True
        return super().helpEvent(event, view, option, index)

    def vote_at(self, row: QRect, position: QPoint) -> int:
        """Which thumb lies there; 0 for none. `row` and `position` in the list's coordinates."""
        for vote in (LIKED, UNLIKED):
            if self._thumb_area(row, vote).contains(position):
                return vote
        return 0

    def _paint_picture(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        frame = QRect(option.rect.left() + _MARGIN, option.rect.top() + _MARGIN, SIDE, SIDE)
        picture = index.data(THUMBNAIL)
        if picture is None:
            painter.fillRect(frame, option.palette.color(QPalette.ColorRole.Midlight))
            return
        size = picture.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
        at = QRect(QPoint(0, 0), size)
        at.moveCenter(frame.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(at, picture)

    def _paint_line(
        self,
        painter: QPainter,
        area: QRect,
        down: int,
        text: str,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        metrics = painter.fontMetrics()
        at = QRect(area.left(), area.top() + down, area.width(), metrics.height())
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft)
        painter.drawText(at, flags, metrics.elidedText(text, elide, at.width()))

    def _paint_focus(self, painter: QPainter, option: QStyleOptionViewItem, style: QStyle) -> None:
        focus = QStyleOptionFocusRect()
        focus.rect = option.rect
        focus.palette = option.palette
        focus.state = option.state | QStyle.StateFlag.State_KeyboardFocusChange
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_FrameFocusRect, focus, painter, option.widget
        )

    def _text_area(self, row: QRect) -> QRect:
        left = row.left() + SIDE + 2 * _MARGIN
        right = row.right() - _THUMB - 2 * _MARGIN
        return QRect(left, row.top() + _MARGIN, max(1, right - left), SIDE)

    def _thumb_area(self, row: QRect, vote: int) -> QRect:
        left = row.right() - _THUMB - _MARGIN
        middle = row.center().y()
        top = middle - _THUMB - _MARGIN if vote == LIKED else middle + _MARGIN
        return QRect(left, top, _THUMB, _THUMB)
