"""A table written by keyboard: a letter begins, a word or code completes; Tab goes on to the
right, Enter down, as in a spreadsheet."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QStyleOptionViewItem,
    QWidget,
)

from visitapp.domain.office.codes import find_choice
from visitapp.domain.report.answers import LONGEST_ROW_TEXT
from visitapp.ui.connecting import connect
from visitapp.ui.log.rows.row_tablemodel import CHOICES, TONE
from visitapp.ui.look.theme import Theme, theme
from visitapp.ui.widgets.adding_bar import paint_part
from visitapp.ui.widgets.fields import set_wrong
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.pasting import is_block
from visitapp.ui.widgets.picker import SEARCH, ChoiceCompleter
from visitapp.ui.widgets.table import RowDelegate, TableWidget
from visitapp.ui.widgets.table_cursor import go_to

_AnyIndex = QModelIndex | QPersistentModelIndex
_DONE = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
"""For each key, how many rows and cells the cursor moves after the text is stored."""
_MOST_SHOWN, _LEAST_SHOWN = 8, 3
"""Most rows shown before the table scrolls, and the height in rows of an empty table."""


class CellEditor(LineField):
    """Text, or a choice found by a word or a code.

    Signals: `done` (rows and cells to go on by) when what was typed is to be taken.
    """

    done = Signal(int, int)

    def __init__(self, parent: QWidget, choices: Sequence[tuple[str, ...]] | None) -> None:
        super().__init__(parent)
        self._choices = choices
        self.setProperty("cell", True)
        if choices is not None:
            items = QStandardItemModel(self)
            for choice in choices:
                item = QStandardItem(choice[1])
                item.setData(" ".join(choice[1:]), SEARCH)
                items.appendRow(item)
            self.setCompleter(ChoiceCompleter(items, self))
        else:
            self.setMaxLength(LONGEST_ROW_TEXT)
        self.textEdited.connect(lambda _: set_wrong(self, ""))

    def value(self) -> str | None:
        """The typed text, or the key of the choice it stands for; None if it matches no choice."""
        typed = self.text().strip()
        if self._choices is None or not typed:
            return typed
        at = find_choice(typed, [choice[1:] for choice in self._choices])
        return None if at < 0 else self._choices[at][0]

    def show_value(self, value: str) -> None:
        """Start with the content of the cell."""
        if self._choices is not None:
            value = next((choice[1] for choice in self._choices if choice[0] == value), "")
        self.setText(value)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Enter and Tab store what was typed, even while the list of choices is open."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _DONE.get(Qt.Key(event.key()))
            held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if step is not None and held in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            ):
                event.accept()
                self._finish(*step)
                return True
        return super().event(event)

    def paste(self) -> None:
        """Pass a block of cells on to the table; paste a single cell here, without its line end."""
        text = QGuiApplication.clipboard().text()
        viewport = self.parentWidget()
        table = None if viewport is None else viewport.parentWidget()
        if is_block(text) and isinstance(table, RowTable):
            self.done.emit(0, 0)
            table.pasted.emit(text)
        else:
            super().paste()

    def _finish(self, down: int, across: int) -> None:
        if self.value() is None:
            set_wrong(self, f"\u201c{self.text()}\u201d is not in the list. Choose from the list.")
            if (completer := self.completer()) is not None:
                completer.complete()
            return
        if (popup := self.popup()) is not None:
            popup.hide()
        self.done.emit(down, across)

    def popup(self) -> QAbstractItemView | None:
        """The list of choices."""
        completer = self.completer()
        return None if completer is None else completer.popup()


class RowCellDelegate(RowDelegate):
    """Gives a cell its editor, and shows what happened with its colour and pattern."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        """Add a swatch beside what happened."""
        super().initStyleOption(option, index)
        if tone := index.data(TONE):
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = QIcon(_swatch(tone, theme()))
            side = theme().px(12)
            option.decorationSize.setWidth(side)
            option.decorationSize.setHeight(side)

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _AnyIndex
    ) -> QWidget:
        """A text field that completes what is typed."""
        editor = CellEditor(parent, index.data(CHOICES))
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        editor.done.connect(partial(self._on_done, editor))
        return editor

    def setEditorData(self, editor: QWidget, index: _AnyIndex) -> None:
        """Start with the content of the cell."""
        if isinstance(editor, CellEditor):
            editor.show_value(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(
        self, editor: QWidget, tablemodel: QAbstractItemModel, index: _AnyIndex
    ) -> None:
        """Store what was typed. Words that match no choice are kept, and shown as a problem."""
        if isinstance(editor, CellEditor):
            value = editor.value()
            tablemodel.setData(index, editor.text().strip() if value is None else value)

    def _on_done(self, editor: CellEditor, down: int, across: int) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hints.NoHint)
        view = self.parent()
        if isinstance(view, RowTable):
            view.go_on(down, across)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the editor open: Qt would close it when the list of choices opens, and on Enter
        whatever is in it."""
        if isinstance(watched, CellEditor):
            popup = watched.popup()
            if event.type() is QEvent.Type.FocusOut and popup is not None and popup.isVisible():
                return False
            if isinstance(event, QKeyEvent) and event.key() in _DONE:
                return False
        return super().eventFilter(watched, event)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: _AnyIndex
    ) -> None:
        """Fill the whole cell."""
        editor.setGeometry(option.rect)


