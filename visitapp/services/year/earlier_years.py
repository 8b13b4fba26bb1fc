"""Years of which only totals are known."""

from collections.abc import Iterable, Sequence

from visitapp.domain.office.scheme import EarlierTotal
from visitapp.domain.period import Period
from visitapp.domain.year.summary import EarlierYear


def earlier_years(
    totals: Sequence[EarlierTotal], period: Period, counted: Iterable[Period]
) -> tuple[EarlierYear, ...]:
    """Years before `period` known only by their totals, oldest first, without those `counted`."""
    years: dict[Period, dict[str, int]] = {}
    for total in totals:
        if total.period.end < period.start and total.period not in counted:
            years.setdefault(total.period, {})[total.figure] = total.number
    return tuple(EarlierYear(year, years[year]) for year in sorted(years))
