"""Whether the tables of counted answers say what the reports say.

They have no digest of their own, as they repeat the reports: another program that changes them
would change figures that nobody compares with anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Date,
    Select,
    exists,
    func,
    select,
    union_all,
)

from visitapp.domain.report.counted_answers import CountedKey, bounds
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence import visits as stored
from visitapp.persistence.counted_answers import (
    ANSWER,
    ANSWERS_OF_VISITS,
    BY_ANSWER,
    MONTH,
    SUMS,
    CountingBasis,
)
from visitapp.persistence.findings import IntegrityFinding, Mismatch

_AT_ONCE = 500
_TABLES = frozenset({"report", "report_row", "form", "visit", "outcome_count", "code"})
_Answers = Mapping[CountedKey, int]


def answers_miscounted(connection: Connection) -> Iterator[IntegrityFinding]:
    """Reports whose counted answers aren't theirs, answers of no report, and monthly sums that
    aren't those of the answers. All of it can be counted again."""
    basis = CountingBasis(connection)
    ids = list(connection.execute(select(rt.report.c.visit_id)).scalars())
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        counted = _counted(connection, part)
        for visit in stored.visits(connection, part):
            if not _agrees(basis, visit, counted.get(visit.id, {})):
                yield _differs(visit.ref)
    of_none = ~exists().where(rt.report.c.visit_id == ANSWER.c.visit_id)
    strangers = select(ANSWER.c.number).where(of_none)
    if connection.execute(strangers.limit(1)).first() or _sums_differ(connection):
        yield IntegrityFinding(
            "The sums of answers are not those of the reports. Count the answers again.",
            mismatch=Mismatch.COUNTED,
            tables=_TABLES,
        )


def _differs(ref: str) -> IntegrityFinding:
    return IntegrityFinding(
        f"Visit {ref}: its counted answers are not those in its report. Count the answers again.",
        mismatch=Mismatch.COUNTED,
        subject=ref,
        tables=_TABLES,
        many="The counted answers of {} reports are not those in the reports. Count the answers "
        "again.",
    )


def _counted(
    connection: Connection, visit_ids: Sequence[UUID]
) -> dict[UUID, dict[CountedKey, int]]:
    by_visit: dict[UUID, dict[CountedKey, int]] = {}
    rows = connection.execute(select(ANSWER).where(ANSWER.c.visit_id.in_(visit_ids)))
    for visit_id, question, meaning, code, value, number in rows:
        by_visit.setdefault(visit_id, {})[question, meaning, code, value] = number
    return by_visit


def _agrees(basis: CountingBasis, visit: Visit, counted: _Answers) -> bool:
    """Whether these are the answers of the report. What was asked depends on settings of the day
    when it was counted, which may have changed since."""
    if counted == {answer.key: answer.rows for answer in basis.answers(visit)}:
        return True
    form = basis.form(visit)
    if form is None:  # another check says so
        return True
    least, most = bounds(visit, form)
    keys = {*counted, *most}
    return all(least[key] <= counted.get(key, 0) <= most[key] for key in keys)


def _sums_differ(connection: Connection) -> bool:
    visit = t.visit.c
    sums = select(union_all(_sums_of(visit.site_id), _sums_of(visit.scheme_id)).subquery())
    kept = select(*MONTH.columns)
    differing = (sums.except_(kept), kept.except_(sums))
    return any(_number_of(connection, query) for query in differing)


def _sums_of(place: ColumnElement[UUID]) -> Select[Any]:
    first = func.date(t.visit.c.local_date, "start of month", type_=Date())
    return (
        select(place.label("place_id"), first, *BY_ANSWER, t.visit.c.type, *SUMS)
        .select_from(ANSWERS_OF_VISITS)
        .where(t.visit.c.state == State.LOCKED.value)
        .group_by(place, first, *BY_ANSWER, t.visit.c.type)
    )


def _number_of(connection: Connection, query: CompoundSelect[Any]) -> int:
    """How many rows; what another program wrote in them is not read."""
    return connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
