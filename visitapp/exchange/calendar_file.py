"""Visits as a calendar file (iCalendar, RFC 5545): whole days only, so it can't contain a time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from visitapp.domain.moment import in_utc

if TYPE_CHECKING:
    from icalendar import Event, vText

_ESCAPED = re.compile(r"[\\;,]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry from a first to a last day, both included. `uid` stays the same when it is written
    again, so that calendars replace the entry; of two with the same `uid`, the one with the higher
    `sequence` counts. `is_cancelled` removes the entry from the calendar."""

    uid: str
    first: date
    last: date
    summary: str
    location: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def calendar_text(entries: Iterable[CalendarEntry], made_at: datetime) -> str:
    """The text of a calendar file; lines end with CR LF and are folded.

    If it changes or cancels earlier entries, it says so (`METHOD`, RFC 5546, 3.2): CANCEL if it
    only cancels, otherwise PUBLISH.
    """
    from icalendar import Calendar

    entries = tuple(entries)
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//visitapp//visits//EN")
    if any(entry.is_cancelled or entry.sequence for entry in entries):
        taken_back = all(entry.is_cancelled for entry in entries)
        calendar.add("METHOD", "CANCEL" if taken_back else "PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    return str(calendar.to_ical(sorted=False), "utf-8")


def _event(entry: CalendarEntry, made_at: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", in_utc(made_at))
    event.add("DTSTART", entry.first)
    event.add("DTEND", entry.last + timedelta(days=1))  # whole days end the day after (3.6.1)
    event.add("SUMMARY", _text(entry.summary))
    if entry.location:
        event.add("LOCATION", _text(entry.location))
    if entry.sequence:
        event.add("SEQUENCE", entry.sequence)
    if entry.is_cancelled:
        event.add("STATUS", "CANCELLED")
    event.add("TRANSP", "TRANSPARENT")  # a week with a visit isn't busy throughout
    event.add("CLASS", "PRIVATE")
    return event


def _text(words: str) -> "vText":
    """A text value, without the control characters that it can't contain (3.3.11)."""
    return _text_type()(_CONTROL.sub(" ", re.sub(r"\r\n?", "\n", words)))


@cache
def _text_type() -> "type[vText]":
    from icalendar import vText

    class CalendarText(vText):
        """Escapes itself: icalendar takes a backslash and N in a name for the end of a line."""

        def to_ical(self) -> bytes:
            return _ESCAPED.sub(r"\\\g<0>", self).replace("\n", r"\n").encode()

    return CalendarText
