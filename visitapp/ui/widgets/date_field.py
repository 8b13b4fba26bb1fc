"""A day as people type it, with a calendar beside it."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from visitapp.domain.clock_text import EARLIEST_YEAR, parse_date
from visitapp.domain.errors import BadInputError
from visitapp.domain.period import short_date
from visitapp.ui.theme import fit
from visitapp.ui.widgets.buttons import glyph_button
from visitapp.ui.widgets.fields import Reason, set_wrong

_WIDTH = 160


class DateField(QWidget):
    """Takes 4/3/2024, 4.3.24, 2024-03-04 or 4 March 2024 and shows Mon 4 Mar 2024 on
    leaving. What can't be read is kept as it was typed, with the reason beneath.

    Signals: `changed` at each change by a person.
    """

    changed = Signal()

    def __init__(self, name: str, *, today: date | None = None) -> None:
        """`today` is where the calendar opens while the field is empty."""
        super().__init__()
        self._today = today
        self._calendar: QCalendarWidget | None = None
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText("day/month/year")
        fit(self.edit, width=_WIDTH)
        self.pick = glyph_button("calendar", f"Calendar: {name}", self._open)
        self.reason = Reason()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit)
        row.addWidget(self.pick)
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

    def day(self) -> date | None:
        """The day, or None while empty or not to be read."""
        try:
            return parse_date(self.text()) if self.text() else None
        except BadInputError:
            return None

    def set_day(self, day: date | None) -> None:
        """Show a day without a signal."""
        self.set_text("" if day is None else short_date(day))

    def error(self) -> str:
        """Why the text can't be read, or nothing."""
        if not self.text():
            return ""
        try:
            parse_date(self.text())
        except BadInputError as error:
            return str(error)
        return ""

    def _on_edited(self) -> None:
        if not self.error():
            self._say("")
        self.changed.emit()

    def _on_left(self) -> None:
        day = self.day()
        if day is not None:
            self.edit.setText(short_date(day))
        self._say(self.error())

    def _say(self, reason: str) -> None:
        if reason != self.reason.text():
            self.reason.say(reason)
            set_wrong(self.edit, reason)

    def _open(self) -> None:
        if self._calendar is None:
            self._calendar = self._make_calendar()
        shown = self.day() or self._today
        if shown is not None:
            self._calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._calendar.move(self.mapToGlobal(QPoint(0, self.edit.height() + 4)))
        self._calendar.show()
        self._calendar.setFocus()

    def _make_calendar(self) -> QCalendarWidget:
        made = QCalendarWidget(self)
        made.setWindowFlags(Qt.WindowType.Popup)
        made.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        made.setMinimumDate(QDate(EARLIEST_YEAR, 1, 1))
        made.setAccessibleName(f"Calendar: {self.accessibleName()}")
        made.clicked.connect(self._on_picked)
        made.activated.connect(self._on_picked)
        return made

    def _on_picked(self, picked: QDate) -> None:
        if self._calendar is not None:
            self._calendar.hide()
        self.set_day(date(picked.year(), picked.month(), picked.day()))
        self.edit.setFocus()
        self.changed.emit()
