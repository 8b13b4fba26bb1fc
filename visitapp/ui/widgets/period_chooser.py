"""A period: this year, last year, a quarter, the last twelve months, or any dates."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period, month_of
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.text.wording import short_month
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.buttons import DropButton, button, menu_action, primary_button
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import label

_EARLIER_YEARS = 10


def offered(today: date, years: ReportingYears) -> list[tuple[str, Period]]:
    """The periods in the menu, in order."""
    year, last = years.year_of(today), years.last_year(today)
    quarters = [*last.quarters(), *year.quarters()]
    at = next(i for i, quarter in enumerate(quarters) if today in quarter)
    # the twelve months to today; from 29 February they begin on 1 March
    back = Period(today, today).year_before().start + timedelta(days=1)
    return [
        (f"This year, {years.label(year)}", year),
        (f"Last year, {years.label(last)}", last),
        (f"This quarter, {months_of(quarters[at])}", quarters[at]),
        (f"Last quarter, {months_of(quarters[at - 1])}", quarters[at - 1]),
        *_last_parts(today, years),
        ("Last 12 months", Period(back, today)),
    ]


def _last_parts(today: date, years: ReportingYears) -> Iterator[tuple[str, Period]]:
    """The last half-year and the last month that have ended."""
    halves = [*years.halves(years.last_year(today)), *years.halves(years.year_of(today))]
    ended = [half for half in halves if half.end < today]
    if ended:
        yield f"Last half-year, {months_of(ended[-1])}", ended[-1]
    month = month_of(today.replace(day=1) - timedelta(days=1))
    yield f"Last month, {months_of(month)}", month


def months_of(period: Period) -> str:
    """`Apr–Jun 2025`, `Oct 2024 – Mar 2025` or `May 2025` for whole months."""
    first, last = short_month(period.start), short_month(period.end)
    if first == last:
        return f"{last} {period.end.year}"
    if period.start.year != period.end.year:
        return f"{first} {period.start.year} \u2013 {last} {period.end.year}"
    return f"{first}\u2013{last} {period.end.year}"


class PeriodChooser(DropButton):
    """Signals: `chosen` (Period) when the user chooses another."""

    chosen = Signal(object)

    def __init__(
        self, today: date, years: Callable[[], ReportingYears], *, any_time: bool = False
    ) -> None:
        """`years` are the office's, asked for each time; `any_time` also offers all time (None)."""
        super().__init__("Period", "calendar")
        self._today, self._years, self._any_time = today, years, any_time
        self._period: Period | None = None if any_time else years().year_of(today)
        fit(self, least_width=236)
        self.clicked.connect(self._open)
        self._say()

    def period(self) -> Period | None:
        """The chosen period; None for any time, where that is offered."""
        return self._period

    def set_period(self, period: Period | None) -> None:
        """Show a period without a signal."""
        self._period = period
        self._say()

    def menu_of_periods(self) -> QMenu:
        """The menu; a new one each time it opens."""
        menu = QMenu(self)
        if self._any_time:
            menu_action(menu, "Any time", lambda: self._choose(None))
            menu.addSeparator()
        for text, period in offered(self._today, self._years()):
            menu_action(menu, text, partial(self._choose, period))
        earlier = menu.addMenu("Earlier years")
        years = self._years()
        period = years.last_year(self._today)
        for _ in range(_EARLIER_YEARS):
            period = years.last_year(period.start)
            menu_action(earlier, years.label(period), partial(self._choose, period))
        menu.addSeparator()
        menu_action(menu, "Choose dates…", self._ask_dates)
        return menu

    def _open(self) -> None:
        menu = self.menu_of_periods()
        menu.aboutToHide.connect(menu.deleteLater)
        self.open_menu(menu)

    def _ask_dates(self) -> None:
        period = DatesDialog.ask(self, self._period or self._years().year_of(self._today))
        if period is not None:
            self._choose(period)

    def _choose(self, period: Period | None) -> None:
        if period != self._period:
            self._period = period
            self._say()
            self.chosen.emit(period)

    def _say(self) -> None:
        if self._period is None:
            self.show_choice("Any time")
            return
        words = {period: text for text, period in reversed(offered(self._today, self._years()))}
        self.show_choice(words.get(self._period, self._years().label(self._period)))


class DatesDialog(QDialog):
    """Asks for the first and the last day."""

    def __init__(self, parent: QWidget, period: Period) -> None:
        super().__init__(parent)
        self.setWindowTitle("Any dates")
        self._answer: Period | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        outer.setSpacing(12)
        outer.addWidget(label("Any dates", "h2"))
        self.first, self.last = DateField("First day"), DateField("Last day, included")
        self.first.set_day(period.start)
        self.last.set_day(period.end)
        self._rows = [
            FormRow("First day", self.first),
            FormRow("Last day, included", self.last),
        ]
        for row in self._rows:
            outer.addWidget(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(primary_button("Use these dates", self.accept))
        buttons.addWidget(button("Cancel", self.reject))
        buttons.addStretch(1)
        outer.addLayout(buttons)
        self.first.setFocus()

    def accept(self) -> None:
        """Close the dialog if both days can be read and are in order."""
        start, end = self.first.day(), self.last.day()
        for row, day in zip(self._rows, (start, end), strict=True):
            row.set_error("Enter a date like 4/3/2024." if day is None else "")
        if start is None or end is None:
            return
        try:
            self._answer = Period(start, end)
        except BadInputError as error:
            self._rows[1].set_error(str(error))
            return
        super().accept()

    @classmethod
    def ask(cls, parent: QWidget, period: Period) -> Period | None:
        """The period, or None if the user cancelled."""
        dialog = cls(parent, period)
        taken = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return dialog._answer if taken else None
