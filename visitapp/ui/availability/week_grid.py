"""The week as a grid that is painted with mouse or keys."""

from collections.abc import Iterator

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from visitapp.ui.availability.tablemodel import WeekTableModel
from visitapp.ui.look.icons import pixmap
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import TAG_RADIUS
from visitapp.ui.widgets.heatmap import paint_ring
from visitapp.ui.widgets.table_cursor import start_at_first

_AnyIndex = QModelIndex | QPersistentModelIndex
_ROW, _LEAST_COLUMN, _GAP = 40, 64, 3
_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class _WeekCells(QStyledItemDelegate):
    """Free: filled, with a tick and the word. Not free: an empty box."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        chosen = theme()
        rect = QRectF(option.rect).adjusted(0, 0, -_GAP, -_GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(chosen.colour("primary"))
            painter.drawRoundedRect(rect, TAG_RADIUS, TAG_RADIUS)
            self._paint_word(painter, rect, str(index.data()))
        else:
            painter.setPen(QPen(chosen.colour("edge"), 1))
            painter.setBrush(chosen.colour("panel"))
            inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(inner, TAG_RADIUS, TAG_RADIUS)
        if QStyle.StateFlag.State_HasFocus in option.state:
            paint_ring(painter, rect, focused=True)
        painter.restore()

    @staticmethod
    def _paint_word(painter: QPainter, rect: QRectF, word: str) -> None:
        chosen = theme()
        font = chosen.font("smallStrong")
        painter.setFont(font)
        painter.setPen(chosen.colour("onPrimary"))
        wide = painter.fontMetrics().horizontalAdvance(word)
        mark = chosen.px(16)
        left = rect.center().x() - (mark + 4 + wide) / 2
        painter.drawPixmap(
            round(left), round(rect.center().y() - mark / 2), pixmap("check", 16, "onPrimary")
        )
        beside = QRectF(left + mark + 4, rect.top(), wide + 2, rect.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, word)


class WeekGrid(QTableView):
    """Arrows move, Space changes a cell, Shift with an arrow goes on painting; the mouse paints
    while pressed.

    Signals: `painted` (list of bool, row by row) at the end of a stroke.
    """

    painted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brush: bool | None = None
        self._last = QPoint()
        self.tablemodel = WeekTableModel(self)
        self.setModel(self.tablemodel)
        self.setItemDelegate(_WeekCells(self))
        self.setAccessibleName("Timeslots of a usual week")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for head in (self.horizontalHeader(), self.verticalHeader()):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            head.setSectionsClickable(True)
            head.setHighlightSections(False)
            head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verticalHeader().sectionClicked.connect(self.paint_row)
        self.horizontalHeader().sectionClicked.connect(self.paint_column)
        self.tablemodel.modelReset.connect(self._arrange)
        self._arrange()

    def paint_cell(self, index: _AnyIndex, free: bool) -> None:
        """Make a cell free or not."""
        if index.isValid() and self.tablemodel.is_free(index) != free:
            self.tablemodel.set_free(index, free)

    def paint_row(self, row: int) -> None:
        """Make a whole day free; if it is free already, not free."""
        columns = range(self.tablemodel.columnCount())
        self._paint_each([self.tablemodel.index(row, column) for column in columns])

    def paint_column(self, column: int) -> None:
        """The same for a time on every day."""
        rows = range(self.tablemodel.rowCount())
        self._paint_each([self.tablemodel.index(row, column) for row in rows])

    def paint_all(self) -> None:
        """The same for the whole week."""
        rows, columns = self.tablemodel.rowCount(), self.tablemodel.columnCount()
        self._paint_each(
            [self.tablemodel.index(at // columns, at % columns) for at in range(rows * columns)]
        )

    def _paint_each(self, cells: list[QModelIndex]) -> None:
        free = not all(self.tablemodel.is_free(index) for index in cells)
        for index in cells:
            self.paint_cell(index, free)
        self.painted.emit(list(self.tablemodel.cells))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Space (with Shift for a day, with Ctrl for a time), and arrows with Shift."""
        here = self.currentIndex()
        key = Qt.Key(event.key())
        held = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        whole = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_A and whole:
            self.paint_all()
        elif key == Qt.Key.Key_Space and held and here.isValid():
            self.paint_row(here.row())
        elif key == Qt.Key.Key_Space and whole and here.isValid():
            self.paint_column(here.column())
        elif key == Qt.Key.Key_Space and here.isValid():
            self.paint_cell(here, not self.tablemodel.is_free(here))
            self.painted.emit(list(self.tablemodel.cells))
        elif key in _ARROWS and held and here.isValid():
            down, right = _ARROWS[key]
            there = self.tablemodel.index(here.row() + down, here.column() + right)
            if there.isValid():
                self.paint_cell(there, self.tablemodel.is_free(here))
                self.setCurrentIndex(there)
                self.painted.emit(list(self.tablemodel.cells))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a stroke; its first cell decides whether it paints free or not."""
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._last = event.position().toPoint()
            self._brush = not self.tablemodel.is_free(index)
            self.paint_cell(index, self._brush)
            self.setCurrentIndex(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Continue the stroke over every cell between the last position and this one: a fast mouse
        may skip cells between two events."""
        if self._brush is not None:
            for point in self._points_to(event.position().toPoint()):
                index = self.indexAt(point)
                if index.isValid():
                    self.paint_cell(index, self._brush)
                    self.setCurrentIndex(index)

    def _points_to(self, to: QPoint) -> Iterator[QPoint]:
        """Points from the end of the stroke to `to`, closer together than a cell is wide or
        high."""
        start, self._last = self._last, to
        step = max(1, min(self.columnWidth(0), self.rowHeight(0)) // 4)
        along = to - start
        steps = max(1, -(-max(abs(along.x()), abs(along.y())) // step))
        for at in range(1, steps + 1):
            yield QPoint(start.x() + along.x() * at // steps, start.y() + along.y() * at // steps)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() is Qt.MouseButton.LeftButton and self._brush is not None:
            self.mouseMoveEvent(event)
            self._brush = None
            self.painted.emit(list(self.tablemodel.cells))

    def _arrange(self) -> None:
        chosen, columns = theme(), self.tablemodel.columnCount()
        small = chosen.font("smallStrong")
        head, side = self.horizontalHeader(), self.verticalHeader()
        head.setFont(small)
        side.setFont(chosen.font("second"))
        measure = side.fontMetrics()
        days = [str(self.tablemodel.headerData(d, Qt.Orientation.Vertical)) for d in range(7)]
        label = max(measure.horizontalAdvance(day) for day in days) + 24
        height = head.fontMetrics().lineSpacing() * 2 + 12
        side.setFixedWidth(label)
        head.setFixedHeight(height)
        side.setDefaultSectionSize(chosen.px(_ROW))
        if columns:
            each = max(chosen.px(_LEAST_COLUMN), (self.width() - label) // columns)
            for column in range(columns):
                self.setColumnWidth(column, each)
        self.setFixedHeight(height + chosen.px(_ROW) * 7 + 2)
        self.setMinimumWidth(label + columns * chosen.px(_LEAST_COLUMN))
        start_at_first(self)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "week"):
            self._arrange()
