"""A time of day that can be typed in several ways, with a button for the current time."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from visitapp.domain.office.grid import clock
from visitapp.domain.text.clock_text import parse_time
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.read_field import ReadField


class TimeField(ReadField):
    """Accepts 1430, 14.30, 14:30 or 2:30pm and shows 14:30.

    Signals: `stamped` after the Now button.
    """

    stamped = Signal()

    def __init__(self, name: str, now: Callable[[], datetime] | None = None) -> None:
        """`now` returns the local time for the Now button; without it there is no button."""
        super().__init__(name, parse_time, clock, example="14:30", width=76)
        self._now: QPushButton | None = None
        if now is not None:
            self.replace_word("n", "now", lambda: clock(now().hour * 60 + now().minute))
            stamp = button("Now", lambda: self._stamp(now()))
            stamp.setAccessibleName(f"{name}: now")
            stamp.setToolTip("Enter the current time")
            self.put_beside(stamp)
            self._now = stamp

    def name_as(self, name: str) -> None:
        """Change the name for screen readers."""
        for widget in (self, self.edit):
            widget.setAccessibleName(name)
        if self._now is not None:
            self._now.setAccessibleName(f"{name}: now")

    def minute(self) -> int | None:
        """The minute of the day, or None if the field is empty or can't be read."""
        minute: int | None = self.value()
        return minute

    def set_minute(self, minute: int | None) -> None:
        """Show a minute of the day without a signal."""
        self.set_value(minute)

    def _stamp(self, local: datetime) -> None:
        self.edit.setText(clock(local.hour * 60 + local.minute))
        self._say("")
        self.stamped.emit()
        self.changed.emit()
