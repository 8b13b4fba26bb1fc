"""Chances of weeks in which people are away aren't called exact where they aren't."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from math import sqrt
from random import Random
from uuid import UUID

import pytest

from tests.planning.test_names import GROUNDS, MONDAY, scheme
from visitapp.domain.period import Period
from visitapp.domain.plan.enough_people import PeopleNeeded, ShortWeeks
from visitapp.domain.plan.rota import Volunteer
from visitapp.planning.auditing import SharedWeeks, Watched
from visitapp.planning.law import SpanLaw
from visitapp.planning.making import PlanTask, _Drawing
from visitapp.planning.short_weeks import short_weeks
from visitapp.planning.tally import Tally

LONG = pytest.mark.long
SUITES = tuple(
    replace(GROUNDS[0], site=replace(GROUNDS[0].site, id=UUID(int=300 + at))) for at in range(4)
)
"""More than those whose days are worked out together."""
WEEKS = Period(MONDAY, MONDAY + timedelta(days=27)).weeks()
AWAY = WEEKS[2]


def _people(away: int) -> list[Volunteer]:
    """Enough for usual weeks, so many of whom are away in the third."""
    people = [replace(who, most=99) for who in scheme(1, 36)]
    return [replace(who, away=(AWAY,)) for who in people[:away]] + people[away:]


def _shared(people: list[Volunteer]) -> SharedWeeks:
    sites = [Watched(g, tuple(WEEKS), (), (), Tally(g, (), ())) for g in SUITES]
    return SharedWeeks(sites, people)


def _short(people: list[Volunteer]) -> ShortWeeks | None:
    weeks = _shared(people).weeks(SUITES[0].site.scheme_id)
    assert [week.span for week in weeks] == WEEKS
    return short_weeks(weeks, people, Random(1))


def test_weeks_in_which_few_are_left_are_named_and_others_are_not() -> None:
    assert _short(_people(0)) is None
    a_few = _short(_people(2))
    assert a_few is not None
    assert (a_few.spans, a_few.sentence(0.38)) == ((), "")
    many = _short(_people(28))
    assert many is not None
    assert many.spans == (AWAY,)
    assert many.higher is None or many.higher > 0.05
    usual = PeopleNeeded(UUID(int=1), 0.0, 36, 4, None, 260, 260, 0.004)
    assert usual.is_exact(0.38)
    assert not replace(usual, short=many).is_exact(0.38)
    assert replace(usual, short=a_few).is_exact(0.38)
    (words,) = replace(usual, short=many).sentences(0.38)
    assert words.startswith("Fewer people than usual can go in 21–27 Apr 2025, or on fewer days:")


def _likely(law: SpanLaw) -> list[float]:
    """How likely each day has a visit, by the law alone."""
    states, days = {law.state(0): 1.0}, []
    for day in range(7):
        after: defaultdict[int, float] = defaultdict(float)
        days.append(0.0)
        for state, chance in states.items():
            hazard = law.hazard(day, state)
            days[-1] += chance * hazard
            after[state] += chance * (1 - hazard)
            after[law.after(state, day)] += chance * hazard
        states = after
    return days


@pytest.mark.parametrize("weeks", [60, pytest.param(4000, marks=LONG)])
def test_no_day_of_such_a_week_is_likelier_than_is_said(weeks: int) -> None:
    """Simulated as plans are drawn; by the laws alone, whole patterns of days are less likely."""
    people = _people(28)
    short = _short(people)
    assert short is not None
    assert short.higher is not None
    week = _shared(people).weeks(SUITES[0].site.scheme_id)[2]
    likely = {ground.site.id: _likely(law) for ground, law in week.suites}
    task = PlanTask(UUID(int=1), AWAY, SUITES, tuple(people), (), AWAY.start)
    visited: Counter[tuple[UUID, int]] = Counter()
    random = Random(2)
    for _ in range(weeks):
        drawing = _Drawing(task, random)
        drawing.draw_all()
        visited.update((v.site_id, (v.drawn.day - AWAY.start).days) for v in drawing.visits())
    apart = 0.0
    for (site_id, day), number in visited.items():
        shown = likely[site_id][day]
        error = sqrt(number) / weeks
        assert number / weeks <= shown * (1 + short.higher) + 3.5 * error
        apart = max(apart, abs(number / weeks - shown) / error)
    assert weeks < 1000 or apart > 4, "so that they aren't exact"
