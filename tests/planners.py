"""An office whose people have said when they can visit, and planning with a known seed."""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from random import Random
from uuid import UUID

from tests.builders import ANIMALS, CUSTODY, LONG_AGO, make_kennels, make_person, make_site
from visitapp.domain.office.grid import clock
from visitapp.domain.office.people import Membership
from visitapp.domain.period import Period
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import FreeTime
from visitapp.domain.text.wording import MONTHS, short_date
from visitapp.persistence import plans
from visitapp.planning.law import SpanLaw
from visitapp.services import Services
from visitapp.services.plan.planning import PlanningService, weeks_from

START = date(2025, 4, 14)
QUARTER = weeks_from(START)
NAMES = (
    "Ada Ashby", "Bert Boot", "Cleo Crane", "Dev Dale", "Eve Elm", "Finn Frost",
    "Gwen Glade", "Hugh Heath", "Iris Ivy", "Jack Jay",
)  # fmt: skip
BANDS = ((0, 480), (480, 720), (720, 960), (960, 1200), (1200, 1440))
ALWAYS = tuple(FreeTime(day, *band) for day in range(7) for band in BANDS)


def person_id(number: int) -> UUID:
    return UUID(int=5_000 + number)


def furnish_planning(services: Services, number: int = len(NAMES), kennels: bool = True) -> None:
    """A suite, kennels, and people who can go at any time."""
    services.setup.save_site(make_site())
    if kennels:
        services.setup.save_site(make_kennels())
    for at in range(number):
        memberships = (Membership(CUSTODY, LONG_AGO), Membership(ANIMALS, LONG_AGO))
        services.people.save(make_person(NAMES[at], id=person_id(at), memberships=memberships))
        say(services, at, free=ALWAYS)


def say(services: Services, number: int, **changed: object) -> None:
    """Change what is entered for somebody."""
    now = services.availability.of(person_id(number))
    services.availability.save(replace(now, **changed))


def planner(services: Services, seed: int = 7, seconds: float = 0.1) -> PlanningService:
    return PlanningService(services.access, Random(seed), seconds)


def planned(services: Services, period: Period = QUARTER) -> list[PlannedVisit]:
    """Straight from the records, moments and all."""
    with services.access.database.reading() as connection:
        return plans.visits(connection, period)


def of_site(visits: Iterable[PlannedVisit], site_id: UUID) -> list[PlannedVisit]:
    return [visit for visit in visits if visit.site_id == site_id]


def moments_in(words: str, visits: list[PlannedVisit]) -> list[str]:
    """Days and times of planned visits that a text tells, as any part of the program writes
    them: ISO, long, short, numbers."""
    revealed = []
    named = {day for visit in visits for day in (visit.span.start, visit.span.end)}
    named |= {QUARTER.start, QUARTER.end}
    for visit in visits:
        day = visit.day
        forms = [
            day.isoformat(),
            f"{day.day} {MONTHS[day.month - 1]} {day.year}",
            short_date(day),
            f"{short_date(day)[:-5]}, ",  # as the page Plan shows it, before the time
            f"{day:%d/%m/%Y}",
            f"{day:%Y%m%d}",
        ]
        if day in named:  # the first and last day of a week are its name
            forms = []
        revealed += [form for form in forms if form in words]
        revealed += [clock(visit.minute)] if re.search(rf"\b{clock(visit.minute)}\b", words) else []
    return revealed


def chance_of_days(law: SpanLaw, days: Collection[int]) -> float:
    """How likely the walk day by day through a span visits exactly these days."""
    chance, state = 1.0, law.state(0)
    for day in range(len(law.options)):
        hazard = law.hazard(day, state)
        chance *= hazard if day in days else 1 - hazard
        state = law.after(state, day) if day in days else state
    return chance
