"""Meetings with who came and what was agreed."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.office.meeting import Meeting, MeetingAction, MeetingKind, MeetingMode
from visitapp.persistence import meeting_tables as mt
from visitapp.persistence.rows import save_parts, save_row

_FIELDS = ("held_on", "length", "place", "chair", "guests", "topics", "record")


def meetings(connection: Connection) -> tuple[Meeting, ...]:
    """All meetings, the latest first."""
    came: defaultdict[tuple[UUID, bool], set[UUID]] = defaultdict(set)
    for row in connection.execute(select(mt.attendance)):
        came[row.meeting_id, row.is_present].add(row.person_id)
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
            apologies=frozenset(came[row.id, False]),
            actions=tuple(actions[row.id]),
            version=row.version,
            **{name: getattr(row, name) for name in _FIELDS},
        )
        for row in connection.execute(select(mt.meeting).order_by(*latest))
    )


def save_meeting(connection: Connection, item: Meeting) -> None:
    """Write a meeting. Raises ConflictError if it was changed elsewhere."""
    values = {name: getattr(item, name) for name in _FIELDS}
    values |= {"id": item.id, "kind": item.kind.value, "mode": item.mode.value}
    version = save_row(connection, mt.meeting, values, item.version)
    owner = {"meeting_id": item.id}
    people = [(person_id, True) for person_id in item.present]
    people += [(person_id, False) for person_id in item.apologies]
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
