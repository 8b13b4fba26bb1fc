"""How figures are said."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reporting import published_year as years
from visitapp.domain.period import Period
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.reporting import wording


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "no visits"), (1, "one visit"), (2, "2 visits"), (1096, "1,096 visits")],
)
def test_what_is_counted_agrees_with_its_number(count: int, said: str) -> None:
    assert wording.counted(count, "visit") == said


def test_a_sentence_opens_with_a_number_in_words_below_a_hundred() -> None:
    said = [wording.opening_number(count) for count in (0, 1, 12, 20, 61, 99, 100, 15475)]
    assert said == [
        "No", "One", "Twelve", "Twenty", "Sixty-one", "Ninety-nine", "100", "15,475",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (101, 101, "All visits were"),
        (1, 1, "The one visit was"),
        (0, 101, "No visit was"),
        (91, 101, "Nine visits in ten were"),
        (92, 101, "Most visits were"),
        (34, 101, "One visit in three was"),
        (67, 101, "Two visits in three were"),
        (76, 101, "Three visits in four were"),
        (81, 101, "Four visits in five were"),
        (51, 101, "Most visits were"),
        (50, 101, "Fifty of 101 visits were"),
        (50, 100, "Fifty of 100 visits were"),
        (1, 2, "One of 2 visits was"),
        (1, 101, "One of 101 visits was"),
    ],
)
def test_titles_choose_their_words_by_rule(part: int, whole: int, said: str) -> None:
    assert wording.portion_were(part, whole, "visit") == said


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_named_share_is_within_one_point_of_the_true_one(part: int, whole: int) -> None:
    part = min(part, whole)
    said = wording.portion(part, whole)
    named = {"Nine in ten": 90, "Four in five": 80, "Three in four": 75, "Two in three": 200 / 3,
             "One in three": 100 / 3}  # fmt: skip
    if said in named:
        assert abs(part * 100 / whole - named[said]) <= 1.000001
    elif said == "Most":
        assert part * 2 > whole
    elif said == "All":
        assert part == whole
    elif said == "None":
        assert part == 0
    else:
        assert said.endswith(f" of {whole:,}")


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
    assert wording.compared(now, before, "visit", "2022/23") == said


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
    assert grouped == any(0 < count < wording.SMALL for _, count in cells)
    if total >= wording.SMALL:
        assert all(count >= wording.SMALL for _, count in shown)
    alone = [count for _, count in cells if 0 < count < wording.SMALL]
    if len(alone) == 1 and len(shown) > 1:
        together = dict(shown)["Other groups, taken together"]
        assert together > alone[0], "the one small group can't be worked out"


def test_part_of_a_year_is_a_period_and_a_whole_one_a_year() -> None:
    quarter = Period(years.YEAR.start, years.YEAR.start.replace(month=6, day=30))
    assert wording.span_word(years.YEAR) == "year"
    assert wording.span_word(quarter) == "period"
    assert wording.months_of(quarter) == "April to June 2023"
    assert wording.months_of(years.YEAR) == "April 2023 to March 2024"
