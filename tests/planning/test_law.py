"""The laws of planning, against enumeration and by their properties."""

from itertools import product
from math import isclose, prod
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planners import chance_of_days
from visitapp.domain.errors import BadInputError
from visitapp.planning.draw import Placed, draw_known, draw_span, redraw_rest
from visitapp.planning.law import (
    KnownNumberLaw,
    Policy,
    SpanLaw,
    cell_law,
    daily_rate,
    kennel_policy,
    suite_policy,
)
from visitapp.planning.simulation import week_options

CLOSE = {"rel_tol": 1e-9, "abs_tol": 1e-12}


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[int], list[bool]]:
    cells = draw(st.integers(1, 40))
    counts = draw(st.lists(st.integers(0, 3), min_size=cells, max_size=cells))
    reachable = draw(st.lists(st.booleans(), min_size=cells, max_size=cells).filter(any))
    return counts, reachable


@given(situations(), st.sampled_from([suite_policy(52), suite_policy(75), kennel_policy()]))
def test_timeslots_keep_both_bounds(
    situation: tuple[list[int], list[bool]], policy: Policy
) -> None:
    counts, reachable = situation
    law = cell_law(counts, reachable, policy)
    within = sum(reachable)
    assert isclose(sum(law), 1, **CLOSE)
    for share, can, count in zip(law, reachable, counts, strict=True):
        if not can:
            assert share == 0
            continue
        assert share <= max(policy.cap, 1 / within) + 1e-12
        even = min(1 / within, policy.floor / len(counts))
        assert share >= even - 1e-12
        if count == 0:
            assert share >= 1 / within - 1e-12


def test_the_published_example_of_the_cell_law() -> None:
    counts = [1] * 31 + [0] * 4
    law = cell_law(counts, [True] * 35, suite_policy())
    assert law[-1] == pytest.approx(0.15)
    assert law[0] == pytest.approx((1 - 4 * 0.15) / 31)
    one_left = cell_law([0] + [1] * 34, [True] * 35, suite_policy())
    assert one_left[0] == pytest.approx(0.15)
    half = cell_law([0] * 20 + [1] * 15, [True] * 35, suite_policy())
    assert half[0] == pytest.approx((1 - 15 * 0.35 / 35) / 20)
    assert half[-1] == pytest.approx(0.35 / 35)


def test_nothing_reachable_is_said_in_words() -> None:
    with pytest.raises(BadInputError, match="reached"):
        cell_law([0, 0], [False, False], suite_policy())
    with pytest.raises(BadInputError, match="at least once a week"):
        suite_policy(51)
    with pytest.raises(BadInputError, match="at least once a month"):
        kennel_policy(11)


@pytest.mark.parametrize("cap", [0.01, 1])
@pytest.mark.parametrize("floor", [0, 0.35, 1])
def test_the_bounds_of_a_timeslot_lie_between_never_and_always(cap: float, floor: float) -> None:
    assert Policy(52, 52, cap, floor).mean == 1
    for wrong in ((0, floor), (1.01, floor), (cap, -0.01), (cap, 1.01), (0, 1.01)):
        with pytest.raises(BadInputError, match="between 0 and 1"):
            Policy(52, 52, *wrong)


def test_without_another_wish_there_is_a_spare_visit_every_four_weeks_or_three_months() -> None:
    assert suite_policy().mean == 1 + 1 / 4
    assert kennel_policy().mean == 1 + 1 / 3


def test_daily_rates_are_those_of_the_formula() -> None:
    published = {52: 0.0, 60: 0.0481, 65: 0.0755, 75: 0.1254}
    for visits, rate in published.items():
        assert daily_rate(visits / 52, 7) == pytest.approx(rate, abs=5e-5)
    for days, mean in ((7, 1.4), (31, 1.33), (28, 1.5)):
        q = daily_rate(mean, days)
        assert days * q / (1 - (1 - q) ** days) == pytest.approx(mean)


@st.composite
def laws(draw: st.DrawFn) -> SpanLaw:
    """Small spans, some days of which can't be reached or offer a cell twice."""
    days, cells = draw(st.integers(2, 5)), draw(st.integers(1, 4))
    options = draw(
        st.lists(
            st.lists(st.integers(0, cells - 1), unique=True, max_size=cells),
            min_size=days,
            max_size=days,
        ).filter(any)
    )
    counts = draw(st.lists(st.integers(0, 2), min_size=cells, max_size=cells))
    visits = draw(st.sampled_from([52, 60, 75]))
    return SpanLaw(options, counts, suite_policy(visits))


