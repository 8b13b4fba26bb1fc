"""With too few people for several suites not all visits can be made, and that is said."""

import json
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from tests.builders import CUSTODY, SUITE, make_site
from tests.planners import QUARTER, START, furnish_planning, planner, say
from tests.planning.test_names import GROUNDS, MONDAY, scheme
from visitapp.domain.period import Period
from visitapp.domain.plan.enough_people import FEW, PeopleNeeded
from visitapp.domain.plan.rota import FreeTime
from visitapp.planning.enough_people import people_needed
from visitapp.services import Services


def _needed(number: int) -> PeopleNeeded:
    (needed,) = people_needed(GROUNDS, scheme(1, number), MONDAY, Random(1))
    return needed


def test_six_people_are_too_few_for_two_suites_and_it_is_said_how_many_are_not() -> None:
    few = _needed(6)
    assert few.share > FEW
    assert (few.people, few.suites, few.wanted) == (6, 2, 130)
    assert few.needed is not None
    assert 6 < few.needed <= 18
    assert few.come == pytest.approx(130 * 6 * 8 / 65), "each makes eight in a quarter"
    assert f"It takes about {few.needed} people like them." in few.sentence()
    assert few.sentence().startswith("6 people are too few for 2 suites: in about ")
    assert (
        "About 96 of 130 visits a year will come. The chances shown here are not exact: they "
        "may be higher." in few.sentence()
    )
    assert not few.is_exact(0.35)
    enough = _needed(16)
    assert (enough.are_too_few, enough.needed, enough.sentence(0.35)) == (False, None, "")
    assert enough.is_exact(0.35)


def test_people_who_can_make_few_visits_are_too_few_though_always_free() -> None:
    always = tuple(FreeTime(day, 0, 1440) for day in range(7))
    people = [replace(who, free=always, most=4, probation_until=None) for who in scheme(1, 12)]
    (few,) = people_needed(GROUNDS, people, MONDAY, Random(1))
    assert few.share == 1 - 12 * 4 / 65
    assert few.needed == 18
    enough = [replace(who, most=6) for who in people]
    (needed,) = people_needed(GROUNDS, enough, MONDAY, Random(1))
    assert (needed.share, needed.come, needed.sentence(0.4)) == (0, 130, "")


def test_five_people_for_eight_suites_are_told_how_many_it_takes() -> None:
    grounds = [
        replace(GROUNDS[0], site=replace(GROUNDS[0].site, id=UUID(int=300 + at))) for at in range(8)
    ]
    (few,) = people_needed(grounds, scheme(2, 5), MONDAY, Random(1))
    assert few.share == 1
    assert few.needed is not None
    assert few.needed > 3 * 5
    assert f"It takes about {few.needed} people like them." in few.sentence()


def test_one_suite_needs_nobody_at_two_places_at_once() -> None:
    (needed,) = people_needed(GROUNDS[:1], scheme(1, 6), MONDAY, Random(1))
    assert not needed.are_too_few
    assert list(people_needed(GROUNDS, scheme(1, 1), MONDAY, Random(1))) == []


def test_what_chances_leave_out_is_said_in_words() -> None:
    few = PeopleNeeded(UUID(int=1), 0.5, 6, 2, None, 130, 118.4, 0.1)
    assert few.sentence(0.4) == (
        "6 people are too few for 2 suites: in about 50 of 100 weeks nobody can make all visits "
        "that are drawn, and the week is drawn again. About 118 of 130 visits a year will come. "
        "The chances shown here are not exact: each may be up to 11% higher. More people like them "
        "are not enough: somebody has to be able to go at more times."
    )
    assert not few.is_exact(0.4)
    exact = replace(few, beyond=0.01)
    assert exact.is_exact(0.4)
    assert "The chances shown here allow for that." in exact.sentence(0.4)
    rarely = replace(few, share=0.04, come=129.2)
    assert rarely.sentence(0.4).startswith("With 6 people for 2 suites, in about 4 of 100 weeks")
    assert replace(rarely, beyond=None).sentence(0.4).endswith("not exact: they may be higher.")


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
    people = content["people"]
    assert (people["there_are"], people["suites"], people["visits_a_year"]) == (6, 2, 130)
    assert people["visits_that_come"] < 130 < 130 * (1 + people["weeks_drawn_again"])
    assert content["other_suites"]["when_visited"] < content["other_suites"]["usual"]
    assert not any("Fewer people than usual" in words for words in content["broken"])
    week = Period(START + timedelta(days=7), START + timedelta(days=13))
    for number in range(3):
        say(furnished, number, away=(week,))
    content = json.loads(furnished.foresight.plan_json(SUITE, planner(furnished).planned_weeks()))
    assert any("can go in 21–27 Apr 2025, or on" in words for words in content["broken"])
