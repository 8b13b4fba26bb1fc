"""Plans changed by hand: what that breaks, who else could go, cancelled and made visits."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from tests.builders import ANIMALS, CUSTODY, KENNELS, SUITE, make_visit
from tests.planners import (
    QUARTER,
    START,
    of_site,
    person_id,
    planned,
    planner,
    say,
)
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.people import Clearance
from visitapp.domain.period import Period
from visitapp.domain.plan.planned import Gravity, PlannedStanding, PlannedVisit
from visitapp.persistence.visits import insert_visits
from visitapp.services import Services
from visitapp.services.plan.plan_world import read_world
from visitapp.services.plan.replacements import replacement_visits


@pytest.fixture
def office(planning_office: Services) -> Services:
    return planning_office


def test_what_an_assignment_breaks_is_said_without_its_day_or_time(office: Services) -> None:
    service = planner(office)
    service.make(START, 2)
    visit = of_site(planned(office), SUITE)[0]
    away = Period(visit.span.start, visit.span.end)
    outside = next(n for n in range(10) if person_id(n) not in visit.pair)
    say(office, outside, away=(away,))
    said, _ = service.assign(visit.id, (visit.pair[0], person_id(outside)))
    name = office.people.people()[outside].name
    assert f"{name} is away then." in said
    assert str(visit.day) not in " ".join(said)
    kept = next(v for v in planned(office) if v.id == visit.id)
    assert set(kept.pair) == {visit.pair[0], person_id(outside)}
    assert kept.is_pinned
    sheet = service.sheet(QUARTER)
    assert any(
        s.gravity is Gravity.BROKEN and "away" in s.sentence and s.visit_id == visit.id
        for s in sheet.notes
    )


def test_probation_needs_somebody_experienced(office: Services) -> None:
    people = office.people.people()
    new = Clearance(probation_until=date(2026, 1, 1))
    for person in people[:2]:
        office.people.save(replace(person, clearance=new))
    service = planner(office)
    service.make(START, 2)
    for visit in planned(office):
        assert len(set(visit.pair) & {person_id(0), person_id(1)}) <= 1
    visit = planned(office)[0]
    said = service.breaks(visit.id, (person_id(0), person_id(1)))
    assert "Both are on probation." in said


def test_a_visitor_moves_to_another_week_and_the_other_comes_back(office: Services) -> None:
    service = planner(office)
    service.make(START, 6)
    suite = of_site(planned(office), SUITE)
    first = suite[0]
    second = next(v for v in suite[1:] if not set(v.pair) & set(first.pair))
    service.move(first.pair[0], first.id, second.id, second.pair[1])
    after = {visit.id: visit for visit in planned(office)}
    assert set(after[first.id].pair) == {first.pair[1], second.pair[1]}
    assert set(after[second.id].pair) == {second.pair[0], first.pair[0]}
    with pytest.raises(BadInputError, match="who makes room"):
        service.move(first.pair[1], first.id, second.id)


def test_a_free_place_is_said_gravest_first_and_substitutes_are_ranked(office: Services) -> None:
    service = planner(office)
    service.make(START, 4)
    visit = of_site(planned(office), SUITE)[0]
    away = Period(visit.span.start, visit.span.end)
    outside = next(n for n in range(10) if person_id(n) not in visit.pair)
    say(office, outside, away=(away,))
    service.assign(visit.id, visit.pair[:1])
    sheet = service.sheet(service.weeks_from(START, 4))
    assert sheet.notes[0].gravity is Gravity.MISSING
    assert sheet.notes[0].visit_id == visit.id
    found = service.suggest(visit.id)
    assert len(found) == 9
    assert found[0].breaks == ()
    assert any("visit " in reason for reason in found[0].reasons)
    last = next(one for one in found if one.person_id == person_id(outside))
    assert "is away then" in " ".join(last.breaks)
    assert found.index(last) >= sum(1 for one in found if not one.breaks)


def _active(office: Services, span: Period) -> list[PlannedVisit]:
    return [v for v in of_site(planned(office), SUITE) if v.span == span and not v.is_cancelled]


def test_a_visit_cancelled_before_its_week_leaves_no_week_empty(office: Services) -> None:
    service = planner(office, seed=3)
    service.make(START)
    suite = of_site(planned(office), SUITE)
    alone = [v for v in suite if sum(1 for o in suite if o.span == v.span) == 1]
    after = []
    for visit in alone:
        said, _ = service.cancel(visit.id)
        assert "another visit was drawn" in said
        assert f"{visit.day:%A}" not in said
        now = _active(office, visit.span)
        assert now
        assert all(len(v.pair) == 2 for v in now)
        after += [v.day > visit.day for v in now]
    assert not all(after), "the whole week is drawn again, not what comes after the day"
    with pytest.raises(BadInputError, match="over or cancelled"):
        service.cancel(alone[0].id)
    row = service.sheet(QUARTER).row(alone[0].id)
    assert row is not None
    assert row.standing is PlannedStanding.CANCELLED


def test_a_visit_cancelled_within_its_week_is_drawn_again_from_tomorrow_on(
    office: Services,
) -> None:
    service = planner(office, seed=3)
    service.make(START)
    suite = of_site(planned(office), SUITE)
    alone = [v for v in suite if sum(1 for o in suite if o.span == v.span) == 1]
    visit = next(v for v in alone if v.day.weekday() > 3)
    wednesday = visit.span.start + timedelta(days=2)
    with office.access.database.reading() as connection:
        world = read_world(connection, wednesday, QUARTER)
    days = {
        new.day for seed in range(30) for new in replacement_visits(world, visit, Random(seed), 0)
    }
    assert days == {wednesday + timedelta(days=at) for at in range(1, 5)}


def test_a_choice_by_hand_is_undone_by_drawing_again_as_often_as_a_week_may_be_drawn(
    office: Services,
) -> None:
    service = planner(office)
    service.make(START, 2)
    visit, other = of_site(planned(office), SUITE)[:2]
    with pytest.raises(BadInputError, match="drawn, not chosen"):
        service.redraw(visit.id)
    for _ in range(3):
        service.choose_moment(visit.id, visit.span.end, 20 * 60 + 5)
        service.redraw(visit.id)
        now = next(v for v in planned(office) if v.id == visit.id)
        assert not now.is_by_hand
        assert now.is_pinned
        assert now.day in visit.span
        assert len(now.pair) == 2
    service.choose_moment(visit.id, visit.span.end, 20 * 60 + 5)
    with pytest.raises(BadInputError, match="three times already"):
        service.redraw(visit.id)
    assert next(v for v in planned(office) if v.id == other.id) == other
    assert service.sheet(QUARTER).redraws_left == 0


def test_drawing_one_visit_again_uses_up_nothing_of_other_weeks(office: Services) -> None:
    service = planner(office)
    service.make(START, 4)
    first, *_, last = of_site(planned(office), SUITE)
    for visit in (first, last):
        service.choose_moment(visit.id, visit.span.end, 20 * 60 + 5)
        service.redraw(visit.id)
    assert service.sheet(QUARTER).redraws_left == 2


def test_a_visit_drawn_again_comes_on_a_day_of_no_other_visit_and_not_on_a_past_one(
    office: Services,
) -> None:
    """In the week that is under way only days from tomorrow on are left."""
    service = planner(office)
    monday = date(2025, 4, 7)  # the office's today is Thursday the 10th
    service.make(monday, 1)
    (visit, *_) = [v for v in planned(office, service.weeks_from(monday, 1)) if v.site_id == SUITE]
    drawn = set()
    for _ in range(3):
        service.choose_moment(visit.id, date(2025, 4, 12), 20 * 60 + 5)
        service.redraw(visit.id)
        now = planned(office, service.weeks_from(monday, 1))
        drawn |= {v.day for v in now if v.id == visit.id}
        assert len({v.day for v in of_site(now, SUITE)}) == len(of_site(now, SUITE))
    assert min(drawn) >= date(2025, 4, 11)


def test_a_visit_is_visited_once_its_pair_reported_one_that_week(office: Services) -> None:
    service = planner(office)
    service.make(START, 2)
    visit = of_site(planned(office), SUITE)[0]
    assert service.sheet(QUARTER).row(visit.id).standing is PlannedStanding.PLANNED
    made = make_visit(visit.span.start, visitors=visit.pair)

    with office.access.database.transaction() as connection:
        insert_visits(connection, (replace(made, ref="X-1"),))
    row = service.sheet(QUARTER).row(visit.id)
    assert row.standing is PlannedStanding.VISITED
    assert row.visited_on == visit.span.start


def left(office: Services, number: int, day: date, scheme: object = None) -> None:
    """Somebody leaves all schemes, or one."""
    person = office.people.people()[number]
    memberships = tuple(
        replace(m, left_on=day) if scheme in (None, m.scheme_id) else m for m in person.memberships
    )
    office.people.save(replace(person, memberships=memberships))


@pytest.mark.parametrize("day", [date(2025, 4, 11), date(2025, 4, 20)])
def test_a_visit_of_somebody_who_left_is_said_and_planned_again_for_others(
    office: Services, day: date
) -> None:
    """They left before the first week, or within the quarter."""
    service = planner(office)
    service.make(START, 4)
    weeks = service.weeks_from(START, 4)
    mine = [v for v in planned(office) if person_id(0) in v.pair and v.day > day]
    left(office, 0, day)
    broken = {s.visit_id: s.sentence for s in service.sheet(weeks).notes if s.visit_id}
    assert set(broken) == {visit.id for visit in mine}
    assert all("Ada Ashby is not in the scheme then." in words for words in broken.values())
    assert all(one.name != "Ada Ashby" for v in mine for one in service.suggest(v.id, v.pair[1]))
    service.plan_again(weeks)
    assert not [v for v in planned(office) if person_id(0) in v.pair and v.day > day]
    assert not [s for s in service.sheet(weeks).notes if "Ada Ashby" in s.sentence]


def test_somebody_who_left_one_scheme_is_planned_for_the_other(office: Services) -> None:
    service = planner(office)
    for number in range(1, 9):  # so that kennels need them
        left(office, number, date(2025, 1, 1), ANIMALS)
    left(office, 0, date(2025, 4, 20), CUSTODY)
    service.make(START)
    mine = [v for v in planned(office) if person_id(0) in v.pair]
    assert any(v.site_id == KENNELS for v in mine)
    assert all(v.site_id == KENNELS or v.day <= date(2025, 4, 20) for v in mine)


def test_weeks_that_are_empty_for_one_reason_are_said_once_with_whom_to_ask(
    office: Services,
) -> None:
    for number in range(10):
        say(office, number, not_at=frozenset({SUITE}))
    service = planner(office)
    service.make(START, 5)
    holes = [s for s in service.sheet(service.weeks_from(START, 5)).notes if not s.visit_id]
    (hole,) = [s for s in holes if s.gravity is Gravity.MISSING]
    assert hole.sentence == (
        "Northgate, 5 weeks from 14–20 Apr 2025 to 12–18 May 2025: no visit is planned. Nobody "
        "can go at any time: 10 not able to visit there."
    )
    assert hole.helps == (
        "Ask Ada Ashby, Bert Boot or Cleo Crane, who can’t visit there, whether they could once",
    )
    assert hole.person_id == person_id(0)


def test_a_wish_that_is_not_met_names_its_visit(office: Services) -> None:
    service = planner(office)
    service.make(START, 2)
    visit = of_site(planned(office), SUITE)[0]
    number = next(n for n in range(10) if person_id(n) == visit.pair[0])
    say(office, number, wishes=(visit.span,))
    said = [s for s in service.sheet(QUARTER).notes if "asked for no visit" in s.sentence]
    assert [s.visit_id for s in said] == [visit.id]
    assert said[0].gravity is Gravity.UNEVEN
