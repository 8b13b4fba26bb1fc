"""What some of the demonstration's volunteers claim: all invented."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from visitapp.demonstration.source import demonstration_id
from visitapp.domain.office.claim import ClaimKind, VolunteerClaim
from visitapp.domain.office.people import Person

_BEFORE = (12, 40, 75)
"""Days before the day that is today; the latest are not approved yet."""
_WAITS = 20
_EACH, _MILES, _PARKING = 4, 9, 320


def demonstration_claims(
    people: Iterable[Person], manager: str, today: date
) -> Iterable[VolunteerClaim]:
    """A few for each fourth volunteer."""
    still = [p for p in people if any(not m.has_ended_by(today) for m in p.memberships)]
    for number, person in enumerate(still[::_EACH]):
        for days in _BEFORE:
            on = today - timedelta(days=days)
            at = datetime.combine(on + timedelta(days=1), time(9), tzinfo=UTC)
            is_approved = days > _WAITS
            is_training = days == max(_BEFORE)
            yield VolunteerClaim(
                demonstration_id("claim", person.name, str(days)),
                person.id,
                ClaimKind.TRAINING if is_training else ClaimKind.TRAVEL,
                on,
                "Report form on the laptop" if is_training else "To the suite and back, parking",
                minutes=120 if is_training else 40,
                miles=0 if is_training else _MILES + 3 * number,
                pence=0 if is_training else _PARKING,
                has_receipt=not is_training,
                by=manager,
                at=at,
                approved_by=manager if is_approved else "",
                approved_at=at + timedelta(days=1) if is_approved else None,
            )
