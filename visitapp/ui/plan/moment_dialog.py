"""Choosing the day and time of a visit by hand."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.plan.planned import PlannedMoment
from visitapp.domain.text.wording import short_date
from visitapp.ui.widgets.dialogs import FormDialog
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.time_field import TimeField


class MomentDialog(FormDialog):
    """A day in the visit's week and a time. A problem is shown under its field."""

    def __init__(
        self,
        parent: QWidget,
        where: str,
        days: Sequence[date],
        now: PlannedMoment,
        choose: Callable[[date, int], object],
    ) -> None:
        """`now` is the current day and time; `choose` saves another, or raises VisitAppError."""
        super().__init__(
            parent,
            "Choose day and time",
            f"{where}. A time that somebody chooses is easier to guess than one drawn at "
            "random. The gauge shows by how much. You can have it drawn again.",
            "Choose this day and time",
        )
        self._choose = choose
        self.day = Picker("Day", width=220)
        self.day.set_choices([(day, short_date(day)) for day in days])
        self.day.set_key(now.day)
        self.time = TimeField("Time of arrival")
        self.time.set_value(now.minute)
        self._day_row = FormRow("Day", self.day)
        self._time_row = FormRow("Time of arrival", self.time)
        self.content.addWidget(self._day_row)
        self.content.addWidget(self._time_row)
        self.day.setFocus()

    def accept(self) -> None:
        """Save the choice and close. If it can't be saved, stay open and say why."""
        day, minute = self.day.key(), self.time.value()
        self._day_row.set_error(
            "" if isinstance(day, date) else self.day.error() or "Choose a day of the week."
        )
        missing = not self.time.text()
        self._time_row.set_error("Write the time of arrival." if missing else "")
        if not isinstance(day, date):
            self.day.setFocus()
        elif minute is None:
            self.time.setFocus()
        else:
            try:
                self._choose(day, minute)
            except VisitAppError as error:
                self._time_row.set_error(str(error))
                self.time.setFocus()
            else:
                super().accept()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        where: str,
        days: Sequence[date],
        now: PlannedMoment,
        choose: Callable[[date, int], object],
    ) -> None:
        """Show the dialog until a choice is saved or the user cancels."""
        dialog = cls(parent, where, days, now, choose)
        dialog.exec()
        dialog.deleteLater()
