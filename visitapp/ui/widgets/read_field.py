"""A field whose text is read as a value, such as a day or a time of day."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.errors import BadInputError
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.describing import EXAMPLE, describe
from visitapp.ui.widgets.fields import Reason, set_wrong
from visitapp.ui.widgets.line_field import LineField


class ReadField(QWidget):
    """Accepts several ways of writing and shows one of them when the cursor leaves. Text that can't
    be read is kept as typed, with the reason below.

    Signals: `changed` at each change by the user.
    """

    changed = Signal()
    fills_row = True
    """The field is short, but the reason below it may be long."""

    def __init__(
        self,
        name: str,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        *,
        example: str,
        width: int,
    ) -> None:
        """`read` raises BadInputError with the reason; `show` writes a value as text."""
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

    def replace_word(self, letter: str, word: str, value: Callable[[], str]) -> None:
        """When the cursor leaves, replace this letter or word with a value."""
        self._short = (frozenset((letter, word)), value)

    def _write_short(self) -> None:
        words, value = self._short
        if self.text().casefold() in words:
            self.edit.setText(value())
            self.changed.emit()

    def put_beside(self, widget: QWidget) -> None:
        """Put a button at the right of the field."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def text(self) -> str:
        """The text as typed."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Show a text without a signal, tidied if it can be read."""
        self.edit.setText(text)
        self._on_left()

    def value(self) -> Any:
        """The value, or None if the field is empty or can't be read."""
        return None if not self.text() or self.error() else self._read(self.text())

    def set_value(self, value: Any) -> None:
        """Show a value without a signal."""
        self.set_text("" if value is None else self._show(value))

    def error(self) -> str:
        """Why the text can't be read, or empty."""
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
