"""How figures are said."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reporting import published_year as years
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.small_numbers import SMALL
from visitapp.reporting import wording


def _coverage(*empty: tuple[int, int]) -> SiteCoverage:
    counts = tuple(
        tuple(0 if (row, column) in empty else 1 for column in range(5)) for row in range(7)
    )
    return SiteCoverage(years._id(1), "Euston Street", years.WEEK, counts, 0)


def test_equal_bands_of_several_days_are_joined() -> None:
    said = wording.gaps_text(_coverage((0, 0), (1, 0), (2, 2)))
    assert said == "Monday and Tuesday 00:00\u201307:59; Wednesday 12:00\u201315:59"
    every = wording.gaps_text(_coverage(*((row, 4) for row in range(7))))
    assert every == "every day 20:00\u201323:59"


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 4))))
def test_the_gaps_in_words_are_the_empty_timeslots(empty: set[tuple[int, int]]) -> None:
    coverage = _coverage(*empty)
    found = set()
    for part in filter(None, wording.gaps_text(coverage).split("; ")):
        days, _, band = part.rpartition(" ")
        column = [b.label for b in years.WEEK.bands].index(band)
        for row, day in enumerate(years.WEEK.days):
            if day.label in days or days == "every day":
                found.add((row, column))
    assert found == empty


@pytest.mark.parametrize(
    ("empty", "said"),
    [
        (0, "Euston Street: all 35 timeslots were visited"),
        (1, "Euston Street: 34 of 35 timeslots were visited; one had no visit"),
        (34, "Euston Street: 1 of 35 timeslots was visited; 34 had no visit"),
        (35, "Euston Street: none of 35 timeslots was visited"),
    ],
)
def test_coverage_of_a_site_is_said_with_its_gaps(empty: int, said: str) -> None:
    cells = [(row, column) for row in range(7) for column in range(5)]
    assert wording.coverage_sentence(_coverage(*cells[:empty])) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (101, 99, "2 visits more than in 2022/23 (99)"),
        (98, 99, "one visit fewer than in 2022/23 (99)"),
        (99, 99, "as many visits as in 2022/23 (99)"),
    ],
)
def test_a_change_names_both_years(now: int, before: int, said: str) -> None:
    assert wording.compared(now, before, "visit", "in 2022/23") == said


@pytest.mark.parametrize(
    ("hours", "said"),
    [("0.25", "less than one hour"), ("0.50", "1 hour"), ("442.43", "442 hours"),
     ("1024.50", "1,025 hours")],
)  # fmt: skip
def test_hours_are_whole_in_prose(hours: str, said: str) -> None:
    assert wording.hours_given(Decimal(hours)) == said


def test_money_has_pence_only_where_it_is_exact() -> None:
    assert wording.pounds(Decimal("8119.32")) == "\u00a38,119.32"
    assert wording.whole_pounds(Decimal("8119.50")) == "\u00a38,120"
    assert wording.rate_text(Decimal("18.3515")) == "\u00a318.3515"
    assert wording.rate_text(Decimal("18.5000")) == "\u00a318.50"


@given(st.lists(st.tuples(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 30))))
def test_small_groups_are_never_shown_apart(cells: list[tuple[str, int]]) -> None:
    shown, grouped = wording.grouped_small(cells)
    total = sum(count for _, count in cells)
    assert sum(count for _, count in shown) == total
    assert grouped == any(0 < count < SMALL for _, count in cells)
    if total >= SMALL:
        assert all(count >= SMALL for _, count in shown)
    alone = [count for _, count in cells if 0 < count < SMALL]
    if len(alone) == 1 and len(shown) > 1:
        together = dict(shown)["Other groups, taken together"]
        assert together > alone[0], "the one small group can't be worked out"
