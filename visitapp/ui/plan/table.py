"""The table of the plan, used by keys or by dragging a visitor to another visit."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QWidget,
)

from visitapp.domain.office.site import SiteKind
from visitapp.domain.plan.planned import PlannedRow
from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.records.lists import plan_list
from visitapp.ui.look.theme import theme
from visitapp.ui.plan.cells import Measures, PlanCells, height, name_tag, place_at, widths
from visitapp.ui.plan.tablemodel import PlanCell, PlanTableModel
from visitapp.ui.widgets.listing import copy_list, list_menu
from visitapp.ui.widgets.scrolling import scroll_point_into_view
from visitapp.ui.widgets.table_cursor import go_to, start_at_first

_WEEK, _LEAST = 100, 120
_LETTERS = ("P", "S", "D", "C", "R", "M")
_HEAD = 8
"""Pixels left and right of the heading's text, as in the stylesheet."""


class PlanTable(QTableView):
    """Signals: `opened` (visit) by Enter or a double click; `asked` (visit, letter) for keys;
    `over` (visit, place) while somebody is dragged; `dropped` (visit, place), where place is 0 or 1
    for the nearest name; `taken` (visit, place) before a drag, which starts only if the handler
    sets `dragged` to a name; `let_go` when it ends anywhere; `needs` (pixels), the least width that
    keeps names within two lines."""

    leaves = True
    opened = Signal(object)
    asked = Signal(object, str)
    taken = Signal(object, int)
    over = Signal(object, int)
    dropped = Signal(object, int)
    let_go = Signal()
    needs = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed = QPoint()
        self.dragged = ""
        self.tablemodel = PlanTableModel(self)
        self.setModel(self.tablemodel)
        self.setItemDelegate(PlanCells(self))
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
        wrapped = Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap.value)
        head.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | wrapped
        )
        self.doubleClicked.connect(lambda _: self._open())
        self.tablemodel.modelReset.connect(self.arrange)
        self.tablemodel.dataChanged.connect(self.arrange)

    def visit(self) -> PlannedRow | None:
        """The current visit."""
        return self.tablemodel.cell(self.currentIndex()).visit

    def go_to(self, visit_id: UUID) -> None:
        """Move the cursor to a visit."""
        index = self.tablemodel.index_of(visit_id)
        if index.isValid():
            go_to(self, index.row(), index.column())

    def visit_rect(self, visit_id: UUID) -> QRect:
        """The rectangle of a visit in the viewport."""
        return self.visualRect(self.tablemodel.index_of(visit_id))

    def show_cursor(self) -> None:
        """Scroll the page to the current cell: the table itself is as high as its rows."""
        if self.currentIndex().isValid():
            middle = self.visualRect(self.currentIndex()).center()
            scroll_point_into_view(self.viewport(), middle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters and Delete are passed on by `asked`."""
        key, row = event.key(), self.visit()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = held == Qt.KeyboardModifier.NoModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif plain and event.text().upper() in _LETTERS and row is not None:
            self.asked.emit(row, event.text().upper())
        elif key == Qt.Key.Key_Delete and row is not None:
            self.asked.emit(row, "Delete")
        else:
            super().keyPressEvent(event)
            self.show_cursor()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy, save."""
        list_menu(self, event.globalPos())

    def copy(self) -> None:
        """Copy the plan as a list."""
        copy_list(self.listed())

    def listed(self) -> ListSheet:
        """The plan as a list, without any day or time, even while some are shown."""
        sheet = self.tablemodel.sheet
        return ListSheet("Plan", (), ()) if sheet is None else plan_list(sheet)

    def _open(self) -> None:
        row = self.visit()
        if row is not None:
            self.opened.emit(row)

    # -- dragging ------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag may begin."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Start dragging the visitor under the mouse."""
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        held = event.buttons() & Qt.MouseButton.LeftButton
        row = self.tablemodel.cell(self.indexAt(self._pressed)).visit
        if not (held and row is not None and far >= QApplication.startDragDistance()):
            return
        self.taken.emit(row, self._place(self._pressed))
        if self.dragged:
            drag = QDrag(self)
            drag.setMimeData(QMimeData())  # the name isn't passed to other programs
            drag.setPixmap(name_tag(self.dragged))
            drag.exec(Qt.DropAction.MoveAction)
            self.dragged = ""
            self.let_go.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept only drags from this table."""
        if self.dragged:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Report the visit under the mouse."""
        point = event.position().toPoint()
        row = self.tablemodel.cell(self.indexAt(point)).visit
        scroll_point_into_view(self.viewport(), point)
        if row is None or not self.dragged:
            event.ignore()
            return
        self.setCurrentIndex(self.indexAt(point))
        self.over.emit(row, self._place(point))
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Drop the visitor on the visit under the mouse."""
        point = event.position().toPoint()
        row = self.tablemodel.cell(self.indexAt(point)).visit
        if row is not None and self.dragged:
            event.acceptProposedAction()
            self.dropped.emit(row, self._place(point))

    def _place(self, point: QPoint) -> int:
        index = self.indexAt(point)
        return place_at(self.tablemodel.cell(index), self.visualRect(index), point)

    # -- sizes ---------------------------------------------------------------------------

    def arrange(self) -> None:
        """Share the width among the sites, and set the height to that of the rows. Each name first
        gets a line of its own; then the pairs of suites get one line, then all pairs."""
        measures = Measures()
        wide = self._column_widths(measures)
        for column, width in enumerate(wide):
            self.setColumnWidth(column, width)
        rows, whole = self.tablemodel.rowCount(), 0
        for row in range(rows):
            cells = [self._cell(row, column) for column in range(len(wide))]
            high = max(
                height(cell, width, measures) for cell, width in zip(cells, wide, strict=True)
            )
            self.setRowHeight(row, high)
            whole += high
        head = self._head_height(wide)
        self.horizontalHeader().setFixedHeight(head)
        self.setFixedHeight(head + whole + 2 + self._bar())
        if rows and len(wide) > 1:
            start_at_first(self, column=1)

    def _cell(self, row: int, column: int) -> PlanCell:
        return self.tablemodel.cell(self.tablemodel.index(row, column))

    def _head_height(self, wide: Sequence[int]) -> int:
        """The height of the longest site name at its column's width."""
        measure = QFontMetrics(theme().font("smallStrong"))
        wrap = Qt.TextFlag.TextWordWrap
        needed = [
            measure.boundingRect(0, 0, width - 2 * _HEAD, 999, wrap, site.name).height()
            for width, site in zip(wide[1:], self.tablemodel.sites, strict=True)
        ]
        usual = self.horizontalHeader().sizeHint().height()
        return max([usual, *(high + _HEAD for high in needed)])

    def _column_widths(self, measures: Measures) -> list[int]:
        chosen, sites = theme(), self.tablemodel.sites
        every = [self._needs(column, measures) for column in range(1 + len(sites))]
        wide = [max(chosen.px(_LEAST if at else _WEEK), need[0]) for at, need in enumerate(every)]
        self.needs.emit(sum(wide) + 4)  # the frames of the panel and the table
        suites = [at for at, site in enumerate(sites, 1) if site.kind is SiteKind.SUITE]
        for columns in (suites, range(len(wide))):
            wanting = {at: every[at][1] - wide[at] for at in columns if every[at][1] > wide[at]}
            spare, wanted = max(0, self.width() - 2 - sum(wide)), sum(wanting.values())
            for at, need in wanting.items():
                wide[at] += need if wanted <= spare else need * spare // wanted
        for at in range(1, len(wide)):
            wide[at] += max(0, self.width() - 2 - sum(wide)) // (len(wide) - at)
        return wide

    def _needs(self, column: int, measures: Measures) -> tuple[int, int]:
        """The width that a column needs with each name on its own line, and with each pair on
        one."""
        cells = [self._cell(row, column) for row in range(self.tablemodel.rowCount())]
        needs = [widths(cell, measures) for cell in cells]
        return max((need[0] for need in needs), default=0), max((n[1] for n in needs), default=0)

    def _bar(self) -> int:
        wide = self.horizontalHeader().length() > self.width()
        return self.horizontalScrollBar().sizeHint().height() if wide else 0

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(_WEEK + _LEAST), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():  # the height is its own doing
            self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "tablemodel"):
            self.arrange()
