"""Periods of days, and the weeks and months in them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.moment import uk_time
from visitapp.domain.text.wording import day_of_month, joined, month_name, short_date

_FEW = 3
"""More weeks than this are not named one by one."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadInputError("The last day is earlier than the first day.")

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """Number of days, both ends included."""
        return (self.end - self.start).days + 1

    def holds(self, other: "Period") -> bool:
        """Whether every day of `other` is in this period."""
        return self.start <= other.start and other.end <= self.end

    def weeks(self) -> list["Period"]:
        """Monday-to-Sunday weeks whose Thursday is in the period (the rule of ISO 8601 for
        years)."""
        thursday = self.start + timedelta(days=(3 - self.start.weekday()) % 7)
        weeks = []
        while thursday <= self.end:
            weeks.append(week_of(thursday))
            thursday += timedelta(days=7)
        return weeks

    def months(self) -> list["Period"]:
        """Calendar months that lie entirely in the period."""
        return [month for month in self.touched_months() if self.holds(month)]

    def touched_months(self) -> Iterator["Period"]:
        """Calendar months with at least one day in the period."""
        first = self.start.replace(day=1)
        while first <= self.end:
            following = (first + timedelta(days=32)).replace(day=1)
            yield Period(first, following - timedelta(days=1))
            first = following

    def parts_by_month(self) -> list["Period"]:
        """The period split at the first of each month."""
        return [
            Period(max(month.start, self.start), min(month.end, self.end))
            for month in self.touched_months()
        ]

    def whole_weeks(self) -> "Period":
        """The period extended to all days of the weeks that belong to it."""
        weeks = self.weeks()
        if not weeks:
            return self
        return Period(min(self.start, weeks[0].start), max(self.end, weeks[-1].end))

    def quarters(self) -> list["Period"]:
        """The period split at 1 April, July, October and January."""
        parts: list[Period] = []
        for month in self.parts_by_month():
            if parts and month.start.month not in (1, 4, 7, 10):
                parts[-1] = Period(parts[-1].start, month.end)
            else:
                parts.append(month)
        return parts

    def year_before(self) -> "Period":
        """The same dates one year earlier (29 February becomes 28 February)."""
        return Period(_year_earlier(self.start), _year_earlier(self.end))


def _year_earlier(day: date) -> date:
    if (day + timedelta(days=1)).day == 1:  # the last day of a month stays the last
        return day.replace(year=day.year - 1, day=1) + timedelta(
            days=_days_in_month(day.year - 1, day.month) - 1
        )
    return day.replace(year=day.year - 1)


def _days_in_month(year: int, month: int) -> int:
    first = date(year, month, 1)
    return ((first + timedelta(days=32)).replace(day=1) - first).days


def week_of(day: date) -> Period:
    """The Monday-to-Sunday week that contains `day`."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def month_of(day: date) -> Period:
    """The calendar month that contains `day`."""
    return next(Period(day, day).touched_months())


def day_and_time(at: datetime) -> str:
    """A stored time by UK clocks: `Mon 4 Mar 2024, 14:30`."""
    local = uk_time(at)
    return f"{short_date(local.date())}, {local:%H:%M}"


def span_words(span: Period) -> str:
    """`1–7 Apr 2024` or `29 Apr – 5 May 2024`; a whole month is `April 2024`."""
    first, last = span.start, span.end
    if first.day == 1 and (last - first).days > 26:
        return f"{month_name(first)} {first.year}"
    return f"{days_words(span)} {last.year}"


def spans_words(spans: Sequence[Period]) -> str:
    """Several of them: `1–7 Apr 2024 and 8–14 Apr 2024`; of more than three their number, the first
    and the last."""
    if len(spans) <= _FEW:
        return joined([span_words(span) for span in spans])
    unit = {7: "weeks", 14: "fortnights"}.get(spans[0].days, "months")
    return f"{len(spans)} {unit} from {span_words(spans[0])} to {span_words(spans[-1])}"


def days_words(span: Period) -> str:
    """`1–7 Apr`, `29 Apr – 5 May`, where the year is known."""
    first, last = span.start, span.end
    if first.month == last.month:
        return f"{first.day}–{day_of_month(last)}"
    return f"{day_of_month(first)} – {day_of_month(last)}"
