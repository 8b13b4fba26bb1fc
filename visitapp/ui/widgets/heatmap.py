"""The grid of days by timeslots. One delegate paints both readings, their totals and the legend."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
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

from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.heatmap import (
    CELL_HEIGHT,
    GAP,
    GO_EDGE,
    HATCH_LINE,
    HATCH_STEP,
    PLATE_HEIGHT,
    PLATE_ROOM,
    RADIUS,
    RING,
    HeatmapReading,
    TimeslotLook,
    heat_step,
)
from visitapp.ui.look.theme import Theme, theme
from visitapp.ui.widgets.heatmap_tablemodel import (
    CELL_ROLE,
    HeatCell,
    HeatmapTableModel,
    TablePart,
)
from visitapp.ui.widgets.table_cursor import start_at_first

Index = QModelIndex | QPersistentModelIndex

_LEAST = QSize(44, 30)
_FULL, _COMPACT = QSize(70, CELL_HEIGHT), QSize(46, CELL_HEIGHT)
_WIDEST_CELL, _ROOM = 120, 12
_TOTAL_FULL, _TOTAL_COMPACT = 57, 42
_BETWEEN = 6
"""Pixels between the ring and its word."""


class HeatmapDelegate(QStyledItemDelegate):
    """Paints cells and totals. `listed` is the index whose visits are listed below the grid."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.listed = QPersistentModelIndex()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: HeatCell = index.data(CELL_ROLE)
        rect = QRectF(option.rect).adjusted(0, 0, -GAP, -GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_cell(painter, rect, cell, index.data())
        has_focus = QStyle.StateFlag.State_HasFocus in option.state
        if has_focus or index == self.listed:
            paint_ring(painter, rect, focused=has_focus)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return _scaled(_FULL) + QSize(GAP, GAP)


def paint_cell(painter: QPainter, rect: QRectF, cell: HeatCell, text: str) -> None:
    """Paint one cell or total, in a grid or in the legend."""
    chosen = theme()
    if cell.part is not TablePart.CELL:
        _paint_total(painter, rect, cell, text, chosen)
    else:
        _PAINT[cell.look](painter, rect, cell, text, chosen)


def _paint_total(painter: QPainter, rect: QRectF, cell: HeatCell, text: str, chosen: Theme) -> None:
    if cell.part is TablePart.GRAND_TOTAL:
        painter.setPen(QPen(chosen.colour("edge"), 1))
        painter.setBrush(chosen.colour("sunken"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.setPen(chosen.colour("text"))
    painter.setFont(chosen.font("total" if cell.part is TablePart.GRAND_TOTAL else "strong"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _paint_count(painter: QPainter, rect: QRectF, cell: HeatCell, text: str, chosen: Theme) -> None:
    step = heat_step(cell.count)
    painter.setBrush(chosen.colour(f"c{step}"))
    if step:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, RADIUS, RADIUS)
    else:
        painter.setPen(QPen(chosen.colour("edge"), 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.setPen(chosen.colour(f"on{step}"))
    painter.setFont(chosen.font("strong"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _paint_done(painter: QPainter, rect: QRectF, _cell: HeatCell, text: str, chosen: Theme) -> None:
    outline = QPainterPath()
    outline.addRoundedRect(rect, RADIUS, RADIUS)
    painter.fillPath(outline, chosen.colour("needDone"))
    painter.save()
    painter.setClipPath(outline)
    painter.setPen(QPen(chosen.colour("needHatch"), HATCH_LINE * chosen.factor))
    x = rect.left() + HATCH_STEP / 2
    while x < rect.right() + rect.height():
        painter.drawLine(QPointF(x, rect.top()), QPointF(x - rect.height(), rect.bottom()))
        x += HATCH_STEP * chosen.factor
    painter.restore()
    font = chosen.font("strong")
    wide = QFontMetrics(font).horizontalAdvance(text) + chosen.px(PLATE_ROOM)
    plate = QRectF(0, 0, wide, chosen.px(PLATE_HEIGHT))
    plate.moveCenter(rect.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(chosen.colour("needDone"))
    painter.drawRoundedRect(plate, RADIUS, RADIUS)
    painter.setPen(chosen.colour("onNeedDone"))
    painter.setFont(font)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _paint_not_in_use(
    painter: QPainter, rect: QRectF, cell: HeatCell, _text: str, chosen: Theme
) -> None:
    """A pale cell with a dash: nobody could visit, or nobody can any more."""
    painter.setPen(QPen(chosen.colour("line"), 1))
    painter.setBrush(chosen.colour("sunken"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.setPen(chosen.colour("text2"))
    painter.setFont(chosen.font("strong"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, cell.word)


def _paint_go(painter: QPainter, rect: QRectF, cell: HeatCell, text: str, chosen: Theme) -> None:
    """A ring with 0 in it and the word; for a period that is over, or where there is little room,
    just the word."""
    painter.setPen(QPen(chosen.colour("text"), GO_EDGE))
    painter.setBrush(chosen.colour("needGo"))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
    painter.setPen(chosen.colour("onNeedGo"))
    word_font = chosen.font("strong")
    word_wide = QFontMetrics(word_font).horizontalAdvance(cell.word)
    across, between = chosen.px(RING), chosen.px(_BETWEEN)
    whole = across + between + word_wide
    left = rect.center().x() - whole / 2
    if cell.closed or whole > rect.width() - 8:
        font = word_font if word_wide <= rect.width() - 8 else chosen.font("smallStrong")
        painter.setFont(font)
        wrapped = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(rect.adjusted(2, 0, -2, 0), wrapped, cell.word)
        return
    ring = QRectF(left, rect.center().y() - across / 2, across, across)
    painter.setPen(QPen(chosen.colour("onNeedGo"), 1.6 * chosen.factor))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    painter.setFont(chosen.font("smallStrong"))
    painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, text)
    painter.setFont(word_font)
    beside = QRectF(ring.right() + between, rect.top(), word_wide + 2, rect.height())
    painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, cell.word)


_PAINT = {
    TimeslotLook.NOT_IN_USE: _paint_not_in_use,
    TimeslotLook.COUNT: _paint_count,
    TimeslotLook.DONE: _paint_done,
    TimeslotLook.GO: _paint_go,
}


def paint_ring(painter: QPainter, rect: QRectF, *, focused: bool) -> None:
    """The two lines of the focus inside a cell, or the paler mark of the listed cell."""
    chosen = theme()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner, outer = ("ringInner", "ringOuter") if focused else ("panel", "text")
    for token, inset, wide in ((outer, 1.0, 2), (inner, 2.75, 1.5)):
        painter.setPen(QPen(chosen.colour(token), wide))
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), RADIUS - 1, RADIUS - 1)


def _scaled(size: QSize) -> QSize:
    return QSize(theme().px(size.width()), theme().px(size.height()))


class _Headings(QHeaderView):
    """Days on the left, times above in two lines, as plain text on the panel."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        chosen = theme()
        painter.save()
        painter.fillRect(rect, chosen.colour("panel"))
        text = self.model().headerData(section, self.orientation())
        if self.orientation() is Qt.Orientation.Horizontal:
            painter.setPen(chosen.colour("text2"))
            painter.setFont(chosen.font("smallStrong"))
            is_total = section == self.count() - 1
            place = Qt.AlignmentFlag.AlignBottom if is_total else Qt.AlignmentFlag.AlignVCenter
            flags = place | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(rect.adjusted(0, 0, -GAP, -4), flags, text)
        else:
            painter.setPen(chosen.colour("text"))
            painter.setFont(chosen.font("second"))
            painter.drawText(
                rect.adjusted(0, 0, 0, -GAP),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                text,
            )
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().colour("panel"))
        painter.end()
        super().paintEvent(event)


class Heatmap(QTableView):
    """The grid of one site. Arrow keys move, Enter or a click chooses a cell.

    Signals: `chosen` (index of the cell or total).
    """

    chosen = Signal(QModelIndex)

    def __init__(self, coverage: SiteCoverage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compact = self._is_roomy = False
        self._tablemodel = HeatmapTableModel(coverage, self)
        self._delegate = HeatmapDelegate(self)
        self.setModel(self._tablemodel)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(_Headings(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_Headings(Qt.Orientation.Vertical, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        corner = self.findChild(QAbstractButton)  # the empty corner of the headings
        if corner is not None:
            corner.setFixedSize(0, 0)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"Coverage of {coverage.site_name}")
        self.clicked.connect(self.chosen)
        self._arrange()

    @property
    def tablemodel(self) -> HeatmapTableModel:
        """The table model, which words the sentences."""
        return self._tablemodel

    def show_coverage(
        self, coverage: SiteCoverage, reading: HeatmapReading, *, closed: bool
    ) -> None:
        """Show other counts of the same site; the current cell stays."""
        self._tablemodel.show(coverage, reading, closed=closed)
        start_at_first(self)
        self._arrange()
        self.viewport().update()

    def set_compact(self, compact: bool) -> None:
        """Use short days and smaller cells, for several sites side by side."""
        if compact != self._compact:
            self._compact = compact
            self._tablemodel.set_compact(compact)
            self._arrange()

    def set_roomy(self, roomy: bool) -> None:
        """Use higher rows, in a tall window."""
        if roomy != self._is_roomy:
            self._is_roomy = roomy
            self._arrange()

    def mark_listed(self, index: QModelIndex | None) -> None:
        """Mark the cell whose visits are listed below."""
        self._delegate.listed = QPersistentModelIndex(index or QModelIndex())
        self.viewport().update()

    def wanted_width(self, *, compact: bool) -> int:
        """The width of the grid in pixels, full or compact."""
        cell = _scaled(_COMPACT if compact else _FULL).width() + GAP
        total = theme().px(_TOTAL_COMPACT if compact else _TOTAL_FULL)
        return self._label_width(compact=compact) + len(self._tablemodel.grid.bands) * cell + total

    def minimumSizeHint(self) -> QSize:
        cells = len(self._tablemodel.grid.bands) * (_scaled(_LEAST).width() + GAP)
        total = theme().px(_TOTAL_COMPACT)
        return QSize(self._label_width(compact=True) + cells + total, self.height())

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(compact=self._compact), self.height())

    def _label_width(self, *, compact: bool) -> int:
        measure = QFontMetrics(theme().font("second"))
        names = self._tablemodel.day_names(compact=compact)
        return max(measure.horizontalAdvance(name) for name in (*names, "Total")) + 8

    def _arrange(self) -> None:
        """Share the width among the columns, and set the height of the rows."""
        chosen, bands = theme(), len(self._tablemodel.grid.bands)
        label = self._label_width(compact=self._compact)
        total = chosen.px(_TOTAL_COMPACT if self._compact else _TOTAL_FULL)
        each = (self.width() - label - total) // bands
        each = max(_scaled(_LEAST).width() + GAP, min(each, chosen.px(_WIDEST_CELL) + GAP))
        row = _scaled(_COMPACT if self._compact else _FULL).height() + GAP
        row += chosen.px(_ROOM) if self._is_roomy else 0
        head = QFontMetrics(chosen.font("smallStrong")).lineSpacing() * 2 + 8
        self.verticalHeader().setFixedWidth(label)
        self.horizontalHeader().setFixedHeight(head)
        self.verticalHeader().setDefaultSectionSize(row)
        for column in range(bands):
            self.setColumnWidth(column, each)
        self.setColumnWidth(bands, total)
        self.setFixedHeight(head + row * self._tablemodel.rowCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_delegate"):
            self._arrange()


class HeatSample(QWidget):
    """A cell of the legend, painted as in the grid; its words are next to it."""

    def __init__(self, cell: HeatCell, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell, self._text = cell, text or str(cell.count)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        chosen = theme()
        if not self._cell.word:
            return QSize(chosen.px(46), chosen.px(28))
        word = QFontMetrics(chosen.font("strong")).horizontalAdvance(self._cell.word)
        ring = 0 if self._cell.closed else chosen.px(RING + _BETWEEN)
        return QSize(ring + word + 16, chosen.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_cell(painter, QRectF(self.rect()), self._cell, self._text)
        painter.end()
