"""A day that can be typed in several ways, with a calendar next to it."""

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QCalendarWidget

from visitapp.domain.text.clock_text import EARLIEST_YEAR, parse_date
from visitapp.domain.text.wording import short_date
from visitapp.ui.widgets.buttons import glyph_button
from visitapp.ui.widgets.read_field import ReadField


class DateField(ReadField):
    """Accepts 4/3/2024, 4.3.24, 2024-03-04 or 4 March 2024 and shows Mon 4 Mar 2024."""

    def __init__(self, name: str, *, today: date | None = None) -> None:
        """The calendar of an empty field opens at `today`."""
        super().__init__(name, parse_date, short_date, example="day/month/year", width=160)
        self._today = today
        if today is not None:
            self.replace_word("t", "today", lambda: short_date(today))
        self._calendar: QCalendarWidget | None = None
        self.pick = glyph_button("calendar", f"Calendar: {name}", self._open)
        self.put_beside(self.pick)

    def day(self) -> date | None:
        """The day, or None if the field is empty or can't be read."""
        day: date | None = self.value()
        return day

    def set_day(self, day: date | None) -> None:
        """Show a day without a signal."""
        self.set_value(day)

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
        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setMinimumDate(QDate(EARLIEST_YEAR, 1, 1))
        calendar.setAccessibleName(f"Calendar: {self.accessibleName()}")
        calendar.clicked.connect(self._on_picked)
        calendar.activated.connect(self._on_picked)
        return calendar

    def _on_picked(self, picked: QDate) -> None:
        if self._calendar is not None:
            self._calendar.hide()
        self.set_day(date(picked.year(), picked.month(), picked.day()))
        self.edit.setFocus()
        self.changed.emit()
