"""Whether the records are reliable: first the file itself, then the contents of its rows."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Select, and_, exists, func, or_, select

from visitapp.domain.errors import DamagedError, StorageError
from visitapp.domain.moment import Moment
from visitapp.domain.office.scheme import Kind
from visitapp.domain.records.anchor import Anchor
from visitapp.domain.records.health import Health
from visitapp.domain.report.visit_codes import State
from visitapp.domain.text.wording import number_of
from visitapp.persistence import (
    accounts,
    animals,
    availability,
    claims,
    copies,
    counted_sites,
    dialect,
    drafts,
    ledger,
    meetings,
    migrate,
    monitoring,
    people,
    plans,
    record_reviews,
    salvaged,
    schemes,
)
from visitapp.persistence import tables as t
from visitapp.persistence.contradictions import findings, known_digests, settings_changed
from visitapp.persistence.counted_check import answers_miscounted
from visitapp.persistence.damaged import tables_touched
from visitapp.persistence.database import Database
from visitapp.persistence.findings import UNREADABLE, IntegrityFinding, Mismatch, sentences

_CODED = (
    (t.visit.c.type, "visit_type", "type"),
    (t.visit.c.mode, "visit_mode", "way it was made"),
    (t.visit.c.status, "visit_status", "status"),
    (t.visit.c.delay_reason, "delay_reason", "reason for the wait"),
    (t.outcome_count.c.outcome, "outcome", "outcome"),
    (t.outcome_count.c.reason, "outcome_reason", "reason"),
    (t.issue.c.category, "issue_category", "category of an issue"),
    (t.issue.c.origin, "issue_origin", "origin of an issue"),
    (t.issue.c.status, "issue_status", "status of an issue"),
)


FIRST_PAGE = (
    "The passphrase or code is right, but the first page of the file is damaged. Nothing can be "
    "saved without that page. Restore a backup."
)


def look(database: Database) -> Health:
    """Check the whole file.

    The rows of an older file aren't checked: it has to be upgraded first. Raises NewerFileError,
    and StorageError if the file can't be checked.
    """
    disagreements: list[str] = []
    try:
        bad, disagreements = _of_pages(database)
        if missing := database.pages_missing:
            return Health((_cut_short(missing), *_what_is_lost(database)))
        if bad:
            return Health((*bad, *_what_is_lost(database)))
        if not migrate.is_current(database):
            return Health(tuple(disagreements))
        with database.reading() as connection:
            contradicted = contradictions(connection)
            return Health(
                tuple(disagreements),
                tuple(sentences(contradicted)),
                *_of_ledger(connection),
                answers_miscounted=any(f.mismatch is Mismatch.COUNTED for f in contradicted),
            )
    except DamagedError as error:
        words = _of_the_table_of_tables(database, error) or [str(error)]
        return Health((*disagreements, *words, *of_first_page(database, error)))


def _of_the_table_of_tables(database: Database, error: DamagedError) -> list[str]:
    """The bad pages of a file whose table of tables has one, so that nothing but its pages can be
    read."""
    if error.is_lost:
        return []
    try:
        with closing(database.connection_alone()) as source:
            return dialect.bad_pages(source)
    except (dialect.dbapi().Error, StorageError):
        return []


def of_first_page(database: Database, error: DamagedError) -> list[str]:
    """What to add if a file can't be read at all, although its key is right."""
    if not error.is_lost or database.path is None:
        return []
    try:
        with closing(database.connection_alone()) as source:
            is_first = dialect.only_the_first_page_is_bad(source)
    except (dialect.dbapi().Error, StorageError):
        return []
    return [FIRST_PAGE] if is_first else []


def _cut_short(pages: int) -> str:
    missing = number_of(pages, "page is", "pages are")
    return f"The file was cut short: {missing} missing at its end."


def damage(database: Database) -> list[str]:
    """All damage and contradictions; empty for sound records."""
    return look(database).faults


def contradictions(connection: Connection) -> list[IntegrityFinding]:
    """Where the records contradict each other, or hold a value that can't be right."""
    orphans = [IntegrityFinding(sentence) for sentence in dialect.misplaced(connection)]
    known = _known(connection)
    findings = [*orphans, *_unreadable_lists(connection), *_findings_about_visits(connection)]
    return [finding for finding in findings if finding.digest not in known]


def _known(connection: Connection) -> set[str]:
    try:
        return known_digests(connection)
    except UNREADABLE:
        return set()


