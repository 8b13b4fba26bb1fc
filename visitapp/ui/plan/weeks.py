"""Which weeks the page Plan shows and plans together: some weeks, a quarter, or any dates."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.plan.weeks import DAYS_A_WEEK, plan_weeks, plans_to_choose
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.text.wording import dates, number_of
from visitapp.ui.widgets.buttons import DropButton, menu_action
from visitapp.ui.widgets.period_chooser import DatesDialog


class WeeksChooser(DropButton):
    """Signals: `chosen` (Period) whole weeks; `refused` (BadInputError) dates that are too many."""

    chosen = Signal(object)
    refused = Signal(object)

    def __init__(self, today: date, years: Callable[[], ReportingYears]) -> None:
        """`years` are the office’s, asked for each time."""
        super().__init__("Weeks to plan", "calendar-range")
        self._today, self._years = today, years
        self._period = Period(today, today)
        self.clicked.connect(self._open)

    def show_weeks(self, period: Period) -> None:
        """Show which weeks are planned together, without a signal."""
        self._period = period
        self.show_choice(number_of(period.days // DAYS_A_WEEK, "week"))

    def menu_of_weeks(self) -> QMenu:
        """The menu; a new one each time it opens."""
        menu = QMenu(self)
        for words, period in plans_to_choose(self._today, self._years()):
            text = f"{words}, {dates(period.start, period.end)}"
            menu_action(menu, text, partial(self.chosen.emit, period))
        menu.addSeparator()
        menu_action(menu, "Choose dates…", self._ask_dates)
        return menu

    def _open(self) -> None:
        menu = self.menu_of_weeks()
        menu.aboutToHide.connect(menu.deleteLater)
        self.open_menu(menu)

    def _ask_dates(self) -> None:
        days = DatesDialog.ask(self, self._period)
        if days is None:
            return
        try:
            self.chosen.emit(plan_weeks(days))
        except BadInputError as error:
            self.refused.emit(error)
