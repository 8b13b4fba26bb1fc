"""The table of the plan: worked with the keys, or by dragging a visitor to another visit."""

from uuid import UUID

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from visitapp.domain.planned import PlannedRow, Standing
from visitapp.ui.icons import pixmap
from visitapp.ui.plan.tablemodel import CELL_ROLE, PlanCell, PlanTableModel
from visitapp.ui.theme import Theme, theme
from visitapp.ui.widgets.table import paint_ring

_AnyIndex = QModelIndex | QPersistentModelIndex
_ROW, _WEEK, _LEAST = 34, 138, 170
_ICON, _INSET = 16, 10


class _Cells(QStyledItemDelegate):
    """An icon, the pair, and the masked moment at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        cell: PlanCell = index.data(CELL_ROLE)
        chosen = theme()
        painter.save()
        painter.fillRect(option.rect, chosen.colour(_ground(cell)))
        if cell.is_last:
            painter.setPen(QPen(chosen.colour("line"), 1))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.setPen(QPen(chosen.colour("line"), 1))
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        rect = option.rect.adjusted(_INSET, 0, -_INSET, 0)
        if cell.is_week:
            _paint_week(painter, rect, cell, chosen)
        elif cell.visit is not None or cell.is_hole:
            _paint_visit(painter, rect, cell, chosen)
        painter.restore()
        if QStyle.StateFlag.State_HasFocus in option.state:
            paint_ring(painter, option.rect)


def _ground(cell: PlanCell) -> str:
    if cell.is_hole or (cell.visit and _is_missing(cell.visit)):
        return "badSoft"
    over = cell.visit is not None and cell.visit.standing is not Standing.PLANNED
    return "sunken" if over else "panel"


def _is_missing(row: PlannedRow) -> bool:
    return row.standing is Standing.PLANNED and len(row.pair) < 2


def _icon_of(cell: PlanCell) -> tuple[str, str]:
    if cell.is_hole or cell.visit is None:
        return "triangle-alert", "bad"
    if cell.visit.standing is Standing.VISITED:
        return "circle-check", "good"
    if cell.visit.standing is Standing.MISSED:
        return "calendar-x", "warn"
    if _is_missing(cell.visit):
        return "user-round-x", "bad"
    return ("pin", "primary") if cell.visit.is_pinned else ("", "")


def _paint_week(painter: QPainter, rect: QRect, cell: PlanCell, chosen: Theme) -> None:
    painter.setFont(chosen.font("strong" if cell.is_now else "second"))
    painter.setPen(chosen.colour("text"))
    words = f"{cell.words} (now)" if cell.is_now else cell.words
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)


def _paint_visit(painter: QPainter, rect: QRect, cell: PlanCell, chosen: Theme) -> None:
    name, tone = _icon_of(cell)
    size = chosen.px(_ICON)
    if name:
        painter.drawPixmap(rect.left(), rect.center().y() - size // 2, pixmap(name, _ICON, tone))
    left = rect.left() + (size + 6 if name else 0)
    painter.setFont(chosen.font("second"))
    painter.setPen(chosen.colour("text2"))
    measure = painter.fontMetrics()
    note_wide = measure.horizontalAdvance(cell.note)
    beside = QRect(rect.right() - note_wide, rect.top(), note_wide + 2, rect.height())
    painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, cell.note)
    bad = cell.is_hole or (cell.visit is not None and _is_missing(cell.visit))
    painter.setFont(chosen.font("strong" if bad else "second"))
    painter.setPen(chosen.colour("onBadSoft" if bad else "text"))
    room = beside.left() - 6 - left
    words = painter.fontMetrics().elidedText(cell.words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(
        QRect(left, rect.top(), room, rect.height()), Qt.AlignmentFlag.AlignVCenter, words
    )


class PlanTable(QTableView):
    """Signals: `opened` a visit by Enter or a double click; `asked` (visit, letter) for keys;
    `over` (visit, place) while somebody is dragged; `dropped` (visit, place), where place is 0
    or 1 for the half of the cell; `taken` (visit, place) when a drag begins; `let_go` when it
    ends anywhere."""

    opened = Signal(object)
    asked = Signal(object, str)
    taken = Signal(object, int)
    over = Signal(object, int)
    dropped = Signal(object, int)
    let_go = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed = QPoint()
        self.plan = PlanTableModel(self)
        self.setModel(self.plan)
        self.setItemDelegate(_Cells(self))
        self.setAccessibleName("The plan, week by week")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAcceptDrops(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda _: self._open())
        self.plan.modelReset.connect(self.arrange)

    def visit(self) -> PlannedRow | None:
        """The visit that has the cursor."""
        return self.plan.cell(self.currentIndex()).visit

    def go_to(self, visit_id: UUID) -> None:
        """Put the cursor on a visit."""
        index = self.plan.index_of(visit_id)
        if index.isValid():
            self.setCurrentIndex(index)

    def visit_rect(self, visit_id: UUID) -> QRect:
        """Where a visit is drawn, in the viewport."""
        return self.visualRect(self.plan.index_of(visit_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters and Delete ask for the rest."""
        key, row = event.key(), self.visit()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = held == Qt.KeyboardModifier.NoModifier
        letters = {Qt.Key.Key_P: "P", Qt.Key.Key_S: "S", Qt.Key.Key_D: "D", Qt.Key.Key_M: "M"}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif plain and key in letters and row is not None:
            self.asked.emit(row, letters[Qt.Key(key)])
        elif key == Qt.Key.Key_Delete and row is not None:
            self.asked.emit(row, "Delete")
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        row = self.visit()
        if row is not None:
            self.opened.emit(row)

    # -- dragging ------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag might begin."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag the visitor of the pressed half."""
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        held = event.buttons() & Qt.MouseButton.LeftButton
        row = self.plan.cell(self.indexAt(self._pressed)).visit
        if held and row is not None and far >= QApplication.startDragDistance():
            self.taken.emit(row, self._half(self._pressed))
            drag = QDrag(self)
            drag.setMimeData(QMimeData())  # who it is stays in this window
            drag.exec(Qt.DropAction.MoveAction)
            self.let_go.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only from this table."""
        if event.source() is self:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Tell where it is now."""
        point = event.position().toPoint()
        row = self.plan.cell(self.indexAt(point)).visit
        if row is None:
            event.ignore()
            return
        self.over.emit(row, self._half(point))
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put down."""
        point = event.position().toPoint()
        row = self.plan.cell(self.indexAt(point)).visit
        if row is not None:
            event.acceptProposedAction()
            self.dropped.emit(row, self._half(point))

    def _half(self, point: QPoint) -> int:
        rect = self.visualRect(self.indexAt(point))
        return 0 if point.x() < rect.center().x() else 1

    # -- sizes ---------------------------------------------------------------------------

    def arrange(self) -> None:
        """Share the width among the sites, and be as high as the rows."""
        chosen, sites = theme(), self.plan.columnCount() - 1
        week = chosen.px(_WEEK)
        least = chosen.px(_LEAST)
        each = max(least, (self.width() - week) // max(1, sites))
        self.setColumnWidth(0, week)
        for at in range(sites):
            self.setColumnWidth(at + 1, each)
        row = chosen.px(_ROW)
        self.verticalHeader().setDefaultSectionSize(row)
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + row * self.plan.rowCount() + 2 + self._bar())
        if self.plan.rowCount() and not self.currentIndex().isValid() and sites:
            self.setCurrentIndex(self.plan.index(0, 1))

    def _bar(self) -> int:
        wide = self.horizontalHeader().length() > self.width()
        return self.horizontalScrollBar().sizeHint().height() if wide else 0

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(_WEEK + _LEAST), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "plan"):
            self.arrange()
