"""How well visits could have been foreseen, in figures and in sentences."""

from dataclasses import replace
from datetime import date

import pytest

from visitapp.domain.plan.foresight import Caught, Foresight, Guess, Outlook, floor_of_day

_GUESS = Guess(Caught(0.3, 100), "the law", 1 / 7)
JUDGED = Foresight(
    "Northgate", 16, 91, 65, _GUESS, _GUESS, _GUESS, 0.0, 0.323, True, Caught(0.4, 16), 0.3
)
OUTLOOK = Outlook("Northgate", 35, 20, 33.5, 61, date(2026, 3, 31))


def test_the_bounds_of_a_share_are_wilsons() -> None:
    """Against the interval as textbooks print it, for 8 of 10 and for 30 of 100."""
    assert (Caught(0.8, 10).low, Caught(0.8, 10).high) == pytest.approx((0.4902, 0.9433), abs=1e-4)
    assert (Caught(0.3, 100).low, Caught(0.3, 100).high) == pytest.approx(
        (0.2189, 0.3958), abs=1e-4
    )


def test_the_bounds_of_a_share_never_leave_0_and_1() -> None:
    assert (Caught(0.0, 0).low, Caught(0.0, 0).high) == (0.0, 1.0)
    assert Caught(0.0, 10).low == pytest.approx(0.0, abs=1e-9)
    assert Caught(0.0, 10).high == pytest.approx(0.2775, abs=1e-4)
    assert Caught(1.0, 10).low == pytest.approx(0.7225, abs=1e-4)
    assert Caught(1.0, 10).high <= 1.0
    assert Caught(0.0, 10).low >= 0.0
    assert Caught(0.5, 1).low == pytest.approx(1 - Caught(0.5, 1).high)


def test_a_share_is_said_in_hundreds() -> None:
    assert Caught(0.378, 50).words == "38 of 100 visits"
    assert Caught(1.0, 50).words == "100 of 100 visits"


def test_fewer_than_ten_visits_say_nothing() -> None:
    few = {0: "no visits", 1: "1 visit", 2: "2 visits", 9: "9 visits"}
    for visits, words in few.items():
        assert replace(JUDGED, visits=visits).sentence == (
            f"Northgate: {words}, too few to say how predictable they are."
        )
    assert replace(JUDGED, visits=10).sentence == (
        "Northgate: someone on the alert one day a week could have predicted 30 of 100 visits. "
        "Pure luck would be 14."
    )
    certain = replace(JUDGED, day=Guess(Caught(1.0, 16), "the law", 1.0))
    assert certain.sentence.endswith("Pure luck would be 100.")


def test_watchers_that_are_not_installed_are_counted() -> None:
    assert JUDGED.left_out_sentence == ""
    two_missing = replace(JUDGED, watchers=("one", "two", "three"), left_out=("four", "five"))
    assert two_missing.left_out_sentence.startswith(
        "We tried 3 of our 5 ways to predict visits. The other 2 need scikit-learn"
    )


@pytest.mark.parametrize(
    ("expected", "words"),
    [(33.0, "33 of 35"), (33.04, "33 of 35"), (33.5, "33 or 34 of 35"), (33.96, "34 of 35"),
     (33.94, "33 or 34 of 35"), (33.06, "33 or 34 of 35")],
)  # fmt: skip
def test_timeslots_expected_are_one_number_or_two_neighbours(expected: float, words: str) -> None:
    assert replace(OUTLOOK, expected=expected).sentence == (
        f"Northgate: we expect {words} timeslots to be covered by 31 March 2026. Full coverage is "
        "61% likely."
    )


def test_the_floor_is_known_from_one_visit_a_week_to_two() -> None:
    computed = {52: 0.464, 56: 0.407, 60: 0.366, 65: 0.323, 75: 0.271, 104: 0.191}
    for visits, least in computed.items():
        assert floor_of_day(visits) == pytest.approx(least)
    assert floor_of_day(70) == pytest.approx((0.323 + 0.271) / 2)
    assert floor_of_day(57) == pytest.approx(0.407 - (0.407 - 0.366) / 4)
    assert floor_of_day(51.9) is None
    assert floor_of_day(104.1) is None
