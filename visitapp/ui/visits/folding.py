"""The columns of a visit that don't fit, as lines of text below the others."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from visitapp.domain.text.shown import shown
from visitapp.ui.look.theme import theme
from visitapp.ui.visits.tablemodel import FOLDED, VisitTableModel
from visitapp.ui.widgets.table import RowDelegate, TableWidget, paint_ring

_AnyIndex = QModelIndex | QPersistentModelIndex
_SIDE, _BELOW = 8, 6
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class FoldingDelegate(RowDelegate):
    """Paints the cells at the top of a row, and the folded text below across the whole row."""

    def __init__(self, table: TableWidget) -> None:
        super().__init__(table)
        self._table = table
        self.below = 0

    def measure(self, tablemodel: VisitTableModel) -> int:
        """The height in pixels of the folded lines at the width of the table; 0 if there are
        none."""
        words = tablemodel.widest_folded()
        room = QRect(0, 0, max(self._table.viewport().width() - 2 * _SIDE, 1), 10_000)
        metrics = QFontMetrics(theme().font("second"))
        self.below = metrics.boundingRect(room, _WRAPPED, words).height() + _BELOW if words else 0
        return self.below

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        """Paint the cell, and its part of the folded lines."""
        if not self.below:
            super().paint(painter, option, index)
            return
        whole, states = QRect(option.rect), QStyle.StateFlag
        chosen, row = theme(), self._row(whole)
        painter.save()
        painter.setClipRect(whole)
        if option.state & states.State_Selected:
            painter.fillRect(whole, chosen.colour("primarySoft"))
        above = QStyleOptionViewItem(option)
        above.rect = whole.adjusted(0, 0, 0, -self.below)
        QStyledItemDelegate.paint(self, painter, above, index)
        painter.setFont(chosen.font("second"))
        painter.setPen(chosen.colour("text2"))
        painter.drawText(row, _WRAPPED, shown(str(index.data(FOLDED) or "")))
        painter.setPen(QPen(chosen.colour("line"), 1))
        painter.drawLine(whole.bottomLeft(), whole.bottomRight())
        painter.restore()
        if option.state & states.State_HasFocus:
            paint_ring(painter, above.rect)

    def _row(self, cell: QRect) -> QRect:
        """The rectangle of the folded lines."""
        left = _SIDE - self._table.horizontalOffset()
        width = self._table.viewport().width() - 2 * _SIDE
        return QRect(left, cell.bottom() + 1 - self.below, width, self.below)
