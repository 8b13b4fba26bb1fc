"""The years that an office reports on, and what a period is called."""

from datetime import MAXYEAR, MINYEAR, date, timedelta

from visitapp.domain.dataclass import dataclass
from visitapp.domain.period import Period
from visitapp.domain.text.wording import dates, long_date, lowered, month_name

APRIL, JANUARY = 4, 1
"""The months in which a reporting year can begin."""
_WHOLE_YEAR, _HALF, _QUARTER = 12, 6, 3


@dataclass(frozen=True, slots=True)
class ReportingYears:
    """Where one reporting year ends and the next begins.

    `first_months`: (from which day on, the month whose first day begins a year), in order; the
    first entry holds from the beginning. No year is longer than twelve months: where the first
    month changes, one year is shorter.
    """

    first_months: tuple[tuple[date, int], ...] = ((date.min, APRIL),)

    def year_of(self, day: date) -> Period:
        """The reporting year that contains `day`."""
        firsts = self._first_days(day)
        start = max(first for first in firsts if first <= day)
        if (after := _a_year_later(start)) <= day:
            start, after = after, _a_year_later(after)
        end = min([after, *(first for first in firsts if first > day)])
        return Period(start, end - timedelta(days=1))

    def with_visits(self, day: date) -> Period:
        """The reporting year that contains `day`; in its first quarter, which has few visits, the
        twelve months to that day."""
        year = self.year_of(day)
        if day > year.quarters()[0].end:
            return year
        return Period(Period(day, day).year_before().start + timedelta(days=1), day)

    def last_year(self, day: date) -> Period:
        """The reporting year before the one that contains `day`."""
        return self.year_of(self.year_of(day).start - timedelta(days=1))

    def is_year(self, period: Period) -> bool:
        """Whether it is exactly one reporting year."""
        return period == self.year_of(period.start)

    def is_calendar_year(self, period: Period) -> bool:
        """Whether it is a reporting year from 1 January to 31 December."""
        months = _whole_months(period)
        return months == _WHOLE_YEAR and period.start.month == JANUARY and self.is_year(period)

    def halves(self, year: Period) -> tuple[Period, ...]:
        """The first six months of a reporting year and the rest; a short one has no halves."""
        if _whole_months(year) != _WHOLE_YEAR:
            return ()
        months = year.months()
        first = Period(year.start, months[_HALF - 1].end)
        return first, Period(months[_HALF].start, year.end)

    def label(self, period: Period) -> str:
        """`2023/24` for a reporting year, `2024` for one that is a calendar year, `April to June
        2024` for whole months of up to a year, otherwise the day or both dates."""
        months = _whole_months(period)
        if months == _WHOLE_YEAR and self.is_year(period):
            if self.is_calendar_year(period):
                return str(period.start.year)
            return f"{period.start.year}/{period.end.year % 100:02}"
        if 0 < months <= _WHOLE_YEAR:
            return months_of(period)
        is_day = period.start == period.end
        return long_date(period.start) if is_day else dates(period.start, period.end)

    def within(self, period: Period) -> str:
        """The same after a verb or a number: `in 2023/24`, `from 3 April 2024 to 9 May 2024`."""
        if 0 < _whole_months(period) <= _WHOLE_YEAR:
            return f"in {self.label(period)}"
        is_day = period.start == period.end
        return f"{'on' if is_day else 'from'} {self.label(period)}"

    def span_word(self, period: Period) -> str:
        """What a sentence calls it: a `year`, `half-year`, `quarter`, `month` or `period`. Halves
        and quarters are those of a reporting year."""
        if self.is_year(period):
            return "year"
        months, year = _whole_months(period), self.year_of(period.start)
        since = period.start.month - year.start.month  # whole years alter no remainder
        named = {_HALF: "half-year", _QUARTER: "quarter", 1: "month"}
        is_part = months in named and since % months == 0 and period.end <= year.end
        return named[months] if is_part else "period"

    def kind_of_report(self, period: Period) -> str:
        """What a report on a period is: `Annual report`, `Half-year report`, `Quarterly report`,
        `Monthly report`, or `Report`."""
        return _REPORTS[self.span_word(period)]

    def kind_of_update(self, period: Period) -> str:
        """What a short document on a period is: `Quarterly update` and so on."""
        return _UPDATES[self.span_word(period)]

    def report_name(self, period: Period) -> str:
        """`Annual report 2023/24`, `Quarterly report, April to June 2024`."""
        label = self.label(period)
        is_named = self.is_year(period) and _whole_months(period) == _WHOLE_YEAR
        return f"{self.kind_of_report(period)}{' ' if is_named else ', '}{label}"

    def file_name(self, period: Period) -> str:
        """The same for a file: `annual-report-2023-24`, `quarterly-report-April-to-June-2024`."""
        return self.as_file_name(self.kind_of_report(period), period)

    def update_file_name(self, period: Period) -> str:
        """`quarterly-update-April-to-June-2024`."""
        return self.as_file_name(self.kind_of_update(period), period)

    def as_file_name(self, kind: str, period: Period) -> str:
        """The name of a file that holds this kind of document."""
        return f"{lowered(kind)} {self.label(period)}".replace("/", "-").replace(" ", "-")

    def _first_days(self, day: date) -> list[date]:
        """The days on which years begin, in the two years before and after a day."""
        years = range(max(MINYEAR, day.year - 2), min(MAXYEAR, day.year + 2) + 1)
        months = {month for _, month in self.first_months}
        days = (date(year, month, 1) for year in years for month in months)
        return [first for first in days if self._first_month_on(first) == first.month]

    def _first_month_on(self, day: date) -> int:
        return [month for since, month in self.first_months if since <= day][-1]


_REPORTS = {
    "year": "Annual report",
    "half-year": "Half-year report",
    "quarter": "Quarterly report",
    "month": "Monthly report",
    "period": "Report",
}
_UPDATES = {
    "year": "Update on the year",
    "half-year": "Half-year update",
    "quarter": "Quarterly update",
    "month": "Monthly update",
    "period": "Update",
}
APRIL_YEARS = ReportingYears()
"""Those of an office that has chosen nothing else."""


def months_of(period: Period) -> str:
    """`April to June 2023`, or one month, for whole months."""
    first, last = period.start, period.end
    if (first.year, first.month) == (last.year, last.month):
        return f"{month_name(first)} {first.year}"
    if first.year == last.year:
        return f"{month_name(first)} to {month_name(last)} {last.year}"
    return f"{month_name(first)} {first.year} to {month_name(last)} {last.year}"


def _whole_months(period: Period) -> int:
    """Of how many whole months a period is made; 0 if it isn't."""
    if period.start.day != 1 or (period.end + timedelta(days=1)).day != 1:
        return 0
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def _a_year_later(first: date) -> date:
    return first.replace(year=first.year + 1)
