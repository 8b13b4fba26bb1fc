"""The level law, against enumeration and by its properties."""

from collections import Counter
from dataclasses import replace
from itertools import chain, combinations
from math import isclose, sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.planning.draw import draw_beside, draw_known, draw_span
from visitapp.planning.law import KnownNumberLaw, SpanLaw, suite_policy
from visitapp.planning.level import SETTING, LevelLaw, can_be_level, law_of_span
from visitapp.planning.scores import scores
from visitapp.planning.simulation import simulate, week_options
from visitapp.services.plan.simulation import simulate_years

WEEK = week_options(7, 5)
SMALL = [(0, 1), (), (2, 3), (3, 4), (5,)]
"""Two days share a timeslot, and one has none."""
LEVEL = replace(suite_policy(65), law=VisitLaw.DAYS)


@st.composite
def laws(draw: st.DrawFn) -> LevelLaw:
    cells = draw(st.integers(5, 21))
    options = draw(
        st.lists(
            st.lists(st.integers(0, cells - 1), max_size=4, unique=True), min_size=5, max_size=7
        ).filter(lambda days: sum(map(bool, days)) >= 3)
    )
    counts = draw(st.lists(st.integers(0, 2), min_size=cells, max_size=cells))
    visits = draw(st.sampled_from([60, 65, 78]))
    left = draw(st.sampled_from([0.5, 3.0, 20.0, 52.0]))
    return LevelLaw(options, counts, suite_policy(visits), left)


def _chance(law: SpanLaw, days: tuple[int, ...]) -> float:
    chance, so_far = 1.0, 0
    for day in range(len(law.options)):
        hazard = law.hazard(day, so_far)
        chance *= hazard if day in days else 1 - hazard
        so_far += day in days
    return chance


def _all_sets(law: SpanLaw) -> dict[tuple[int, ...], float]:
    days = [day for day, share in enumerate(law.day_shares) if share > 0]
    sets = chain.from_iterable(combinations(days, n) for n in range(len(days) + 1))
    return {chosen: _chance(law, chosen) for chosen in sets}


@given(laws())
def test_a_week_is_one_of_its_sets_of_days_and_never_empty(law: LevelLaw) -> None:
    chances = _all_sets(law)
    assert isclose(sum(chances.values()), 1, rel_tol=1e-9)
    assert chances[()] == 0
    assert isclose(sum(law.cells), 1, rel_tol=1e-9)
    reachable = {cell for day in law.options for cell, _ in day}
    assert all((law.cells[cell] > 0) == (cell in reachable) for cell in range(len(law.cells)))


@given(laws())
def test_given_their_number_visits_fall_as_the_law_has_them(law: LevelLaw) -> None:
    chances = _all_sets(law)
    for number, whole in enumerate(law.numbers()):
        of_number = {days: chance for days, chance in chances.items() if len(days) == number}
        assert isclose(sum(of_number.values()), whole, rel_tol=1e-9, abs_tol=1e-12)
        if not number or not of_number:
            continue
        known = KnownNumberLaw(law, number)
        for days, chance in of_number.items():
            walked, left = 1.0, number
            for day in range(len(law.options)):
                hazard = known.hazard(day, left)
                walked *= hazard if day in days else 1 - hazard
                left -= day in days
            assert isclose(walked, chance / whole, rel_tol=1e-7, abs_tol=1e-12)
            assert isclose(law.compared(days), chance, rel_tol=1e-9, abs_tol=1e-15)


@given(laws(), st.integers(0, 6), st.booleans())
def test_the_next_visit_is_somewhere_or_later(law: LevelLaw, day: int, some: bool) -> None:
    likelihoods, none = law.next_visit(min(day, len(law.options)), so_far=some)
    assert isclose(sum(likelihoods) + none, 1, rel_tol=1e-9)


