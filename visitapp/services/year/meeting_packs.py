"""Gathers the papers for a meeting, from the same figures as every other document."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_query import IssueStanding
from visitapp.domain.office.expiry import expiries
from visitapp.domain.office.meeting import Meeting, last_before, open_actions
from visitapp.domain.office.record_review import RecordReview
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.year.meeting_pack import Delay, MeetingPack
from visitapp.domain.year.quarterly_update import QuarterlyUpdate
from visitapp.persistence import delays, meetings, people, record_reviews, volunteer_files
from visitapp.persistence.database import Connection
from visitapp.services.office_of_file import office_of
from visitapp.services.reports.police_issues import shortened, shortener
from visitapp.services.year.figures import bases
from visitapp.services.year.minimums import done_of_minimum_on
from visitapp.services.year.monthly_pages import lines_for_force, was_open_before
from visitapp.services.year.scheme_figures import FiguresBasis
from visitapp.services.year.updates import update_of

_MOST_ISSUES = 40


def meeting_pack(
    connection: Connection, period: Period, meeting_id: UUID | None, today: date
) -> MeetingPack:
    """The papers for the meeting with this id, otherwise the first on the last day of the period or
    later. Raises BadInputError for a period that hasn't begun, and if there is no such meeting."""
    office = office_of(connection)
    if today < period.start:
        raise BadInputError("This period has not begun, so there is nothing to report.")
    every = meetings.meetings(connection)
    meeting = _meeting(every, period, meeting_id)
    day = min(period.end, today) if meeting is None else meeting.held_on
    register = people.people(connection)
    soon = expiries(register, volunteer_files.files(connection, register), min(day, today))
    training = tuple(item for item in soon if item.is_training)
    known = bases(connection)
    limits = {basis.scheme.immediate_limit for basis in known if basis.sites}
    open_issues, more_issues = _open_issues(connection, known, min(day, today), today)
    return MeetingPack(
        office=office,
        period=period,
        as_at=min(period.end, today),
        today=today,
        meeting=meeting,
        before=None if meeting is None else last_before(every, meeting.kind, meeting.held_on),
        next_on=_next(every, meeting),
        updates=tuple(_updates(connection, office.years, period, today)),
        actions=tuple(
            (earlier, replace(action, done_on=None))  # as it stood on the day
            for earlier, action in open_actions(every, day)
        ),
        delays=tuple(_delays(connection, known, period)),
        limit=limits.pop() if len(limits) == 1 else None,
        open_issues=tuple(open_issues),
        more_issues=more_issues,
        reviews=tuple(_reviews(connection, period, min(day, today))),
        training=training,
        of_minimum=done_of_minimum_on(connection, register, min(day, today)),
        runs_out=len(soon) - len(training),
        names={person.id: person.name for person in register},
    )


def _meeting(every: Sequence[Meeting], period: Period, meeting_id: UUID | None) -> Meeting | None:
    if meeting_id is not None:
        wanted = next((item for item in every if item.id == meeting_id), None)
        if wanted is None:
            raise BadInputError("This meeting is no longer there.")
        return wanted
    coming = [item for item in every if item.counts and item.held_on >= period.end]
    return min(coming, key=lambda item: item.held_on, default=None)


def _reviews(connection: Connection, period: Period, day: date) -> Iterator[RecordReview]:
    """Oldest first; what came later is not in the papers."""
    for review in reversed(record_reviews.record_reviews(connection)):
        is_new = review.period.end in period
        if is_new or (review.period.end < period.start and review.unanswered(day)):
            yield review


def _next(every: Sequence[Meeting], meeting: Meeting | None) -> date | None:
    if meeting is None:
        return None
    later = (m.held_on for m in every if m.counts and m.kind is meeting.kind)
    return min((day for day in later if day > meeting.held_on), default=None)


def _updates(
    connection: Connection, years: ReportingYears, period: Period, today: date
) -> Iterator[QuarterlyUpdate]:
    """An update on each reporting year's part of the period."""
    start = period.start
    while start <= min(period.end, today):
        year = years.year_of(start)
        yield update_of(connection, Period(start, min(period.end, year.end)), today)
        start = date.fromordinal(year.end.toordinal() + 1)


def _delays(
    connection: Connection, known: Sequence[FiguresBasis], period: Period
) -> Iterator[Delay]:
    for basis in known:
        delayed = delays.delayed_visits(connection, basis.scope(period), basis.scheme)
        short = shortener(connection, (row.visit_id for row in delayed))
        for row in delayed:
            reason = basis.book.label("delay_reason", row.delay_reason)
            yield Delay(row.day, row.site_name, row.wait, reason, short(row.explanation))


def _open_issues(
    connection: Connection, known: Sequence[FiguresBasis], on: date, today: date
) -> tuple[list[IssueLine], int]:
    """Those open at the end of a day that had been open longest, as they stood then, and how many
    others there were."""
    lines = [
        replace(line, is_open=True, today=on)
        for basis in known
        for line in lines_for_force(connection, basis, IssueStanding.ALL, on, today)
        if was_open_before(line, on + timedelta(days=1))
    ]
    lines.sort(key=lambda line: line.raised_on)
    listed, _ = shortened(connection, lines[:_MOST_ISSUES])
    return listed, len(lines[_MOST_ISSUES:])
