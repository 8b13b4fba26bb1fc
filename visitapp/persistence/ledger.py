"""The ledger: every signing, withdrawal and step of an issue in order, chained by digests."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, select

from visitapp.domain.following.issue_steps import Step
from visitapp.domain.following.ledger import (
    REINSTATEMENTS,
    START,
    WITHDRAWALS,
    Event,
    LedgerEntry,
    content_digest,
    copy_digest,
    digest_of,
    issue_digest,
)
from visitapp.domain.records.anchor import DIGITS, Anchor, AnchorComparison
from visitapp.domain.report.copies import CopyMade
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit import Visit
from visitapp.persistence import report_tables as rt
from visitapp.persistence.entries import Last, append, entry, last, rows_after
from visitapp.persistence.findings import sentences

__all__ = ["Last", "append", "last", "rows_after"]


def signed(visits: Iterable[Visit], by: str) -> list[LedgerEntry]:
    """Entries for reports being signed, each with its issues; doesn't use the database."""
    entries = []
    for visit in visits:
        at = visit.locked_at or visit.arrived.in_utc
        digest = content_digest(replace(visit, locked_at=at))
        entries.append(LedgerEntry(Event.SIGNED, visit.id, visit.scheme_id, at, by, "", digest))
        entries += [issue_went_on(issue, (), visit.scheme_id, by, at) for issue in visit.issues]
    return entries


def issue_went_on(
    issue: Issue, steps: Sequence[Step], scheme_id: UUID, by: str, at: datetime
) -> LedgerEntry:
    """An entry for an issue with its current state and all its steps."""
    return LedgerEntry(Event.ISSUE, issue.id, scheme_id, at, by, "", issue_digest(issue, steps))


def withdrawn(visit: Visit, by: str, reason: str, at: datetime) -> LedgerEntry:
    """An entry for a withdrawn report."""
    digest = content_digest(visit)
    return LedgerEntry(Event.WITHDRAWN, visit.id, visit.scheme_id, at, by, reason, digest)


def put_back(visit: Visit, by: str, reason: str, at: datetime) -> LedgerEntry:
    """An entry for a withdrawn report that counts again."""
    digest = content_digest(visit)
    return LedgerEntry(Event.PUT_BACK, visit.id, visit.scheme_id, at, by, reason, digest)


def batch_withdrawn(batch_id: UUID, by: str, reason: str, at: datetime) -> LedgerEntry:
    """An entry for an import withdrawn as a whole."""
    return LedgerEntry(Event.BATCH_WITHDRAWN, batch_id, None, at, by, reason, digest_of({}))


def batch_put_back(batch_id: UUID, by: str, reason: str, at: datetime) -> LedgerEntry:
    """An entry for a withdrawn import that counts again."""
    return LedgerEntry(Event.BATCH_PUT_BACK, batch_id, None, at, by, reason, digest_of({}))


def copy_made(copy: CopyMade, scheme_id: UUID) -> LedgerEntry:
    """An entry for a copy of a report."""
    return LedgerEntry(
        Event.COPY, copy.id, scheme_id, copy.made_at, copy.made_by, "", copy_digest(copy)
    )


def keys_changed(by: str, at: datetime) -> LedgerEntry:
    """An entry for a change of keys, which contains nothing of the keys themselves."""
    return LedgerEntry(Event.KEYS, uuid4(), None, at, by, "", digest_of({}))


def office_went(event: Event, number: int, by: str, at: datetime, reason: str = "") -> LedgerEntry:
    """An entry for an office that was handed over, taken back or taken over, with the number of
    the keys that were renewed; it contains nothing of the keys themselves."""
    return LedgerEntry(event, uuid4(), None, at, by, reason, digest_of({"number": number}))


def brought(visit: Visit, by: str, reason: str, digest: str, at: datetime) -> LedgerEntry:
    """An entry for a report that was signed before in a file begun without an invitation; `digest`
    is of its words there."""
    return LedgerEntry(Event.BROUGHT, visit.id, visit.scheme_id, at, by, reason, digest)


def brought_before(connection: Connection) -> dict[str, UUID]:
    """The reports that were brought from a file begun before joining, by the digest of their words
    there."""
    query = select(rt.ledger.c.content_digest, rt.ledger.c.visit_id).where(
        rt.ledger.c.event == Event.BROUGHT.value
    )
    return {row.content_digest: row.visit_id for row in connection.execute(query)}


def withdrawals(connection: Connection, subjects: Sequence[UUID]) -> list[LedgerEntry]:
    """Every withdrawal and reinstatement of these reports and imports, earliest first."""
    about = rt.ledger.c.event.in_([event.value for event in (*WITHDRAWALS, *REINSTATEMENTS)])
    rows = connection.execute(
        select(rt.ledger)
        .where(rt.ledger.c.visit_id.in_(subjects), about)
        .order_by(rt.ledger.c.position)
    )
    return [entry(row) for row in rows]


def anchor(connection: Connection) -> Anchor:
    """The state of the ledger, to be printed."""
    position, digest = last(connection)
    return Anchor(position, digest[:DIGITS])


def anchor_of_report(connection: Connection, visit_id: UUID) -> Anchor | None:
    """The state of the ledger when a report was signed."""
    row = connection.execute(
        select(rt.ledger.c.position, rt.ledger.c.digest)
        .where(rt.ledger.c.visit_id == visit_id, rt.ledger.c.event == Event.SIGNED.value)
        .order_by(rt.ledger.c.position)
    ).first()
    return None if row is None else Anchor(row.position, row.digest[:DIGITS])


def compare(connection: Connection, printed: Anchor) -> AnchorComparison:
    """Whether these records were once in the printed state."""
    now = anchor(connection)
    if printed.entries == 0:
        return AnchorComparison(printed, now, START.startswith(printed.digits))
    digest = connection.execute(
        select(rt.ledger.c.digest).where(rt.ledger.c.position == printed.entries)
    ).scalar_one_or_none()
    return AnchorComparison(
        printed, now, digest is not None and str(digest).startswith(printed.digits)
    )


def contradictions(connection: Connection) -> Iterator[str]:
    """Where the ledger and the records disagree, in sentences that name the report."""
    from visitapp.persistence.contradictions import findings  # needed only for a check

    return sentences(findings(connection))
