"""The law of even days against the least that any law could do, on grids small enough for that."""

import pytest

from tests.planning.least_caught import Outcome, SmallYear, least_caught, outcome_of
from visitapp.domain.plan.foresight import floor_of_day

EVEN = Outcome([65 / 52 / 7] * 7)
PRICES = (0.25, 0.27, 0.275)


def test_the_law_of_even_days_is_near_the_least_and_the_other_twice_as_far_from_it() -> None:
    year = SmallYear(days=3, bands=2, weeks=9)
    days, timeslots = (outcome_of(year, is_level=is_level) for is_level in (True, False))
    assert sum(day.weight for day in days.days) == pytest.approx(27)
    assert timeslots.covered - 0.01 < days.covered < 6
    quiet = min(day.chance for day in days.days)
    least = least_caught(year, days, [days.price, 1.05 * days.price], quiet)
    assert least <= days.caught <= least + 0.035
    assert timeslots.caught > days.caught + 0.035


@pytest.mark.parametrize(("quiet", "limit"), [(0.0, floor_of_day(65)), (0.25 * 65 / 364, 0.337)])
def test_where_nothing_has_to_be_covered_the_least_is_the_known_limit(
    quiet: float, limit: float
) -> None:
    """As it was computed for weeks alone, with days that can be ruled out and without them."""
    assert least_caught(SmallYear(7, 1, 1), EVEN, PRICES, quiet) == pytest.approx(limit, abs=0.001)