def _of_ledger(connection: Connection) -> tuple[tuple[str, ...], Anchor | None]:
    try:
        return tuple(salvaged.notes(connection)), ledger.anchor(connection)
    except UNREADABLE:
        return (), None


def _of_pages(database: Database) -> tuple[list[str], list[str]]:
    """Sentences about bad pages and (if there are none) about tables that disagree."""
    try:
        database.checkpoint()
        with closing(database.fresh_connection()) as source:
            bad = dialect.bad_pages(source)
            return bad, [] if bad else dialect.physical_damage(source)
    except dialect.dbapi().Error as error:
        raise dialect.as_storage_error(error) from error


def _what_is_lost(database: Database) -> Iterator[str]:
    """The tables that bad pages belong to, and what can be done."""
    try:
        touched = tables_touched(database)
    except dialect.dbapi().Error:
        yield "The file's list of tables can't be read. Restore a backup."
        return
    if touched:
        named = ", ".join(f"\u201c{name}\u201d" for name in touched)
        yield f"Some entries can no longer be read, in: {named}."
    else:
        yield "Every entry can still be read."
    yield "Restore a backup, or save what can be read in a new file (visitapp salvage)."


def _of_each_scheme(
    read: Callable[[Connection, UUID], object],
) -> Callable[[Connection], object]:
    def read_all(connection: Connection) -> object:
        ids = connection.scalars(select(t.scheme.c.id)).all()
        return [read(connection, scheme_id) for scheme_id in ids]

    return read_all


_LISTS: tuple[tuple[str, Callable[[Connection], object]], ...] = (
    ("about the office", schemes.office),
    ("of those who use the file", accounts.accounts),
    ("of schemes", schemes.schemes),
    ("of sites", schemes.sites),
    ("of timeslots", schemes.grids),
    ("of coded values", _of_each_scheme(schemes.codes)),
    ("of hourly rates", _of_each_scheme(schemes.rates)),
    ("of throughput", _of_each_scheme(schemes.throughputs)),
    ("of earlier years", _of_each_scheme(schemes.earlier_totals)),
    ("of those who get copies", _of_each_scheme(copies.recipients)),
    ("of people", people.people),
    ("of when people can visit", availability.availabilities),
    ("of animals", animals.animals),
    ("of meetings", meetings.meetings),
    ("of what volunteers claim", claims.every_claim),
    ("for equality monitoring", monitoring.answers),
    ("of the area\u2019s people", monitoring.populations),
    ("of reviews of custody records", record_reviews.record_reviews),
    ("of reports being written", drafts.drafts),
    ("of plans", plans.plans),
    ("of how sites are visited", plans.policies),
)


def _unreadable_lists(connection: Connection) -> Iterator[IntegrityFinding]:
    """Lists that every page of the window needs."""
    for name, read in _LISTS:
        try:
            read(connection)
        except UNREADABLE:
            sentence = f"Part of what is recorded {name} can't be read: another program changed it."
            yield IntegrityFinding(sentence)


def _findings_about_visits(connection: Connection) -> list[IntegrityFinding]:
    """Findings about visits. An impossible value, such as a date that doesn't exist, only ends the
    check that encounters it; the comparison with the ledger then names the report."""
    seen: list[IntegrityFinding] = []
    unreadable = False
    for look_at in (_recomputed, _parts, _unknown_codes, _replaced, _misplaced):
        try:
            for sentence in look_at(connection):
                seen.append(IntegrityFinding(sentence, tables=_MADE_OF[look_at]))  # noqa: PERF401 - as below
        except UNREADABLE:
            unreadable = True
    for compare in (findings, settings_changed, answers_miscounted):
        try:
            for finding in compare(connection):
                seen.append(finding)  # noqa: PERF402 - what was said before it ended stays
        except UNREADABLE:
            unreadable = True
    if unreadable and not seen:
        seen.append(IntegrityFinding("Part of the file can't be read: another program changed it."))
    return seen


def _named(ref: str, visit_id: UUID) -> str:
    return f"Visit {ref or visit_id}"


