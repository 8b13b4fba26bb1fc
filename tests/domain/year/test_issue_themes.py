"""Themes of issues: larger shares that are hardly chance, those that may be, and repeats."""

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
    site: str, category: str, number: int, day: int = 0, place: str = ""
) -> list[LoggedIssue]:
    on = START + timedelta(days=day)
    line = IssueLine(
        Issue(UUID(int=1), category, place=place), None, "", UUID(int=2), UUID(int=3), site,
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
    assert not food.may_be_chance
    assert not cells.may_be_chance


def test_a_share_a_little_larger_may_be_chance_and_comes_last() -> None:
    issues = [
        *raised("North", "Food", 7), *raised("North", "Cells", 5),
        *raised("South", "Food", 5), *raised("South", "Cells", 6, day=100),
    ]  # fmt: skip
    found = themes(issues, QUARTERS)
    assert {(theme.kind, theme.where, theme.category) for theme in found} == {
        (ThemeOf.SITE, "North", "Food"),
        (ThemeOf.SITE, "South", "Cells"),
        (ThemeOf.QUARTER, "the first", "Food"),
        (ThemeOf.QUARTER, "the second", "Cells"),
    }
    assert [theme.may_be_chance for theme in found] == sorted(t.may_be_chance for t in found)
    assert all(theme.may_be_chance for theme in found if theme.kind is ThemeOf.SITE)


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
