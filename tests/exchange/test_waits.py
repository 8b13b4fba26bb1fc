"""What cells say about a wait."""

from datetime import time, timedelta

import pytest

from visitapp.exchange.cells import Cell
from visitapp.exchange.waits import wait_in


@pytest.mark.parametrize(
    ("cell", "minutes", "words"),
    [
        ("20", 20, ""), (20, 20, ""), ("20 mins", 20, "20 mins"),
        ("Y - 20 mins, busy", 20, "20 mins, busy"), ("5m", 5, "5m"), ("0 minutes", 0, ""),
        ("15 min. Shift change", 15, "15 min. Shift change"),
        (time(0, 20), 20, ""), (timedelta(hours=1, minutes=5), 65, ""),
    ],
)  # fmt: skip
def test_minutes_are_taken_where_they_are_sure(cell: Cell, minutes: int, words: str) -> None:
    wait = wait_in(cell)
    assert (wait.minutes, wait.words, wait.doubt) == (minutes, words, "")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1 hour", "1 hour"), ("Yes - 1.5 hours", "1.5 hours"), ("90 secs", "90 secs"),
        ("2 officers busy", "2 officers busy"), ("10:25", "10:25"), ("20-30 mins", "20-30 mins"),
        ("5 mins 30 secs", "5 mins 30 secs"), ("half an hour", "half an hour"),
        (timedelta(days=2), "2 days, 0:00:00"),
    ],
)  # fmt: skip
def test_other_words_are_kept_and_somebody_is_asked_to_look(cell: Cell, words: str) -> None:
    wait = wait_in(cell)
    assert (wait.minutes, wait.words) == (None, words)
    assert wait.doubt == "It is not clear how many minutes visitors waited."


def test_a_yes_alone_says_neither_how_long_nor_why() -> None:
    assert "does not say how long or why" in wait_in("Y").doubt


@pytest.mark.parametrize("cell", ["N", "no", "None", "No delay", "no wait.", "No delays", "Nil"])
def test_no_wait_leaves_nothing(cell: str) -> None:
    wait = wait_in(cell)
    assert (wait.minutes, wait.words, wait.doubt) == (None, "", "")
