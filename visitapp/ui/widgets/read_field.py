"""A line that is read as people type it: a day, a time of day."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.errors import BadInputError
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.describing import EXAMPLE, describe
from visitapp.ui.widgets.fields import Reason, set_wrong
from visitapp.ui.widgets.line import LineField


class ReadField(QWidget):
    """Shows what it reads in one way of writing once it is left. What can't be read is kept
    as it was typed, with the reason beneath.

    Signals: `changed` at each change by a person.
    """

    changed = Signal()
    fills_row = True
    """Its line is short, the reason beneath it may be long."""

    def __init__(
        self,
        name: str,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        *,
        example: str,
        width: int,
    ) -> None:
        """`read` raises BadInputError with the reason; `show` writes what was read."""
        super().__init__()
        self._read, self._show = read, show
        self.edit = LineField()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(example)
        describe(self.edit, EXAMPLE, f"Such as {example}" if example[0].isdigit() else example)
        fit(self.edit, width=width)
        self.reason = Reason()
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.edit)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._row)
        column.addWidget(self.reason)
        self.setAccessibleName(name)
        self.setFocusProxy(self.edit)
        self._short: tuple[frozenset[str], Callable[[], str]] = (frozenset(), str)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.editingFinished.connect(self._write_short)
        self.edit.editingFinished.connect(self._on_left)

    def says_for(self, letter: str, word: str, value: Callable[[], str]) -> None:
        """Once the field is left, a letter or a word in it stands for a value."""
        self._short = (frozenset((letter, word)), value)

    def _write_short(self) -> None:
        words, value = self._short
        if self.text().casefold() in words:
            self.edit.setText(value())
            self.changed.emit()

    def put_beside(self, widget: QWidget) -> None:
        """A button at the right of the line."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def text(self) -> str:
        """As it was typed."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Show a text without a signal, tidied where it can be read."""
        self.edit.setText(text)
        self._on_left()

    def value(self) -> Any:
        """What was read, or None while empty or not to be read."""
        return None if not self.text() or self.error() else self._read(self.text())

    def set_value(self, value: Any) -> None:
        """Show a value without a signal."""
        self.set_text("" if value is None else self._show(value))

    def error(self) -> str:
        """Why the text can't be read, or nothing."""
        if not self.text():
            return ""
        try:
            self._read(self.text())
        except BadInputError as error:
            return str(error)
        return ""

    def _on_edited(self) -> None:
        if not self.error():
            self._say("")
        self.changed.emit()

    def _on_left(self) -> None:
        value = self.value()
        if value is not None:
            self.edit.setText(self._show(value))
        self._say(self.error())

    def _say(self, reason: str) -> None:
        if reason != self.reason.text():
            self.reason.say(reason)
            set_wrong(self.edit, reason)
