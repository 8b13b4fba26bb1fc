"""Lists of visits, searched and fetched a page at a time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, and_, case, false, func, not_, or_, select

from visitapp.domain.moment import Moment
from visitapp.domain.office.codes import CountingCodes
from visitapp.domain.report.visit_codes import AccessBand, State
from visitapp.domain.text.wording import joined
from visitapp.domain.year.visit_list import (
    CellQuery,
    CountedVisits,
    VisitPage,
    VisitQuery,
    VisitRow,
)
from visitapp.persistence import same_person, schemes, search
from visitapp.persistence import tables as t
from visitapp.persistence.counting import completed_at_site
from visitapp.persistence.naming import ids_named, ranks_by_name
from visitapp.persistence.waits import wait_band

_ISSUES = (
    select(func.count()).where(t.issue.c.visit_id == t.visit.c.id).correlate(t.visit)
).scalar_subquery()

_JOINED = t.visit.join(t.site, t.site.c.id == t.visit.c.site_id)
_LINES = select(t.visit, t.site.c.name.label("site_name"), _ISSUES.label("issues")).select_from(
    _JOINED
)

_SORTS: dict[str, ColumnElement[Any]] = {
    "arrived": t.visit.c.arrived_utc,
    "ref": t.visit.c.ref,
    "type": t.visit.c.type,
    "status": t.visit.c.status,
    "wait": t.visit.c.wait_minutes,
    "present": t.visit.c.present,
    "issues": _ISSUES,
}


def _sort(connection: Connection, key: str) -> ColumnElement[Any]:
    if key == "site":
        ranks = ranks_by_name(connection, t.site)
        return case(ranks, value=t.site.c.id, else_=None)
    return _SORTS[key]


def page(
    connection: Connection,
    query: VisitQuery,
    seen_outcomes: Sequence[str],
    codes: Mapping[UUID, CountingCodes],
) -> VisitPage:
    """One page of the visits that `query` asks for, newest first by default, and how many there
    are. `codes` are each scheme's own."""
    conditions = _conditions(connection, query, codes)
    total = connection.execute(
        select(func.count()).select_from(_JOINED).where(*conditions)
    ).scalar_one()
    return VisitPage(_lines(connection, query, conditions, seen_outcomes), total)


def lines(
    connection: Connection,
    query: VisitQuery,
    seen_outcomes: Sequence[str],
    codes: Mapping[UUID, CountingCodes],
) -> tuple[VisitRow, ...]:
    """The same page without the number, which takes as long as a search for its lines."""
    return _lines(connection, query, _conditions(connection, query, codes), seen_outcomes)


def _lines(
    connection: Connection,
    query: VisitQuery,
    conditions: Sequence[ColumnElement[bool]],
    seen_outcomes: Sequence[str],
) -> tuple[VisitRow, ...]:
    sort = _sort(connection, query.sort)
    # Sort ids first, since sorting complete rows with their texts would be slow.
    ids = connection.execute(
        select(t.visit.c.id)
        .select_from(_JOINED)
        .where(*conditions)
        .order_by(
            sort.is_(None),
            sort.desc() if query.descending else sort.asc(),
            t.visit.c.arrived_utc.desc(),
            t.visit.c.id,
        )
        .limit(query.limit)
        .offset(query.offset)
    ).scalars()
    order = list(ids)
    by_id = rows_of(connection, order, seen_outcomes)
    return tuple(by_id[visit_id] for visit_id in order)


def rows_of(
    connection: Connection, ids: Sequence[UUID], seen_outcomes: Sequence[str]
) -> dict[UUID, VisitRow]:
    """The lines of these visits, by id."""
    rows = connection.execute(_LINES.where(t.visit.c.id.in_(ids))).all()
    return {row.id: row for row in _to_rows(connection, rows, seen_outcomes)}


def _to_rows(
    connection: Connection, rows: Sequence[Row[Any]], seen_outcomes: Sequence[str]
) -> tuple[VisitRow, ...]:
    ids = [row.id for row in rows]
    names = _visitor_names(connection, ids)
    seen = _seen(connection, ids, seen_outcomes)
    return tuple(_to_row(row, names.get(row.id, ""), seen.get(row.id)) for row in rows)


def _conditions(
    connection: Connection, query: VisitQuery, codes: Mapping[UUID, CountingCodes]
) -> list[ColumnElement[bool]]:
    visit = t.visit.c
    conditions: list[ColumnElement[bool]] = [
        visit.state.in_([state.value for state in query.states])
    ]
    if query.scheme_id is not None:
        conditions.append(visit.scheme_id == query.scheme_id)
    if query.site_ids:
        conditions.append(visit.site_id.in_(query.site_ids))
    if query.period is not None:
        conditions.append(visit.local_date.between(query.period.start, query.period.end))
    if query.counted is not None:
        conditions.append(_is_counted(query.counted, codes))
    if query.batch_id is not None:
        conditions.append(visit.batch_id == query.batch_id)
    if query.answer is not None:
        from visitapp.persistence.counted_answers import gave

        conditions.append(gave(query.answer))
    if query.of is not None:
        from visitapp.persistence.own_records import is_mine

        conditions.append(is_mine(query.of))
    if query.cell is not None:
        conditions.append(visit.site_id == query.cell.site_id)
        conditions.append(_in_cell(query.cell))
    conditions.extend(_recorded(connection, query, codes))
    conditions.extend(_mentions(connection, word) for word in query.text.split())
    return conditions


