"""In a visitor's copy: reports that the office has accepted are reduced to date, site and
reference."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Table, delete, insert, or_, select, update

from visitapp.domain.exchange.retention import ReducedReport
from visitapp.domain.following.ledger import Event, LedgerEntry
from visitapp.persistence import counted_answers, search, unsaved_typing
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.entries import append
from visitapp.persistence.exchange_tables import (
    handed_report,
    message_out,
    partner_report,
    reduced_report,
)
from visitapp.persistence.salvaged import digest_of_entries

_REASONS_GO = (Event.WITHDRAWN.value, Event.PUT_BACK.value)
"""Entries whose reason somebody wrote in their own words."""


def reports(connection: Connection) -> list[ReducedReport]:
    """Everything that was reduced, the latest visit first."""
    query = select(reduced_report).order_by(reduced_report.c.day.desc(), reduced_report.c.id)
    return [_report(row) for row in connection.execute(query)]


def report(connection: Connection, report_id: UUID) -> ReducedReport | None:
    """One of them."""
    row = connection.execute(select(reduced_report).where(reduced_report.c.id == report_id)).first()
    return None if row is None else _report(row)


def has_only_copy_of_a_record(connection: Connection, editions: Collection[UUID]) -> bool:
    """Whether something belongs to a report that the office never gets: an amendment that is being
    written, or the list of copies that were given away here."""
    queries = (
        select(t.draft.c.id).where(t.draft.c.replaces_id.in_(editions)),
        select(rt.copy_made.c.id).where(rt.copy_made.c.visit_id.in_(editions)),
    )
    return any(connection.execute(query).first() is not None for query in queries)


def reduce(
    connection: Connection, left: ReducedReport, editions: Sequence[UUID], by: str, at: datetime
) -> None:
    """Remove everything of a report but what is `left`; `editions` are its editions in the tables
    of visits, none for a report of another visitor.

    The ledger keeps all its digests. A further entry for each subject vouches for its earlier
    entries, whose reasons are removed as well.
    """
    issues = list(
        connection.execute(select(t.issue.c.id).where(t.issue.c.visit_id.in_(editions))).scalars()
    )
    _remove_report(connection, editions, issues)
    for table in (handed_report, partner_report, reduced_report):
        connection.execute(delete(table).where(table.c.id == left.id))
    connection.execute(delete(message_out).where(message_out.c.subject_id == left.id))
    values = {name: getattr(left, name) for name in ReducedReport.__dataclass_fields__}
    connection.execute(insert(reduced_report).values(**values))
    connection.execute(
        update(rt.ledger)
        .where(rt.ledger.c.visit_id.in_(editions), rt.ledger.c.event.in_(_REASONS_GO))
        .values(reason="")
    )
    subjects = dict.fromkeys((left.id, *editions, *issues))
    append(connection, list(_entries(connection, left, subjects, by, at)))


def _remove_report(
    connection: Connection, editions: Sequence[UUID], issues: Sequence[UUID]
) -> None:
    counted_answers.remove(connection, editions)
    rows = select(rt.report_row.c.id).where(rt.report_row.c.visit_id.in_(editions))
    connection.execute(delete(rt.custody_number).where(rt.custody_number.c.row_id.in_(rows)))
    connection.execute(delete(rt.issue_step).where(rt.issue_step.c.issue_id.in_(issues)))
    same = t.same_visit.c
    connection.execute(
        delete(t.same_visit).where(or_(same.first_id.in_(editions), same.second_id.in_(editions)))
    )
    parts: tuple[Table, ...] = (
        rt.report_row, t.outcome_count, rt.kept_words, rt.report, t.visitor, t.issue,
    )  # fmt: skip
    for table in parts:
        connection.execute(delete(table).where(table.c.visit_id.in_(editions)))
    for issue_id in issues:
        unsaved_typing.drop(connection, f"{unsaved_typing.ISSUE} {issue_id}")
    for edition in reversed(editions):
        connection.execute(delete(t.visit).where(t.visit.c.id == edition))
    search.remove(connection, editions)


def _entries(
    connection: Connection, left: ReducedReport, subjects: Iterable[UUID], by: str, at: datetime
) -> Iterator[LedgerEntry]:
    for subject in subjects:
        rows = connection.execute(
            select(rt.ledger).where(rt.ledger.c.visit_id == subject).order_by(rt.ledger.c.position)
        ).all()
        reason = left.digest if subject == left.id else ""
        digest = digest_of_entries(rows)
        yield LedgerEntry(Event.REDUCED, subject, left.scheme_id, at, by, reason, digest)


def vouches(row: Row[Any], before: Sequence[Row[Any]]) -> bool:
    """Whether the entry of a reduction agrees with the earlier entries of its subject."""
    earlier = [other for other in before if other.visit_id == row.visit_id]
    return bool(row.content_digest == digest_of_entries(earlier))


def lost_its_reason(row: Row[Any], reduced: Collection[UUID]) -> bool:
    """Whether an entry is one whose reason a reduction removed: its own digest, which was made
    with the reason, can't be made again. `reduced` are the subjects of reductions."""
    return row.event in _REASONS_GO and not row.reason and row.visit_id in reduced


def changed(connection: Connection, digests: dict[UUID, str]) -> tuple[
    list[ReducedReport], set[UUID]
]:  # fmt: skip
    """Reduced reports that are not as the ledger has them (`digests` by id), and the ids of those
    that are missing."""
    there = {item.id: item for item in reports(connection)}
    wrong = [item for item in there.values() if digests.get(item.id) != item.digest]
    return wrong, digests.keys() - there.keys()


def _report(row: Row[Any]) -> ReducedReport:
    return ReducedReport(
        row.id,
        row.scheme_id,
        row.site_id,
        row.day,
        row.ref,
        row.revision,
        row.accepted_at,
        row.reduced_at,
    )
