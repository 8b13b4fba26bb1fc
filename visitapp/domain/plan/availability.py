"""When somebody can visit, what they would prefer, and what only the manager decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.people import IN_TRAINING, LEAVE, ON_PROBATION, Membership, Person
from visitapp.domain.period import Period
from visitapp.domain.plan.rota import FreeTime, Volunteer

MOST_A_QUARTER = 26
"""Two visits a week: nobody makes more."""
FARTHEST = 3


@dataclass(frozen=True, slots=True)
class Availability:
    """What planning needs to know about a person, apart from clearance.

    `free` are parts of every week. On `away` days they can't visit; on `wishes` days they would
    rather not. `least` and `most` are visits a quarter. `travel` says how far each site is, from 0
    (near) to 3; they can't visit sites in `not_at`. `may_buddy` (may go with somebody on probation)
    is decided by the manager.
    """

    person_id: UUID
    free: tuple[FreeTime, ...] = ()
    away: tuple[Period, ...] = ()
    wishes: tuple[Period, ...] = ()
    least: int = 0
    most: int = 13
    may_buddy: bool = True
    travel: Mapping[UUID, int] = field(default_factory=dict, hash=False)
    not_at: frozenset[UUID] = frozenset()
    version: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise BadInputError(
                "The lowest number of visits a quarter can't be more than the highest."
            )
        if self.most > MOST_A_QUARTER:
            raise BadInputError(
                f"Nobody makes more than {MOST_A_QUARTER} visits a quarter, two a week."
            )
        if any(not 0 <= far <= FARTHEST for far in self.travel.values()):
            raise BadInputError("The distance to a site must be from 0 (near) to 3.")

    @property
    def is_entered(self) -> bool:
        """Whether they have entered any availability."""
        return bool(self.free)

    def volunteer(self, person: Person, period: Period) -> Volunteer:
        """The person as planning sees them over a period: in all schemes they belong to on any day
        of it, and `outside` each scheme on the days before they join and after they leave."""
        mine = [m for m in person.memberships if _is_in(m, period)]
        schemes = frozenset(m.scheme_id for m in mine)
        clearance = person.clearance
        return Volunteer(
            id=person.id,
            name=person.name,
            schemes=schemes,
            free=self.free,
            away=self.away,
            outside=tuple(_outside(mine, period)),
            wishes=self.wishes,
            least=self.least,
            most=self.most,
            vetted_until=clearance.vetted_until,
            probation_until=_probation_until(person, mine, period),
            may_buddy=self.may_buddy,
            tact_trained=clearance.tact_trained,
            travel=dict(self.travel),
            not_at=self.not_at,
            training=frozenset(
                m.scheme_id for m in mine if _first_status(m, period) == IN_TRAINING
            ),
        )


def _probation_until(
    person: Person, memberships: Sequence[Membership], period: Period
) -> date | None:
    """The last day of probation. With the status Probation and no date, it doesn't end."""
    entered = person.clearance.probation_until
    if entered is None and any(_first_status(m, period) == ON_PROBATION for m in memberships):
        return period.end
    return entered


def _outside(memberships: Sequence[Membership], period: Period) -> Iterator[tuple[UUID, Period]]:
    """The days of a period on which somebody isn't in a scheme: before, between or after
    memberships."""
    for scheme_id in dict.fromkeys(m.scheme_id for m in memberships):
        day = period.start
        for membership in sorted(memberships, key=lambda m: m.joined_on):
            if membership.scheme_id == scheme_id:
                yield from ((scheme_id, days) for days in _leaves(membership, period))
                if membership.joined_on > day:
                    yield scheme_id, Period(day, membership.joined_on - timedelta(days=1))
                day = max(day, (membership.left_on or period.end) + timedelta(days=1))
        if day <= period.end:
            yield scheme_id, Period(day, period.end)


def _is_in(membership: Membership, period: Period) -> bool:
    """Whether somebody can visit for the scheme on any day of the period."""
    return any(membership.is_active_on(day) for day in _turns(membership, period))


def _turns(membership: Membership, period: Period) -> list[date]:
    """The days of a period on which somebody's status may be another than the day before."""
    joins = max(membership.joined_on, period.start)
    days = {joins}
    for change in membership.changes:
        days.add(change.begins)
        if change.until_on is not None:
            days.add(change.until_on + timedelta(days=1))
    return sorted(day for day in days if joins <= day <= period.end)


def _leaves(membership: Membership, period: Period) -> Iterator[Period]:
    """The days of a period on which somebody is on leave from a scheme that they are in."""
    turns = _turns(membership, period)
    ends = [day - timedelta(days=1) for day in turns[1:]]
    for start, end in zip(turns, [*ends, period.end], strict=False):
        if membership.status_on(start) == LEAVE and not membership.has_ended_by(start):
            yield Period(start, end)


def _first_status(membership: Membership, period: Period) -> str:
    return membership.status_on(max(membership.joined_on, period.start))
