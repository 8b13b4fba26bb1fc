"""The demonstration's meetings: their days as published, everything else invented."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from visitapp.demonstration.source import day_of, demonstration_id, read
from visitapp.domain.office.meeting import Meeting, MeetingAction, MeetingKind
from visitapp.domain.office.people import Person
from visitapp.persistence.database import Connection
from visitapp.persistence.meetings import save_meeting

_EDITED = ("2025-01-15",)
"""Meetings whose actions were added the day after their minutes."""


def demonstration_meetings(people: Iterable[Person], chair: str) -> Iterable[Meeting]:
    """The meetings, with those who were volunteers on the day."""
    content, register = read("meetings"), tuple(people)
    for entry in content["meetings"]:
        day, away = day_of(entry["on"]), entry["away"]
        team = [person.id for person in register if any(m.is_of(day) for m in person.memberships)]
        missing = frozenset(team[away - 1 :: away]) if away else frozenset()
        yield Meeting(
            id=demonstration_id("meeting", entry["on"]),
            kind=MeetingKind(entry["kind"]),
            held_on=day,
            length=entry["length"],
            place=entry.get("place", content["place"]),
            chair=f"{chair}, Volunteers Manager",
            guests=entry.get("guests", content["guests"]),
            topics=entry.get("topics", ""),
            record=entry["record"],
            present=frozenset(team) - missing if away else frozenset(),
            apologies=missing,
            actions=tuple(
                MeetingAction(what, owner, day_of(due), day_of(done) if done else None)
                for what, owner, due, done in entry["actions"]
            ),
        )


def save_edited(connection: Connection, meeting: Meeting, by: str) -> None:
    """Write a meeting, one of them in two editions."""
    day_after = timedelta(days=1)
    at = datetime.combine(meeting.held_on + day_after, time(10), tzinfo=UTC)
    if meeting.held_on.isoformat() in _EDITED:
        save_meeting(connection, replace(meeting, actions=()), by, at)
        meeting, at = replace(meeting, version=1), at + day_after
    save_meeting(connection, meeting, by, at)
