"""What a visitor's copy says of a week that was given to a pair."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.builders import SUITE
from visitapp.domain.exchange.given_back import AssignedWeek
from visitapp.domain.period import Period

WEEK = AssignedWeek(
    SUITE, "Northgate", Period(date(2025, 7, 7), date(2025, 7, 13)), "Ben Sample", True
)
FRIDAY = date(2025, 7, 4)
DRAWN = replace(WEEK, draw_id=UUID(int=1), frozen_on=FRIDAY)
BOTH_SEE = (
    "Only you and Ben Sample can see the day and time, each on your own computer. You both see "
    "the same."
)


@pytest.mark.parametrize(
    ("week", "today", "words"),
    [
        (replace(WEEK, is_of_pair=False), FRIDAY, "Your manager tells you the day and time."),
        (replace(DRAWN, is_of_pair=False), FRIDAY, "Your manager tells you the day and time."),
        (
            WEEK,
            date(2025, 7, 3),
            "Only you and Ben Sample will know the day and time. You can see them here from "
            "Fri 4 Jul on.",
        ),
        (
            WEEK,
            FRIDAY,
            "Only you and Ben Sample will know the day and time. They come with the office’s "
            "next message.",
        ),
        (DRAWN, FRIDAY, BOTH_SEE),
        (replace(WEEK, draw_id=UUID(int=1), is_again=True), FRIDAY, BOTH_SEE),
        (
            replace(DRAWN, is_again=True),
            FRIDAY,
            f"{BOTH_SEE} They were drawn again on Fri 4 Jul: what you saw before no longer holds.",
        ),
    ],
)
def test_a_week_says_who_knows_the_day_and_time_and_from_when_on(
    week: AssignedWeek, today: date, words: str
) -> None:
    assert week.words(today) == words
