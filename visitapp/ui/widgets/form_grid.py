"""Rows of a form, side by side where there is room, otherwise one below the other."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import BETWEEN_ACROSS, BETWEEN_DOWN
from visitapp.ui.widgets.arranging import empty


class FormGrid(QWidget):
    """At most `columns` columns of at least `least` logical pixels each. Tab follows the order in
    which rows were added."""

    def __init__(self, *, columns: int = 2, least: int = 270) -> None:
        super().__init__()
        self._most, self._least, self._shown = columns, least, 0
        self._items: list[tuple[QWidget, bool]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(BETWEEN_ACROSS)
        self._grid.setVerticalSpacing(BETWEEN_DOWN)

    def add(self, widget: QWidget, *, wide: bool = False) -> None:
        """Add a row; `wide` gives it a whole line."""
        self._items.append((widget, wide))
        self._place(self._shown or self._most)

    def _arrange(self) -> None:
        wanted = max(1, min(self._most, self.width() // theme().px(self._least)))
        if wanted != self._shown:
            self._place(wanted)

    def _place(self, columns: int) -> None:
        self._shown = columns
        empty(self._grid)
        at_row, at_column = 0, 0
        for widget, wide in self._items:
            if at_column and (wide or at_column == columns):
                at_row, at_column = at_row + 1, 0
            span = columns if wide else 1
            self._grid.addWidget(widget, at_row, at_column, 1, span, Qt.AlignmentFlag.AlignTop)
            at_column += span
        for column in range(self._most):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Check how many columns fit."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Check again when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_grid"):
            self._arrange()