def _enumerated(law: SpanLaw) -> dict[tuple[int, ...], float]:
    """Every set of days with its likelihood, straight from the definition."""
    days = range(len(law.options))
    if law.rate == 0:
        return {(day,): law.day_shares[day] for day in days}
    weights = {
        chosen: prod(law.weights[day] for day in chosen)
        for flags in product((False, True), repeat=len(law.options))
        if (chosen := tuple(day for day in days if flags[day]))
    }
    total = sum(weights.values())
    return {chosen: weight / total for chosen, weight in weights.items()}


@given(laws())
def test_the_walk_is_the_law_of_days_enumerated(law: SpanLaw) -> None:
    expected = _enumerated(law)
    for chosen, chance in expected.items():
        assert isclose(chance_of_days(law, chosen), chance, rel_tol=1e-7, abs_tol=1e-9)
    assert isclose(sum(chance_of_days(law, chosen) for chosen in expected), 1, rel_tol=1e-7)


@given(laws())
def test_knowing_the_number_is_the_same_law_given_that_number(law: SpanLaw) -> None:
    expected = _enumerated(law)
    most = max(len(chosen) for chosen in expected)
    for number in range(1, most + 1):
        known = KnownNumberLaw(law, number)
        of_number = {c: p for c, p in expected.items() if len(c) == number}
        total = sum(of_number.values())
        if total < 1e-12:
            continue
        if law.rate:
            assert isclose(law.numbers()[number], total, rel_tol=1e-6, abs_tol=1e-9)
        for chosen, chance in of_number.items():
            walked, left = 1.0, number
            for day in range(len(law.options)):
                hazard = known.hazard(day, left)
                walked *= hazard if day in chosen else 1 - hazard
                left -= day in chosen
            assert isclose(walked, chance / total, rel_tol=1e-6, abs_tol=1e-9)


@given(laws(), st.integers(0, 5), st.booleans())
def test_the_next_visit_is_somewhere_or_later(law: SpanLaw, day: int, made: bool) -> None:
    here, none = law.next_visit(min(day, len(law.options)), made)
    assert isclose(sum(here) + none, 1, rel_tol=1e-9, abs_tol=1e-9)
    if day == 0 and not made:
        assert isclose(none, 0, abs_tol=1e-9)


@settings(max_examples=25)
@given(laws(), st.integers(0, 2**32))
def test_a_draw_has_a_visit_at_most_one_a_day_and_only_where_it_can(
    law: SpanLaw, seed: int
) -> None:
    random = Random(seed)
    for _ in range(20):
        placed = draw_span(law, random)
        assert placed
        assert len({visit.day for visit in placed}) == len(placed)
        for visit in placed:
            assert visit.cell in [cell for cell, _ in law.options[visit.day]]


def test_draws_are_as_frequent_as_the_law_says() -> None:
    law = SpanLaw([(0, 1), (), (2, 3), (0, 3)], [0, 1, 0, 2], suite_policy(75))
    random, rounds = Random(20_241), 40_000
    seen: dict[tuple[int, ...], int] = {}
    cells = [0] * 4
    for _ in range(rounds):
        placed = draw_span(law, random)
        days = tuple(visit.day for visit in placed)
        seen[days] = seen.get(days, 0) + 1
        cells[placed[0].cell] += 1
    for days, chance in _enumerated(law).items():
        error = (chance * (1 - chance) / rounds) ** 0.5
        assert abs(seen.get(days, 0) / rounds - chance) <= 4 * error + 1e-9
    for cell, chance in enumerate(law.next_visit(0, so_far=0)[0]):
        error = (chance * (1 - chance) / rounds) ** 0.5
        assert abs(cells[cell] / rounds - chance) <= 4 * error


def test_a_cancelled_visit_is_redrawn_by_the_same_law_on_later_days() -> None:
    law = SpanLaw(week_options(7, 5), [0] * 35, suite_policy())
    random = Random(3)
    for cancelled in range(6):
        for _ in range(50):
            placed = redraw_rest(law, cancelled, random)
            assert placed
            assert all(visit.day > cancelled for visit in placed)
    assert redraw_rest(law, 6, random) == []


