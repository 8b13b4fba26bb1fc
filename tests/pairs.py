"""An office whose scheme leaves days and times to pairs, and copies of the people in them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from tests.builders import CUSTODY, SUITE
from tests.copies import Copies
from tests.planners import (
    NAMES,
    QUARTER,
    START,
    furnish_planning,
    of_site,
    person_id,
    planned,
    planner,
)
from visitapp.domain.exchange.given_back import AssignedWeek, ShownMoments
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.services import Services

PEOPLE, WEEKS = 5, 4
FRIDAY = datetime(2025, 4, 11, 9, tzinfo=UTC)
"""Before the first week of the plan."""


def leave_to_pairs(office: Services, on: bool = True) -> None:
    """Choose who knows the day and time of a suite's planned visits."""
    scheme = next(scheme for scheme in office.setup.schemes() if scheme.id == CUSTODY)
    office.setup.save_scheme(replace(scheme, moments_to_pairs=on))


def pairs_of_office(
    copies: Copies, *, joined: Sequence[int] = range(PEOPLE), seed: int = 3
) -> list[PlannedVisit]:
    """People, a suite, copies of those who joined, and a plan of four weeks in use; the visits to
    the suite. With the usual seed the weeks have 1, 1, 2 and 2."""
    furnish_planning(copies.office, PEOPLE, kennels=False)
    leave_to_pairs(copies.office)
    for at in joined:
        copies.join(NAMES[at], person_id(at))
    planner(copies.office, seed).make(START, WEEKS)
    planner(copies.office).use(QUARTER)
    return of_site(planned(copies.office), SUITE)


def of_pairs(visits: Sequence[PlannedVisit]) -> list[PlannedVisit]:
    """Those whose moments the office doesn't have."""
    return [visit for visit in visits if visit.is_of_pair]


def name_of(person: UUID) -> str:
    return next(name for at, name in enumerate(NAMES) if person_id(at) == person)


def week_in(copies: Copies, person: UUID, visit: PlannedVisit) -> AssignedWeek | None:
    """What somebody's copy shows of the week of a planned visit."""
    weeks = copies.of(name_of(person)).own_visits.weeks()
    return next((week for week in weeks if week.span == visit.span), None)


def shown_in(copies: Copies, person: UUID, visit: PlannedVisit) -> ShownMoments:
    """The days and times that somebody's copy shows for it."""
    week = week_in(copies, person, visit)
    assert week is not None
    assert week.draw_id is not None
    return copies.of(name_of(person)).own_visits.moments(week.draw_id)
