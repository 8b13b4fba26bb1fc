"""Visits attempted, made and due."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import SUITE
from visitapp.domain.year.attempts import Attempts, SiteFigures, Target

numbers = st.integers(0, 9)
attempts = st.builds(Attempts, numbers, numbers, numbers, numbers)


@given(attempts)
def test_all_attempts_are_the_sum_of_what_became_of_them(counted: Attempts) -> None:
    parts = (counted.completed, counted.abandoned, counted.refused_entry, counted.site_closed)
    assert counted.attempted == sum(parts)
    assert counted.verb == ("attempted" if any(parts[1:]) else "made")


def test_what_was_made_and_not_at_a_site_was_made_remotely() -> None:
    assert Attempts(completed=7, refused_entry=2, at_site=5).remote == 2
    nothing = Attempts()
    assert (nothing.attempted, nothing.remote, nothing.verb) == (0, 0, "made")


def test_a_site_counts_if_it_was_open_or_visitors_called() -> None:
    closed = SiteFigures(SUITE, "Northgate", 30, False, Attempts(), Target(0, 0, 0, 0))
    assert not closed.is_counted
    assert replace(closed, was_open=True).is_counted
    assert replace(closed, attempts=Attempts(site_closed=1)).is_counted


def test_visits_that_are_missing_are_counted_in_the_weeks_they_were_due_in() -> None:
    assert Target(104, 101, 104, 99).short == 3
    assert Target(104, 101, 104, 99, in_spans=103).short == 1
    assert Target(104, 101, 104, 99, in_spans=0).short == 104
    assert Target(104, 110, 104, 104).short == 0
