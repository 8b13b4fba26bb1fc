"""Days on which a scheme plans no visits, such as Christmas Day."""

from collections.abc import Iterable
from datetime import date

from visitapp.domain.dataclass import dataclass


@dataclass(frozen=True, slots=True, order=True)
class DayOff:
    """A day, and if it `is_yearly` the same day of each year after it. Which days these are, and
    whether bank holidays are among them, each scheme decides."""

    first: date
    is_yearly: bool = False

    def is_on(self, day: date) -> bool:
        """Whether no visit is planned on a day because of it."""
        if not self.is_yearly:
            return day == self.first
        return day >= self.first and (day.month, day.day) == (self.first.month, self.first.day)


def is_day_off(days_off: Iterable[DayOff], day: date) -> bool:
    """Whether any of them is on a day."""
    return any(day_off.is_on(day) for day_off in days_off)
