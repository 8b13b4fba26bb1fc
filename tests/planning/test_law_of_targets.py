"""Sites with another target than one visit a week draw by the same law, with at least as many
visits in each week, fortnight or month as it asks for."""

from collections import Counter
from datetime import date
from itertools import accumulate, combinations
from math import prod
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_kennels, make_site
from tests.planners import chance_of_days
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import SiteKind
from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget
from visitapp.domain.period import Period
from visitapp.domain.plan.planned import PastVisit
from visitapp.domain.plan.weeks import can_be_planned, target_of_plan, with_spare_visits
from visitapp.planning.draw import draw_span
from visitapp.planning.law import Policy, SpanLaw, daily_rate, target_policy
from visitapp.planning.reach import Ground
from visitapp.planning.simulation import week_options, year_options
from visitapp.planning.tally import Tally
from visitapp.services.office.reference import reference_grid
from visitapp.services.plan.simulation import simulate_years

SCHEME = UUID(int=7)
TWICE = VisitTarget(2)
FORTNIGHT = VisitTarget(unit=TargetUnit.FORTNIGHT)
OPTIONS = [(0, 1), (), (2, 3), (0, 3), (1,)]
QUARTER = Period(date(2025, 3, 31), date(2025, 6, 29))


@given(
    st.integers(1, 3),
    st.sampled_from([0, 7, 20]),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
)
def test_the_walk_draws_each_set_of_days_as_the_product_of_their_weights(least, spare, counts):
    law = SpanLaw(OPTIONS, counts, Policy(52 * least + spare, 52, 0.5, 0.3, least))
    days = [day for day, share in enumerate(law.day_shares) if share > 0]
    weights = law.weights if law.rate else law.day_shares
    most = len(days) if law.rate else least
    sets = [s for n in range(least, most + 1) for s in combinations(days, n)]
    whole = sum(prod(weights[day] for day in chosen) for chosen in sets)
    for chosen in sets:
        expected = prod(weights[day] for day in chosen) / whole
        assert chance_of_days(law, chosen) == pytest.approx(expected, abs=1e-9)
    for fewer in combinations(days, least - 1):
        assert chance_of_days(law, fewer) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("least", "mean"), [(1, 1.25), (2, 2.25), (5, 5.25), (3, 3.0)])
def test_the_daily_rate_gives_so_many_visits_on_average(least, mean):
    law = SpanLaw(week_options(7, 5), [0] * 35, Policy(round(52 * mean), 52, 0.15, 0.35, least))
    numbers = law.numbers()
    assert not any(numbers[:least])
    assert sum(n * chance for n, chance in enumerate(numbers)) == pytest.approx(mean, abs=1e-6)


def test_a_rate_below_the_target_is_refused():
    with pytest.raises(BadInputError, match="between its target and one a day"):
        daily_rate(1.9, 7, 2)
    with pytest.raises(BadInputError, match="at least twice a week: 104 visits a year"):
        Policy(103, 52, 0.15, 0.35, 2)


