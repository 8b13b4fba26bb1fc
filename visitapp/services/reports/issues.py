"""Issues that visitors raised: listed, and followed up until they are closed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_list import IssueFile, IssueLine, IssuePage, Outcome
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.following.issue_steps import (
    LONGEST_SAID_BY,
    NewStep,
    Step,
    closing_day,
    refusal,
    response_or_reason,
)
from visitapp.domain.following.office_issue import OfficeIssue
from visitapp.domain.json_values import as_id
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.records.typed import TypedWords
from visitapp.persistence import (
    issue_counts,
    ledger,
    office_issues,
    people,
    schemes,
    unsaved_typing,
    visits,
)
from visitapp.persistence import issues as stored
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.own_records import must_be_own, myself
from visitapp.services.roles import MANAGER, VISITOR, changes, reads

RECENT_DAYS = 60
"""An issue closed within so many days counts as recently closed."""
_ALL = 1_000_000


class IssueService:
    """Everyone can read them; the manager records what happens to an issue."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR)
    def page(self, query: IssueQuery) -> IssuePage:
        """Some issues, the total number, and the number in each standing."""
        today = self._access.today()
        with self._access.database.reading() as connection:
            query = replace(query, of=myself(connection, self._access))
            known = schemes.schemes(connection)
            numbers = issue_counts.numbers(connection, query)
            overdue = issue_counts.overdue(connection, query, known, today)
            everything = replace(query, standing=IssueStanding.ALL)
            for line in office_issues.lines(connection, everything, known, today):
                numbers[IssueStanding.ALL] += 1
                numbers[IssueStanding.OPEN if line.is_open else IssueStanding.CLOSED] += 1
                overdue += line.is_overdue
            lines = tuple(lines_of(connection, query, known, today))
            return IssuePage(lines, numbers[query.standing], numbers, overdue)

    @reads(MANAGER, VISITOR)
    def lines(self, query: IssueQuery) -> tuple[IssueLine, ...]:
        """The issues of a page where nobody asks for the numbers."""
        with self._access.database.reading() as connection:
            query = replace(query, of=myself(connection, self._access))
            known = schemes.schemes(connection)
            return tuple(lines_of(connection, query, known, self._access.today()))

    @reads(MANAGER, VISITOR)
    def recently_closed(self, query: IssueQuery) -> IssuePage:
        """Issues closed in the last 60 days, newest first; other filters apply."""
        return self.page(recently_closed_query(query, self._access.today()))

    @reads(MANAGER, VISITOR, noted=RecordKind.ISSUE)
    def get(self, issue_id: UUID) -> IssueFile:
        """One issue with its steps and the names of those who raised it."""
        with self._access.database.reading() as connection:
            line = self._line(connection, issue_id)
            if line.visit_id is None:
                steps = office_issues.steps(connection, [issue_id]).get(issue_id, ())
                return IssueFile(line, steps, (office_issues.opened_by(connection, issue_id),))
            must_be_own(connection, self._access, line.visit_id)
            visit = visits.visit(connection, line.visit_id)
            assert visit is not None
            names = {person.id: person.name for person in people.people(connection)}
            return IssueFile(
                line=line,
                steps=stored.steps(connection, [issue_id]).get(issue_id, ()),
                raised_by=tuple(
                    names[person_id] for person_id in visit.visitors if person_id in names
                ),
            )

    @changes(MANAGER)
    def open_without_visit(self, item: OfficeIssue) -> Changes:
        """Open an issue that no report raised. It is followed up like any other.

        Raises BadInputError for a site, category or day that can't be.
        """
        now, by = self._access.now(), self._access.actor.name
        with self._access.database.transaction() as connection:
            site = next((s for s in schemes.sites(connection) if s.id == item.site_id), None)
            if site is None or site.scheme_id != item.scheme_id:
                raise BadInputError("Choose a site that belongs to one of your schemes.")
            book = schemes.codes(connection, item.scheme_id)
            if item.category not in book.concerns:
                raise BadInputError("Choose a category from the list.")
            if item.raised_on > self._access.today():
                raise BadInputError("This day is in the future.")
            office_issues.add(connection, item, by, now)
        return Changes.ISSUES

    @changes(MANAGER)
    def record(self, issue_id: UUID, version: int, *new: NewStep) -> Changes:
        """Record what happened to an issue: one step, or the force's response with what follows.

        `version` is that of the issue as it was shown. Raises BadInputError, which says what is
        missing, and ConflictError if somebody has recorded a step since.
        """
        with self._access.database.transaction() as connection:
            self._record(connection, issue_id, version, new)
        return Changes.ISSUES | Changes.VISITS

    @changes(MANAGER)
    def record_for_all(self, lines: Sequence[IssueLine], step: NewStep) -> Changes:
        """Record the same step for several issues, for all or for none. Raises as `record`."""
        with self._access.database.transaction() as connection:
            for line in lines:
                self._record(connection, line.issue.id, line.issue.version, [step])
        return Changes.ISSUES | Changes.VISITS

    def _record(
        self, connection: Connection, issue_id: UUID, version: int, new: Sequence[NewStep]
    ) -> None:
        now, by = self._access.now(), self._access.actor.name
        line = self._line(connection, issue_id)
        book = schemes.codes(connection, line.scheme_id)
        rows = stored if line.visit_id is not None else office_issues
        steps = rows.steps(connection, [issue_id]).get(issue_id, ())
        issue, before = line.issue, len(steps)
        for step in new:
            if len(step.said_by) > LONGEST_SAID_BY:
                raise BadInputError("Say in a few words who it was. Use a job title, not a name.")
            reason = refusal(issue, steps, step, book, line.raised_on, self._access.today())
            if reason:
                raise BadInputError(reason)
            closed_on = closing_day(issue, step, book)
            issue = replace(issue, status=step.status, closed_on=closed_on)
            steps = (*steps, stored.recorded(step, now, by))
        rows.set_state(connection, issue, version, issue.status, issue.closed_on)
        rows.add_steps(connection, line.scheme_id, issue_id, steps[before:], before)
        if line.visit_id is not None:  # the others are in the ledger as settings are
            entry = ledger.issue_went_on(issue, steps, line.scheme_id, by, now)
            ledger.append(connection, [entry])

    @reads(MANAGER, VISITOR)
    def typed(self) -> dict[UUID, dict[str, Any]]:
        """What is being typed about issues and isn't recorded yet."""
        with self._access.database.reading() as connection:
            by_issue = unsaved_typing.of_kind(connection, unsaved_typing.ISSUE)
        return {UUID(place): content for place, content in by_issue.items() if as_id(place)}

    @changes(MANAGER, VISITOR)
    def keep_typed(self, issue_id: UUID, content: Mapping[str, Any] | None) -> None:
        """Store what is being typed about an issue; None when that is over."""
        with self._access.database.transaction() as connection:
            unsaved_typing.keep_or_drop(
                connection, self.typed_row(issue_id, content), self._access.now()
            )

    @staticmethod
    def typed_row(issue_id: UUID, content: Mapping[str, Any] | None) -> TypedWords:
        """What is being typed about an issue, as it is stored."""
        return TypedWords(f"{unsaved_typing.ISSUE} {issue_id}", content or {})

    @reads(MANAGER, VISITOR)
    def outcomes(self, query: IssueQuery) -> tuple[Outcome, ...]:
        """`You said, we did`: what recently closed issues of visits were about, and what the force
        did."""
        closed = self.recently_closed(replace(query, limit=_ALL)).lines
        lines = [line for line in closed if line.visit_id is not None]
        with self._access.database.reading() as connection:
            ids = [line.issue.id for line in lines]
            steps = stored.steps(connection, ids)
        return tuple(_outcome(line, steps.get(line.issue.id, ())) for line in lines)

    def _line(self, connection: Connection, issue_id: UUID) -> IssueLine:
        known = schemes.schemes(connection)
        today = self._access.today()
        stored_line = stored.line(connection, issue_id, known, today) or office_issues.line(
            connection, issue_id, known, today
        )
        if stored_line is None:
            raise BadInputError(
                "This issue is no longer here, because its report was withdrawn or amended."
            )
        return stored_line


def lines_of(
    connection: Connection, query: IssueQuery, known: Sequence[Scheme], today: date
) -> list[IssueLine]:
    """Issues of reports and those opened without a visit, in the order of the query."""
    apart = office_issues.lines(connection, query, known, today)
    if not apart:
        return stored.lines(connection, query, known, today)
    whole = replace(query, offset=0, limit=query.offset + query.limit)
    merged = [*stored.lines(connection, whole, known, today), *apart]
    merged.sort(key=office_issues.order_of(query.standing))
    return merged[query.offset : query.offset + query.limit]


def recently_closed_query(query: IssueQuery, today: date) -> IssueQuery:
    """The same filters for issues closed within the last 60 days."""
    since = today - timedelta(days=RECENT_DAYS)
    return replace(query, standing=IssueStanding.CLOSED, closed_since=since)


def _outcome(line: IssueLine, steps: tuple[Step, ...]) -> Outcome:
    done = response_or_reason(steps)
    if not done and line.issue.resolved_during_visit:
        done = "This was put right during the visit."
    return Outcome(line, line.issue.description.strip() or line.category, done or line.status)
