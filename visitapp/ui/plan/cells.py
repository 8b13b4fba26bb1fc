"""Paints a cell of the plan: the pair on one or two lines, never shortened, and next to it the mask
of the day and time. When they are shown, they take a line of their own."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from visitapp.domain.plan.planned import PlannedRow, PlannedStanding
from visitapp.ui.look.icons import pixmap
from visitapp.ui.look.theme import theme
from visitapp.ui.plan.tablemodel import CELL_ROLE, PlanCell
from visitapp.ui.widgets.table import paint_ring

_AnyIndex = QModelIndex | QPersistentModelIndex
_ROW, _INSET, _ABOVE = 34, 10, 7
_ICON, _BESIDE = 16, 6


class PlanCells(QStyledItemDelegate):
    """Paints an icon, the pair, and the mask at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        cell: PlanCell = index.data(CELL_ROLE)
        chosen = theme()
        painter.save()
        painter.fillRect(option.rect, chosen.colour(_ground(cell)))
        painter.setPen(QPen(chosen.colour("line"), 1))
        if cell.is_last:
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        if cell.words:
            _paint_words(painter, option.rect.adjusted(_INSET, 0, -_INSET, 0), cell)
        painter.restore()
        if QStyle.StateFlag.State_HasFocus in option.state:
            paint_ring(painter, option.rect)


class Measures:
    """Measures words in the fonts of the cells, at the text size of now. To make it for each word
    takes longer than to measure one."""

    def __init__(self) -> None:
        chosen = theme()
        self.usual = QFontMetrics(chosen.font("second"))
        self.strong = QFontMetrics(chosen.font("strong"))

    def of(self, cell: PlanCell) -> QFontMetrics:
        """Those of the names of a cell."""
        return self.strong if _is_strong(cell) else self.usual


def widths(cell: PlanCell, measures: Measures) -> tuple[int, int]:
    """The width in pixels that a cell needs with each name on its own line, and with all on one."""
    if not cell.words:
        return 0, 0
    measure = measures.of(cell)
    beside = 2 * _INSET + _icon_room(cell) + _note_room(cell, measures)
    parts = [measure.horizontalAdvance(part) for part in _one_a_line(cell)]
    below = 2 * _INSET + _icon_room(cell) + measures.usual.horizontalAdvance(cell.shown)
    return (
        max(max(parts) + beside, below),
        max(measure.horizontalAdvance(cell.words) + beside, below),
    )


def height(cell: PlanCell, width: int, measures: Measures) -> int:
    """The height in pixels of a cell in a column of this width."""
    number = len(_lines(cell, width - 2 * _INSET, measures)) + bool(cell.shown)
    return max(theme().px(_ROW), number * measures.of(cell).lineSpacing() + 2 * _ABOVE)


def place_at(cell: PlanCell, rect: QRect, point: QPoint) -> int:
    """Which of the pair is nearest to a point of the cell: 0 or 1."""
    measures = Measures()
    if len(_lines(cell, rect.width() - 2 * _INSET, measures)) > 1:
        return int(point.y() >= rect.center().y())
    first = measures.of(cell).horizontalAdvance(_one_a_line(cell)[0])
    return int(point.x() >= rect.left() + _INSET + _icon_room(cell) + first)


def name_tag(name: str) -> QPixmap:
    """The picture of a name while it is dragged."""
    chosen = theme()
    font = chosen.font("strong")
    measure = QFontMetrics(font)
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    size = QSize(measure.horizontalAdvance(name) + 2 * _INSET, measure.height() + 2 * _ABOVE)
    tag = QPixmap(size * ratio)
    tag.setDevicePixelRatio(ratio)
    tag.fill(chosen.colour("primarySoft"))
    painter = QPainter(tag)
    painter.setFont(font)
    painter.setPen(chosen.colour("onPrimarySoft"))
    painter.drawText(QRect(QPoint(0, 0), size), Qt.AlignmentFlag.AlignCenter, name)
    painter.end()
    return tag


def _ground(cell: PlanCell) -> str:
    if cell.is_bad:
        return "badSoft"
    over = cell.visit is not None and cell.visit.standing is not PlannedStanding.PLANNED
    return "sunken" if over else "panel"


def _icon_of(cell: PlanCell) -> tuple[str, str]:
    if cell.is_hole:
        return "triangle-alert", "bad"
    return ("", "") if cell.visit is None else _icon_of_visit(cell.visit)


def _icon_of_visit(visit: PlannedRow) -> tuple[str, str]:
    if visit.standing is PlannedStanding.VISITED:
        return "circle-check", "good"
    if visit.standing is PlannedStanding.MISSED:
        return "calendar-x", "warn"
    if visit.is_missing:
        return "user-round-x", "bad"
    if visit.is_by_hand:
        return "pencil", "warn"
    return ("pin", "primary") if visit.is_pinned else ("", "")


def _is_strong(cell: PlanCell) -> bool:
    return cell.is_bad or cell.is_now


def _icon_room(cell: PlanCell) -> int:
    return theme().px(_ICON) + _BESIDE if _icon_of(cell)[0] else 0


def _note_room(cell: PlanCell, measures: Measures) -> int:
    return measures.usual.horizontalAdvance(cell.note) + _BESIDE if cell.note else 0


def _one_a_line(cell: PlanCell) -> list[str]:
    """The words of each line if they don't fit on one."""
    return [*(f"{part}," for part in cell.parts[:-1]), *cell.parts[-1:]]


def _lines(cell: PlanCell, room: int, measures: Measures) -> list[str]:
    """The text of a cell on as many lines as it needs. A name isn't broken if the column is wide
    enough for it."""
    measure = measures.of(cell)
    inside = room - _icon_room(cell) - _note_room(cell, measures)
    if measure.horizontalAdvance(cell.words) <= inside:
        return [cell.words]
    cut = Qt.TextElideMode.ElideRight
    return [measure.elidedText(part, cut, inside) for part in _one_a_line(cell)]


def _paint_words(painter: QPainter, rect: QRect, cell: PlanCell) -> None:
    chosen, measures = theme(), Measures()
    name, tone = _icon_of(cell)
    lines, line = _lines(cell, rect.width(), measures), measures.of(cell).lineSpacing()
    top = rect.top() + (rect.height() - line * (len(lines) + bool(cell.shown))) // 2
    size, left = chosen.px(_ICON), rect.left() + _icon_room(cell)
    if name:
        painter.drawPixmap(rect.left(), top + (line - size) // 2, pixmap(name, _ICON, tone))
    painter.setFont(chosen.font("second"))
    painter.setPen(chosen.colour("text2"))
    end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRect(left, top, rect.right() - left + 1, line), end, cell.note)
    begin = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    below = QRect(left, top + line * len(lines), rect.right() - left + 1, line)
    painter.drawText(below, begin, cell.shown)
    painter.setFont(chosen.font("strong" if _is_strong(cell) else "second"))
    painter.setPen(chosen.colour("onBadSoft" if cell.is_bad else "text"))
    for at, words in enumerate(lines):
        painter.drawText(QRect(left, top + at * line, rect.right() - left + 1, line), begin, words)
