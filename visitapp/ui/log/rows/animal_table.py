"""The table of animals, where a key answers each of the five needs."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from visitapp.domain.report.kinds import CONCERN, NOT_CHECKED, SATISFACTORY
from visitapp.ui.log.rows.animal_tablemodel import NEED, RECORD, AnimalTableModel
from visitapp.ui.log.rows.row_table import RowCellDelegate, RowTable
from visitapp.ui.look.icons import pixmap
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import TAG_RADIUS
from visitapp.ui.widgets.table import paint_ring

_AnyIndex = QModelIndex | QPersistentModelIndex
_CELL = QSize(68, 24)
_LOOKS = {
    SATISFACTORY: ("goodSoft", "check", "onGoodSoft"),
    CONCERN: ("badSoft", "flag", "onBadSoft"),
    NOT_CHECKED: ("greySoft", "minus", "onGreySoft"),
}
_LETTERS = {"S": SATISFACTORY, "C": CONCERN, "X": NOT_CHECKED}


class NeedDelegate(RowCellDelegate):
    """Draws a need as a small box with a tick, a flag or a dash, or empty."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        """Draw the box in the middle of its cell."""
        answer = index.data(NEED)
        if answer is None:
            super().paint(painter, option, index)
            return
        chosen = theme()
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, chosen.colour("primarySoft"))
        painter.setPen(QPen(chosen.colour("line"), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 0, chosen.px(_CELL.width()), chosen.px(_CELL.height()))
        box.setWidth(min(box.width(), option.rect.width() - 10))
        box.moveCenter(QRectF(option.rect).center())
        fill, icon, tone = _LOOKS.get(str(answer), ("panel", "", ""))
        painter.setBrush(chosen.colour(fill))
        painter.setPen(Qt.PenStyle.NoPen if icon else QPen(chosen.colour("edge"), 1))
        painter.drawRoundedRect(box, TAG_RADIUS, TAG_RADIUS)
        if icon:
            side = chosen.px(14)
            at = box.center()
            drawn = pixmap(icon, 14, tone)
            painter.drawPixmap(round(at.x() - side / 2), round(at.y() - side / 2), drawn)
        painter.restore()
        if focused:
            paint_ring(painter, option.rect)


class AnimalTable(RowTable):
    """S, C and X answer a need and go to the next; Space steps through its answers; Ctrl+Space
    answers the remaining ones with fine.

    Signals: `flagged` after a need became a concern; `records_wanted` from the cell of records.
    """

    flagged = Signal()
    records_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setItemDelegate(NeedDelegate(self))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys for needs, and leave the others to the table of rows."""
        tablemodel, index = self.model(), self.currentIndex()
        if not isinstance(tablemodel, AnimalTableModel) or not index.isValid():
            super().keyPressEvent(event)
            return
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        letter = "" if control else event.text().upper()
        if event.key() == Qt.Key.Key_Space and control:
            self.all_fine()
        elif tablemodel.is_need(index) and (event.key() == Qt.Key.Key_Space or letter in _LETTERS):
            self._answer(tablemodel, index, letter)
        elif tablemodel.is_need(index) and event.key() == Qt.Key.Key_Backspace:
            tablemodel.give(index, "")
        elif self._is_of_records(index) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            self.records_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _answer(self, tablemodel: AnimalTableModel, index: QModelIndex, letter: str) -> None:
        if letter in _LETTERS:
            tablemodel.give(index, _LETTERS[letter])
            if tablemodel.is_need(index.siblingAtColumn(index.column() + 1)):
                self.go_on(0, 1)
        else:
            tablemodel.cycle(index)
        self.flagged.emit()

    def all_fine(self) -> None:
        """Mark all five needs as met for the animal with the cursor."""
        tablemodel = self.model()
        if isinstance(tablemodel, AnimalTableModel) and self.currentIndex().isValid():
            tablemodel.all_fine(self.currentIndex().row())
            self.flagged.emit()

    def _is_of_records(self, index: QModelIndex) -> bool:
        tablemodel = self.model()
        columns = tablemodel.columns if isinstance(tablemodel, AnimalTableModel) else ()
        return index.column() > 0 and columns[index.column() - 1].key == RECORD
