"""The access register: lines are only ever added, each chained by its digest to the one before.

A transaction of the services writes its lines itself at its end (`watching.py`), from the tables
whose rows it changed. The digest of the last line is entered in the ledger when a day begins and
when the file is closed, so that lines cut off at the end show as well.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select

from visitapp.domain.following.ledger import START, Event, LedgerEntry
from visitapp.domain.moment import Moment, uk_time
from visitapp.domain.office.scheme import Role
from visitapp.domain.records.access_entry import AccessEntry, AccessPage, AccessQuery
from visitapp.domain.records.record_kind import Deed, RecordKind
from visitapp.persistence import entries
from visitapp.persistence import report_tables as rt
from visitapp.persistence.findings import UNREADABLE, IntegrityFinding, Mismatch

_TABLE = rt.access_entry
_SUBJECT = UUID("0d8e1bd0-9c0f-4a0e-8a43-6f2f7d2b9a55")
"""The subject of its entries in the ledger; never to be changed."""

KINDS = {
    "visit": RecordKind.REPORT,
    "same_visit": RecordKind.REPORT,
    "partner_report": RecordKind.REPORT,
    "partner_answer": RecordKind.REPORT,
    "reduced_report": RecordKind.REPORT,
    "refusal_answer": RecordKind.REPORT,
    "draft": RecordKind.DRAFT,
    "issue_step": RecordKind.ISSUE,
    "office_issue": RecordKind.ISSUE,
    "office_issue_step": RecordKind.ISSUE,
    "copy_made": RecordKind.COPY,
    "received_report": RecordKind.INBOX,
    "person": RecordKind.PERSON,
    "meeting": RecordKind.MEETING,
    "record_review": RecordKind.REVIEW,
    "claim": RecordKind.PERSON,
    "hours_approval": RecordKind.PERSON,
    "same_person": RecordKind.PERSON,
    "monitoring": RecordKind.MONITORING,
    "area_population": RecordKind.SETTINGS,
    "availability": RecordKind.AVAILABILITY,
    "plan": RecordKind.PLAN,
    "planned_visit": RecordKind.PLAN,
    "year_text": RecordKind.TEXT,
    "batch": RecordKind.IMPORT,
    "office": RecordKind.SETTINGS,
    "scheme": RecordKind.SETTINGS,
    "account": RecordKind.SETTINGS,
    "code": RecordKind.SETTINGS,
    "grid": RecordKind.SETTINGS,
    "site": RecordKind.SETTINGS,
    "rate": RecordKind.SETTINGS,
    "throughput": RecordKind.SETTINGS,
    "earlier_total": RecordKind.SETTINGS,
    "form": RecordKind.SETTINGS,
    "site_group": RecordKind.SETTINGS,
    "same_site": RecordKind.SETTINGS,
    "animal": RecordKind.SETTINGS,
    "recipient": RecordKind.SETTINGS,
    "own_copy": RecordKind.EXCHANGE,
    "other_copy": RecordKind.EXCHANGE,
    "invitation": RecordKind.EXCHANGE,
    "earlier_keys": RecordKind.EXCHANGE,
    "succession": RecordKind.EXCHANGE,
    "backup": RecordKind.BACKUP,
}
"""The kind of record that rows of a table are, by the table's name."""

_OF_OWNER = "written together with the row that it belongs to"
_ON_ITS_WAY = "what it brings is written to tables of its own"
NOT_NOTED = {
    "membership": _OF_OWNER,
    "visitor": _OF_OWNER,
    "outcome_count": _OF_OWNER,
    "issue": _OF_OWNER,
    "report": _OF_OWNER,
    "report_row": _OF_OWNER,
    "custody_number": _OF_OWNER,
    "kept_words": _OF_OWNER,
    "grid_day": _OF_OWNER,
    "grid_band": _OF_OWNER,
    "site_open": _OF_OWNER,
    "body": _OF_OWNER,
    "site_target": _OF_OWNER,
    "site_in_group": _OF_OWNER,
    "group_target": _OF_OWNER,
    "person_in_panel": _OF_OWNER,
    "volunteer_file": _OF_OWNER,
    "status_change": _OF_OWNER,
    "credential": _OF_OWNER,
    "attendance": _OF_OWNER,
    "meeting_action": _OF_OWNER,
    "meeting_edition": _OF_OWNER,
    "reviewed_records": _OF_OWNER,
    "recommendation": _OF_OWNER,
    "handover": _OF_OWNER,
    "scheme_day_off": _OF_OWNER,
    "mileage_rate": _OF_OWNER,
    "volunteer_minimum": _OF_OWNER,
    "batch_reject": _OF_OWNER,
    "free_time": _OF_OWNER,
    "absence": _OF_OWNER,
    "travel": _OF_OWNER,
    "redraw": _OF_OWNER,
    "calendar_entry": "follows from a plan",
    "plan_notice": "follows from a plan",
    "rota_notice": "follows from a plan",
    "pair_draw": "follows from a plan",
    "assigned_visit": _ON_ITS_WAY,
    "assigned_draw": _ON_ITS_WAY,
    "availability_entry": _ON_ITS_WAY,
    "counted_visit": _ON_ITS_WAY,
    "site_briefing": _ON_ITS_WAY,
    "message_in": _ON_ITS_WAY,
    "message_out": _ON_ITS_WAY,
    "handed_report": _ON_ITS_WAY,
    "import_layout": "how a file is read; what it brings is noted",
    "unfinished": "written at each key press; noted once it is put in its place",
    "ledger": "a register of its own",
    "access_entry": "the register itself",
}
"""Tables whose rows make no line, and why."""


