"""The answers of signed reports, laid out so that SQL counts them.

Like the text index, both tables only repeat what the reports say, so they have no ids or versions
and can be made again at any time. `ANSWER` has the answers of each report; `MONTH` adds them up for
each month, over the reports that count: for each site, and for each scheme as a whole. A period is
the sum of its whole months, and of the reports on its other days.
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
from visitapp.domain.report.counted_answers import WITHOUT_ANSWER, CountedAnswer, counted_answers
from visitapp.domain.report.form import Form
from visitapp.domain.report.standard_questions import with_standard_questions
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import ANSWERED, AnswerQuery
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
    Column("place_id", Uuid(), primary_key=True),
    Column("month", Date(), primary_key=True),
    Column("question", String(40), primary_key=True),
    Column("meaning", SmallInteger(), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("type", String(40), primary_key=True),
    Column("number", Integer(), nullable=False),
    Column("total", Integer(), nullable=False),
    Column("most", Integer(), nullable=False),
    sqlite_with_rowid=False,
)
"""`place_id` is a site, or a scheme for all its sites; `month` is the first day of a month; `total`
and `most` are the sum and the largest of numbers."""
SUMS = (
    func.sum(ANSWER.c.number),
    func.sum(ANSWER.c.number * ANSWER.c.value),
    func.max(ANSWER.c.value),
)
_MONTH_SUMS = (func.sum(MONTH.c.number), func.sum(MONTH.c.total), func.max(MONTH.c.most))
BY_ANSWER = (ANSWER.c.question, ANSWER.c.meaning, ANSWER.c.code)
ANSWERS_OF_VISITS = t.visit.join(ANSWER, ANSWER.c.visit_id == t.visit.c.id)
_Months = set[tuple[UUID, UUID, date]]
"""Schemes, each with a site and the first day of a month."""


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
            months.add((visit.scheme_id, visit.site_id, visit.arrived.day.replace(day=1)))
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


def recount_sites(connection: Connection, scheme_id: UUID, site_ids: Sequence[UUID]) -> None:
    """Add up again all months of some sites of a scheme: visits to one are counted at another."""
    query = select(MONTH.c.month).where(MONTH.c.place_id.in_(site_ids)).distinct()
    months = list(connection.execute(query).scalars())
    _add_up(connection, {(scheme_id, site_id, first) for first in months for site_id in site_ids})


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
    query = select(t.visit.c.scheme_id, t.visit.c.site_id, t.visit.c.local_date)
    rows = connection.execute(query.where(visits, answered))
    return {(scheme_id, site_id, day.replace(day=1)) for scheme_id, site_id, day in rows}


def _add_up(connection: Connection, months: _Months) -> None:
    for _, site_id, first in sorted(months, key=str):
        _put(connection, site_id, first, _of_reports(site_id, month_of(first)))
    for scheme_id, first in sorted({(scheme_id, first) for scheme_id, _, first in months}, key=str):
        _put(connection, scheme_id, first, _of_sites(scheme_id, first))


def _put(connection: Connection, place_id: UUID, first: date, sums: Select[Any]) -> None:
    """Write what was added up for a place in place of what stood there."""
    connection.execute(delete(MONTH).where(MONTH.c.place_id == place_id, MONTH.c.month == first))
    of_place = sums.add_columns(literal(place_id, Uuid()), literal(first, Date()))
    names = ("question", "meaning", "code", "type", "number", "total", "most", "place_id", "month")
    connection.execute(insert(MONTH).from_select(names, of_place))


def _of_reports(site_id: UUID, month: Period) -> Select[Any]:
    visit = t.visit.c
    return (
        select(*BY_ANSWER, visit.type, *SUMS)
        .select_from(ANSWERS_OF_VISITS)
        .where(
            visit.site_id == site_id,
            visit.state == State.LOCKED.value,
            visit.local_date.between(month.start, month.end),
        )
        .group_by(*BY_ANSWER, visit.type)
    )


def _of_sites(scheme_id: UUID, first: date) -> Select[Any]:
    month = MONTH.c
    sites = select(t.site.c.id).where(t.site.c.scheme_id == scheme_id)
    grouped = (month.question, month.meaning, month.code, month.type)
    return (
        select(*grouped, *_MONTH_SUMS)
        .where(month.place_id.in_(sites), month.month == first)
        .group_by(*grouped)
    )


def gave(query: AnswerQuery) -> ColumnElement[bool]:
    """Whether an answer was given at a visit, or the question asked, for a query."""
    answer = ANSWER.c
    of_question = (
        answer.visit_id == t.visit.c.id,
        answer.question == query.question,
        answer.meaning == query.meaning,
    )
    if query.code is None:
        return exists().where(*of_question)
    if query.code == ANSWERED:
        return exists().where(*of_question, answer.code.not_in(WITHOUT_ANSWER))
    return exists().where(*of_question, answer.code == query.code)


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
    added: dict[AnswerKey, AnswerCount] = defaultdict(AnswerCount)
    parts = [_of_days(scope, days) for days in _days_apart(scope.period, months)]
    if months:
        places = [scope.scheme_id] if scope.site_ids is None else scope.site_ids
        parts.append(_of_months(scope, places, months))
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
    by_site: dict[UUID, dict[AnswerKey, AnswerCount]] = defaultdict(
        lambda: defaultdict(AnswerCount)
    )
    parts = [
        _of_days(scope, days, t.visit.c.site_id).where(ANSWER.c.question.in_(questions))
        for days in _days_apart(scope.period, months)
    ]
    if months:
        sites: Any = scope.site_ids
        if sites is None:
            sites = select(t.site.c.id).where(t.site.c.scheme_id == scope.scheme_id)
        of_months = _of_months(scope, sites, months, MONTH.c.place_id)
        parts.append(of_months.where(MONTH.c.question.in_(questions)))
    for part in parts:
        for site_id, question, meaning, code, *numbers in connection.execute(part):
            by_site[site_id][question, meaning, code].add(*numbers)
    return by_site


def _days_apart(period: Period, months: Sequence[Period]) -> list[Period]:
    """The days of a period that belong to none of its whole months."""
    if not months:
        return [period]
    before = (period.start, months[0].start - timedelta(days=1))
    after = (months[-1].end + timedelta(days=1), period.end)
    return [Period(first, last) for first, last in (before, after) if first <= last]


def _of_months(
    scope: Scope, places: Any, months: Sequence[Period], *apart: ColumnElement[Any]
) -> Select[Any]:
    month = MONTH.c
    grouped = (*apart, month.question, month.meaning, month.code)
    return (
        select(*grouped, *_MONTH_SUMS)
        .where(
            month.place_id.in_(places),
            month.month.between(months[0].start, months[-1].start),
            month.type.not_in(scope.codes.training),
        )
        .group_by(*grouped)
    )


def _of_days(scope: Scope, days: Period, *apart: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*apart, *BY_ANSWER, *SUMS)
        .select_from(ANSWERS_OF_VISITS)
        .where(*replace(scope, period=days).attempted())
        .group_by(*apart, *BY_ANSWER)
    )
