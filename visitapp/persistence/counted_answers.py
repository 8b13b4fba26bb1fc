"""The answers of signed reports, laid out so that SQL counts them.

Like the text index, the table only repeats what the reports say, so it has no ids or versions and
can be made again at any time. Site and day of a signed visit never change, so they are in it too:
counting then reads one range for each site, in the order in which it is grouped.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Uuid,
    delete,
    func,
    insert,
    or_,
    select,
)

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.report.counted_answers import CountedAnswer, counted_answers
from visitapp.domain.report.form import Form
from visitapp.domain.report.standard_questions import with_standard_questions
from visitapp.domain.report.visit import State, Visit
from visitapp.domain.year.visit_list import AnswerQuery
from visitapp.persistence import forms, schemes
from visitapp.persistence import tables as t
from visitapp.persistence.counting import Scope

ANSWER = Table(
    "counted_answer",
    MetaData(),
    Column("site_id", Uuid(), primary_key=True),
    Column("question", String(40), primary_key=True),
    Column("meaning", SmallInteger(), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("value", Integer(), primary_key=True),
    Column("day", Date(), primary_key=True),
    Column("visit_id", Uuid(), primary_key=True, index=True),
    Column("number", Integer(), nullable=False),
    sqlite_with_rowid=False,
)


def add(connection: Connection, visits: Iterable[Visit]) -> None:
    """Put the answers of signed reports into the table; their forms are in the file already. A
    report whose form is missing or can't be read adds nothing."""

    @cache
    def form(scheme_id: UUID, number: int) -> Form | None:
        try:
            stored = forms.form(connection, scheme_id, number)
        except BadInputError:
            return None
        return None if stored is None else with_standard_questions(stored)

    @cache
    def known(scheme_id: UUID) -> tuple[CodeBook, int]:
        scheme = schemes.scheme(connection, scheme_id)
        return schemes.codes(connection, scheme_id), scheme.immediate_limit

    for visit in visits:
        asked = visit.report and form(visit.scheme_id, visit.report.form_number)
        if asked:
            answers = counted_answers(visit, asked, *known(visit.scheme_id))
            if answers:
                connection.execute(insert(ANSWER), [_values(visit, item) for item in answers])


def _values(visit: Visit, answer: CountedAnswer) -> dict[str, Any]:
    return {
        "site_id": visit.site_id,
        "question": answer.question,
        "meaning": answer.meaning,
        "code": answer.code,
        "value": answer.value,
        "day": visit.arrived.day,
        "visit_id": visit.id,
        "number": answer.rows,
    }


def remove(connection: Connection, visit_ids: Sequence[UUID]) -> None:
    """Take the answers of reports out of the table."""
    connection.execute(delete(ANSWER).where(ANSWER.c.visit_id.in_(visit_ids)))


def rebuild(connection: Connection, visits: Iterable[Visit]) -> None:
    """Empty the table and fill it with the answers of these reports."""
    connection.execute(delete(ANSWER))
    add(connection, visits)


def gave(query: AnswerQuery) -> ColumnElement[bool]:
    """Whether an answer was given at a visit, for a query."""
    answer = ANSWER.c
    return t.visit.c.id.in_(
        select(answer.visit_id).where(
            answer.question == query.question,
            answer.meaning == query.meaning,
            answer.code == query.code,
        )
    )


@dataclass(slots=True)
class AnswerCount:
    """How many rows gave an answer, and the sum and the largest of the numbers given."""

    rows: int = 0
    total: int = 0
    most: int = 0


AnswerKey = tuple[str, int, str]
"""Question, meaning and code."""


def counts(
    connection: Connection, scope: Scope, site_ids: Collection[UUID] | None = None
) -> dict[AnswerKey, AnswerCount]:
    """The answers of all counted visits in the scope, or of those to some sites."""
    visit, answer = t.visit.c, ANSWER.c
    of_scheme = select(t.site.c.id).where(t.site.c.scheme_id == scope.scheme_id)
    not_counted = select(visit.id).where(
        visit.scheme_id == scope.scheme_id,
        or_(visit.state != State.LOCKED.value, visit.type.in_(scope.codes.training)),
    )
    grouped = (answer.site_id, answer.question, answer.meaning, answer.code)
    query = (
        select(
            *grouped[1:],
            func.sum(answer.number),
            func.sum(answer.number * answer.value),
            func.max(answer.value),
        )
        .where(
            answer.site_id.in_(of_scheme if site_ids is None else site_ids),
            answer.day.between(scope.period.start, scope.period.end),
            answer.visit_id.not_in(not_counted),
        )
        .group_by(*grouped)
    )
    added: dict[AnswerKey, AnswerCount] = defaultdict(AnswerCount)
    for question, meaning, code, rows, total, most in connection.execute(query):
        count = added[question, meaning, code]
        count.rows += int(rows)
        count.total += int(total)
        count.most = max(count.most, most)
    return added
