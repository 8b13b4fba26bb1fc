"""Assigned visits whose week is over and of which no report has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.period import Period, span_words, week_of

if TYPE_CHECKING:  # the first page doesn't load what plans are made of
    from visitapp.domain.plan.planned import PastVisit

WEEKS_EXPECTED = 13
"""For so long after its week a report is expected: a quarter, the time of a plan. After that the
visit counts as not made; the pages Home and Plan show it as such."""


@dataclass(frozen=True, slots=True)
class LateVisit:
    """An assigned visit without a report. `names` are the pair's, as in the register."""

    visit_id: UUID
    site_name: str
    span: Period
    names: tuple[str, ...]

    @property
    def since(self) -> date:
        """The first day after its week: from then on the report is late."""
        return self.span.end + timedelta(days=1)

    @property
    def is_week(self) -> bool:
        """Whether it was to be made in a week; a visit to kennels has a month."""
        return self.span == week_of(self.span.start)

    @property
    def where(self) -> str:
        """`Keyham Lane, 5–11 May 2025`."""
        return f"{self.site_name}, {span_words(self.span)}"


@dataclass(frozen=True, slots=True)
class ExpectedVisit:
    """A visit that two people are to make at a site within a span."""

    id: UUID
    site_id: UUID
    span: Period
    pair: tuple[UUID, ...]


def without_report(
    expected: Iterable[ExpectedVisit], reports: Iterable["PastVisit"]
) -> list[ExpectedVisit]:
    """The visits of which there is no report: none by the pair at the site in the span and, where
    somebody else took a place at the last moment, none by one of them. Each report is of one
    visit."""
    free: dict[UUID, list[PastVisit]] = {}
    for report in reports:
        free.setdefault(report.site_id, []).append(report)
    waiting = list(expected)
    for least in (2, 1):
        missing = []
        for visit in waiting:
            at_site = free.get(visit.site_id, [])
            match = _report_of(visit, at_site, least)
            if match is None:
                missing.append(visit)
            else:
                at_site.remove(match)
        waiting = missing
    return waiting


def _report_of(
    visit: ExpectedVisit, reports: Iterable["PastVisit"], least: int
) -> "PastVisit | None":
    """Of the reports of its site."""
    return next(
        (
            report
            for report in reports
            if report.day in visit.span and len({*visit.pair} & {*report.visitors}) >= least
        ),
        None,
    )
