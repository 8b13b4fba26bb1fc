"""What each watcher that learns expects of a small past, counted by hand."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.rota_instances import MONDAY
from visitapp.planning.predictors import (
    CellWatcher,
    DayWatcher,
    PhraseWatcher,
    SeenDay,
    cell_watchers,
    day_watchers,
    watched_cells,
    watched_days,
)

PRIOR = 0.25
WEEKDAY, GAP, WEEKDAY_AND_GAP, WEEKDAY_AND_WEEK = (watcher.name for watcher in day_watchers(PRIOR))
HISTORIES = st.lists(st.integers(0, 4), max_size=40)


def _days(number: int, visited: Iterable[int]) -> list[SeenDay]:
    """So many days from a Monday on, some of them with a visit."""
    with_visit = set(visited)
    return [
        SeenDay(
            MONDAY + timedelta(days=at), at // 7, at % 7, (3,) if at in with_visit else (), MONDAY
        )
        for at in range(number)
    ]


def _chance(name: str, visited: Iterable[int], on: int) -> float:
    """What the watcher expects of the day `on`, after all days before."""
    return watched_days(DayWatcher(name, PRIOR), _days(on + 1, visited))[on]


def _rate(hits: int, seen: int) -> float:
    """So many visits on so many days that were alike, a miss and a part of a visit invented."""
    return (hits + PRIOR) / (seen + 1)


def test_each_watcher_of_days_expects_the_average_before_it_has_seen_anything() -> None:
    for watcher in day_watchers(PRIOR):
        assert watched_days(watcher, _days(1, [0])) == [PRIOR]


def test_visits_on_one_weekday_are_expected_on_that_weekday() -> None:
    assert _chance(WEEKDAY, [0, 7, 16], on=21) == _rate(2, 3)
    assert _chance(WEEKDAY, [0, 7, 16], on=23) == _rate(1, 3)
    assert _chance(WEEKDAY, [0, 7, 16], on=22) == _rate(0, 3)


def test_days_since_the_last_visit_are_counted_up_to_three_weeks() -> None:
    assert _chance(GAP, [0, 3, 6], on=9) == _rate(2, 2), "three days later, as twice before"
    assert _chance(GAP, [0, 3, 6], on=8) == _rate(0, 2)
    assert _chance(GAP, [0], on=20) == _rate(0, 0), "no day was so long after a visit before"
    assert _chance(GAP, [0], on=21) == _rate(1, 1), "like the first day, which had none before"
    assert _chance(GAP, [0], on=30) == _rate(1, 10)


def test_a_weekday_soon_after_a_visit_is_another_than_long_after() -> None:
    monday = 28
    for gap, alike in ((2, 1), (3, 1), (1, 0), (4, 0)):
        # a visit on the Saturday before an earlier Monday, which had one itself
        assert _chance(WEEKDAY_AND_GAP, [5, 7, monday - gap], on=monday) == _rate(alike, alike), gap
    assert _chance(WEEKDAY_AND_GAP, [5, 7, monday - 2], on=monday + 1) == _rate(0, 0)


def test_a_week_that_had_its_visit_is_another_than_a_week_that_waits() -> None:
    visited = [0, 2, 9, 14]
    assert _chance(WEEKDAY_AND_WEEK, visited, on=16) == _rate(1, 1), "Wednesday after a Monday"
    assert _chance(WEEKDAY_AND_WEEK, visited[:3], on=16) == _rate(1, 1), "first in its week"
    assert _chance(WEEKDAY_AND_WEEK, visited, on=21) == _rate(2, 3), "a week begins without any"
    assert _chance(WEEKDAY_AND_WEEK, [1, 8, 16], on=23) == _rate(1, 1)


def _guesses(watcher: CellWatcher | PhraseWatcher, past: Sequence[int]) -> set[int]:
    for cell in past:
        watcher.learn(cell)
    return watcher.guesses()


def test_each_watcher_of_timeslots_guesses_all_of_them_at_first() -> None:
    for watcher in cell_watchers(4):
        assert watcher.guesses() == {0, 1, 2, 3}


def test_the_most_and_the_least_visited_are_guessed_and_equal_ones_together() -> None:
    most, least, *_ = (watcher for watcher in cell_watchers(3))
    assert _guesses(most, [1, 1, 2]) == {1}
    assert _guesses(most, [2]) == {1, 2}
    assert _guesses(least, [1, 1, 2]) == {0}
    assert _guesses(least, [0]) == {0, 2}


@given(HISTORIES)
def test_visits_to_the_least_visited_are_foreseen_by_whoever_counts(past: list[int]) -> None:
    watcher = CellWatcher("least", 0, 5, expects_rest=True)
    fewest = min(past.count(cell) for cell in range(5))
    assert _guesses(watcher, past) == {c for c in range(5) if past.count(c) == fewest}


def test_what_followed_before_is_guessed_again() -> None:
    after_one = CellWatcher("one", 1, 4)
    assert _guesses(after_one, [0, 1, 0, 1, 0, 2, 0]) == {1}
    assert _guesses(after_one, [3]) == {0}, "nothing followed it yet: the most visited"
    after_two = CellWatcher("two", 2, 4)
    assert _guesses(after_two, [0, 1, 2, 3, 1, 0, 1, 0, 0, 1]) == {2, 0}
    assert _guesses(CellWatcher("two", 2, 4), [0, 1, 2, 3, 2, 3, 0, 2, 2, 3, 1, 2]) == {3}
    assert _guesses(CellWatcher("two", 2, 4), [2, 1, 3, 1]) == {3}, "after the last one alone"
    assert _guesses(CellWatcher("two", 2, 4), [1]) == {1}


@given(HISTORIES, st.integers(1, 2))
def test_after_the_same_visits_the_commonest_next_one_is_guessed(
    past: list[int], order: int
) -> None:
    """The longest end of the past that came before decides, up to so many visits; else all of
    them."""
    followed: list[int] = []
    for length in range(order, 0, -1):
        if not followed and len(past) >= length:
            end = past[-length:]
            starts = range(len(past) - length)
            followed = [past[at + length] for at in starts if past[at : at + length] == end]
    followed = followed or past or list(range(5))
    most = max(followed.count(cell) for cell in followed)
    expected = {cell for cell in followed if followed.count(cell) == most}
    assert _guesses(CellWatcher("after", order, 5), past) == expected


def test_phrases_grow_by_one_visit_whenever_they_occur_again() -> None:
    """0 | 1 | 0 1 | 0 1 2 | ...: within a phrase, what followed it before is guessed."""
    watcher = PhraseWatcher(4)
    expected = [
        (0, {0, 1, 2, 3}),  # nothing was seen
        (1, {0}),  # a phrase begins: the commonest first visit
        (0, {0, 1}),
        (1, {0}),  # after 0 nothing followed yet: the commonest first visit
        (0, {0}),
        (1, {1}),  # 0 1 is a phrase by now
        (2, {0}),
        (0, {0}),
        (1, {1}),
        (3, {2}),
    ]
    for cell, guesses in expected:
        assert watcher.guesses() == guesses
        watcher.learn(cell)


def test_a_right_guess_among_several_counts_its_part() -> None:
    assert watched_cells(CellWatcher("most", 0, 4), [2, 1, 1, 2]) == [1 / 4, 0, 1 / 2, 0]
    assert [watcher.name for watcher in cell_watchers(4)] == [
        "most visited", "least visited", "what followed the last visit",
        "what followed the last two visits", "phrases repeated",
    ]  # fmt: skip


def test_the_watchers_of_the_panel_look_as_far_back_as_their_names_say() -> None:
    past = [0, 1, 2, 3, 1, 2, 4, 1, 2, 4, 0, 1, 2]
    most, least, after_one, after_two, _ = (_guesses(watcher, past) for watcher in cell_watchers(5))
    assert (most, least, after_one, after_two) == ({1, 2}, {3}, {4}, {4})
    past = [0, 1, 2, 1, 3, 1, 3, 0, 1]
    _, _, after_one, after_two, _ = (_guesses(watcher, past) for watcher in cell_watchers(5))
    assert (after_one, after_two) == ({3}, {2})


@pytest.mark.parametrize("name", [WEEKDAY, GAP, WEEKDAY_AND_GAP, WEEKDAY_AND_WEEK])
def test_no_watcher_of_days_looks_ahead(name: str) -> None:
    days = _days(28, [2, 9, 11, 16])
    assert watched_days(DayWatcher(name, PRIOR), days)[:20] == watched_days(
        DayWatcher(name, PRIOR), days[:20]
    )
