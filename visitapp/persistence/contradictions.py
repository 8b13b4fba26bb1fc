"""Where the ledger and the rest of the records disagree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from visitapp.domain.following.ledger import (
    START,
    Event,
    LedgerEntry,
    content_digest,
    copy_digest,
    digest_of,
    issue_digest,
)
from visitapp.domain.moment import uk_time
from visitapp.domain.report.copies import CopyMade
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State
from visitapp.domain.text.wording import short_date
from visitapp.persistence import access_register, reducing, settings_digests
from visitapp.persistence import copies as stored_copies
from visitapp.persistence import issues as stored_issues
from visitapp.persistence import report_tables as rt
from visitapp.persistence import salvaged as stored_salvages
from visitapp.persistence import tables as t
from visitapp.persistence import visits as stored
from visitapp.persistence.entries import entry as entry_of
from visitapp.persistence.exchange_findings import answers_changed, reduced_changed
from visitapp.persistence.findings import UNREADABLE, IntegrityFinding, Mismatch

_AT_ONCE = 500
_LIST_CHANGED = "The list of what was signed and withdrawn was changed by another program."

REPORT_TABLES = frozenset(
    {
        "visit", "visitor", "outcome_count", "issue", "report", "report_row", "custody_number",
        "kept_words", "ledger",
    }
)  # fmt: skip
"""The tables that a signed report is made of, and the ledger that says how it was signed."""
_STEP_TABLES = frozenset({"issue", "issue_step", "ledger"})
_WITHDRAWN_TABLES = frozenset({"batch", "ledger"})


@dataclass(frozen=True, slots=True)
class _Withdrawal:
    at: datetime
    reason: str


@dataclass(slots=True)
class _LastEntries:
    """The last entry of each kind about each subject."""

    signed: dict[UUID, str] = field(default_factory=dict)
    issues: dict[UUID, str] = field(default_factory=dict)
    copies: dict[UUID, str] = field(default_factory=dict)
    answers: dict[UUID, str] = field(default_factory=dict)
    reduced: dict[UUID, str] = field(default_factory=dict)
    withdrawn: dict[UUID, _Withdrawal] = field(default_factory=dict)
    batches: dict[UUID, _Withdrawal] = field(default_factory=dict)

    def hear(self, entry: LedgerEntry) -> None:
        content, subject = entry.content_digest, entry.subject
        match entry.event:
            case Event.SIGNED:
                self.signed[subject] = content
            case Event.ISSUE:
                self.issues[subject] = content
            case Event.COPY:
                self.copies[subject] = content
            case Event.CONFIRMATION:
                self.answers[subject] = content
            case Event.REDUCED:
                self._reduce(subject, entry.reason)
            case Event.WITHDRAWN:
                self.withdrawn[subject] = _Withdrawal(entry.at, entry.reason)
            case Event.BATCH_WITHDRAWN:
                self.batches[subject] = _Withdrawal(entry.at, entry.reason)
            case Event.PUT_BACK:
                self.withdrawn.pop(subject, None)
            case Event.BATCH_PUT_BACK:
                self.batches.pop(subject, None)
            case _:
                pass

    def _reduce(self, subject: UUID, kept: str) -> None:
        """A report or an issue is no longer in the file; `kept` is the digest of what is left."""
        for entries in (self.signed, self.issues, self.withdrawn):
            entries.pop(subject, None)
        if kept:
            self.reduced[subject] = kept

    def withdrawal(self, visit_id: UUID, batch_id: UUID | None) -> _Withdrawal | None:
        """How a report was withdrawn. Withdrawing an import withdraws only what still counted."""
        own = self.withdrawn.get(visit_id)
        if own is not None or batch_id is None:
            return own
        return self.batches.get(batch_id)


def findings(connection: Connection) -> Iterator[IntegrityFinding]:
    """Everything that differs from the ledger, apart from what a salvage wrote down."""
    try:
        rows = list(connection.execute(select(rt.ledger).order_by(rt.ledger.c.position)))
    except UNREADABLE:
        yield _list_changed()
        return
    known = {row.content_digest for row in rows if row.event == Event.KNOWN.value}
    for finding in _all(connection, rows):
        if finding.digest not in known:
            yield finding


def known_digests(connection: Connection) -> set[str]:
    """The digests of the findings that a salvage wrote down."""
    query = select(rt.ledger.c.content_digest).where(rt.ledger.c.event == Event.KNOWN.value)
    return set(connection.scalars(query))


def _all(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[IntegrityFinding]:
    if _is_broken(rows):
        yield _list_changed()
    last_entries = _LastEntries()
    events = {event.value for event in Event}
    for row in rows:
        if row.event in events:
            last_entries.hear(entry_of(row))
    yield from _reports(connection, last_entries)
    yield from _copies(connection, last_entries.copies)
    yield from answers_changed(connection, last_entries.answers)
    yield from reduced_changed(connection, last_entries.reduced)
    yield from access_register.findings(connection, rows)
    yield from _settings_left_out(rows)


def _list_changed() -> IntegrityFinding:
    return IntegrityFinding(_LIST_CHANGED)


def _is_broken(rows: Sequence[Row[Any]]) -> bool:
    """Whether an entry is missing, changed or out of place. The entry of a salvage says how many
    it could not read, and vouches for each that it could."""
    events = {event.value for event in Event}
    gaps_until = max(
        (place for place, row in enumerate(rows) if stored_salvages.entries_lost(row)), default=-1
    )
    reduced = {row.visit_id for row in rows if row.event == Event.REDUCED.value}
    position, digest = 0, START
    for place, row in enumerate(rows):
        if row.event not in events:
            return True
        if row.position == position + 1:
            has_changed = row.digest != entry_of(row).digest(digest)
            if has_changed and not reducing.lost_its_reason(row, reduced):
                return True
        elif row.position <= position or place >= gaps_until:
            return True
        if not _vouches(row, rows[:place]):
            return True
        position, digest = row.position, row.digest
    return False


def _vouches(row: Row[Any], before: Sequence[Row[Any]]) -> bool:
    """Whether an entry of a salvage or a reduction agrees with the entries before it; True for
    other entries."""
    if row.event == Event.REDUCED.value:
        return reducing.vouches(row, before)
    if row.event != Event.SALVAGED.value:
        return True
    return bool(row.content_digest == stored_salvages.digest_of_entries(before))


def _reports(connection: Connection, last_entries: _LastEntries) -> Iterator[IntegrityFinding]:
    v = t.visit.c
    rows = list(
        connection.execute(
            select(v.id, v.ref, v.state, v.batch_id, v.withdrawn_at, v.withdrawn_reason)
        )
    )
    for row in rows:
        if row.id not in last_entries.signed:
            yield _stranger(connection, row)
        elif finding := _withdrawal_changed(row, last_entries.withdrawal(row.id, row.batch_id)):
            yield finding
    for visit_id in last_entries.signed.keys() - {row.id for row in rows}:
        yield IntegrityFinding(
            "1 signed report is missing from the file.",
            mismatch=Mismatch.MISSING,
            subject=visit_id,
            tables=REPORT_TABLES,
            many="{} signed reports are missing from the file.",
        )
    ids = [row.id for row in rows if row.id in last_entries.signed]
    yield from _altered(connection, ids, last_entries)


def _stranger(connection: Connection, row: Any) -> IntegrityFinding:
    try:
        visit = stored.visit(connection, row.id)
        state = "" if visit is None else content_digest(visit)
    except UNREADABLE:
        state = ""
    return IntegrityFinding(
        f"Visit {row.ref}: it was added to the file by another program.",
        mismatch=Mismatch.STRANGER,
        subject=row.id,
        state=state,
        tables=frozenset({"ledger"}),
    )


def _withdrawal_changed(row: Any, withdrawal: _Withdrawal | None) -> IntegrityFinding | None:
    is_withdrawn = row.state == State.WITHDRAWN.value
    if is_withdrawn != (withdrawal is not None):
        difference = "whether it is withdrawn was changed by another program."
    elif (row.withdrawn_at, row.withdrawn_reason) != (
        (None, "") if withdrawal is None else (withdrawal.at, withdrawal.reason)
    ):
        difference = "the reason or time of its withdrawal was changed by another program."
    else:
        return None
    return IntegrityFinding(
        f"Visit {row.ref}: {difference}",
        mismatch=Mismatch.WITHDRAWAL,
        subject=row.id,
        state=digest_of({"state": row.state, "at": row.withdrawn_at,
                         "reason": row.withdrawn_reason}),
        tables=_WITHDRAWN_TABLES,
    )  # fmt: skip


def _altered(
    connection: Connection, ids: Sequence[UUID], last_entries: _LastEntries
) -> Iterator[IntegrityFinding]:
    for start in range(0, len(ids), _AT_ONCE):
        batch = ids[start : start + _AT_ONCE]
        try:
            yield from list(_compared(connection, batch, last_entries))
        except UNREADABLE:  # in one of them: compare each on its own to find it
            for visit_id in batch:
                yield from _compared_alone(connection, visit_id, last_entries)


def _compared_alone(
    connection: Connection, visit_id: UUID, last_entries: _LastEntries
) -> list[IntegrityFinding]:
    try:
        return list(_compared(connection, [visit_id], last_entries))
    except UNREADABLE:
        ref = connection.execute(select(t.visit.c.ref).where(t.visit.c.id == visit_id)).scalar_one()
        sentence = f"Visit {ref}: part of its report can't be read; another program changed it."
        return [IntegrityFinding(sentence)]


def _compared(
    connection: Connection, ids: Sequence[UUID], last_entries: _LastEntries
) -> Iterator[IntegrityFinding]:
    visits = stored.visits(connection, ids)
    issue_ids = [issue.id for visit in visits for issue in visit.issues]
    steps = stored_issues.steps(connection, issue_ids)
    for visit in visits:
        now = content_digest(visit)
        if now != last_entries.signed[visit.id]:
            yield IntegrityFinding(
                f"Visit {visit.ref}: its report is not as it was signed.",
                mismatch=Mismatch.ALTERED,
                subject=visit.id,
                state=now,
                tables=REPORT_TABLES,
            )
        yield from _issues_altered(visit, steps, last_entries.issues)


def _issues_altered(
    visit: Visit, steps: Mapping[UUID, Sequence[Any]], digests: Mapping[UUID, str]
) -> Iterator[IntegrityFinding]:
    for number, issue in enumerate(visit.issues, 1):
        now = issue_digest(issue, steps.get(issue.id, ()))
        if now != digests.get(issue.id):
            yield IntegrityFinding(
                f"Visit {visit.ref}, issue {number}: what happened to it was changed by "
                "another program.",
                mismatch=Mismatch.ISSUE,
                subject=issue.id,
                state=now,
                tables=_STEP_TABLES,
            )


def _copies(connection: Connection, digests: Mapping[UUID, str]) -> Iterator[IntegrityFinding]:
    """Where the log of copies is not what the program wrote; `digests` is from the ledger."""
    refs = dict(connection.execute(select(t.visit.c.id, t.visit.c.ref)).all())
    copies = [stored_copies.copy_of(row) for row in connection.execute(select(rt.copy_made))]
    wrong = [copy for copy in copies if digests.get(copy.id) != copy_digest(copy)]
    yield from sorted(_copies_changed(wrong, refs), key=lambda finding: finding.sentence)
    for copy_id in digests.keys() - {copy.id for copy in copies}:
        yield IntegrityFinding(
            "1 entry is missing from the lists of copies.",
            mismatch=Mismatch.COPY_MISSING,
            subject=copy_id,
            tables=frozenset({"copy_made"}),
            many="{} entries are missing from the lists of copies.",
        )


def _copies_changed(
    wrong: Iterable[CopyMade], refs: Mapping[UUID, str]
) -> Iterator[IntegrityFinding]:
    for copy in wrong:
        ref = refs.get(copy.visit_id, "")
        yield IntegrityFinding(
            f"Visit {ref}: the list of its copies was changed by another program.",
            mismatch=Mismatch.COPY,
            subject=copy.id,
            state=copy_digest(copy),
            tables=frozenset({"ledger"}),
        )


def _settings_left_out(rows: Sequence[Row[Any]]) -> Iterator[IntegrityFinding]:
    """Kinds of setting that the ledger lacks: once it has one kind, it has them all, since they
    are entered together."""
    entered = {row.visit_id for row in rows if row.event == Event.SETTINGS.value}
    for kind in settings_digests.KINDS if entered else ():
        if kind.id not in entered:
            yield IntegrityFinding(
                f"{kind.words} are no longer in the ledger: another program changed it.",
                tables=frozenset({"ledger"}),
            )


def settings_changed(connection: Connection) -> Iterator[IntegrityFinding]:
    """Settings that differ from the ledger now, or did when they were next changed."""
    ours = {kind.id: kind for kind in settings_digests.KINDS}
    for kind in settings_digests.contradicted(connection):
        yield IntegrityFinding(
            f"{kind.words} were changed by another program.",
            mismatch=Mismatch.SETTING,
            subject=kind.key,
            state=settings_digests.digest(connection, kind),
            tables=frozenset(table.name for table in kind.tables),
        )
    rows = connection.execute(
        select(rt.ledger.c.visit_id, rt.ledger.c.at)
        .where(
            rt.ledger.c.event == Event.SETTINGS.value,
            rt.ledger.c.reason == settings_digests.CHANGED_ELSEWHERE,
        )
        .order_by(rt.ledger.c.position)
    )
    for row in rows:
        if before := ours.get(row.visit_id):
            day = short_date(uk_time(row.at).date())
            yield IntegrityFinding(
                f"{before.words} were changed by another program, some time before {day}."
            )
