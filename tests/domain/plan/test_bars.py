"""What spare visits buy, and the bars of a plan."""

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from visitapp.domain.plan.bars import Standpoint, bars, bought, broken
from visitapp.domain.plan.foresight import Caught, Foresight, Guess
from visitapp.planning.law import suite_policy
from visitapp.planning.scores import scores
from visitapp.planning.simulation import simulate

_GUESS = Guess(Caught(0.3, 100), "the law", 1 / 7)
FOUND = Foresight(
    "Northgate", 16, 91, 65, _GUESS, _GUESS, _GUESS, 0.0, 0.323, True, Caught(0.4, 16), 0.3
)
GOOD = Standpoint("Northgate, 5–11 May 2025", True, 0.15, 35, False, False)


def test_each_spare_visit_buys_something() -> None:
    for fewer, more in pairwise(bought(number) for number in range(52, 79)):
        assert more.caught < fewer.caught
        assert more.full >= fewer.full
        assert more.safe_days <= fewer.safe_days
    assert bought(40) == bought(52)
    assert bought(99) == bought(78)
    assert "With 13 extra visits a year" in bought(65).sentence
    assert "38 in 100 visits (47 if" in bought(65).sentence


@pytest.mark.parametrize("visits", [52, 65, 75])
def test_what_was_measured_is_measured_again(visits: int) -> None:
    """60 years each: within what chance allows."""
    found = scores(simulate(suite_policy(visits), 60, Random(visits))[1], 35)
    said = bought(visits)
    assert found.c_day == pytest.approx(said.caught, abs=0.03)
    assert found.c_day_leaked == pytest.approx(said.leaked, abs=0.03)
    assert found.safe_days == pytest.approx(said.safe_days, abs=0.02)
    assert found.coverage == pytest.approx(said.timeslots, abs=0.3)
    assert abs(found.full - said.full) <= 4 * (said.full * (1 - said.full) / 60) ** 0.5


def test_the_bars_are_those_that_were_set() -> None:
    assert (bars(65).day, bars(65).shift, bars(65).cell, bars(65).safe_days) == (
        0.39, 0.225, 0.195, 0.05,
    )  # fmt: skip
    assert bars(70).day == pytest.approx((0.39 + 0.335) / 2)
    assert bars(52).day == 0.505
    assert bars(90) == bars(75)


def test_a_drawn_plan_that_is_caught_by_chance_breaks_no_bar() -> None:
    unlucky = replace(FOUND, day=Guess(Caught(0.9, 16), "the law", 1 / 7))
    assert broken(unlucky, [GOOD], bars(65)) == ()


def test_each_bar_is_named_with_what_breaks_it() -> None:
    empty = replace(GOOD, has_visit=False)
    assert broken(FOUND, [empty], bars(65)) == (
        "Northgate, 5–11 May 2025 has no visit: anyone who knows that can rule out the whole week.",
    )
    narrow = replace(GOOD, likeliest=0.5, timeslots=2)
    (said,) = broken(FOUND, [narrow], bars(65))
    assert "only 2 timeslots" in said
    assert "50 in 100. The limit is 20" in said
    chosen = replace(GOOD, is_by_hand=True, is_caught=True)
    (said,) = broken(replace(FOUND, day=Guess(Caught(0.5, 16), "", 1 / 7)), [chosen], bars(65))
    assert "50 of 100 visits. The limit is 39" in said
    assert "5–11 May 2025" in said
    (said,) = broken(FOUND, [chosen], bars(65))
    assert "Draw it again." in said
