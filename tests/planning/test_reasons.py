"""Why a visit has no pair, what would help, and what is uneven in a plan: in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.planning.rota_instances import ANIMALS, MONDAY, SCHEME
from visitapp.domain.period import Period
from visitapp.domain.plan.rota import (
    FreeTime,
    Need,
    Obstacle,
    Pair,
    VisitSlot,
    Volunteer,
    pair_of,
)
from visitapp.planning.reasons import explain, fairness_notes, wishes_not_met
from visitapp.planning.ways_out import ways_out

NORTH, SOUTH = "Northgate", "Southgate"
DAY = Period(MONDAY, MONDAY)


def _person(number: int, **changed: object) -> Volunteer:
    always = tuple(FreeTime(day, 0, 1440) for day in range(7))
    who = Volunteer(UUID(int=500 + number), "ABCDEFGH"[number], frozenset({SCHEME}), always)
    return replace(who, **changed)  # type: ignore[arg-type]


ANN, BOB, CAT, DAN = PEOPLE = [_person(number) for number in range(4)]
BY_ID = {person.id: person for person in PEOPLE}
AB, BC, AC, AD = (
    pair_of(first.id, second.id)
    for first, second in ((ANN, BOB), (BOB, CAT), (ANN, CAT), (ANN, DAN))
)


def _slot(number: int, day: int, site: str = NORTH, need: Need = Need.SUITE) -> VisitSlot:
    scheme = ANIMALS if need is Need.KENNELS else SCHEME
    at = MONDAY + timedelta(days=day)
    return VisitSlot(UUID(int=number), scheme, UUID(int=len(site)), site, at, 600, need)


def _reason(people: Sequence[Volunteer], *others: tuple[VisitSlot, Pair]) -> str:
    """Why a visit on the first Monday has no pair, while the others have theirs."""
    slots = [_slot(1, 0), *(slot for slot, _ in others)]
    (unfilled,) = explain(slots, people, {slot.id: pair for slot, pair in others})
    assert unfilled.sentence.startswith("Northgate, week of Mon 7 Apr 2025: ")
    return unfilled.words


def test_of_those_who_cannot_go_the_commonest_reason_comes_first() -> None:
    people = [_person(0, away=(DAY,)), _person(1, free=()), _person(2, free=())]
    assert _reason(people) == "nobody can go. The others: 2 not free at that time, 1 away."
    assert _reason([*people, DAN]).startswith("only D can go. The others: 2 not")
    assert _reason([ANN]) == "only A can go. There is nobody else."
    (unfilled,) = explain([_slot(1, 0)], people, {})
    assert unfilled.obstacles == {Obstacle.NOT_FREE: 2, Obstacle.AWAY: 1}
    other_time = "whether they could go at another time than usual"
    assert unfilled.helps == (
        f"Ask B and C {other_time}",
        f"Ask A whether they are away all the time and ask B {other_time}",
        f"Ask A whether they are away all the time and ask C {other_time}",
    )
    (unfilled,) = explain([_slot(1, 0)], [*people, DAN], {})
    assert unfilled.helps == (
        f"Ask B or C {other_time}",
        "Ask A whether they are away all the time",
    )


def test_two_on_probation_need_somebody_experienced() -> None:
    new = [_person(number, probation_until=MONDAY) for number in range(2)]
    assert "nobody experienced can go with them" in _reason(new)
    assert _reason([*new, CAT]) == "this visit has no pair yet. 3 people could go."


def test_whoever_has_another_visit_that_day_has_no_time_for_this_one() -> None:
    assert _reason([ANN, BOB], (_slot(2, 0, SOUTH), AB)) == (
        "2 could go, but A has another visit that day and B has another visit that day."
    )
    assert _reason([ANN, BOB, CAT], (_slot(2, 0, SOUTH), AB)) == (
        "3 could go, but A has another visit that day and B has another visit that day."
    )


def test_one_more_visit_in_the_week_is_allowed_and_a_third_is_not() -> None:
    assert (
        _reason([ANN, BOB], (_slot(2, 1), AB)) == "this visit has no pair yet. 2 people could go."
    )
    assert _reason([ANN, BOB], (_slot(2, 1), AB), (_slot(3, 6), AC)) == (
        "2 could go, but A has two visits that week."
    )
    week_later = (_slot(2, 1), AB), (_slot(3, 7), AC)
    assert _reason([ANN, BOB], *week_later) == "this visit has no pair yet. 2 people could go."


def test_whoever_made_all_their_visits_may_be_asked_for_more() -> None:
    full = [_person(number, most=2) for number in range(2)]
    slots = [_slot(1, 0), _slot(2, 21), _slot(3, 28), _slot(4, 0, SOUTH)]
    pairs = {slots[1].id: AB, slots[2].id: AC, slots[3].id: BC}
    (unfilled,) = explain(slots, full, pairs)
    assert unfilled.words == "2 could go, but A has all 2 visits and B has all 2 visits."
    assert unfilled.helps == (), "B has another visit that day"
    for free_day in (5, 14):
        apart = [slots[0], slots[1], slots[2], _slot(4, free_day, SOUTH)]
        (unfilled,) = explain(apart, full, pairs)
        assert unfilled.helps == ("Raise the most visits of A and B",)
        (unfilled,) = explain(apart, [full[0], replace(full[1], most=3)], pairs)
        assert unfilled.helps == ("Raise the most visits of A",)
        (unfilled,) = explain(apart, [full[0], replace(full[1], away=(DAY,))], pairs)
        assert unfilled.helps == (
            "Raise the most visits of A and B and ask B whether they are away all the time",
        )
    once = [slots[0], slots[1]]
    (unfilled,) = explain(once, [replace(person, most=1) for person in full], {slots[1].id: AB})
    assert unfilled.words == "2 could go, but A has their one visit and B has their one visit."
    (unfilled,) = explain(slots, [replace(person, most=3) for person in full], pairs)
    assert unfilled.words == "2 could go, but B has another visit that day."
    assert unfilled.helps == ()


@pytest.mark.parametrize(
    ("reason", "help_"),
    [
        (Obstacle.NOT_FREE, "Ask A, B or C whether they could go at another time than usual"),
        (Obstacle.AWAY, "Ask A, B or C whether they are away all the time"),
        (Obstacle.SITE, "Ask A, B or C, who can’t visit there, whether they could once"),
        (Obstacle.VETTING, "Renew the vetting of A, B or C"),
        (Obstacle.TRAINING, "Change the status of A, B or C in People when they are trained"),
        (Obstacle.PROBATION, "End the probation of A, B or C in People when it is over"),
        (Obstacle.TACT, "Train A, B or C for TACT visits"),
    ],
)
def test_three_at_most_are_named_for_what_would_help(reason: Obstacle, help_: str) -> None:
    assert ways_out(PEOPLE, {person.id: reason for person in PEOPLE}) == (help_,)


def test_what_is_likeliest_to_change_comes_first_and_a_scheme_is_not_changed() -> None:
    assert ways_out([ANN, BOB], {ANN.id: Obstacle.TACT, BOB.id: Obstacle.VETTING}) == (
        "Renew the vetting of B",
        "Train A for TACT visits",
    )
    assert ways_out(PEOPLE, {person.id: Obstacle.SCHEME for person in PEOPLE}) == ()


def _notes(*visits: tuple[VisitSlot, Pair], people: Sequence[Volunteer] = PEOPLE) -> list[str]:
    slots, pairs = [slot for slot, _ in visits], {slot.id: pair for slot, pair in visits}
    return list(fairness_notes(slots, {person.id: person for person in people}, pairs))


def test_whoever_has_fewer_visits_than_they_asked_for_is_named() -> None:
    people = [_person(0, least=2), _person(1, least=1), _person(2, least=1)]
    assert _notes((_slot(1, 0), AB), people=people) == [
        "A has 1 of at least 2 visits.",
        "C has 0 of at least 1 visit.",
    ]


def test_a_pair_that_meets_again_is_named_with_how_often() -> None:
    again = [(_slot(number, 7 * number), AB) for number in range(3)]
    assert _notes(*again[:1]) == []
    assert _notes(*again[:2]) == ["A and B are paired twice."]
    assert "A and B are paired 3 times." in _notes(*again)


def test_nearly_all_visits_at_one_site_are_too_many_there() -> None:
    pairs = [AB, AC, AD]
    same = [(_slot(n, 7 * n), pairs[n % 3]) for n in range(10)]
    assert "A has 3 of 3 visits at Northgate." in _notes(*same[:3])
    assert not [note for note in _notes(*same[:2]) if " at " in note], "of two, both may be"
    for south, is_noted in ((2, True), (3, False)):
        visits = [
            (replace(slot, site_name=SOUTH if n < south else NORTH), pair)
            for n, (slot, pair) in enumerate(same)
        ]
        noted = f"A has {10 - south} of 10 visits at Northgate." in _notes(*visits)
        assert noted is is_noted, "7 of 10 is not more than 7 of 10"


def test_sites_are_named_in_their_order() -> None:
    south = [(_slot(n, 7 * n, SOUTH), AB) for n in range(3)]
    cd = pair_of(CAT.id, DAN.id)
    north = [(_slot(n, 7 * n), cd) for n in range(3, 6)]
    at_sites = [note for note in _notes(*south, *north) if " at " in note]
    assert [note.rpartition(" ")[2] for note in at_sites] == ["Northgate."] * 2 + ["Southgate."] * 2


def test_two_visits_in_a_week_are_named_with_the_week_and_several_weeks_counted() -> None:
    two = [(_slot(1, 0), AB), (_slot(2, 6), AC)]
    assert "A has two visits in the week of Mon 7 Apr 2025." in _notes(*two)
    more = [(_slot(3, 7), AB), (_slot(4, 8), AC)]
    assert "A has two visits a week in 2 weeks." in _notes(*two, *more)
    assert _notes((_slot(1, 6), AB), (_slot(2, 7), AC)) == [], "Sunday and Monday"


def test_kennels_twice_within_two_weeks_are_named_in_whatever_order_visits_come() -> None:
    def at(*days: int) -> list[str]:
        pairs = (AB, AC, AD)
        visits = [(_slot(n, day, need=Need.KENNELS), pairs[n]) for n, day in enumerate(days)]
        return [note for note in _notes(*visits) if "within" in note]

    assert at(0, 13) == at(13, 0) == ["A goes to kennels twice within two weeks."]
    assert at(0, 14) == [], "two weeks apart"
    assert at(26, 13, 0) == ["A goes to kennels twice within two weeks."]
    assert at(13, 7, 0) == ["A goes to kennels 3 times within two weeks."]
    suites = _notes((_slot(1, 0), AB), (_slot(2, 8), AC))
    assert suites == []


def test_a_visit_in_a_time_without_is_named_by_its_week_only() -> None:
    people = BY_ID | {ANN.id: _person(0, wishes=(Period(MONDAY, date(2025, 4, 9)),))}
    slots = [_slot(1, 2), _slot(2, 3, SOUTH)]
    assert wishes_not_met(slots, people, {slots[0].id: AB, slots[1].id: AC}) == (
        "A asked for no visit then: Northgate, week of Mon 7 Apr 2025.",
    )
    assert wishes_not_met(slots, people, {slots[0].id: BC}) == ()
