"""The table of entries in a section of Settings: as high as its rows, up to a limit."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem

from visitapp.ui.look.theme import fit, theme
from visitapp.ui.look.tokens import COMPACT_ROW
from visitapp.ui.widgets.table import RowDelegate, TableWidget
from visitapp.ui.widgets.tablemodel import EntryTableModel

_SCROLL_BAR = 14
_LEAST_ROWS, _MOST_ROWS, _MOST_WRAPPED = 1, 13, 10
_AIR, _FRAME = 12, 4


class _Wrapped(RowDelegate):
    """A cell whose text wraps, with some space above and below."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The height of the wrapped text with its margins."""
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(_AIR, 0, 0, 0)
        return super().sizeHint(inner, index) + QSize(0, _AIR)


class EntryTable(TableWidget):
    """With `widths` (logical pixels, 0 stretches) cells wrap. Without, each column is as wide as
    its text, and the table may scroll sideways."""

    def __init__(self, name: str, tablemodel: EntryTableModel, widths: Sequence[int]) -> None:
        super().__init__(name, tablemodel)
        self._wraps = bool(widths)
        self.set_row_height(COMPACT_ROW)
        if not widths:
            return
        self.setWordWrap(True)
        self.setItemDelegate(_Wrapped(self))
        self.set_widths(*widths)
        self.horizontalHeader().setStretchLastSection(False)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        rows.geometriesChanged.connect(self.fit_entries)
        rows.sectionResized.connect(lambda *_: self.fit_entries())
        self.horizontalScrollBar().rangeChanged.connect(lambda *_: self.fit_entries())
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self.scrollTo(self.currentIndex()))

    def fit_entries(self) -> None:
        """Set the height to that of the rows; a row that is alone is shown whole, however high."""
        if self._wraps:
            across = self.horizontalScrollBar()
            around = self.horizontalHeader().sizeHint().height() + _FRAME
            around += across.sizeHint().height() if across.maximum() else 0
            wanted = self.verticalHeader().length() + around
            most = theme().px(COMPACT_ROW * _MOST_WRAPPED)
            self.setFixedHeight(wanted if self.model().rowCount() == 1 else min(wanted, most))
            return
        rows = max(_LEAST_ROWS, min(_MOST_ROWS, self.model().rowCount()))
        fit(self, height=COMPACT_ROW * (rows + 1) + _SCROLL_BAR)
        self.resizeColumnsToContents()
