"""The ledger: every signing, withdrawal and step of an issue in the order it came, chained by
digests."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, insert, select

from visitapp.domain.copies import CopyMade
from visitapp.domain.errors import BadInputError
from visitapp.domain.issue import Issue
from visitapp.domain.issue_steps import Step
from visitapp.domain.ledger import (
    BACK,
    OUT,
    START,
    Entry,
    Event,
    content_digest,
    copy_digest,
    digest_of,
    issue_digest,
    taken_out,
)
from visitapp.domain.visit import State, Visit
from visitapp.persistence import copies as stored_copies
from visitapp.persistence import issues as stored_issues
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence import visits as stored

_AT_ONCE = 500
_LIST_CHANGED = "The list of what was signed and withdrawn was changed by another program."

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, BadInputError)
"""What reading rows raises where another program left a value that is none of its kind."""

Last = tuple[int, str]


def signed(visits: Iterable[Visit], by: str) -> list[Entry]:
    """Entries for reports as they are signed, each with its issues; touches no database."""
    entries = []
    for visit in visits:
        at = visit.locked_at or visit.arrived.in_utc
        digest = content_digest(replace(visit, locked_at=at))
        entries.append(Entry(Event.SIGNED, visit.id, visit.scheme_id, at, by, "", digest))
        entries += [issue_went_on(issue, (), visit.scheme_id, by, at) for issue in visit.issues]
    return entries


def issue_went_on(
    issue: Issue, steps: Sequence[Step], scheme_id: UUID, by: str, at: datetime
) -> Entry:
    """An entry for an issue as it stands with all its steps."""
    return Entry(Event.ISSUE, issue.id, scheme_id, at, by, "", issue_digest(issue, steps))


def withdrawn(visit: Visit, by: str, reason: str, at: datetime) -> Entry:
    """An entry for a report that is withdrawn."""
    digest = content_digest(visit)
    return Entry(Event.WITHDRAWN, visit.id, visit.scheme_id, at, by, reason, digest)


def put_back(visit: Visit, by: str, reason: str, at: datetime) -> Entry:
    """An entry for a report that was withdrawn and is counted again."""
    digest = content_digest(visit)
    return Entry(Event.PUT_BACK, visit.id, visit.scheme_id, at, by, reason, digest)


def batch_withdrawn(batch_id: UUID, by: str, reason: str, at: datetime) -> Entry:
    """An entry for an import that is withdrawn as a whole."""
    return Entry(Event.BATCH_WITHDRAWN, batch_id, None, at, by, reason, digest_of({}))


def batch_put_back(batch_id: UUID, by: str, reason: str, at: datetime) -> Entry:
    """An entry for an import that was withdrawn and is counted again."""
    return Entry(Event.BATCH_PUT_BACK, batch_id, None, at, by, reason, digest_of({}))


def copy_made(copy: CopyMade, scheme_id: UUID) -> Entry:
    """An entry for a copy of a report that was made."""
    return Entry(Event.COPY, copy.id, scheme_id, copy.made_at, copy.made_by, "", copy_digest(copy))


def last(connection: Connection) -> Last:
    """The position and the digest of the last entry; every signing and withdrawal moves it."""
    found = connection.execute(
        select(rt.ledger.c.position, rt.ledger.c.digest).order_by(rt.ledger.c.position.desc())
    ).first()
    return (0, START) if found is None else (found.position, found.digest)


def comings_and_goings(connection: Connection, subjects: Sequence[UUID]) -> list[Entry]:
    """Each withdrawal and each putting back of these reports and imports, the first one first."""
    about = rt.ledger.c.event.in_([event.value for event in (*OUT, *BACK)])
    found = connection.execute(
        select(rt.ledger)
        .where(rt.ledger.c.visit_id.in_(subjects), about)
        .order_by(rt.ledger.c.position)
    )
    return [_entry(row) for row in found]


def append(connection: Connection, entries: Iterable[Entry]) -> None:
    """Write entries after the last one, in their order."""
    rows = rows_after(last(connection), entries)
    if rows:
        connection.execute(insert(rt.ledger), rows)


def rows_after(before: Last, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The rows of entries that follow the last one; touches no database."""
    position, digest = before
    rows = []
    for entry in entries:
        position, digest = position + 1, entry.digest(digest)
        rows.append(
            {
                "id": uuid4(),
                "scheme_id": entry.scheme_id,
                "position": position,
                "event": entry.event.value,
                "visit_id": entry.subject,
                "at": entry.at,
                "by_whom": entry.by,
                "reason": entry.reason,
                "content_digest": entry.content_digest,
                "digest": digest,
            }
        )
    return rows


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        Event(row.event),
        row.visit_id,
        row.scheme_id,
        row.at,
        row.by_whom,
        row.reason,
        row.content_digest,
    )