def _swatch(tone: int, chosen: Theme) -> QPixmap:
    ratio = QApplication.primaryScreen().devicePixelRatio()
    side = chosen.px(12)
    swatch = QPixmap(round(side * ratio), round(side * ratio))
    swatch.setDevicePixelRatio(ratio)
    swatch.fill(Qt.GlobalColor.transparent)
    painter = QPainter(swatch)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_part(painter, QRectF(0, 0, side, side), tone, chosen, radius=3, step=4.0)
    painter.end()
    return swatch


class RowTable(TableWidget):
    """Arrow keys move between cells, which are edited in place.

    Signals: `add_wanted`, `copy_wanted`, `remove_wanted` by their keys; `moved` when another
    cell has the cursor; `pasted` (text) when cells are to be filled with what was copied.
    """

    pasted = Signal(str)
    add_wanted = Signal()
    copy_wanted = Signal()
    remove_wanted = Signal()
    moved = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(RowCellDelegate(self))
        self.horizontalHeader().setStretchLastSection(False)
        self.horizontalHeader().sectionResized.connect(lambda *_: self.fit_height())
        self.setWordWrap(True)

    def setModel(self, tablemodel: QAbstractItemModel | None) -> None:
        """Show a table model, and fit the height to its rows."""
        super().setModel(tablemodel)
        if tablemodel is not None:
            tablemodel.modelReset.connect(self.fit_height)
            connect(tablemodel.dataChanged, self, lambda *_: self.fit_height())
            self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        self.fit_height()

    def fit_height(self) -> None:
        """Fit the rows to their words, and the table to its rows up to a limit, from which it
        scrolls."""
        tablemodel = self.model()
        least = self.verticalHeader().defaultSectionSize()
        heights = []
        for row in range(0 if tablemodel is None else tablemodel.rowCount()):
            heights.append(max(least, self._height_of_words(row)))
            self.setRowHeight(row, heights[-1])
        empty = max(0, _LEAST_SHOWN - len(heights)) * least
        head = self.horizontalHeader().sizeHint().height()
        shown = sum(heights[:_MOST_SHOWN]) + empty
        self.setFixedHeight(head + shown + 2 * self.frameWidth() + 2)

    def _height_of_words(self, row: int) -> int:
        """The highest cell of a row. A column that is being hidden is 0 wide already, and left
        out."""
        tablemodel = self.model()
        columns = [c for c in range(tablemodel.columnCount()) if self.columnWidth(c)]
        return max(self.sizeHintForIndex(tablemodel.index(row, c)).height() + 6 for c in columns)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the height to another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_row_height"):
            self.fit_height()

    def go_to(self, row: int, column: int) -> None:
        """Move the cursor to a cell."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        go_to(self, row, column)

    def go_on(self, down: int, across: int) -> None:
        """Move down some rows, or to the next or previous cell."""
        at = self.currentIndex()
        if not (across and self._step(at, across)):
            self.go_to(min(at.row() + down, self.model().rowCount() - 1), at.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits the cell, Delete removes the row, Backspace clears the cell."""
        key = event.key()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
            self.write()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == control:
            self.add_wanted.emit()
        elif key == Qt.Key.Key_D and held == control:
            self.copy_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif key == Qt.Key.Key_Backspace:
            self.model().setData(self.currentIndex(), "")
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from cell to cell and from row to row; behind the last cell, and before the
        first, it leaves the table."""
        at = self.currentIndex()
        if at.isValid() and self._step(at, 1 if forward else -1):
            return True
        return super().focusNextPrevChild(forward)

    def _step(self, at: QModelIndex, across: int) -> bool:
        columns = [c for c in range(1, self.model().columnCount()) if not self.isColumnHidden(c)]
        place = at.row() * len(columns) + across
        place += columns.index(at.column()) if at.column() in columns else -1
        row, column = divmod(place, len(columns))
        if not 0 <= row < self.model().rowCount():
            return False
        self.go_to(row, columns[column])
        return True

    def write(self) -> None:
        """Edit the cell that has the cursor."""
        if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(self.currentIndex())
