"""The quarterly update: one or two pages on a quarter, for the body, the force and the team."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_steps import latest_answer
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.progress import Progress
from visitapp.domain.year.quarterly_update import (
    LISTED_IN_UPDATE,
    QuarterlyUpdate,
    RaisedIssue,
    SchemeUpdate,
)
from visitapp.persistence import issues, people
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.office_of_file import office_of
from visitapp.services.reports.police_issues import shortened, shown_to_police
from visitapp.services.roles import MANAGER, READER, reads
from visitapp.services.year.figures import bases, figures_of
from visitapp.services.year.quarters import site_quarters
from visitapp.services.year.register import volunteers
from visitapp.services.year.report_files import SavedReport, check_places, save_report
from visitapp.services.year.scheme_figures import FiguresBasis

_ALL = 1_000_000


class UpdateService:
    """Makes the quarterly update of the same figures as every other document."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, READER)
    def save(
        self, period: Period, target: Path, progress: Progress | None = None, *,
        force: bool = False,
    ) -> SavedReport:  # fmt: skip
        """Write the update in the form that the suffix of `target` names, as the annual report.

        Raises BadInputError for another suffix, for a period that isn't within one reporting year
        or hasn't begun, or if something with that name exists, unless `force`.
        """
        from visitapp.reporting.quarterly_update import quarterly_update

        check_places(target, force=force)
        return save_report(quarterly_update(self.update(period)), target, progress, force=force)

    @reads(MANAGER, READER)
    def update(self, period: Period) -> QuarterlyUpdate:
        """What the document shows of a period within one reporting year, as one view of the
        records. Raises BadInputError for another period."""
        with self._access.database.reading() as connection:
            return update_of(connection, period, self._access.today())


def update_of(connection: Connection, period: Period, today: date) -> QuarterlyUpdate:
    """The same on an open file, for documents that show more beside it."""
    office = office_of(connection)
    year = office.years.year_of(period.start)
    if not year.holds(period):
        raise BadInputError(
            "An update covers days of one reporting year. Choose another first or last day."
        )
    if today < period.start:
        raise BadInputError("This period has not begun, so there is nothing to report.")
    updates: dict[Kind, SchemeUpdate] = {}
    further: list[SchemeUpdate] = []
    every = [_scheme(connection, basis, period, today) for basis in bases(connection)]
    every = [update for update in every if update.quarter.sites]
    for update in [each for each in every if each.quarter.is_in_use] or every:
        if update.quarter.scheme.kind in updates:
            further.append(update)
        else:
            updates[update.quarter.scheme.kind] = update
    as_at = min(period.end, today)
    return QuarterlyUpdate(office, period, year, as_at, updates, tuple(further))


def _scheme(
    connection: Connection, basis: FiguresBasis, period: Period, today: date
) -> SchemeUpdate:
    year = basis.years.year_of(period.start)
    register = people.people(connection)
    lines, more = _to_answer(connection, basis, period, today)
    listed, short = shortened(connection, lines)
    answers = issues.steps(connection, [line.issue.id for line in lines])
    return SchemeUpdate(
        quarter=figures_of(connection, basis, period, today),
        year_so_far=figures_of(connection, basis, Period(year.start, period.end), today),
        weeks=tuple(site_quarters(connection, basis, period, today)),
        volunteers=volunteers(register, basis.scheme, Period(period.start, _last(period, today))),
        issues=tuple(
            raised_issue(line, short(latest_answer(answers.get(line.issue.id, ()))))
            for line in listed
        ),
        more_issues=more,
    )


def _last(period: Period, today: date) -> date:
    return max(period.start, min(period.end, today))


def _to_answer(
    connection: Connection, basis: FiguresBasis, period: Period, today: date
) -> tuple[Sequence[IssueLine], int]:
    """What the force gets to see of it: the first ones, and how many others there are."""
    scope = basis.scope(period)
    lines, _ = issues.to_answer(connection, scope, basis.scheme, today, _ALL)
    shown = shown_to_police(connection, lines)
    return shown[:LISTED_IN_UPDATE], len(shown[LISTED_IN_UPDATE:])


def raised_issue(line: IssueLine, answer: str) -> RaisedIssue:
    """An issue with what was done about it, as documents list it."""
    return RaisedIssue(
        line.title_with_origin, line.site_name, " ".join(answer.split()), line.is_open, line.days
    )
