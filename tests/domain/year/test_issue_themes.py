"""Themes of issues: larger shares that are hardly chance, none that may be, and repeats."""

from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_log import LoggedIssue, logged
from visitapp.domain.moment import Moment
from visitapp.domain.report.issue import Issue
from visitapp.domain.year.issue_themes import ThemeOf, repeated_faults, themes

START = date(2025, 1, 1)
QUARTERS = [(date(2025, 3, 31), "the first"), (date(2025, 6, 30), "the second")]


def raised(
    site: str, category: str, number: int, day: int = 0, place: str = "", scheme: int = 2
) -> list[LoggedIssue]:
    on = START + timedelta(days=day)
    line = IssueLine(
        Issue(UUID(int=1), category, place=place), None, "", UUID(int=scheme), UUID(int=3), site,
        Moment.at(on, 600), category, "Raised", True, False, 14, on,
    )  # fmt: skip
    return [logged(line, "words", "2", (), "")] * number


def test_a_share_much_larger_than_elsewhere_is_hardly_chance() -> None:
    issues = [
        *raised("North", "Food", 30), *raised("North", "Cells", 10),
        *raised("South", "Food", 5), *raised("South", "Cells", 35),
    ]  # fmt: skip
    food, cells = themes(issues, QUARTERS)
    assert (food.where, food.category, food.part, food.other_part) == ("South", "Cells", 35, 10)
    assert (cells.where, cells.category, cells.part, cells.other_part) == ("North", "Food", 30, 5)


def test_two_sites_that_are_alike_have_no_theme() -> None:
    for food in range(9, 12):
        issues = [
            *raised("North", "Food", food), *raised("North", "Cells", 10),
            *raised("South", "Food", 10), *raised("South", "Cells", food),
        ]  # fmt: skip
        assert themes(issues, QUARTERS) == []


def test_only_shares_within_a_scheme_are_compared() -> None:
    issues = [
        *raised("Kennels", "Water", 30, scheme=1), *raised("Stables", "Water", 30, scheme=1),
        *raised("North", "Food", 30), *raised("South", "Food", 30),
    ]  # fmt: skip
    assert themes(issues, QUARTERS) == []
    beside = raised("Stables", "Bedding", 30, scheme=1)
    (water, bedding) = themes([*issues, *beside], QUARTERS)
    assert (bedding.where, bedding.other_whole, bedding.scheme_id) == ("Stables", 30, UUID(int=1))
    assert (water.where, water.other_whole) == ("Kennels", 60)


def test_a_share_a_little_larger_may_be_chance_and_is_left_out() -> None:
    issues = [
        *raised("North", "Food", 7), *raised("North", "Cells", 5),
        *raised("South", "Food", 5), *raised("South", "Cells", 6, day=100),
    ]  # fmt: skip
    found = themes(issues, QUARTERS)
    assert all(theme.kind is ThemeOf.QUARTER for theme in found)
    assert {(theme.where, theme.category) for theme in found} == {
        ("the first", "Food"),
        ("the second", "Cells"),
    }


def test_few_issues_and_a_single_site_are_no_theme() -> None:
    assert themes([*raised("North", "Food", 4), *raised("South", "Cells", 4)], QUARTERS) == []
    assert themes(raised("North", "Food", 9), QUARTERS) == []
    assert themes([], QUARTERS) == []


def test_a_place_that_fails_again_is_named_with_its_last_day() -> None:
    issues = [
        *raised("North", "Bell", 1, 1, "Cell M6"), *raised("North", "Bell", 1, 9, " cell m6 "),
        *raised("North", "Food", 1, 5, "Cell M6"), *raised("South", "Bell", 1, 5, "Cell M6"),
        *raised("North", "Bell", 3, 2),
    ]  # fmt: skip
    (fault,) = repeated_faults(issues)
    assert (fault.site_name, fault.place, fault.times) == ("North", "cell m6", 2)
    assert fault.last == date(2025, 1, 10)