def _is_counted(which: CountedVisits, codes: Mapping[UUID, CountingCodes]) -> ColumnElement[bool]:
    ways = []
    for scheme_id, of_scheme in codes.items():
        way = [t.visit.c.scheme_id == scheme_id, t.visit.c.type.not_in(of_scheme.training)]
        if which is CountedVisits.MADE:
            way.append(t.visit.c.status.not_in(of_scheme.not_made))
        elif which is CountedVisits.AT_SITE:
            way += completed_at_site(of_scheme)
        ways.append(and_(*way))
    return or_(false(), *ways)


def _recorded(
    connection: Connection, query: VisitQuery, codes: Mapping[UUID, CountingCodes]
) -> Iterator[ColumnElement[bool]]:
    """What must have been recorded at the visits."""
    if query.waits:
        yield _has_wait(connection, query.waits, codes)
    if query.delay_reasons:
        yield t.visit.c.delay_reason.in_(query.delay_reasons)
    if query.categories:
        issue = t.issue.c
        raised = select(issue.visit_id).where(issue.category.in_(query.categories))
        yield t.visit.c.id.in_(raised)


def _has_wait(
    connection: Connection, waits: Sequence[AccessBand], codes: Mapping[UUID, CountingCodes]
) -> ColumnElement[bool]:
    """By the limits of each visit's own scheme."""
    bands = [band.value for band in waits]
    ways = (
        and_(t.visit.c.scheme_id == scheme.id, wait_band(codes[scheme.id], scheme).in_(bands))
        for scheme in schemes.schemes(connection)
        if scheme.id in codes
    )
    return or_(false(), *ways)


def _in_cell(cell: CellQuery) -> ColumnElement[bool]:
    weekday, minute = t.visit.c.weekday, t.visit.c.minute
    groups = cell.grid.days if cell.row is None else cell.grid.days[cell.row : cell.row + 1]
    bands = cell.grid.bands
    if cell.column is not None:
        bands = bands[cell.column : cell.column + 1]
    inside = and_(
        t.visit.c.day_only.is_(False),
        weekday.in_([day for group in groups for day in group.weekdays]),
        or_(*(and_(minute >= band.start, minute < band.end) for band in bands)),
    )
    return not_(inside) if cell.outside else inside


def _mentions(connection: Connection, word: str) -> ColumnElement[bool]:
    """Visits that mention a word. There are few people and sites, so their ids are looked up
    first."""
    people = set(ids_named(connection, t.person, word))
    kept = same_person.kept_of(connection)
    people |= {person_id for person_id, kept_id in kept.items() if kept_id in people}
    named = select(t.visitor.c.visit_id).where(t.visitor.c.person_id.in_(people))
    sites = ids_named(connection, t.site, word)
    return or_(
        t.visit.c.ref.icontains(word, autoescape=True),
        t.visit.c.source_ref.icontains(word, autoescape=True),
        t.visit.c.site_id.in_(sites),
        t.visit.c.signed_site_id.in_(sites),
        t.visit.c.id.in_(named),
        search.has_word(word),
    )


def _visitor_names(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, str]:
    rows = connection.execute(
        select(t.visitor.c.visit_id, t.person.c.name)
        .join(t.person, t.person.c.id == t.visitor.c.person_id)
        .where(t.visitor.c.visit_id.in_(ids), t.visitor.c.observes.is_(False))
        .order_by(t.visitor.c.position)
    )
    names: dict[UUID, list[str]] = {}
    for visit_id, name in rows:
        names.setdefault(visit_id, []).append(name)
    return {visit_id: joined(pair) for visit_id, pair in names.items()}


def _seen(connection: Connection, ids: Sequence[UUID], outcomes: Sequence[str]) -> dict[UUID, int]:
    rows = connection.execute(
        select(t.outcome_count.c.visit_id, func.sum(t.outcome_count.c.number))
        .where(t.outcome_count.c.visit_id.in_(ids), t.outcome_count.c.outcome.in_(outcomes))
        .group_by(t.outcome_count.c.visit_id)
    )
    return {visit_id: int(number) for visit_id, number in rows}


def _to_row(row: Row[Any], visitors: str, seen: int | None) -> VisitRow:
    return VisitRow(
        id=row.id,
        ref=row.ref,
        scheme_id=row.scheme_id,
        site_id=row.site_id,
        site_name=row.site_name,
        arrived=Moment(row.arrived_utc, row.arrived_offset),
        type=row.type,
        mode=row.mode,
        status=row.status,
        state=State(row.state),
        visitors=visitors,
        present=row.present,
        seen=seen if seen is not None else (0 if row.present is not None else None),
        wait_minutes=row.wait_minutes,
        issues=row.issues,
        imported=row.batch_id is not None,
        version=row.version,
        has_time=not row.day_only,
    )
