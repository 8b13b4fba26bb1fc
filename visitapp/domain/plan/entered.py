"""Availability that two may enter: the person on their own copy, and the manager. The later entry
is used, and what it took the place of can still be seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from visitapp.domain.period import Period, day_and_time, days_words
from visitapp.domain.plan.availability import Availability
from visitapp.domain.text.wording import joined, time_given

BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of what was entered before its time was noted."""


@dataclass(frozen=True, slots=True)
class EnteredAvailability:
    """An availability, and who entered it when (UTC). `by_self`: the person on their own copy, not
    the manager. `seen_at` is the time of the other's entry that was known then."""

    availability: Availability
    at: datetime
    by_self: bool
    seen_at: datetime | None = None

    @property
    def order(self) -> tuple[datetime, bool]:
        """Of two entries the one with the higher order is used, in every copy."""
        return self.at, self.by_self

    def knew(self, other: "EnteredAvailability") -> bool:
        """Whether whoever entered this had seen the other entry."""
        return self.by_self is other.by_self or other.at in (self.seen_at, BEFORE_ALL)


class EntryStanding(StrEnum):
    """How an entry came to be used: typed here; it followed what it took the place of; it took the
    place of an entry that its author had not seen; or such an entry came and is not used."""

    HERE = "here"
    CHANGED = "changed"
    REPLACED = "replaced"
    USED = "used"


@dataclass(frozen=True, slots=True)
class AvailabilityEntry:
    """What is known of the availability in use. `other` is the one that it took the place of, or
    that is not used."""

    at: datetime
    by_self: bool
    seen_at: datetime | None = None
    standing: EntryStanding = EntryStanding.HERE
    other: Availability | None = None
    other_at: datetime | None = None


def entered_here(
    before: AvailabilityEntry | None, now: datetime, *, by_self: bool
) -> AvailabilityEntry:
    """The note of an entry made in this copy: later than all that was known, whatever the clock
    says."""
    if before is None:
        return AvailabilityEntry(now, by_self)
    seen_at = before.seen_at if before.by_self is by_self else before.at
    return AvailabilityEntry(max(now, before.at + timedelta(seconds=1)), by_self, seen_at)


def merged(
    here: EnteredAvailability | None, came: EnteredAvailability
) -> tuple[Availability, AvailabilityEntry] | None:
    """What is used after an entry came from the other copy; None where nothing changes."""
    if here is None:
        return came.availability, AvailabilityEntry(came.at, came.by_self, came.seen_at)
    if came.order > here.order:
        standing = EntryStanding.CHANGED if came.knew(here) else EntryStanding.REPLACED
        entry = AvailabilityEntry(
            came.at, came.by_self, came.seen_at, standing, here.availability, here.at
        )
        return came.availability, entry
    if came.order == here.order or here.knew(came):
        return None
    entry = AvailabilityEntry(
        here.at, here.by_self, here.seen_at, EntryStanding.USED, came.availability, came.at
    )
    return here.availability, entry


def entry_words(entry: AvailabilityEntry, now: Availability, name: str) -> str:
    """Who entered the availability when, and what changed. `name` is the person's in the office's
    copy, empty in their own."""
    at = day_and_time(entry.at)
    if entry.standing is EntryStanding.USED:
        return _not_used(entry, now, name)
    if (name and not entry.by_self) or (not name and entry.by_self):
        return ""
    who = f"{name} entered this on their own copy on" if name else "Your manager changed this on"
    other_at = entry.other_at or BEFORE_ALL
    changes = "" if entry.other is None else joined(list(changes_between(entry.other, now)))
    after = ""
    if entry.standing is EntryStanding.REPLACED:
        entered = "your change of" if name else "what you entered on"
        after = f", after {entered} {day_and_time(other_at)}, which is no longer used"
    return f"{who} {at}{after}{': ' if changes else ''}{changes}."


def _not_used(entry: AvailabilityEntry, now: Availability, name: str) -> str:
    assert entry.other is not None
    who = name or "Your manager"
    other_at = day_and_time(entry.other_at or BEFORE_ALL)
    changes = joined(list(changes_between(now, entry.other)))
    return (
        f"{who} entered something else on {other_at}. What was entered here on "
        f"{day_and_time(entry.at)} is later, so it is used. Theirs was"
        f"{': ' if changes else ' the same'}{changes}."
    )


def changes_between(before: Availability, after: Availability) -> Iterator[str]:
    """Each difference in a few words."""
    if before.free != after.free:
        yield f"free {_weekly(after)} a week instead of {_weekly(before)}"
    yield from _days("away", before.away, after.away)
    yield from _days("rather not", before.wishes, after.wishes)
    if (before.least, before.most) != (after.least, after.most):
        yield (
            f"{after.least} to {after.most} visits a quarter instead of {before.least} to "
            f"{before.most}"
        )
    if (dict(before.travel), before.not_at) != (dict(after.travel), after.not_at):
        yield "how far sites are"


def _weekly(availability: Availability) -> str:
    return time_given(sum(free.end - free.start for free in availability.free))


def _days(what: str, before: Sequence[Period], after: Sequence[Period]) -> Iterator[str]:
    for period in sorted({*after} - {*before}):
        yield f"{what} {days_words(period)}"
    for period in sorted({*before} - {*after}):
        yield f"no longer {what} {days_words(period)}"