def kinds_of(changed: Mapping[str, int]) -> Counter[RecordKind]:
    """How many records of each kind were changed, by the number of rows of each table."""
    numbers: Counter[RecordKind] = Counter()
    for table, rows in changed.items():
        if table in KINDS:
            numbers[KINDS[table]] += rows
    return numbers


def append(connection: Connection, lines: Iterable[AccessEntry]) -> None:
    """Add lines after the last one. On the first write of a day, the end of the day before is
    entered in the ledger first."""
    before = _last(connection)
    position, digest = (0, START) if before is None else (before.position, before.digest)
    rows = []
    for line in lines:
        if before is not None and uk_time(before.at).date() < uk_time(line.at).date():
            enter_in_ledger(connection, line.by, line.at)
        before = None
        position, digest = position + 1, line.digest(digest)
        rows.append(
            {
                "id": uuid4(),
                "position": position,
                "at": line.at,
                "by_whom": line.by,
                "role": line.role.value,
                "kind": line.kind.value,
                "deed": line.deed.value,
                "number": line.number,
                "digest": digest,
            }
        )
    if rows:
        connection.execute(insert(_TABLE), rows)


def enter_in_ledger(connection: Connection, by: str, at: datetime) -> None:
    """Enter the digest of the last line in the ledger, unless it is there already."""
    last = _last(connection)
    if last is None:
        return
    entered = connection.execute(
        select(rt.ledger.c.content_digest)
        .where(rt.ledger.c.visit_id == _SUBJECT)
        .order_by(rt.ledger.c.position.desc())
    ).first()
    if entered is None or entered.content_digest != last.digest:
        entry = LedgerEntry(Event.ACCESS, _SUBJECT, None, at, by, "", last.digest)
        entries.append(connection, [entry])


def page(connection: Connection, query: AccessQuery) -> AccessPage:
    """Some lines, newest first."""
    conditions: list[ColumnElement[bool]] = []
    if query.kind is not None:
        conditions.append(_TABLE.c.kind == query.kind.value)
    if query.period is not None:
        begin = Moment.at(query.period.start, 0).in_utc
        end = Moment.at(query.period.end + timedelta(days=1), 0).in_utc
        conditions += [begin <= _TABLE.c.at, end > _TABLE.c.at]
    total = connection.execute(select(func.count()).where(*conditions)).scalar_one()
    rows = connection.execute(
        select(_TABLE)
        .where(*conditions)
        .order_by(_TABLE.c.position.desc())
        .limit(query.limit)
        .offset(query.offset)
    )
    first = connection.execute(select(func.min(_TABLE.c.at))).scalar()
    first_day = None if first is None else uk_time(first).date()
    return AccessPage(tuple(map(_entry, rows)), total, first_day)


def findings(connection: Connection, ledger_rows: Sequence[Row[Any]]) -> Iterator[IntegrityFinding]:
    """Lines that are missing, changed or cut off at the end."""
    query = select(_TABLE).order_by(_TABLE.c.position)
    try:
        rows = list(connection.execute(query))
    except UNREADABLE:
        yield _changed(0, "")
        return
    digests = {START}
    position, digest = 0, START
    for row in rows:
        if row.position != position + 1 or not _follows(row, digest):
            yield _changed(row.position, row.digest)
        position, digest = row.position, row.digest
        digests.add(digest)
    for row in ledger_rows:
        if row.event == Event.ACCESS.value and row.content_digest not in digests:
            yield IntegrityFinding(
                "Lines are missing from the register of who read or changed records.",
                mismatch=Mismatch.ACCESS_END,
                subject=row.content_digest,
                tables=frozenset({_TABLE.name, rt.ledger.name}),
                many="Lines are missing from the register of who read or changed records, in {} "
                "places.",
            )


def _changed(position: int, digest: str) -> IntegrityFinding:
    sentence = "The register of who read or changed records was changed by another program"
    return IntegrityFinding(
        f"{sentence}.",
        mismatch=Mismatch.ACCESS,
        subject=position,
        state=digest,
        tables=frozenset({_TABLE.name}),
        many=f"{sentence} in {{}} places.",
    )


def _last(connection: Connection) -> Any:
    return connection.execute(
        select(_TABLE.c.position, _TABLE.c.digest, _TABLE.c.at).order_by(_TABLE.c.position.desc())
    ).first()


def _follows(row: Row[Any], digest: str) -> bool:
    try:
        return bool(_entry(row).digest(digest) == row.digest)
    except UNREADABLE:
        return False


def _entry(row: Row[Any]) -> AccessEntry:
    return AccessEntry(
        row.at, row.by_whom, Role(row.role), RecordKind(row.kind), Deed(row.deed), row.number
    )
