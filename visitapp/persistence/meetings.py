"""Meetings with who came and what was agreed, and what their minutes were before."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from sqlalchemy import Connection, insert, select

from visitapp.domain.office.meeting import (
    Meeting,
    MeetingAction,
    MeetingEdition,
    MeetingKind,
    MeetingMode,
)
from visitapp.persistence import meeting_tables as mt
from visitapp.persistence import same_person
from visitapp.persistence.rows import save_parts, save_row

_FIELDS = ("held_on", "length", "place", "chair", "guests", "topics", "record")


def meetings(connection: Connection) -> tuple[Meeting, ...]:
    """All meetings, the latest first. Of two who are the same the kept person came, or sent
    apologies."""
    kept = same_person.kept_of(connection)
    came: defaultdict[tuple[UUID, bool], set[UUID]] = defaultdict(set)
    for row in connection.execute(select(mt.attendance)):
        came[row.meeting_id, row.is_present].add(kept.get(row.person_id, row.person_id))
    actions: defaultdict[UUID, list[MeetingAction]] = defaultdict(list)
    agreed = select(mt.meeting_action).order_by(mt.meeting_action.c.position)
    for row in connection.execute(agreed):
        action = MeetingAction(row.what, row.owner, row.due_on, row.done_on)
        actions[row.meeting_id].append(action)
    latest = (mt.meeting.c.held_on.desc(), mt.meeting.c.kind, mt.meeting.c.id)
    return tuple(
        Meeting(
            row.id,
            MeetingKind(row.kind),
            mode=MeetingMode(row.mode),
            present=frozenset(came[row.id, True]),
            apologies=frozenset(came[row.id, False] - came[row.id, True]),
            actions=tuple(actions[row.id]),
            version=row.version,
            **{name: getattr(row, name) for name in _FIELDS},
        )
        for row in connection.execute(select(mt.meeting).order_by(*latest))
    )


def editions(connection: Connection, meeting_id: UUID) -> tuple[MeetingEdition, ...]:
    """All editions of the minutes and actions of a meeting, the latest first."""
    rows = mt.meeting_edition
    query = select(rows).where(rows.c.meeting_id == meeting_id).order_by(rows.c.edition.desc())
    return tuple(
        MeetingEdition(
            row.record,
            tuple(_action(*values) for values in json.loads(row.actions)),
            row.saved_by,
            row.saved_at,
        )
        for row in connection.execute(query)
    )


def _action(what: str, owner: str, due_on: str | None, done_on: str | None) -> MeetingAction:
    due, done = (date.fromisoformat(day) if day else None for day in (due_on, done_on))
    return MeetingAction(what, owner, due, done)


def _as_json(actions: Sequence[MeetingAction]) -> str:
    days = [[day and day.isoformat() for day in (a.due_on, a.done_on)] for a in actions]
    return json.dumps([[a.what, a.owner, *own] for a, own in zip(actions, days, strict=True)])


def _keep_editions(
    connection: Connection, before: Meeting | None, new: MeetingEdition, meeting_id: UUID
) -> None:
    """Add an edition if minutes or actions differ from the last one. A meeting that an older
    version of the program wrote has none: what it said before becomes the first."""
    kept = editions(connection, meeting_id)
    first = [] if kept or before is None else [MeetingEdition(before.record, before.actions)]
    for edition in (*first, new):
        if kept and (kept[0].record, kept[0].actions) == (edition.record, edition.actions):
            continue
        number = len(kept) + 1
        values = {"record": edition.record, "actions": _as_json(edition.actions)}
        connection.execute(
            insert(mt.meeting_edition).values(
                id=uuid5(meeting_id, f"edition/{number}"),
                meeting_id=meeting_id,
                edition=number,
                saved_by=edition.by,
                saved_at=edition.at,
                **values,
            )
        )
        kept = (edition, *kept)


def _as_entered(
    connection: Connection, meeting_id: UUID, people: Sequence[tuple[UUID, bool]]
) -> list[tuple[UUID, bool]]:
    """Who came, or didn't, by the entries that are noted already for the same person."""
    kept = same_person.kept_of(connection)
    rows = connection.execute(select(mt.attendance).where(mt.attendance.c.meeting_id == meeting_id))
    noted = {
        (row.person_id, row.is_present): (kept.get(row.person_id, row.person_id), row.is_present)
        for row in rows
    }
    new = set(people) - set(noted.values())
    return [*(entry for entry, shown in noted.items() if shown in people), *new]


def save_meeting(connection: Connection, item: Meeting, by: str, at: datetime | None) -> None:
    """Write a meeting; what its minutes and actions were stays. Raises ConflictError if it was
    changed elsewhere."""
    values = {name: getattr(item, name) for name in _FIELDS}
    values |= {"id": item.id, "kind": item.kind.value, "mode": item.mode.value}
    before = next((old for old in meetings(connection) if old.id == item.id), None)
    version = save_row(connection, mt.meeting, values, item.version)
    _keep_editions(connection, before, MeetingEdition(item.record, item.actions, by, at), item.id)
    owner = {"meeting_id": item.id}
    people = [(person_id, True) for person_id in item.present]
    people += [(person_id, False) for person_id in item.apologies]
    people = _as_entered(connection, item.id, people)
    save_parts(
        connection,
        mt.attendance,
        owner,
        version,
        (
            (str(person_id), {"person_id": person_id, "is_present": is_present})
            for person_id, is_present in sorted(people)
        ),
    )
    save_parts(
        connection,
        mt.meeting_action,
        owner,
        version,
        (
            (
                str(at),
                {
                    "position": at,
                    "what": action.what,
                    "owner": action.owner,
                    "due_on": action.due_on,
                    "done_on": action.done_on,
                },
            )
            for at, action in enumerate(item.actions)
        ),
    )
