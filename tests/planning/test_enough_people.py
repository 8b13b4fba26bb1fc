"""With too few people for several suites not all visits can be made, and that is said."""

import json
from dataclasses import replace
from random import Random
from uuid import UUID

from tests.builders import CUSTODY, SUITE, make_site
from tests.planners import QUARTER, START, furnish_planning, planner, say
from tests.planning.test_names import GROUNDS, MONDAY, scheme
from visitapp.domain.plan.enough_people import Shortage
from visitapp.domain.plan.rota import FreeTime
from visitapp.planning.enough_people import FEW, shortages
from visitapp.services import Services


def _shortages(number: int) -> list[Shortage]:
    return list(shortages(GROUNDS, scheme(1, number), MONDAY, Random(1)))


def test_six_people_are_too_few_for_two_suites_and_it_is_said_how_many_are_not() -> None:
    (few,) = _shortages(6)
    assert few.share > FEW
    assert (few.people, few.suites) == (6, 2)
    assert few.needed is not None
    assert 6 < few.needed <= 18
    assert f"It takes about {few.needed} people like them." in few.sentence
    assert few.sentence.startswith("6 people are too few for 2 suites: in about ")
    assert _shortages(16) == []


def test_people_who_can_make_few_visits_are_too_few_though_always_free() -> None:
    always = tuple(FreeTime(day, 0, 1440) for day in range(7))
    people = [replace(who, free=always, most=4, probation_until=None) for who in scheme(1, 12)]
    (few,) = shortages(GROUNDS, people, MONDAY, Random(1))
    assert few.share == 1 - 12 * 4 / 65
    assert few.needed == 18
    enough = [replace(who, most=6) for who in people]
    assert list(shortages(GROUNDS, enough, MONDAY, Random(1))) == []


def test_one_suite_needs_nobody_at_two_places_at_once() -> None:
    assert list(shortages(GROUNDS[:1], scheme(1, 6), MONDAY, Random(1))) == []


def test_when_no_number_of_them_is_enough_that_is_said() -> None:
    assert "are not enough" in Shortage(0.5, 6, 2, None).sentence


def test_a_plan_that_needs_more_people_is_not_called_exact_and_says_so_before_it_is_made(
    furnished: Services,
) -> None:
    furnish_planning(furnished, 6, kennels=False)
    furnished.setup.save_site(make_site(id=UUID(int=77), name="Southgate", scheme_id=CUSTODY))
    assert furnished.foresight.shortage(QUARTER) == ()
    for number in range(6):
        free = tuple(FreeTime(day, 480, 960) for day in range(7) if (day + number) % 2)
        say(furnished, number, free=free)
    (sentence,) = furnished.foresight.shortage(QUARTER)
    assert "people are too few for 2 suites" in sentence
    planner(furnished).make(START, 2)
    content = json.loads(furnished.foresight.plan_json(SUITE, planner(furnished).planned_weeks()))
    assert content["exact"] is False
    assert any("people are too few for 2 suites" in words for words in content["broken"])
