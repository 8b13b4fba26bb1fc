"""When the demonstration's visitors can visit: made up, but the same in every copy."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from visitapp.demonstration.seeded_draws import SeededDraws
from visitapp.domain.office.grid import Grid
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.rota import FreeTime

_SHARE, _NIGHT_SHARE = 55, 35
"""In per cent: the share of times of a week in which somebody can visit."""


def availabilities(
    people: Sequence[Person],
    grids: Mapping[Kind, Grid],
    today: date,
) -> Iterator[Availability]:
    """For everybody who hasn't left; a third of them are away for a week or two."""
    draws = SeededDraws("availability")
    bands = grids[Kind.CUSTODY].bands
    for person in people:
        still = [m for m in person.latest_memberships() if not m.has_ended_by(today)]
        free = tuple(
            FreeTime(weekday, band.start, band.end)
            for weekday in range(7)
            for band in bands
            if draws.below(100) < (_NIGHT_SHARE if band.start == 0 else _SHARE)
        )
        start = today + timedelta(days=7 + draws.below(80))
        days = Period(start, start + timedelta(days=6 + draws.below(8)))
        kind = draws.below(6)
        if not still:
            continue
        yield Availability(
            person.id,
            free=free,
            away=(days,) if kind in (0, 1) else (),
            wishes=(days,) if kind == 2 else (),
            least=1,
            most=8,
            may_buddy=all(m.joined_on < today - timedelta(days=365) for m in still),
        )