@pytest.mark.parametrize("unvisited", [35, 20, 7, 1, 0])
@pytest.mark.parametrize("visits", [60, 65, 75])
def test_each_day_gets_its_mean_and_none_is_ruled_out(unvisited: int, visits: int) -> None:
    counts = [0] * unvisited + [1] * (35 - unvisited)
    Random(unvisited).shuffle(counts)
    law = LevelLaw(WEEK, counts, suite_policy(visits), weeks_left=52 * (unvisited + 1) / 36)
    means = [0.0] * 7
    for days, chance in _all_sets(law).items():
        for day in days:
            means[day] += chance
    for mean, share in zip(means, law.day_shares, strict=True):
        assert mean == pytest.approx(visits / 52 * share, rel=0.06)
    hazards = [law.hazard(day, so_far) for day in range(7) for so_far in (0, 1)]
    assert min(hazards) >= 0.25 * visits / 364
    assert max(law.hazard(day, 0) for day in range(6)) < 1 == law.hazard(6, 0)
    for cell, share in enumerate(law.cells):
        assert share >= SETTING.floor / 35 - 1e-9
        most = max(SETTING.cap / sqrt(visits / 52), law.day_shares[cell // 5] / 5)
        assert counts[cell] or share <= most + 1e-9


def test_in_good_time_days_are_even_and_near_the_end_those_with_gaps_are_likelier() -> None:
    counts = [0] * 5 + [1] * 30
    early, late = (LevelLaw(WEEK, counts, LEVEL, left) for left in (52, 4))
    assert max(early.day_shares[1:]) == pytest.approx(1 / 7, abs=0.002)
    assert late.day_shares[0] > 0.3 > 0.2 > early.day_shares[0]
    assert min(late.day_shares[1:]) >= SETTING.finished / 7 - 1e-9


def test_weeks_of_few_days_and_other_policies_have_the_other_law() -> None:
    counts = [0] * 35
    few = [*WEEK[:2], (), (), (), (), ()]
    assert isinstance(law_of_span(WEEK, counts, LEVEL, 52), LevelLaw)
    assert type(law_of_span(few, counts, LEVEL, 52)) is SpanLaw
    assert type(law_of_span(WEEK, counts, suite_policy(65), 52)) is SpanLaw
    for visits, can in ((59, False), (60, True), (78, True), (79, False)):
        assert can_be_level(suite_policy(visits)) is can
    assert not can_be_level(replace(suite_policy(208), least=3))
    with pytest.raises(BadInputError, match="reached"):
        law_of_span([()] * 7, counts, LEVEL, 52)


def test_draws_are_those_of_the_law_enumerated() -> None:
    law, random, draws = LevelLaw(SMALL, [0, 1, 0, 2, 0, 0], LEVEL, 10), Random(4), 12_000
    expected = _all_sets(law)
    drawn = Counter(tuple(visit.day for visit in draw_span(law, random)) for _ in range(draws))
    of_two = {days: chance for days, chance in expected.items() if len(days) == 2}
    known = Counter(tuple(v.day for v in draw_known(law, 2, random)) for _ in range(draws))
    beside = Counter(draw_beside(law, (2,), (0,), random) for _ in range(draws))
    with_second = {days: chance for days, chance in of_two.items() if 2 in days and 0 not in days}
    _falls(drawn, expected, draws)
    _falls(known, of_two, draws)
    days = Counter({tuple(sorted({2, at.day})): 0 for at in beside if at})
    for at, number in beside.items():
        days[tuple(sorted({2, at.day})) if at else ()] += number
    _falls(days, with_second, draws)


def _falls(
    drawn: Counter[tuple[int, ...]], expected: dict[tuple[int, ...], float], draws: int
) -> None:
    whole = sum(expected.values())
    assert set(drawn) <= {days for days, chance in expected.items() if chance > 0}
    for days, chance in expected.items():
        share = chance / whole
        assert abs(drawn[days] / draws - share) <= 4.5 * sqrt(share * (1 - share) / draws)


def test_a_law_of_this_name_draws_the_same_for_ever() -> None:
    """Pairs draw by it on two copies, which may be of different versions of the program."""
    unvisited = (0, 1, 10, 17, 20, 21, 22, 30, 32)
    counts = [int(cell not in unvisited) for cell in range(35)]
    law = LevelLaw(WEEK, counts, LEVEL, 9)
    before, after = ([law.hazard(day, so_far) for day in range(7)] for so_far in (0, 1))
    assert before == pytest.approx(
        [0.238662, 0.079265, 0.22094, 0.270431, 0.403592, 0.151634, 1.0], abs=1e-6
    )
    assert after == pytest.approx([0.046429] * 4 + [0.21859] + [0.046429] * 2, abs=1e-6)
    assert [law.cells[cell] for cell in (0, 2, 5, 10, 11, 17, 20)] == pytest.approx(
        [0.088608, 0.004571, 0.011429, 0.116722, 0.004571, 0.116722, 0.074899], abs=1e-6
    )


@pytest.mark.parametrize("years", [40, pytest.param(400, marks=pytest.mark.long)])
def test_years_are_harder_to_foresee_than_by_the_other_law_and_calibrated(years: int) -> None:
    _, watched = simulate(LEVEL, years, Random(years))
    reached = scores(watched, 35)
    assert (reached.empty_weeks, reached.safe_days) == (0, 0)
    assert reached.c_day <= (0.36 if years == 400 else 0.37)
    assert reached.c_shift <= (0.225 if years == 400 else 0.235)
    assert reached.f50 <= 0.15
    assert reached.cell_max <= 0.195
    assert reached.full >= (0.91 if years == 400 else 0.8)
    for moments in (watched.days, watched.leaked_days, watched.shifts):
        for low in range(10):
            inside = [(p, hit) for p, hit in moments if low <= 10 * p < low + 1 or p == low == 1]
            expected = sum(chance for chance, _ in inside)
            spread = sum(chance * (1 - chance) for chance, _ in inside) ** 0.5
            assert abs(sum(hit for _, hit in inside) - expected) <= 4.5 * spread + 1e-6


def test_even_days_are_simulated_by_choice_where_they_can_be() -> None:
    drawn = simulate_years(65, 1, Random(1), law=VisitLaw.DAYS)
    assert drawn.figures["safe_days"] == 0
    for visits, per in ((59, None), (79, None), (1, "month")):
        with pytest.raises(BadInputError, match="from 60 to 78 visits"):
            simulate_years(visits, 1, Random(1), per=per, law=VisitLaw.DAYS)