def _recomputed(connection: Connection) -> Iterator[str]:
    """The local date, weekday and minute, stored for quick counting, must agree with the UTC."""
    visitors = (
        select(t.visitor.c.visit_id, func.count().label("number"))
        .where(t.visitor.c.observes.is_(False))
        .group_by(t.visitor.c.visit_id)
        .subquery()
    )
    visit = t.visit.c
    rows = connection.execute(
        select(
            visit.id, visit.ref, visit.local_date, visit.weekday, visit.minute,
            visit.arrived_utc, visit.arrived_offset, visit.admitted_utc, visit.left_utc,
            visit.wait_minutes, visit.volunteer_minutes, visit.extra_minutes,
            func.coalesce(visitors.c.number, 0).label("visitors"),
        )
        .select_from(t.visit.outerjoin(visitors, visitors.c.visit_id == visit.id))
        .order_by(visit.arrived_utc)
    )  # fmt: skip
    for row in rows:
        yield from _row_recomputed(row)


def _row_recomputed(row: Any) -> Iterator[str]:
    name = _named(row.ref, row.id)
    arrived = Moment(row.arrived_utc, row.arrived_offset)
    if (row.local_date, row.weekday, row.minute) != (arrived.day, arrived.weekday, arrived.minute):
        yield f"{name}: the day, weekday or time does not match the arrival."
    wait = None if row.admitted_utc is None else row.admitted_utc - row.arrived_utc
    if row.wait_minutes != wait:
        yield f"{name}: the wait does not match the times of arriving and being let in."
    each = 0 if row.left_utc is None else row.left_utc - row.arrived_utc + row.extra_minutes
    if row.volunteer_minutes != each * row.visitors:
        yield f"{name}: the volunteers' minutes don't match the times and visitors."


def _parts(connection: Connection) -> Iterator[str]:
    """Parts must add up to the total if there is one; in custody there must be one."""
    accounted = func.coalesce(
        select(func.sum(t.outcome_count.c.number))
        .where(t.outcome_count.c.visit_id == t.visit.c.id)
        .correlate(t.visit)
        .scalar_subquery(),
        0,
    )
    present = t.visit.c.present
    parts_alone = and_(
        present.is_(None), accounted != 0, t.scheme.c.kind == Kind.CUSTODY.value
    )  # fmt: skip
    rows = connection.execute(
        select(t.visit.c.id, t.visit.c.ref, present, accounted)
        .select_from(t.visit.join(t.scheme, t.scheme.c.id == t.visit.c.scheme_id))
        .where(or_(accounted != present, parts_alone))
        .order_by(t.visit.c.arrived_utc)
    )
    for visit_id, ref, total, parts in rows:
        in_words = "not recorded" if total is None else str(total)
        yield f"{_named(ref, visit_id)}: the parts add up to {parts}, but the total is {in_words}."


def _unknown_codes(connection: Connection) -> Iterator[str]:
    for column, list_name, meaning in _CODED:
        for visit_id, ref in connection.execute(_with_unknown_code(column, list_name)):
            yield f"{_named(ref, visit_id)}: its {meaning} is in no list, so it is not counted."


def _with_unknown_code(column: Column[Any], list_name: str) -> Select[Any]:
    table = column.table
    joined = t.visit if table is t.visit else t.visit.join(table, table.c.visit_id == t.visit.c.id)
    known = exists(
        select(1).where(
            t.code.c.scheme_id == t.visit.c.scheme_id,
            t.code.c.list_name == list_name,
            t.code.c.code == column,
        )
    )
    return (
        select(t.visit.c.id, t.visit.c.ref)
        .select_from(joined)
        .where(column.is_not(None), ~known)
        .group_by(t.visit.c.id, t.visit.c.ref)
        .order_by(t.visit.c.ref)
    )


def _replaced(connection: Connection) -> Iterator[str]:
    """A report that was replaced must not count in addition to its replacement."""
    before = t.visit.alias("before")
    rows = connection.execute(
        select(t.visit.c.id, t.visit.c.ref, before.c.id, before.c.ref)
        .join(before, before.c.id == t.visit.c.replaces_id)
        .where(before.c.state != State.WITHDRAWN.value)
        .order_by(t.visit.c.ref)
    )
    for visit_id, ref, before_id, before_ref in rows:
        earlier = before_ref or before_id
        yield f"{_named(ref, visit_id)} replaces {earlier}, which still counts."


def _misplaced(connection: Connection) -> Iterator[str]:
    """A visit counts at the site of its report, unless somebody decided that this is another."""
    for ref in counted_sites.misplaced(connection):
        yield f"Visit {ref} is counted at another site than that of its report."


_MADE_OF = {
    _recomputed: frozenset({"visitor"}),
    _parts: frozenset({"outcome_count"}),
    _unknown_codes: frozenset({"code"}),
    _replaced: frozenset(),
    _misplaced: frozenset({"same_site"}),
}
"""For each check, the tables whose lost rows could explain its findings."""
