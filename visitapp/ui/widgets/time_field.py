"""A time of day as people type it, with a button that stamps the present minute."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from visitapp.domain.clock_text import parse_time
from visitapp.domain.errors import BadInputError
from visitapp.domain.grid import clock
from visitapp.ui.theme import fit
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.fields import Reason, set_wrong

_WIDTH = 76


class TimeField(QWidget):
    """Takes 1430, 14.30, 14:30 or 2:30pm and shows 14:30 on leaving. What can't be read is
    kept as it was typed, with the reason beneath.

    Signals: `changed` at each change by a person; `stamped` after Now was pressed.
    """

    changed = Signal()
    stamped = Signal()

    def __init__(self, name: str, now: Callable[[], datetime] | None = None) -> None:
        """`now` gives the local time for the Now button; without it there is none."""
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText("14:30")
        fit(self.edit, width=_WIDTH)
        self.reason = Reason()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit)
        if now is not None:
            stamp = button("Now", lambda: self._stamp(now()))
            stamp.setAccessibleName(f"{name}: now")
            stamp.setToolTip("Write the time that it is now")
            row.addWidget(stamp)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.reason)
        self.setAccessibleName(name)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.editingFinished.connect(self._on_left)

    def text(self) -> str:
        """As it was typed."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Show a text without a signal, tidied where it can be read."""
        self.edit.setText(text)
        self._on_left()

    def minute(self) -> int | None:
        """The minute of the day, or None while empty or not to be read."""
        try:
            return parse_time(self.text()) if self.text() else None
        except BadInputError:
            return None

    def set_minute(self, minute: int | None) -> None:
        """Show a minute of the day without a signal."""
        self.set_text("" if minute is None else clock(minute))

    def error(self) -> str:
        """Why the text can't be read, or nothing."""
        try:
            parse_time(self.text() or "0000")
        except BadInputError as error:
            return str(error)
        return ""

    def _on_edited(self) -> None:
        if not self.error():
            self._say("")
        self.changed.emit()

    def _on_left(self) -> None:
        minute = self.minute()
        if minute is not None:
            self.edit.setText(clock(minute))
        self._say(self.error())

    def _say(self, reason: str) -> None:
        if reason != self.reason.text():
            self.reason.say(reason)
            set_wrong(self.edit, reason)

    def _stamp(self, local: datetime) -> None:
        self.edit.setText(clock(local.hour * 60 + local.minute))
        self._say("")
        self.stamped.emit()
        self.changed.emit()
