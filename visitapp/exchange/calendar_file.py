"""Visits as a calendar file (iCalendar, RFC 5545): whole days only, there is no room for a time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from visitapp.domain.moment import in_utc

_LONGEST_LINE = 75
"""Bytes of a line without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry from a first to a last day, both in it; `uid` stays the same when it is written
    again, so that a calendar renews the entry and has it once. Of two with one `uid` the one
    with the higher `sequence` holds; `is_cancelled` takes the entry out of the calendar."""

    uid: str
    first: date
    last: date
    summary: str
    location: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def calendar_text(entries: Iterable[CalendarEntry], made_at: datetime) -> str:
    """The text of a calendar file; lines end with CR LF and are folded.

    A file that changes or takes back earlier entries names its method (RFC 5546, 3.2): CANCEL
    where it only takes back.
    """
    entries = tuple(entries)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//visitapp//visits//EN"]
    if any(entry.is_cancelled or entry.sequence for entry in entries):
        taken_back = all(entry.is_cancelled for entry in entries)
        lines.append(f"METHOD:{'CANCEL' if taken_back else 'PUBLISH'}")
    for entry in entries:
        lines += _event(entry, f"{in_utc(made_at):%Y%m%dT%H%M%SZ}")
    lines.append("END:VCALENDAR")
    return "".join(f"{line}\r\n" for whole in lines for line in _folded(whole))


def _event(entry: CalendarEntry, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"
    # the end of a whole day is the day after it (3.6.1)
    yield f"DTEND;VALUE=DATE:{entry.last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(entry.summary)}"
    if entry.location:
        yield f"LOCATION:{_escaped(entry.location)}"
    if entry.sequence:
        yield f"SEQUENCE:{entry.sequence}"
    if entry.is_cancelled:
        yield "STATUS:CANCELLED"
    yield "TRANSP:TRANSPARENT"  # a week with a visit in it is not busy all week
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _escaped(words: str) -> str:
    """A text value (3.3.11): no control characters, and no sign that means something else."""
    words = re.sub(r"\r\n?", "\n", words)
    words = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", " ", words)
    return re.sub(r"([\\;,])", r"\\\1", words).replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Lines of at most 75 bytes, those after the first begun with a space; no letter is cut."""
    parts = [""]
    for letter in line:
        if len((parts[-1] + letter).encode()) > _LONGEST_LINE:
            parts.append(" ")
        parts[-1] += letter
    return parts
