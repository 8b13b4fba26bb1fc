"""A plan is made span by span; what nobody can make is drawn again, and what is kept stays."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest

from tests.builders import KENNELS, SUITE, make_kennels, make_site
from tests.planning.rota_instances import ANIMALS, MONDAY, SCHEME
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period, month_of, week_of
from visitapp.domain.plan.planned import Mode, PastVisit, PlannedVisit
from visitapp.domain.plan.rota import Crewing, FreeTime, Obstacle, Unfilled, Volunteer, obstacle
from visitapp.planning import making
from visitapp.planning.crews import Effort
from visitapp.planning.law import kennel_policy, suite_policy
from visitapp.planning.making import (
    MOST_ATTEMPTS,
    PlanTask,
    _Drawing,
    law_of,
    make_plan,
    memory_before,
    placed_visits,
    slots_of,
)
from visitapp.planning.reach import Ground
from visitapp.planning.tally import Tally
from visitapp.services.office.reference import reference_grid

PLAN = UUID(int=1)
SUITE_GROUND = Ground(
    make_site(scheme_id=SCHEME), reference_grid(Kind.CUSTODY, SCHEME), suite_policy()
)
KENNEL_GROUND = Ground(
    make_kennels(scheme_id=ANIMALS), reference_grid(Kind.ANIMAL_WELFARE, ANIMALS), kennel_policy()
)
PERIOD = Period(MONDAY, MONDAY + timedelta(days=27))
WEEKS = [week.start for week in PERIOD.weeks()]
ALWAYS = tuple(FreeTime(day, 0, 1440) for day in range(7))


def _person(number: int, **changed: object) -> Volunteer:
    who = Volunteer(
        UUID(int=number), f"Person {number}", frozenset({SCHEME, ANIMALS}), ALWAYS,
        most=99,
    )  # fmt: skip
    return replace(who, **changed)  # type: ignore[arg-type]


PEOPLE = tuple(_person(number) for number in range(1, 7))
TASK = PlanTask(PLAN, PERIOD, (SUITE_GROUND,), PEOPLE, (), MONDAY)


def _planned(day: date, minute: int = 600, cell: int = 1, site: UUID = SUITE) -> PlannedVisit:
    span = week_of(day) if site == SUITE else month_of(day)
    return PlannedVisit(uuid4(), PLAN, SCHEME, site, span, day, minute, cell)


@pytest.fixture
def only_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days and times alone, without pairs."""
    monkeypatch.setattr(making, "_unfilled", lambda *_: set())
    monkeypatch.setattr(making, "_crewed", lambda *_: Crewing({}))


def _drawn(task: PlanTask, seed: int = 1) -> list[PlannedVisit]:
    return make_plan(task, Random(seed), Effort(0.1))[0]


def _starts(visits: Sequence[PlannedVisit], site: UUID = SUITE) -> set[date]:
    return {visit.span.start for visit in visits if visit.site_id == site}


def test_each_week_gets_visits_and_each_visit_a_pair_that_can_go() -> None:
    visits, crewing = make_plan(TASK, Random(1), Effort(0.1))
    assert _starts(visits) == set(WEEKS)
    assert crewing.pairs.keys() == {visit.id for visit in visits}
    for visit in visits:
        assert visit.day in visit.span
        assert SUITE_GROUND.cell(visit.drawn.day, visit.drawn.minute) == visit.cell
        assert (visit.plan_id, visit.site_id, visit.scheme_id) == (PLAN, SUITE, SCHEME)


def test_a_week_with_a_kept_visit_or_one_that_was_made_is_not_drawn(only_drawn: None) -> None:
    kept = _planned(WEEKS[1])
    elsewhere = _planned(WEEKS[0], site=KENNELS, cell=0)
    task = replace(
        TASK,
        kept=(kept, elsewhere),
        past_visits=(PastVisit(SUITE, WEEKS[2], 600, ()), PastVisit(KENNELS, WEEKS[3], 600, ())),
    )
    visits = _drawn(task)
    assert visits[:2] == [kept, elsewhere]
    assert _starts(visits[2:]) == {WEEKS[0], WEEKS[3]}


def test_a_month_that_began_before_the_plan_is_planned_from_the_first_day_on(
    only_drawn: None,
) -> None:
    task = replace(TASK, grounds=(KENNEL_GROUND, SUITE_GROUND))
    for seed in range(5):
        visits = _drawn(task, seed)
        assert _starts(visits, KENNELS) == {date(2025, 4, 1)}
        assert _starts(visits) == set(WEEKS)
        assert all(visit.drawn.day >= MONDAY for visit in visits)


