"""The weeks of a quarter at each site, as Home and the quarterly update show them."""

from datetime import date

from visitapp.domain.period import Period
from visitapp.domain.year.site_quarter import SiteQuarter, quarter_of, spans_of_quarter
from visitapp.persistence import counting
from visitapp.persistence.database import Connection
from visitapp.services.year.scheme_figures import FiguresBasis


def site_quarters(
    connection: Connection, basis: FiguresBasis, quarter: Period, today: date
) -> list[SiteQuarter]:
    """The sites of a scheme that are in use in a quarter, or were visited, each with its weeks and
    the visits that meet its target."""
    spans = [
        item.span for site in basis.sites for item in spans_of_quarter(site, quarter, basis.years)
    ]
    first = min((span.start for span in spans), default=quarter.start)
    last = max((span.end for span in spans), default=quarter.end)
    scope = basis.scope(Period(first, last))
    in_person = not basis.scheme.remote_counts
    by_day = counting.visits_by_day(connection, scope, in_person=in_person)
    days = quarter.whole_weeks()
    return [
        quarter_of(site, quarter, by_day.get(site.id, {}), today, basis.years)
        for site in basis.sites
        if site.is_open_within(quarter) or any(day in days for day in by_day.get(site.id, {}))
    ]
