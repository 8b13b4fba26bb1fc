"""The table of the design: a plain head, thin lines, no stripes, full keyboard use."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.text.shown import shown
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import TABLE_ROW
from visitapp.ui.widgets.listing import HasListSheet, copy_list, list_menu, sheet_as_shown

_LINE_END = "\u2028"
"""The character that Qt needs between the lines of a cell."""
_AnyIndex = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Thin lines below rows, the first column in bold, and the focus ring inside the cell."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        """The first column at weight 600; no dotted focus of the Fusion style."""
        super().initStyleOption(option, index)
        words = index.data(Qt.ItemDataRole.DisplayRole)
        lines = words.split("\n") if isinstance(words, str) else [option.text]
        option.text = _LINE_END.join(map(shown, lines))
        if index.column() == 0:
            option.font.setWeight(option.font.Weight.DemiBold)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        """Draw the cell, its line, and the ring if it has the focus."""
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        super().paint(painter, option, index)
        painter.save()
        painter.setPen(QPen(theme().colour("line"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()
        if focused:
            paint_ring(painter, option.rect)


def paint_ring(painter: QPainter, cell: QRect) -> None:
    """Draw the focus ring inside a cell: 3 pixels, in both colours."""
    painter.save()
    for token, inset, width in (("ringOuter", 1, 2), ("ringInner", 3, 1)):
        painter.setPen(QPen(theme().colour(token), width))
        painter.drawRect(cell.adjusted(inset, inset, -inset, -inset))
    painter.restore()


class TableWidget(QTableView):
    """Whole rows are selected, several with Shift or Ctrl, all with Ctrl+A. Enter opens the current
    row (`activated`), Tab leaves the table. A list that `leaves` can be copied and saved."""

    leaves = True

    def __init__(self, name: str, model: QAbstractItemModel | None = None) -> None:
        super().__init__()
        self._row_height = TABLE_ROW
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setItemDelegate(RowDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setStretchLastSection(True)
        self._fit_rows()
        if model is not None:
            self.setModel(model)

    def set_widths(self, *logical: int) -> None:
        """Set column widths in logical pixels; 0 stretches."""
        self.setProperty("columnWidths", list(logical))
        self._fit_columns()

    def set_row_height(self, logical: int) -> None:
        """Set the row height in logical pixels (compact is 32 or 34)."""
        self._row_height = logical
        self._fit_rows()

    def open_current(self) -> None:
        """Open the current row."""
        if self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row on every system; Ctrl+C copies those selected with the headings."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy, select all, save."""
        if self.leaves:
            list_menu(self, event.globalPos())

    def copy(self) -> None:
        """Copy the selected rows as a table."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        if self.leaves and rows:
            copy_list(self.listed(rows))

    def listed(self, rows: Sequence[int] | None = None) -> ListSheet:
        """Some rows, or all, as a list that leaves the program: as its model has it, with keys,
        days and numbers; otherwise as it is shown."""
        tablemodel = self.model()
        chosen = range(tablemodel.rowCount()) if rows is None else rows
        if isinstance(tablemodel, HasListSheet):
            sheet = tablemodel.list_sheet(chosen)
            if sheet is not None:
                return sheet
        return sheet_as_shown(self, chosen)

    def changeEvent(self, event: QEvent) -> None:
        """Rows and columns grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_row_height"):
            self._fit_rows()
            self._fit_columns()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model."""
        super().setModel(model)
        self._fit_columns()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().px(self._row_height))

    def _fit_columns(self) -> None:
        head = self.horizontalHeader()
        for at, logical in enumerate(self.property("columnWidths") or ()):
            if at >= head.count():
                break
            if logical:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(at, theme().px(logical))
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)


def framed(table: QWidget) -> QWidget:
    """A table in a panel."""
    from visitapp.ui.widgets.panel import Panel

    panel = Panel(flush=True)
    panel.body.addWidget(table)
    return panel
