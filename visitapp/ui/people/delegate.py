"""Paints whether somebody may visit: an icon and a word, on a coloured fill if not."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from visitapp.ui.look.icons import pixmap
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import TAG, TAG_RADIUS
from visitapp.ui.people.person_row import PersonRow
from visitapp.ui.people.tablemodel import MAY_VISIT, ROW_ROLE
from visitapp.ui.widgets.table import RowDelegate

Index = QModelIndex | QPersistentModelIndex

_LOOKS = {
    "Yes": ("circle-check", "", "good"),
    "Away": ("calendar-x", "warnSoft", "onWarnSoft"),
    "No": ("ban", "badSoft", "onBadSoft"),
}
"""Answer -> icon, token of the fill (none: plain), token of icon and word."""
_ICON, _INSET, _BETWEEN = 14, 8, 6


class MayVisitDelegate(RowDelegate):
    """Paints the answer in one column as a tag with its reason, the rest as usual."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave out the text of the column painted here."""
        super().initStyleOption(option, index)
        if index.column() == MAY_VISIT:
            option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.column() == MAY_VISIT:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(option.rect)
            _paint_answer(painter, option.rect, index.data(ROW_ROLE))
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        if index.column() == MAY_VISIT:
            row: PersonRow = index.data(ROW_ROLE)
            chosen = theme()
            reason = QFontMetrics(chosen.font("second")).horizontalAdvance(row.reason)
            size.setWidth(_tag_width(row.answer) + reason + 3 * _INSET)
        return size


def _tag_width(answer: str) -> int:
    chosen = theme()
    word = QFontMetrics(chosen.font("smallStrong")).horizontalAdvance(answer)
    return chosen.px(_ICON) + _BETWEEN + word + 2 * _INSET


def _paint_answer(painter: QPainter, rect: QRect, row: PersonRow) -> None:
    chosen = theme()
    icon, fill, token = _LOOKS[row.answer]
    high = chosen.px(TAG)
    tag = QRect(rect.left() + _INSET, 0, _tag_width(row.answer), high)
    tag.moveTop(rect.top() + (rect.height() - high) // 2)
    left = tag.left() + _INSET
    if fill:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(chosen.colour(fill))
        painter.drawRoundedRect(tag, TAG_RADIUS, TAG_RADIUS)
    else:
        left = tag.left()
        tag.setWidth(tag.width() - _INSET)
    size = chosen.px(_ICON)
    painter.drawPixmap(left, tag.center().y() - size // 2, pixmap(icon, _ICON, token))
    painter.setPen(chosen.colour(token))
    painter.setFont(chosen.font("smallStrong"))
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(tag.adjusted(left + size + _BETWEEN - tag.left(), 0, 0, 0), middle, row.answer)
    painter.setPen(chosen.colour("text2"))
    painter.setFont(chosen.font("second"))
    rest = QRect(tag.right() + _INSET, rect.top(), rect.right() - tag.right(), rect.height())
    painter.drawText(rest, middle, row.reason)
