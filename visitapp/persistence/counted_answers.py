"""The answers of signed reports, laid out so that SQL counts them.

Like the text index, both tables only repeat what the reports say, so they have no ids or versions
and can be made again at any time. `ANSWER` has the answers of each report; `MONTH` adds them up for
each month and site, over the reports that count. A period is the sum of its whole months, and of
the reports on its other days.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    MetaData,
    Select,
    SmallInteger,
    String,
    Table,
    Uuid,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
)

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.period import Period, month_of
from visitapp.domain.report.counted_answers import CountedAnswer, counted_answers
from visitapp.domain.report.form import Form
from visitapp.domain.report.standard_questions import with_standard_questions
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import AnswerQuery
from visitapp.persistence import forms, schemes
from visitapp.persistence import tables as t
from visitapp.persistence.counting import Scope

ANSWER = Table(
    "counted_answer",
    MetaData(),
    Column("visit_id", Uuid(), primary_key=True),
    Column("question", String(40), primary_key=True),
    Column("meaning", SmallInteger(), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("value", Integer(), primary_key=True),
    Column("number", Integer(), nullable=False),
    sqlite_with_rowid=False,
)
MONTH = Table(
    "counted_month",
    MetaData(),
    Column("month", Date(), primary_key=True),
    Column("question", String(40), primary_key=True),
    Column("meaning", SmallInteger(), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("site_id", Uuid(), primary_key=True),
    Column("type", String(40), primary_key=True),
    Column("number", Integer(), nullable=False),
    Column("total", Integer(), nullable=False),
    Column("most", Integer(), nullable=False),
    sqlite_with_rowid=False,
)
"""`month` is its first day; `total` and `most` are the sum and the largest of numbers."""
SUMS = (
    func.sum(ANSWER.c.number),
    func.sum(ANSWER.c.number * ANSWER.c.value),
    func.max(ANSWER.c.value),
)
BY_ANSWER = (ANSWER.c.question, ANSWER.c.meaning, ANSWER.c.code)
ANSWERS_OF_VISITS = t.visit.join(ANSWER, ANSWER.c.visit_id == t.visit.c.id)
_Months = set[tuple[UUID, date]]
"""Sites, each with the first day of a month."""


class CountingBasis:
    """What counting the answers of reports depends on besides the reports, read once: forms, lists
    and limits."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._forms: dict[tuple[UUID, int], Form | None] = {}
        self._settings: dict[UUID, tuple[CodeBook, int]] = {}

    def answers(self, visit: Visit) -> list[CountedAnswer]:
        """The answers of a report; none if its form is missing or can't be read."""
        form = self.form(visit)
        return [] if form is None else counted_answers(visit, form, *self._known(visit.scheme_id))

    def form(self, visit: Visit) -> Form | None:
        """The form that a visit was written with; None if there is none, or it can't be read."""
        if visit.report is None:
            return None
        key = (visit.scheme_id, visit.report.form_number)
        if key not in self._forms:
            self._forms[key] = self._read(*key)
        return self._forms[key]

    def _read(self, scheme_id: UUID, number: int) -> Form | None:
        try:
            stored = forms.form(self._connection, scheme_id, number)
        except BadInputError:
            return None
        return None if stored is None else with_standard_questions(stored)

    def _known(self, scheme_id: UUID) -> tuple[CodeBook, int]:
        if scheme_id not in self._settings:
            scheme = schemes.scheme(self._connection, scheme_id)
            book = schemes.codes(self._connection, scheme_id)
            self._settings[scheme_id] = book, scheme.immediate_limit
        return self._settings[scheme_id]


def add(connection: Connection, visits: Iterable[Visit]) -> None:
    """Put the answers of signed reports into the tables; their forms are in the file already."""
    months: _Months = set()
    basis = CountingBasis(connection)
    for visit in visits:
        answers = basis.answers(visit)
        if answers:
            connection.execute(insert(ANSWER), [_values(visit, item) for item in answers])
            months.add((visit.site_id, visit.arrived.day.replace(day=1)))
    _add_up(connection, months)


def _values(visit: Visit, answer: CountedAnswer) -> dict[str, Any]:
    return {
        "visit_id": visit.id,
        "question": answer.question,
        "meaning": answer.meaning,
        "code": answer.code,
        "value": answer.value,
        "number": answer.rows,
    }


def recount(connection: Connection, visits: ColumnElement[bool]) -> None:
    """Add up again the months of some reports, which count now or no longer do."""
    _add_up(connection, _months(connection, visits))


def remove(connection: Connection, visit_ids: Sequence[UUID]) -> None:
    """Take the answers of reports out of the tables; the reports are still in the file."""
    months = _months(connection, t.visit.c.id.in_(visit_ids))
    connection.execute(delete(ANSWER).where(ANSWER.c.visit_id.in_(visit_ids)))
    _add_up(connection, months)


def rebuild(connection: Connection, visits: Iterable[Visit]) -> None:
    """Empty the tables and fill them with the answers of these reports."""
    connection.execute(delete(ANSWER))
    connection.execute(delete(MONTH))
    add(connection, visits)


