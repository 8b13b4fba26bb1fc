"""A number with minus and plus buttons, which can also be typed; empty means "not counted"."""

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from visitapp.ui.look.icons import set_icon
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.labels import repolish
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.pasting import cells_of, is_block, number_in

_WIDTH, _BUTTON = 103, 33
MOST = 999
"""More people or animals than this must be a typing mistake."""


class _Number(LineField):
    """The middle field: plus, minus and arrow keys step, digits are typed."""

    stepped = Signal(int)
    pasted = Signal(str)

    def take_paste(self, text: str) -> None:
        """Pasted numbers may have line ends or thousands separators, or come as a block of
        cells."""
        self.pasted.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and Up add one, minus and Down subtract one."""
        key, text = event.key(), event.text()
        if key == Qt.Key.Key_Up or text == "+":
            self.stepped.emit(1)
        elif key == Qt.Key.Key_Down or text in ("-", "\u2212"):
            self.stepped.emit(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a page never changes a number."""
        event.ignore()


class Stepper(QFrame):
    """Whole numbers from `least` to `most`, or None if empty.

    Signals: `changed` (int or None) at each change by the user; `block_pasted` (list of texts) when
    several cells are pasted; `refused` (sentence) for what isn't a number.
    """

    changed = Signal(object)
    block_pasted = Signal(list)
    refused = Signal(str)

    def __init__(
        self,
        name: str,
        *,
        least: int = 0,
        most: int = MOST,
        empty: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """With `empty`, None is allowed; otherwise an empty field becomes `least`."""
        super().__init__(parent)
        self._least, self._most, self._may_be_empty = least, most, empty
        self.setProperty("class", "stepper")
        self.setProperty("ringAround", True)
        self.setAccessibleName(name)
        self.number = _Number()
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        digits = QRegularExpression(f"[0-9]{{0,{len(str(most))}}}")
        self.number.setValidator(QRegularExpressionValidator(digits, self))
        self.number.setAccessibleName(name)
        self.minus = self._side(-1, f"One less: {name}", "minus")
        self.plus = self._side(1, f"One more: {name}", "plus")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.minus)
        row.addWidget(self.number, 1)
        row.addWidget(self.plus)
        fit(self, width=_WIDTH + 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.number)
        self.number.stepped.connect(self.step)
        self.number.pasted.connect(self._on_pasted)
        self.number.textEdited.connect(self._on_edited)
        self.number.editingFinished.connect(self._on_left)
        self._show(None if empty else least)

    def _side(self, by: int, name: str, icon: str) -> QPushButton:
        side = QPushButton()
        side.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field's own keys do the same
        side.setAutoRepeat(True)
        side.setAccessibleName(name)
        side.setToolTip(name)
        set_icon(side, icon, 16, "text")
        fit(side, width=_BUTTON)
        side.clicked.connect(lambda: self.step(by))
        return side

    def value(self) -> int | None:
        """The number, or None if empty."""
        text = self.number.text()
        if not text:
            return None if self._may_be_empty else self._least
        return max(self._least, min(self._most, int(text)))

    def set_value(self, value: int | None) -> None:
        """Show a number without a signal."""
        if value != self.value() or (value is not None and not self.number.text()):
            self._show(value)

    def set_wrong(self, wrong: bool) -> None:
        """Mark the number as wrong; the reason is shown next to it."""
        self.setProperty("wrong", wrong)
        repolish(self)

    def step(self, by: int) -> None:
        """Add or subtract within the limits; from empty, the first step is `least`."""
        now = self.value()
        new = self._least if now is None else max(self._least, min(self._most, now + by))
        if new != now:
            self._show(new)
            self.changed.emit(new)

    def _on_pasted(self, text: str) -> None:
        if is_block(text):
            self.block_pasted.emit([cell for row in cells_of(text) for cell in row])
        elif problem := self.take(cells_of(text)[0][0]):
            self.refused.emit(problem)

    def take(self, cell: str) -> str:
        """Replace the number with a pasted one. Returns why not, or empty."""
        if not cell:
            return ""
        number = number_in(cell, self._most)
        if number is None or number < self._least:
            limits = f"from {self._least} to {self._most}"
            return f"\u201c{cell[:20]}\u201d is not a number {limits}."
        if number != self.value() or not self.number.text():
            self._show(number)
            self.changed.emit(number)
        return ""

    def _show(self, value: int | None) -> None:
        self.number.setText("" if value is None else str(value))
        self.minus.setEnabled(value is not None and value > self._least)
        self.plus.setEnabled(value is None or value < self._most)

    def _on_edited(self) -> None:
        value = self.value()
        self.minus.setEnabled(value is not None and value > self._least)
        self.plus.setEnabled(value is None or value < self._most)
        self.changed.emit(value)

    def _on_left(self) -> None:
        self._show(self.value())