def test_a_span_that_nobody_can_reach_has_no_visit(only_drawn: None) -> None:
    away = Period(WEEKS[1], WEEKS[1] + timedelta(days=6))
    task = replace(TASK, volunteers=(PEOPLE[0], replace(PEOPLE[1], away=(away,))))
    assert _starts(_drawn(task)) == {WEEKS[0], WEEKS[2], WEEKS[3]}


class Refusing:
    """Refuses the visits of some weeks (by their first days) so many times, and keeps what was
    drawn before each."""

    def __init__(self, *weeks: date, times: int = 1) -> None:
        self._weeks, self._left = weeks, times
        self.drafts: list[list[PlannedVisit]] = []

    def __call__(
        self, _task: PlanTask, visits: Sequence[PlannedVisit], _random: Random
    ) -> set[UUID]:
        self.drafts.append(list(visits))
        self._left -= 1
        return {v.id for v in visits if v.span.start in self._weeks and self._left >= 0}


def test_from_the_first_week_without_a_pair_on_visits_are_drawn_again(
    only_drawn: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = Refusing(WEEKS[1], WEEKS[2])
    monkeypatch.setattr(making, "_unfilled", refusing)
    kept = _planned(WEEKS[3])
    task = replace(TASK, grounds=(KENNEL_GROUND, SUITE_GROUND), kept=(kept,))
    visits = _drawn(task)
    assert len(refusing.drafts) == 2
    before = refusing.drafts[0]
    again = {visit.span.start for visit in visits if visit not in before}
    assert again == {WEEKS[1], WEEKS[2]}
    stayed = [v for v in before if v.span.start not in again]
    assert [visit for visit in visits if visit in before] == stayed, "other weeks and sites stay"
    assert kept in visits
    assert _starts(visits) == set(WEEKS)


def test_a_timeslot_without_a_pair_is_not_drawn_again(
    only_drawn: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only two timeslots of the week can be reached: after one is refused, the other is left."""
    free = (FreeTime(1, 600, 605), FreeTime(3, 900, 905))
    people = tuple(replace(person, free=free) for person in PEOPLE)
    week = Period(WEEKS[0], WEEKS[0] + timedelta(days=6))
    ground = replace(SUITE_GROUND, policy=suite_policy(52))
    task = replace(TASK, period=week, volunteers=people, grounds=(ground,))
    for seed in range(4):
        refusing = Refusing(week.start)
        monkeypatch.setattr(making, "_unfilled", refusing)
        (visit,) = _drawn(task, seed)
        ((before,),) = refusing.drafts[:1]
        assert {before.drawn.day.weekday(), visit.drawn.day.weekday()} == {1, 3}
        refusing = Refusing(week.start, times=2)
        monkeypatch.setattr(making, "_unfilled", refusing)
        assert _drawn(task, seed) == [], "neither is left"


def test_a_plan_is_tried_eight_times_and_says_how_far_it_is(
    only_drawn: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[str, int, int]] = []

    def progress(words: str, done: int, total: int) -> None:
        steps.append((words, done, total))

    refusing = Refusing(WEEKS[1], times=99)
    monkeypatch.setattr(making, "_unfilled", refusing)
    make_plan(TASK, Random(1), Effort(0.1), progress)
    assert len(refusing.drafts) == MOST_ATTEMPTS == 8
    numbers = [(done, total) for _, done, total in steps]
    assert numbers == [*((attempt, 8) for attempt in range(8)), (0, 1), (1, 1)]
    steps.clear()
    monkeypatch.setattr(making, "_unfilled", lambda *_: set())
    make_plan(TASK, Random(1), Effort(0.1), progress)
    assert [(done, total) for _, done, total in steps] == [(0, 8), (0, 1), (1, 1)], "at once good"


def test_weeks_with_too_few_people_are_drawn_once_and_no_other_timeslots_are_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three people make three visits a week, and four suites have one each at least."""
    grounds = tuple(
        replace(SUITE_GROUND, site=make_site(id=UUID(int=200 + at), scheme_id=SCHEME))
        for at in range(4)
    )
    laws: list[object] = []
    draw = making.draw_span
    monkeypatch.setattr(making, "draw_span", lambda *args: laws.append(args[0]) or draw(*args))
    drawing = _Drawing(replace(TASK, grounds=grounds, volunteers=PEOPLE[:3]), Random(1))
    drawing.draw_all()
    assert len(laws) == 4 * 4, "each suite's four weeks once"
    assert not drawing.drop({visit.id for visit in drawing.visits()})
    laws.clear()
    _Drawing(replace(TASK, grounds=grounds, volunteers=PEOPLE[:4]), Random(1)).draw_all()
    assert len(laws) > 4 * 4, "four people make four visits, if no more are drawn"


@pytest.mark.parametrize(
    ("numbers", "are_no_help"),
    [((9,), False), ((9, 9), False), ((9, 9, 9), True), ((9, 7, 8), False), ((9, 7, 8, 7), True),
     ((3, 3, 3, 3), False), ((9, 10, 8), False)],
)  # fmt: skip
def test_attempts_that_leave_no_fewer_visits_of_many_are_given_up(
    numbers: tuple[int, ...], are_no_help: bool
) -> None:
    assert making._are_no_help(numbers) is are_no_help


def test_the_solver_is_asked_only_where_the_quick_search_leaves_a_visit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its short search is enough if all get a pair by it; else a longer one decides."""
    visits = [_planned(WEEKS[0]), _planned(WEEKS[1])]
    without = Crewing({}, (Unfilled(visits[1].id, "", ""),))
    answers: list[Crewing] = []
    monkeypatch.setattr(making, "_crewed", lambda *_: answers.pop())
    assert making._unfilled(TASK, visits, Random(1)) == set()
    alone = replace(TASK, volunteers=PEOPLE[:1])
    answers += [without, Crewing({})]
    assert making._unfilled(alone, visits, Random(1)) == set()
    assert answers == [without]
    answers += [without]
    assert making._unfilled(alone, visits, Random(1)) == {visits[1].id}
    assert answers == []


def test_visits_that_only_their_pair_can_place_stand_on_days_of_that_pair() -> None:
    free = tuple(FreeTime(day, 600, 700) for day in (1, 3, 5))
    pair = [replace(person, free=free) for person in PEOPLE[:2]]
    left = [
        PlannedVisit(
            uuid4(), PLAN, SCHEME, SUITE, week_of(week),
            pair=(pair[0].id, pair[1].id), mode=Mode.PAIR_HELD,
        )
        for week in (WEEKS[0], WEEKS[0], WEEKS[1])
    ]  # fmt: skip
    known, elsewhere = _planned(WEEKS[2]), _planned(WEEKS[2], site=KENNELS, cell=0)
    slots = slots_of([SUITE_GROUND], [*left, known, elsewhere], [*pair, PEOPLE[2]])
    assert [slot.id for slot in slots] == [*(visit.id for visit in left), known.id]
    assert [slot.day.weekday() for slot in slots] == [1, 3, 1, 0]
    assert {obstacle(person, slot) for person in pair for slot in slots[:3]} == {None}
    moved = replace(left[0], site_id=KENNELS)
    assert slots_of([SUITE_GROUND], [moved], pair) == [], "of no site that is planned"
    (gone,) = slots_of([SUITE_GROUND], left[:1], [replace(pair[0], free=free[2:]), PEOPLE[2]])
    assert gone.day.weekday() == 5, "where one has left, the other's days remain"
    assert obstacle(pair[0], gone) is not Obstacle.NOT_FREE


def test_what_came_before_a_plan_is_remembered_and_what_comes_in_it_is_not() -> None:
    ann, bob = PEOPLE[0].id, PEOPLE[1].id
    day_before = MONDAY - timedelta(days=1)
    past = [
        PastVisit(SUITE, day_before, 600, (ann, bob)),
        PastVisit(KENNELS, day_before, 600, (ann,)),
        PastVisit(SUITE, MONDAY, 600, (ann, bob)),
    ]
    memory = memory_before(past, PERIOD, [SUITE_GROUND, KENNEL_GROUND])
    assert memory.loads == {ann: 2, bob: 1}
    assert memory.kennel_days == {ann: (day_before,)}


def test_a_span_without_a_timeslot_has_no_law() -> None:
    week, tally = week_of(MONDAY), Tally(SUITE_GROUND, [], [])
    assert law_of(SUITE_GROUND, week, [()] * 7, tally) is None
    law = law_of(SUITE_GROUND, week, [(), (5,), *[()] * 5], tally)
    assert law is not None
    assert law.cells[5] == 1


@pytest.mark.parametrize("after", [None, 2])
def test_visits_fall_on_days_of_the_span_after_a_cancelled_one(after: int | None) -> None:
    week, tally = week_of(MONDAY), Tally(SUITE_GROUND, [], [])
    law = law_of(SUITE_GROUND, week, SUITE_GROUND.calendar.options(week), tally)
    assert law is not None
    days = Counter[int]()
    for seed in range(40):
        for visit in placed_visits(
            SUITE_GROUND, PLAN, week, law, tally, PEOPLE, Random(seed), after
        ):
            days[(visit.drawn.day - week.start).days] += 1
    assert set(days) == (set(range(7)) if after is None else {3, 4, 5, 6})