def contradictions(connection: Connection) -> Iterator[str]:
    """What the ledger and the reports don't agree on, in sentences that name the report."""
    try:
        entries = list(connection.execute(select(rt.ledger).order_by(rt.ledger.c.position)))
    except UNREADABLE:
        yield _LIST_CHANGED
        return
    yield from _broken(entries)
    signed = {r.visit_id: r.content_digest for r in entries if r.event == Event.SIGNED.value}
    gone = taken_out((r.event, r.visit_id) for r in entries)
    found = list(connection.execute(select(t.visit.c.id, t.visit.c.ref, t.visit.c.state,
                                           t.visit.c.batch_id)))  # fmt: skip
    for row in found:
        if row.id not in signed:
            yield f"Visit {row.ref}: it was put into the file by another program."
        elif (row.state == State.WITHDRAWN.value) != (row.id in gone or row.batch_id in gone):
            yield f"Visit {row.ref}: whether it is withdrawn was changed by another program."
    missing = signed.keys() - {row.id for row in found}
    if missing:
        reports = (
            "1 signed report is" if len(missing) == 1 else f"{len(missing)} signed reports are"
        )
        yield f"{reports} missing from the file."
    issues = {r.visit_id: r.content_digest for r in entries if r.event == Event.ISSUE.value}
    yield from _altered(connection, [row.id for row in found if row.id in signed], signed, issues)
    copies = {r.visit_id: r.content_digest for r in entries if r.event == Event.COPY.value}
    yield from _copies(connection, copies)


def _copies(connection: Connection, kept: dict[UUID, str]) -> Iterator[str]:
    """Where the log of copies is not what the program wrote; `kept` has the digest of each."""
    refs = dict(connection.execute(select(t.visit.c.id, t.visit.c.ref)).all())
    found = [stored_copies.copy_of(row) for row in connection.execute(select(rt.copy_made))]
    wrong = {copy.visit_id for copy in found if kept.get(copy.id) != copy_digest(copy)}
    for ref in sorted(refs.get(visit_id, "") for visit_id in wrong):
        yield f"Visit {ref}: the list of its copies was changed by another program."
    missing = len(kept.keys() - {copy.id for copy in found})
    if missing:
        copies = "1 entry is" if missing == 1 else f"{missing} entries are"
        yield f"{copies} missing from the lists of copies."


def _broken(entries: Sequence[Row[Any]]) -> Iterator[str]:
    previous = START
    for number, row in enumerate(entries, 1):
        known = row.event in set(Event)
        if row.position != number or not known or row.digest != _entry(row).digest(previous):
            yield _LIST_CHANGED
            return
        previous = row.digest


def _altered(
    connection: Connection,
    ids: Sequence[UUID],
    signed: dict[UUID, str],
    issues: dict[UUID, str],
) -> Iterator[str]:
    """`signed` has the digest of each report, `issues` the last one of each issue."""
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        try:
            yield from list(_compared(connection, some, signed, issues))
        except UNREADABLE:  # in one of them: which?
            for one in some:
                yield from _compared_alone(connection, one, signed, issues)


def _compared_alone(
    connection: Connection, visit_id: UUID, signed: dict[UUID, str], issues: dict[UUID, str]
) -> list[str]:
    try:
        return list(_compared(connection, [visit_id], signed, issues))
    except UNREADABLE:
        ref = connection.execute(select(t.visit.c.ref).where(t.visit.c.id == visit_id)).scalar_one()
        return [f"Visit {ref}: its report can't be read whole; another program changed it."]


def _compared(
    connection: Connection,
    ids: Sequence[UUID],
    signed: dict[UUID, str],
    issues: dict[UUID, str],
) -> Iterator[str]:
    visits = stored.visits(connection, ids)
    known = [issue.id for visit in visits for issue in visit.issues]
    steps = stored_issues.steps(connection, known)
    for visit in visits:
        if content_digest(visit) != signed[visit.id]:
            yield f"Visit {visit.ref}: its report is not as it was signed."
        for number, issue in enumerate(visit.issues, 1):
            if issue_digest(issue, steps.get(issue.id, ())) != issues.get(issue.id):
                yield (
                    f"Visit {visit.ref}, issue {number}: what became of it was changed by "
                    "another program."
                )
