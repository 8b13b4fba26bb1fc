"""When people can visit: kept as it was said, by whom it may be said."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANNE, BEN, CUSTODY, SUITE, make_person
from tests.planners import QUARTER, person_id, planner, say
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError, NotAllowedError
from visitapp.domain.office.people import Clearance, Membership
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.period import Period
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.rota import FreeTime
from visitapp.services import Services
from visitapp.services.plan.availability import AvailabilityService

MAY = Period(date(2025, 5, 1), date(2025, 5, 31))


def _of_visitor(services: Services, name: str) -> AvailabilityService:
    return AvailabilityService(replace(services.access, actor=Actor(name, Role.VISITOR)))


def test_what_was_said_is_read_again(furnished: Services) -> None:
    service = furnished.availability
    assert not service.of(ANNE).is_entered
    said = Availability(
        ANNE,
        free=(FreeTime(0, 480, 720), FreeTime(6, 0, 480)),
        away=(Period(date(2025, 5, 1), date(2025, 5, 8)),),
        wishes=(Period(date(2025, 6, 2), date(2025, 6, 2)),),
        least=1,
        most=5,
        may_buddy=False,
        travel={SUITE: 2},
        not_at=frozenset(),
    )
    assert service.save(said) == Changes.PLANS
    assert service.of(ANNE) == said
    again = replace(said, free=(), travel={}, not_at=frozenset({SUITE}))
    service.save(again)
    assert service.of(ANNE) == replace(again, version=2)
    with pytest.raises(ConflictError):
        service.save(said)


def test_a_visitor_speaks_for_themselves_alone(furnished: Services) -> None:
    mine = _of_visitor(furnished, "anne example ")
    assert [person.id for person in mine.people()] == [ANNE]
    with pytest.raises(NotAllowedError):
        mine.of(BEN)
    with pytest.raises(NotAllowedError):
        mine.save(Availability(BEN))
    mine.save(replace(mine.of(ANNE), most=3, may_buddy=False))
    kept = furnished.availability.of(ANNE)
    assert (kept.most, kept.may_buddy) == (3, True)
    assert _of_visitor(furnished, "Nobody Known").people() == ()


def test_the_manager_speaks_for_anybody_who_has_not_left(furnished: Services) -> None:
    gone = make_person(
        "Gone Long", memberships=(Membership(CUSTODY, date(2019, 1, 1), date(2024, 1, 1)),)
    )
    furnished.people.save(gone)
    names = [person.name for person in furnished.availability.people()]
    assert names == ["Anne Example", "Cara Instance", "Ben Sample"]
    assert [band.start for band in furnished.availability.bands()] == [0, 480, 720, 960, 1200]
    assert {site.id for site in furnished.availability.sites()} >= {SUITE}


@given(st.integers(-2, 30), st.integers(-2, 30))
def test_visits_a_quarter_are_possible_numbers(least: int, most: int) -> None:
    possible = 0 <= least <= most <= 26
    if possible:
        assert Availability(ANNE, least=least, most=most).most == most
    else:
        with pytest.raises(BadInputError):
            Availability(ANNE, least=least, most=most)


def test_planning_sees_a_person_in_the_schemes_and_days_that_are_theirs() -> None:
    joins = Membership(CUSTODY, date(2025, 5, 10), date(2025, 5, 20))
    person = make_person(memberships=(joins,), clearance=Clearance(vetted_until=date(2026, 1, 1)))
    seen = Availability(person.id, free=(FreeTime(0, 0, 480),)).volunteer(person, MAY)
    assert seen.schemes == {CUSTODY}
    assert seen.vetted_until == date(2026, 1, 1)
    assert seen.away == ()
    days = [d for d in (5, 9, 10, 20, 21) if any(date(2025, 5, d) in p for _, p in seen.outside)]
    assert days == [5, 9, 21]
    again = make_person(memberships=(joins, Membership(CUSTODY, date(2025, 5, 25))))
    twice = Availability(again.id).volunteer(again, MAY)
    assert twice.outside == (
        (CUSTODY, Period(MAY.start, date(2025, 5, 9))),
        (CUSTODY, Period(date(2025, 5, 21), date(2025, 5, 24))),
    )
    later = make_person(memberships=(Membership(CUSTODY, date(2025, 7, 1)),))
    assert Availability(later.id).volunteer(later, MAY).schemes == frozenset()
    on_leave = make_person(memberships=(Membership(CUSTODY, date(2019, 1, 1), status="LEAVE"),))
    assert Availability(on_leave.id).volunteer(on_leave, MAY).schemes == frozenset()


def test_the_manager_hears_of_somebody_whose_name_gives_the_day_away(
    planning_office: Services,
) -> None:
    days = [FreeTime(day, 0, 1440) for day in (1, 4, 5)]
    service = planning_office.availability
    assert service.narrow_words(person_id(0)) == ""
    for number, some in ((0, days[:2]), (1, days), (2, [])):
        say(planning_office, number, free=tuple(some))
    assert service.narrow_words(person_id(0)).startswith("Can go on only one or two days")
    assert {service.narrow_words(person_id(number)) for number in (1, 2)} == {""}
    notes = planner(planning_office).sheet(QUARTER).notes
    (note,) = (note for note in notes if "guess the day" in note.words)
    assert note.words.startswith("Ada Ashby can go on only one or two days of the week.")
    assert (note.person_id, note.is_of_moment) == (person_id(0), False)
