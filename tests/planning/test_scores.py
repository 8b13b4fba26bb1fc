"""What is said of a watched plan: each figure against what can be counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.planning.scores import Expected, caught, caught_of, scores
from visitapp.planning.simulation import WatcherLog

DAYS = [
    (0.75, True), (0.5, True), (0.5, False), (0.25, False), (0.25, True), (0.125, False),
    (0.125, False), (0.125, True), *[(0.0625, False)] * 4, *[(0.03125, False)] * 4,
]  # fmt: skip
"""16 days with four visits, so that a day can be ruled out below 1/4 x 1/4 = 0.0625."""
LEAKED = [*[(1.0, True)] * 2, *[(0.0, False)] * 10, *[(0.25, True)] * 2]
"""14 days with four visits, known ahead but for two."""
LOG = WatcherLog(
    days=DAYS,
    leaked_days=LEAKED,
    shifts=[(0.5, True), (0.375, True), *[(0.25, False)] * 2],
    best=[0.5, 0.25, 0.125, 0.125],
    worst=[0.0625, 0.03125, 0.125, 0.125],
    guesses=[True, False, False, False],
    cells_visited=[4, 3, 4, 4, 2],
    empty_weeks=5,
    visits=13,
)


def test_each_score_of_a_small_log_is_what_can_be_counted() -> None:
    judged = scores(LOG, 4)
    assert (judged.visits, judged.empty_weeks) == (13, 5)
    assert judged.coverage == 17 / 5
    assert judged.full == 3 / 5
    assert judged.cell_max == 0.5
    assert judged.cell_min_x == 0.03125 * 4
    assert judged.cell_hit == 1 / 4
    assert judged.c_day == pytest.approx((1 + (16 / 7 - 1) / 2) / 4), "the first, part of the next"
    assert judged.c_shift == 1 / 2
    assert judged.f50 == 2 / 4, "a likelihood of exactly a half is a warning"
    assert judged.safe_days == 4 / 16, "exactly a quarter of the average is not ruled out"
    assert judged.c_day_leaked == 2 / 4
    assert judged.safe_days_leaked == 10 / 14


def test_an_alert_of_a_part_of_a_moment_predicts_a_part_of_its_visit() -> None:
    moments = [(0.9, True), (0.5, True), (0.1, True)]
    assert caught(moments, 0.5 / 3) == pytest.approx(0.5 / 3)
    assert caught(moments, 1.5 / 3) == pytest.approx(1.5 / 3)
    assert caught(moments, 2.25 / 3) == pytest.approx(2.25 / 3)


def test_moments_that_are_as_likely_but_for_rounding_share_the_alert() -> None:
    assert caught([(0.1 + 0.2, True), (0.3, False)], 1 / 2) == pytest.approx(1 / 2)


def test_what_cannot_have_happened_takes_no_alert() -> None:
    moments = [Expected(0.9, 0.0, 0.0), Expected(0.5, 0.5, 1.0), Expected(0.25, 0.5, 1.0)]
    assert caught_of(moments, 1 / 2) == pytest.approx(1 / 2)


MOMENTS = st.lists(st.tuples(st.integers(0, 8).map(lambda n: n / 8), st.booleans()), min_size=1)


@given(MOMENTS, st.integers(0, 6), st.integers(1, 6))
def test_moments_expected_are_caught_like_moments_known(
    moments: list[tuple[float, bool]], part: int, pieces: int
) -> None:
    """A moment that comes in pieces, each with its part of the likelihood, is the same moment. An
    alert at all times predicts every visit, and a longer one never fewer."""
    parted = [
        Expected(chance, hit / pieces, 1 / pieces) for chance, hit in moments for _ in range(pieces)
    ]
    share = caught(moments, part / 7)
    assert caught_of(parted, part / 7) == pytest.approx(share)
    assert 0 <= share <= caught(moments, (part + 1) / 7) + 1e-12
    assert caught(moments, 1) == pytest.approx(float(any(hit for _, hit in moments)))
