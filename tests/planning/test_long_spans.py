"""Visits by the quarter or year are drawn month by month, by the law of the whole span."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import make_site
from tests.planners import chance_of_days
from visitapp.domain.office.day_off import DayOff
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import OpenPeriod, SiteKind
from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget
from visitapp.domain.period import Period, month_of
from visitapp.domain.plan.planned import Drawn, PastVisit
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears
from visitapp.planning.draw import draw_span
from visitapp.planning.judging import Arrival, judge_plan
from visitapp.planning.law import KnownNumberLaw, PartLaw, Policy, SpanLaw, target_policy
from visitapp.planning.making import law_of
from visitapp.planning.reach import Ground
from visitapp.planning.scores import caught
from visitapp.planning.tally import Tally
from visitapp.services.office.reference import reference_grid

SCHEME = UUID(int=7)
YEAR = APRIL_YEARS.year_of(date(2025, 4, 1))
GRID = reference_grid(Kind.CUSTODY, SCHEME)
OPTIONS = [(0, 1), (), (2, 3), (0, 3), (1,), (2,), (1, 3)]
IS_LONG = settings().max_examples == 1_000


def ground_of(target: VisitTarget, years: ReportingYears = APRIL_YEARS, **more: object) -> Ground:
    site = make_site(scheme_id=SCHEME, targets=(target,), **more)
    return Ground(site, GRID, target_policy(target, site.kind), years=years, own_target=target)


@given(
    st.integers(1, 3),
    st.sampled_from([0, 7, 20]),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.sets(st.integers(1, 6), max_size=3),
)
def test_a_span_drawn_in_parts_is_the_span_drawn_at_once(
    least: int, spare: int, counts: list[int], cuts: set[int]
) -> None:
    whole = SpanLaw(OPTIONS, counts, Policy(52 * least + spare, 52, 0.5, 0.3, least))
    edges = [0, *sorted(cuts), 7]
    for number in range(6):
        for days in combinations(range(7), number):
            chance = 1.0
            for first, end in pairwise(edges):
                before = sum(day < first for day in days)
                part = PartLaw(whole, range(first, end), before)
                chance *= chance_of_days(
                    part, tuple(day - first for day in days if first <= day < end)
                )
            assert chance == pytest.approx(chance_of_days(whole, days), abs=1e-9)


def draw_year(ground: Ground, span: Period, random: Random) -> list[date]:
    """The days of the visits of a span, drawn month by month."""
    tally, days = Tally(ground, [], []), []
    for part in ground.spans(span):
        law = law_of(ground, part, ground.calendar.options(part), tally)
        assert law is not None
        for place in draw_span(law, random):
            day = part.start + timedelta(days=place.day)
            tally.add(Drawn(day, 600, place.cell))
            days.append(day)
    return days


@pytest.mark.parametrize("seed", range(400 if IS_LONG else 12))
@pytest.mark.parametrize(
    ("target", "span"),
    [
        (VisitTarget(1, TargetUnit.QUARTER), Period(date(2025, 4, 1), date(2025, 6, 30))),
        (VisitTarget(5, TargetUnit.QUARTER), Period(date(2025, 4, 1), date(2025, 6, 30))),
        (VisitTarget(1, TargetUnit.YEAR), YEAR),
        (VisitTarget(4, TargetUnit.YEAR), YEAR),
    ],
)
def test_each_quarter_and_year_gets_the_visits_that_are_due(
    target: VisitTarget, span: Period, seed: int
) -> None:
    days = draw_year(ground_of(target), span, Random(seed))
    assert target.number <= len(days) == len(set(days))
    assert all(day in span for day in days)


def test_no_day_of_a_year_is_likelier_than_another() -> None:
    """How likely a visit is on each day, added up over everything that may have been before."""
    ground = ground_of(VisitTarget(4, TargetUnit.YEAR))
    likely, chances, most = [1.0] + [0.0] * 24, [], 24
    for part in ground.spans(YEAR):
        options = ground.calendar.options(part)
        laws = [ground.law(part, options, [0] * 35, before) for before in range(5)]
        for day in range(part.days):
            today = [laws[min(before, 4)].hazard(day, max(0, before - 4)) for before in range(most)]
            chances.append(sum(p * h for p, h in zip(likely, today, strict=False)))
            moved = [p * h for p, h in zip(likely, today, strict=False)]
            likely = [
                stays - (moved[n] if n < most else 0) + (moved[n - 1] if n else 0)
                for n, stays in enumerate(likely)
            ]
    assert sum(chances) == pytest.approx(5, abs=1e-3)
    assert max(chances) == pytest.approx(min(chances), rel=0.03)  # 52 or 53 of a weekday


@pytest.mark.long
def test_drawn_years_have_visits_in_every_month_and_on_every_weekday_alike() -> None:
    ground, years = ground_of(VisitTarget(4, TargetUnit.YEAR)), 4_000
    days = [day for seed in range(years) for day in draw_year(ground, YEAR, Random(seed))]
    assert len(days) / years == pytest.approx(5, abs=0.1)
    for number, parts in (
        (Counter(day.month for day in days), 12),
        (Counter(day.weekday() for day in days), 7),
    ):
        even = len(days) / parts
        assert len(number) == parts
        assert all(0.88 * even < each < 1.12 * even for each in number.values())


def test_a_span_that_the_site_or_its_target_has_only_in_part_has_no_least() -> None:
    closes = OpenPeriod(date(2020, 1, 1), date(2025, 9, 30))
    quarter = Period(date(2025, 4, 1), date(2025, 6, 30))
    closed = ground_of(VisitTarget(4, TargetUnit.YEAR), open_periods=(closes,))
    in_use = ground_of(
        VisitTarget(4, TargetUnit.YEAR, rule=TargetRule.IN_USE), open_periods=(closes,)
    )
    late = ground_of(VisitTarget(4, TargetUnit.YEAR, from_on=date(2025, 6, 1)))
    assert [ground.due_in(YEAR) for ground in (closed, in_use, late)] == [0, 4, 0]
    assert len(closed.spans(YEAR)) == 6
    for ground in (closed, late):
        options = ground.calendar.options(month_of(date(2025, 6, 1)))
        law = ground.law(month_of(date(2025, 6, 1)), options, [0] * 35, 0)
        assert 0 < draw_rate(law) < 0.05
    numbers = [len(draw_year(closed, YEAR, Random(seed))) for seed in range(12)]
    assert min(numbers) < 4
    assert ground_of(VisitTarget(1, TargetUnit.QUARTER)).due_in(quarter) == 1


def draw_rate(law: SpanLaw) -> float:
    """The likeliest day at its beginning."""
    return max(law.hazard(day, 0) for day in range(len(law.options)))


def test_what_is_left_of_a_year_makes_up_for_months_without_a_visit() -> None:
    ground = ground_of(VisitTarget(4, TargetUnit.YEAR))
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    law = law_of(ground, march, ground.calendar.options(march), Tally(ground, [], []))
    assert law is not None
    assert len(draw_span(law, Random(3))) >= 4
    visits = [PastVisit(ground.site.id, date(2025, month, 8), 600, ()) for month in (4, 5, 6, 7)]
    tally = Tally(ground, visits, [])
    assert (tally.visits_beside(march), tally.visited_spans) == (4, set())
    assert tally.visits_beside(march, until=date(2025, 6, 1)) == 3
    enough = law_of(ground, march, ground.calendar.options(march), tally)
    assert enough is not None
    assert draw_rate(enough) < 0.05


def test_the_months_of_a_year_are_judged_by_the_law_of_the_year() -> None:
    """Judged in parts, the whole year is what the law of the year says of it at once."""
    ground = ground_of(VisitTarget(4, TargetUnit.YEAR))
    days = draw_year(ground, YEAR, Random(5))
    visits = [Arrival(day, 600) for day in days]
    whole = SpanLaw(ground.calendar.options(YEAR), [0] * 35, ground.policy)

    def law(span: Period, options: list[tuple[int, ...]], counts: list[int]) -> SpanLaw:
        before = sum(YEAR.start <= day < span.start for day in days)
        return ground.law(span, options, counts, before)

    judged = judge_plan("Here", visits, YEAR, ground.calendar, ground.policy, law_of=law)
    assert (judged.visits, judged.days, judged.is_exact) == (len(days), 365, True)
    assert judged.floor_day is None
    hazards = [
        whole.hazard(at, sum(day < YEAR.start + timedelta(days=at) for day in days))
        for at in range(365)
    ]
    seen = [(hazard, YEAR.start + timedelta(days=at) in days) for at, hazard in enumerate(hazards)]
    assert judged.day.caught.share == pytest.approx(caught(seen, 1 / 7))
    assert judged.cell.caught.share == pytest.approx(1 / 35, abs=0.01)


def test_the_last_days_of_a_year_are_reckoned_without_those_that_a_scheme_excludes() -> None:
    """What is left to do falls on fewer days."""
    off = tuple(DayOff(date(2026, 3, day)) for day in (30, 31))
    ground = replace(ground_of(VisitTarget(4, TargetUnit.YEAR)), days_off=off)
    february = month_of(date(2026, 2, 1))
    law = ground.law(february, ground.calendar.options(february), [0] * 35, 0)
    open_law = ground_of(VisitTarget(4, TargetUnit.YEAR)).law(
        february, ground.calendar.options(february), [0] * 35, 0
    )
    assert law.hazard(0, 0) > open_law.hazard(0, 0)


def test_given_their_number_the_visits_of_a_part_fall_as_the_law_has_them() -> None:
    whole = SpanLaw(OPTIONS, [0, 1, 0, 0], Policy(60, 52, 0.5, 0.3, 1))
    part = PartLaw(whole, range(2, 6), 1)
    chances = {days: chance_of_days(part, days) for days in combinations(range(4), 2)}
    known = KnownNumberLaw(part, 2)
    for days, chance in chances.items():
        expected, left = 1.0, 2
        for day in range(4):
            hazard = known.hazard(day, left)
            expected *= hazard if day in days else 1 - hazard
            left -= day in days
        assert expected == pytest.approx(chance / sum(chances.values()), abs=1e-9)


def test_a_year_of_three_months_has_no_more_visits_than_days() -> None:
    years = ReportingYears(((date.min, 1), (date(2025, 4, 1), 4)))
    short = years.year_of(date(2025, 2, 1))
    assert short.days == 90
    ground = ground_of(VisitTarget(99, TargetUnit.YEAR), years)
    assert len(set(draw_year(ground, short, Random(1)))) >= 80
    assert target_policy(VisitTarget(99, TargetUnit.QUARTER), SiteKind.SUITE).least == 89