def test_kennels_share_a_timeslot_among_the_days_of_the_month() -> None:
    rows = [min(day % 7, 5) for day in range(30)]
    options = [(row * 2, row * 2 + 1) for row in rows]
    law = SpanLaw(options, [0] * 12, kennel_policy())
    assert sum(law.day_shares) == pytest.approx(1)
    total = [0.0] * 12
    for cells in law.options:
        for cell, share in cells:
            total[cell] += share
    assert total == pytest.approx([1 / 12] * 12)


def test_a_span_has_at_least_one_visit_and_fewer_than_one_a_day() -> None:
    for mean, days in ((0.99, 7), (0.5, 7), (7.0, 7), (8.0, 7)):
        with pytest.raises(BadInputError, match="between its target and one a day"):
            daily_rate(mean, days)
    assert daily_rate(1.0, 7) == 0.0
    assert 0 < daily_rate(6.9, 7) < 1


def _chances(law: SpanLaw) -> list[float]:
    """The likelihood of a visit on each day of a span, followed day by day."""
    chances, none_yet = [], 1.0
    for day in range(len(law.options)):
        first = none_yet * law.hazard(day, False)
        chances.append(first + (1 - none_yet) * law.hazard(day, True))
        none_yet -= first
    return chances


@pytest.mark.parametrize("visits", [52, 65, 75, 104])
def test_a_week_has_as_many_visits_on_average_as_the_policy_asks(visits: int) -> None:
    law = SpanLaw(week_options(7, 5), [0] * 35, suite_policy(visits))
    assert _chances(law) == pytest.approx([visits / 52 / 7] * 7)
    assert sum(law.day_shares) == pytest.approx(1)


def test_a_single_visit_falls_on_each_day_by_its_share_and_on_none_out_of_reach() -> None:
    options = [[0, 1, 2], [3], [], [4, 3], [], []]
    law = SpanLaw(options, [0, 0, 1, 2, 0, 0], suite_policy(52))
    assert law.cells[5] == 0, "no day reaches it"
    assert sum(law.cells) == pytest.approx(1)
    assert _chances(law) == pytest.approx(law.day_shares)
    assert law.day_shares[2] == law.day_shares[5] == 0


@settings(max_examples=25)
@given(laws(), st.integers(1, 7), st.integers(0, 2**32))
def test_a_known_number_of_visits_falls_on_as_many_days_where_it_can(
    law: SpanLaw, number: int, seed: int
) -> None:
    placed = draw_known(law, number, Random(seed))
    days = [visit.day for visit in placed]
    assert len(placed) == min(number, sum(share > 0 for share in law.day_shares))
    assert days == sorted(set(days))
    for visit in placed:
        assert visit.cell in [cell for cell, _ in law.options[visit.day]]


@pytest.mark.parametrize("visits", [52, 75])
def test_a_number_and_then_its_visits_are_drawn_by_the_law(visits: int) -> None:
    """Every way to visit a small week, days and timeslots, by chi-square: the number comes from
    one stream, the visits from another, as the office and a pair draw them."""
    law = SpanLaw([(0, 1), (), (2, 3), (0, 3)], [0, 1, 0, 2], suite_policy(visits))
    office, pair, rounds = Random(visits), Random(visits + 1), 40_000
    seen: dict[tuple[Placed, ...], int] = {}
    for _ in range(rounds):
        ways = tuple(draw_known(law, len(draw_span(law, office)), pair))
        seen[ways] = seen.get(ways, 0) + 1
    expected = {
        tuple(Placed(day, cell) for day, cell in zip(days, cells, strict=True)): chance
        * prod(law.in_cell(day, cell) for day, cell in zip(days, cells, strict=True))
        for days, chance in _enumerated(law).items()
        for cells in product(*([cell for cell, _ in law.options[day]] for day in days))
        if chance > 0
    }
    assert seen.keys() <= expected.keys()
    distance = sum(
        (seen.get(way, 0) - rounds * chance) ** 2 / (rounds * chance)
        for way, chance in expected.items()
    )
    freedom = len(expected) - 1
    assert distance <= freedom + 4 * (2 * freedom) ** 0.5