def _months(connection: Connection, visits: ColumnElement[bool]) -> _Months:
    answered = exists().where(ANSWER.c.visit_id == t.visit.c.id)
    query = select(t.visit.c.site_id, t.visit.c.local_date).where(visits, answered)
    return {(site_id, day.replace(day=1)) for site_id, day in connection.execute(query)}


def _add_up(connection: Connection, months: _Months) -> None:
    visit = t.visit.c
    for site_id, first in sorted(months, key=str):
        connection.execute(delete(MONTH).where(MONTH.c.month == first, MONTH.c.site_id == site_id))
        month = literal(first, Date()), literal(site_id, Uuid())
        sums = (
            select(month[0], *BY_ANSWER, month[1], visit.type, *SUMS)
            .select_from(ANSWERS_OF_VISITS)
            .where(
                visit.site_id == site_id,
                visit.state == State.LOCKED.value,
                visit.local_date.between(first, month_of(first).end),
            )
            .group_by(*BY_ANSWER, visit.type)
        )
        connection.execute(insert(MONTH).from_select(MONTH.columns.keys(), sums))


def gave(query: AnswerQuery) -> ColumnElement[bool]:
    """Whether an answer was given at a visit, for a query."""
    answer = ANSWER.c
    return exists().where(
        answer.visit_id == t.visit.c.id,
        answer.question == query.question,
        answer.meaning == query.meaning,
        answer.code == query.code,
    )


@dataclass(slots=True)
class AnswerCount:
    """How many rows gave an answer, and the sum and the largest of the numbers given."""

    rows: int = 0
    total: int = 0
    most: int = 0

    def add(self, rows: int, total: int, most: int) -> None:
        """Add what was counted elsewhere."""
        self.rows += int(rows)
        self.total += int(total)
        self.most = max(self.most, most)


AnswerKey = tuple[str, int, str]
"""Question, meaning and code."""


def counts(connection: Connection, scope: Scope) -> dict[AnswerKey, AnswerCount]:
    """The answers of all counted visits in the scope."""
    months = scope.period.months()
    sites = _sites(scope)
    added: dict[AnswerKey, AnswerCount] = defaultdict(AnswerCount)
    parts = [_of_days(scope, sites, days) for days in _days_apart(scope.period, months)]
    if months:
        parts.append(_of_months(scope, sites, months[0].start, months[-1].start))
    for part in parts:
        for question, meaning, code, *numbers in connection.execute(part):
            added[question, meaning, code].add(*numbers)
    return added


def counts_by_site(
    connection: Connection,
    scope: Scope,
    questions: Collection[str],
) -> dict[UUID, dict[AnswerKey, AnswerCount]]:
    """The answers to a few questions at all counted visits in the scope, each site apart."""
    months = scope.period.months()
    sites = _sites(scope)
    by_site: dict[UUID, dict[AnswerKey, AnswerCount]] = defaultdict(
        lambda: defaultdict(AnswerCount)
    )
    parts = [
        _of_days(scope, sites, days, t.visit.c.site_id).where(ANSWER.c.question.in_(questions))
        for days in _days_apart(scope.period, months)
    ]
    month, firsts = MONTH.c, [each.start for each in months]
    grouped = (month.site_id, month.question, month.meaning, month.code)
    parts.append(
        select(*grouped, func.sum(month.number), func.sum(month.total), func.max(month.most))
        .where(
            month.month.in_(firsts),
            month.question.in_(questions),
            month.site_id.in_(sites),
            month.type.not_in(scope.codes.training),
        )
        .group_by(*grouped)
    )
    for part in parts:
        for site_id, question, meaning, code, *numbers in connection.execute(part):
            by_site[site_id][question, meaning, code].add(*numbers)
    return by_site


def _sites(scope: Scope) -> Any:
    """The sites of the scope, for a query."""
    if scope.site_ids is not None:
        return scope.site_ids
    return select(t.site.c.id).where(t.site.c.scheme_id == scope.scheme_id)


def _days_apart(period: Period, months: Sequence[Period]) -> list[Period]:
    """The days of a period that belong to none of its whole months."""
    if not months:
        return [period]
    before = (period.start, months[0].start - timedelta(days=1))
    after = (months[-1].end + timedelta(days=1), period.end)
    return [Period(first, last) for first, last in (before, after) if first <= last]


def _of_months(scope: Scope, sites: Any, first: date, last: date) -> Select[Any]:
    """Each month in the order of the table, so that little is left to sort."""
    month = MONTH.c
    grouped = (month.question, month.meaning, month.code)
    months = (
        select(
            *grouped,
            func.sum(month.number).label("number"),
            func.sum(month.total).label("total"),
            func.max(month.most).label("most"),
        )
        .where(
            month.month.between(first, last),
            month.site_id.in_(sites),
            month.type.not_in(scope.codes.training),
        )
        .group_by(month.month, *grouped)
        .subquery()
        .c
    )
    answer = (months.question, months.meaning, months.code)
    sums = (func.sum(months.number), func.sum(months.total), func.max(months.most))
    return select(*answer, *sums).group_by(*answer)


def _of_days(scope: Scope, sites: Any, days: Period, *apart: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*apart, *BY_ANSWER, *SUMS)
        .select_from(ANSWERS_OF_VISITS)
        .where(t.visit.c.site_id.in_(sites), *replace(scope, period=days).attempted())
        .group_by(*apart, *BY_ANSWER)
    )