def test_each_draw_has_the_visits_that_the_target_asks_for_on_days_apart():
    for target, days in ((TWICE, 7), (FORTNIGHT, 14), (VisitTarget(6), 7), (VisitTarget(40), 7)):
        policy = target_policy(target, SiteKind.SUITE)
        options = week_options(7, 5) * (days // 7)
        for seed in range(100):
            placed = draw_span(SpanLaw(options, [0] * 35, policy), Random(seed))
            assert policy.least <= len(placed) == len({place.day for place in placed})
    assert target_policy(VisitTarget(40), SiteKind.SUITE).least == 6


def test_fewer_days_than_visits_asked_for_are_all_drawn():
    policy = target_policy(VisitTarget(3), SiteKind.SUITE)
    law = SpanLaw([(), (), (), (), (0,), (), (1,)], [0, 0], policy)
    assert [place.day for place in draw_span(law, Random(1))] == [4, 6]
    assert [place.day for place in draw_span(law, Random(1), so_far=1)] == [4, 6]


@pytest.mark.parametrize(
    ("target", "kind", "visits"),
    [
        (VisitTarget(), SiteKind.SUITE, 65),
        (TWICE, SiteKind.SUITE, 117),
        (FORTNIGHT, SiteKind.SUITE, 32),
        (VisitTarget(unit=TargetUnit.MONTH), SiteKind.KENNELS, 16),
        (VisitTarget(2, TargetUnit.MONTH), SiteKind.KENNELS, 28),
        (VisitTarget(3, TargetUnit.QUARTER), SiteKind.KENNELS, 13),
        (VisitTarget(4, TargetUnit.YEAR), SiteKind.SUITE, 5),
    ],
)
def test_the_budget_of_visits_follows_the_target(target, kind, visits):
    assert target_policy(target, kind).visits_a_year == visits


def ground_of(site, target):
    grid = reference_grid(Kind.CUSTODY, SCHEME)
    return Ground(site, grid, target_policy(target, site.kind), own_target=target)


def test_the_spans_of_a_plan_are_those_of_the_target():
    site = make_site(scheme_id=SCHEME)
    fortnights = ground_of(site, VisitTarget(1, TargetUnit.FORTNIGHT, date(2025, 3, 31)))
    assert [span.days for span in fortnights.spans(QUARTER)] == [14] * 6
    assert len(ground_of(site, TWICE).spans(QUARTER)) == 13
    months = ground_of(site, VisitTarget(unit=TargetUnit.MONTH)).spans(QUARTER)
    assert [span.start.month for span in months] == [4, 5, 6]


def test_a_week_with_one_visit_of_two_still_needs_the_other():
    ground = ground_of(make_site(scheme_id=SCHEME), TWICE)
    monday = date(2025, 4, 7)
    visits = [PastVisit(ground.site.id, monday, 600, ())]
    tally = Tally(ground, visits, [])
    week = ground.calendar.span_of(monday)
    assert (tally.visits_of(week), tally.visited_spans) == (1, set())
    both = Tally(ground, [*visits, PastVisit(ground.site.id, date(2025, 4, 9), 600, ())], [])
    assert both.visited_spans == {monday}


def test_what_is_planned_follows_the_target_of_its_first_week():
    new = VisitTarget(2, from_on=date(2025, 4, 1))
    site = make_site(targets=(new,))
    assert target_of_plan(site, QUARTER) == new
    assert with_spare_visits([site, make_kennels()], date(2025, 3, 31)) == [site]
    assert with_spare_visits([site], date(2025, 4, 1)) == []
    never = make_site(targets=(VisitTarget(rule=TargetRule.NONE),))
    assert with_spare_visits([never], date(2025, 4, 1)) == []
    assert can_be_planned(FORTNIGHT)
    assert can_be_planned(VisitTarget(unit=TargetUnit.QUARTER))
    assert not can_be_planned(VisitTarget(rule=TargetRule.NONE))


@pytest.mark.parametrize(
    ("unit", "spans"), [("week", 52), ("fortnight", 26), ("month", 12), ("quarter", 4), ("year", 1)]
)
def test_years_are_simulated_by_the_span_of_a_target(unit, spans):
    lengths = [len(options) for options in year_options(spans, 5)]
    assert (len(lengths), sum(lengths)) == (spans, 364)
    ends = list(accumulate(lengths))
    result = simulate_years(2, 3, Random(1), per=unit)
    rows = [tuple(map(int, line.split(","))) for line in result.table.splitlines()[1:]]
    numbers = Counter(
        (year, sum(end <= (week - 1) * 7 + weekday for end in ends))
        for year, week, weekday, _ in rows
    )
    assert len(numbers) == 3 * spans
    assert min(numbers.values()) == 2
    assert result.figures["empty_weeks"] == 0
    assert all(0 <= weekday < 7 and 0 <= band < 5 for _, _, weekday, band in rows)


def test_what_no_plan_could_draw_is_not_simulated():
    with pytest.raises(BadInputError, match="At most 6 times a week"):
        simulate_years(7, 1, Random(1), per="week")
    with pytest.raises(BadInputError, match="by the week alone"):
        simulate_years(1, 1, Random(1), per="month", weeks_late=0)
